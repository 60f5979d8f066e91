"""A picture of what a service depends on, and of what depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.about.tie_boxes import (
    DOWN,
    LANE,
    MARK,
    WIDEST,
    WRAP,
    Box,
    arrange,
    bold,
)
from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.labels import KEPT, set_font
from downlight.ui.kit.theme import present

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from downlight.ui.about.tie_boxes import Boxes
    from downlight.ui.about.view import Ties

NEEDS: Final = mark("It depends on")
NEEDED: Final = mark("Depending on it")
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Graph(QWidget):
    """Draws `Ties` in three columns; the list beside it says the same in words."""

    chosen = Signal(str)
    """A watched service was clicked; carries its slug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ties: Ties | None = None
        self._boxes: Boxes | None = None
        # Layouts ask for the same widths over and over, and each is an arranging.
        self._known: dict[int, Boxes | None] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        set_font(self, 0.96)
        self.setAccessibleName(
            tr("Picture of what it depends on and what depends on it")
        )
        self.setAccessibleDescription(tr("The list below says the same in words."))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes, the service itself first; none where there is no room."""
        return self._boxes.all if self._boxes is not None else ()

    def show_ties(self, ties: Ties) -> None:
        """Show these ties."""
        if ties != self._ties:
            self._ties = ties
            self._place()

    def hasHeightForWidth(self) -> bool:
        """Whether the height hangs on the width; it does."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the picture; 0 where there is no room for one."""
        boxes = self._arranged(width)
        return boxes.bottom + 2 if boxes is not None else 0

    def sizeHint(self) -> QSize:
        """Return a size with room for three columns."""
        width = 3 * WIDEST + 2 * LANE
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow; it is then gone."""
        return QSize(1, 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place the boxes anew."""
        self._boxes = self._arranged(self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Place the boxes anew for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click leads somewhere."""
        hand = self._slug_at(event.position().toPoint())
        arrow, pointing = Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor
        self.setCursor(pointing if hand else arrow)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the service that was clicked."""
        slug = self._slug_at(event.position().toPoint())
        if slug and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(slug)

    def event(self, event: QEvent) -> bool:
        """Say how a box hangs together with the service while the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self._at(event.pos())
            QToolTip.showText(event.globalPos(), box.text if box else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines, the headings and the boxes."""
        if self._boxes is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes
        painter.setPen(QPen(QColor(present().muted), 1))
        for column, right in ((boxes.needs, False), (boxes.needed, True)):
            for box in column:
                painter.drawPath(_line(box.area, boxes.middle.area, right=right))
        for title, column in ((NEEDS, boxes.needs), (NEEDED, boxes.needed)):
            if column:
                area = QRect(column[0].area)
                area.setHeight(self.fontMetrics().height())
                area.translate(0, -area.height() - DOWN)
                painter.drawText(area, _LEFT, tr(title))
        for box in boxes.all:
            self._draw(painter, box)
        painter.end()

    def _arranged(self, width: int) -> Boxes | None:
        if self._ties is None:
            return None
        if width not in self._known:
            if len(self._known) > KEPT:
                self._known.clear()
            self._known[width] = arrange(self._ties, width, self.font())
        return self._known[width]

    def _place(self) -> None:
        self._known.clear()
        self._boxes = self._arranged(self.width())
        self.updateGeometry()
        self.update()

    def _at(self, point: QPoint) -> Box | None:
        return next((box for box in self.boxes if box.area.contains(point)), None)

    def _slug_at(self, point: QPoint) -> str:
        box = self._at(point)
        return (box.slug or "") if box is not None else ""

    def _draw(self, painter: QPainter, box: Box) -> None:
        theme, own = present(), self._boxes is not None and box is self._boxes.middle
        edge = theme.muted if own else theme.accent if box.slug else theme.edge
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(theme.page))
        frame = QRectF(box.area).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 6, 6)
        words, line = box.inside, self.fontMetrics().height()
        if box.look is not None:
            picture = pixmap(box.look, MARK, self.devicePixelRatioF(), dark=theme.dark)
            at = QPointF(words.left() - MARK - DOWN, words.top() + (line - MARK) // 2)
            painter.drawPixmap(at, picture)
        if box.word:
            below = QRect(words)
            below.setTop(words.bottom() + 1 - line)
            words.setBottom(below.top() - 1)
            painter.setFont(self.font())
            painter.setPen(QColor(theme.muted))
            painter.drawText(below, _LEFT, box.word)
        painter.setFont(bold(self.font()) if own else self.font())
        painter.setPen(QColor(theme.text))
        painter.drawText(words, WRAP, box.name)
        painter.setFont(self.font())


def _line(box: QRect, middle: QRect, *, right: bool) -> QPainterPath:
    """Return the line between a box and the service.

    Args:
        box: Where the box stands.
        middle: Where the service stands.
        right: Whether the box stands to the right of it.
    """
    near = box.left() if right else box.right() + 1
    far = middle.right() + 1 if right else middle.left()
    start = QPointF(near, box.center().y() + 0.5)
    end = QPointF(far, middle.center().y() + 0.5)
    half = (near + far) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(half, start.y()), QPointF(half, end.y()), end)
    return path
