"""The map of the world, coloured by what is known; by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from downlight.core.places.countries import country
from downlight.core.speech import mark, tr
from downlight.ui.kit.picture import Picture
from downlight.ui.kit.theme import GAP, present
from downlight.ui.regions import map_picture as picture
from downlight.ui.regions.map_eye import Eye, toward
from downlight.ui.regions.map_ground import Buttons, Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from downlight.core.places.worldmap import Land
    from downlight.ui.regions.regions import Spot

STEP: Final = 1.5
"""How much closer one press of a button goes."""
PUSH: Final = 60.0
"""How far one press of Shift and an arrow moves the map, in pixels."""
_NOTCH: Final = 120
"""What a wheel tells of one notch."""
_WAYS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
KEYS: Final = mark(
    "Arrow keys go from country to country, plus and minus come closer and go back, "
    "Shift and an arrow key moves the map, 0 shows the whole world."
)


class WorldMap(Picture):
    """Shows `Spot` values; one country may be the current one."""

    chosen = Signal(str)
    """A person chose a country; carries its code."""
    pointed = Signal(str)
    """The mouse is over another country; carries its code, or nothing."""

    def __init__(self, lands: Iterable[Land], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes = picture.shapes(lands)
        self._points = {shape.code: shape.point for shape in self._shapes if shape.code}
        self._spots: dict[str, Spot] = {}
        self._home = self._current = self._under = ""
        self._eye = Eye(1, 1)
        self._seen: Sequence[picture.Seen] = ()
        self._ground = Ground()
        self._held: QPointF | None = None
        """Where the mouse went down, or was when the map was last moved."""
        self._moved = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(tr(KEYS))
        self.buttons = Buttons()
        self.buttons.closer.connect(lambda: self._look(self._eye.closer(STEP)))
        self.buttons.farther.connect(lambda: self._look(self._eye.closer(1 / STEP)))
        self.buttons.whole.connect(lambda: self._look(self._eye.whole()))
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP, GAP, GAP)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing
        line.addWidget(self.buttons, 0, top)
        self._name()

    @property
    def current(self) -> str:
        """The code of the current country; empty when there is none."""
        return self._current

    @property
    def eye(self) -> Eye:
        """From where it is looked at."""
        return self._eye

    @property
    def under(self) -> str:
        """The code of the country below the mouse; empty when there is none."""
        return self._under

    def show_spots(self, spots: Iterable[Spot], home: str) -> None:
        """Show what is known, and which country is the person's."""
        known = {spot.code: spot for spot in spots}
        if (known, home) != (self._spots, self._home):
            self._spots, self._home = known, home
            self._name()
            self.recolour()

    def choose(self, code: str) -> None:
        """Make a country the current one, and move to it if it is not in sight."""
        self._current = code
        self._name()
        at = self._points.get(code)
        if at is not None and not self._eye.has(at):
            self._look(self._eye.turned(at))
        self.update()

    def reset(self) -> None:
        """Show the whole world, and no country as the current one."""
        self.choose("")
        self._look(self._eye.whole())

    def recolour(self) -> None:
        """Draw all anew."""
        self._ground.forget()
        self.update()

    def said(self, code: str) -> str:
        """Return what is known of a country, in words."""
        spot = self._spots.get(code)
        if spot:
            return spot.said
        return tr("{country}: nothing known", country=country(code))

    def sizeHint(self) -> QSize:
        """Return the least; it takes all room there is."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing can be made out."""
        return QSize(240, 150)

    def _name(self) -> None:
        whole = tr("World map")
        name = f"{whole}. {self.said(self._current)}" if self._current else whole
        if self.accessibleName() != name:
            self.setAccessibleName(name)

    def _look(self, eye: Eye) -> None:
        self._eye = eye
        self._seen = picture.seen_by(self._shapes, eye)
        self.recolour()

    def _take(self, code: str) -> None:
        if code:
            self.choose(code)
            self.chosen.emit(code)

    def _go(self, way: tuple[float, float]) -> None:
        """Go to the next country of which something is known."""
        known = {code: self._points[code] for code in self._spots}
        start = self._points.get(self._current)
        if start is None:
            self._take(self._home if self._home in known else next(iter(known), ""))
            return
        known.pop(self._current, None)
        self._take(toward(known, start, way))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go, come closer, or see it all; other keys are for others."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        way = _WAYS.get(Qt.Key(key))
        if way and shift:
            self._look(self._eye.moved(-way[0] * PUSH, -way[1] * PUSH))
        elif way:
            self._go(way)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._look(self._eye.closer(STEP))
        elif key == Qt.Key.Key_Minus:
            self._look(self._eye.closer(1 / STEP))
        elif key == Qt.Key.Key_0 or (
            key == Qt.Key.Key_Escape and self._eye != self._eye.whole()
        ):
            self._look(self._eye.whole())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the map that is held, or tell what is below."""
        at = event.position()
        if self._held is None:
            self._point(picture.found(self._seen, at, self._spots))
            return
        way = at - self._held
        if self._moved or way.manhattanLength() >= QApplication.startDragDistance():
            self._moved, self._held = True, at
            self._look(self._eye.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the map go; if it was not moved, choose what is below."""
        if self._held is not None and not self._moved:
            self._take(picture.found(self._seen, event.position(), self._spots))
        self._held = None

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that nothing is below."""
        self._point("")
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come closer to what is below, or go back."""
        at = event.position()
        times = STEP ** (event.angleDelta().y() / _NOTCH)
        eye = self._eye.closer(times, (at.x(), at.y()))
        if eye.close == self._eye.close == 1:
            event.ignore()  # there is no way back: the page may scroll
            return
        self._look(eye)
        event.accept()

    def _point(self, code: str) -> None:
        if code != self._under:
            self._under = code
            self.pointed.emit(code)
            self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Look from the same place."""
        self._look(self._eye.at_size(self.width(), self.height()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the focus."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has it no more."""
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the countries, and lines around those that matter."""
        theme, ratio = present(), self.devicePixelRatioF()
        around = (self._home, self._current)
        ground = self._ground.picture(
            self.size(), ratio, self._seen, self._spots, theme, around
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, ground)
        for one in self._seen:
            if one.code == self._under and self._under:
                picture.outline(painter, one, QColor(theme.text), 1.0)
        focus = self.hasFocus()
        colour = QColor(theme.accent if focus else theme.edge)
        painter.setPen(QPen(colour, 2.0 if focus else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = 1.0 if focus else 0.5
        frame = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(frame, GAP, GAP)
        painter.end()
