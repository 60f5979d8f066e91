"""A year of days, drawn so that bad ones stand out and unknown ones are not white."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from downlight.core.saying.dates import short_months, short_weekdays
from downlight.core.saying.words import joined
from downlight.core.speech import mark, tr
from downlight.ui.history.days import Heat, day_words, in_year
from downlight.ui.history.heat_grid import WEEK, Grid, arrange
from downlight.ui.history.heat_paint import draw
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.picture import Picture
from downlight.ui.kit.theme import SMALL, present

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from downlight.ui.history.days import Year

KEYS: Final = mark(
    "Up and down go by a day, left and right by a week, Home and End to the ends of "
    "the year, Page Up and Page Down by a year."
)
PAD: Final = 4
"""From the frame that shows the focus to the names, in device-independent pixels."""
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_DAY: Final = timedelta(days=1)
_STEPS: Final = {
    Qt.Key.Key_Up: -_DAY,
    Qt.Key.Key_Down: _DAY,
    Qt.Key.Key_Left: -WEEK * _DAY,
    Qt.Key.Key_Right: WEEK * _DAY,
}


class HeatCalendar(Picture):
    """Shows a `Year`; one day is the chosen one."""

    chosen = Signal(object)
    """Another day is wanted, maybe of another year; carries the date."""
    pointed = Signal(object)
    """The mouse is over a day; carries the date, None when it left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year: Year | None = None
        self._service = ""
        self._day: date | None = None
        self._under: date | None = None
        set_font(self, SMALL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def day(self) -> date | None:
        """The chosen day, if there is one."""
        return self._day

    def show_year(self, year: Year, service: str, day: date) -> None:
        """Show a year.

        Args:
            year: Which.
            service: What the service is called.
            day: The chosen day; of another year: none is.
        """
        if (year, service, day) == (self._year, self._service, self._day):
            return
        self._year, self._service, self._day = year, service, day
        name = tr("Calendar of {year}.", year=year.number)
        self.setAccessibleName(joined(name, self.words(day)))
        self.setAccessibleDescription(joined(year.summary, tr(KEYS)))
        self.updateGeometry()
        self.update()

    def words(self, day: date) -> str:
        """Return how a day was; empty when it is not in this year."""
        found = self._year and next((d for d in self._year.days if d.day == day), None)
        return day_words(found, self._service) if found else ""

    def area(self, day: date) -> QRectF:
        """Return where a day stands."""
        grid = self._grid(self.width())
        x, y = grid.at(day)
        return QRectF(x, y, grid.pitch, grid.pitch)

    def hasHeightForWidth(self) -> bool:
        """Whether the height hangs on the width; it does."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the year."""
        return self._grid(width).height

    def sizeHint(self) -> QSize:
        """Return a size with room for the year in one piece."""
        return QSize(640, self.heightForWidth(640))

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow; the year is then cut into pieces."""
        return QSize(15 * 12, 0)

    def _grid(self, width: int) -> Grid:
        metrics = self.fontMetrics()
        side = max(metrics.horizontalAdvance(name) for name in short_weekdays())
        side += PAD + 6
        line = metrics.height()
        year = self._year.number if self._year else date.min.year
        return arrange(
            year,
            width,
            side=side,
            top=line + PAD + 4,
            least=max(9, round(0.58 * line)),
            most=max(16, line),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another day."""
        day = self._day
        if day is None or self._year is None:
            super().keyPressEvent(event)
            return
        key, number = Qt.Key(event.key()), self._year.number
        if key in _STEPS:
            self.chosen.emit(day + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.chosen.emit(date(number, 1, 1))
        elif key == Qt.Key.Key_End:
            self.chosen.emit(date(number, 12, 31))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            by = -1 if key == Qt.Key.Key_PageUp else 1
            self.chosen.emit(in_year(day, number + by))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day that was clicked."""
        day = self._at(event.position().toPoint())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which day is below the mouse."""
        self._point(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that none is."""
        super().leaveEvent(event)
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """Say how a day was while the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.words(day) if day else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def _point(self, day: date | None) -> None:
        if day != self._under:
            self._under = day
            self.pointed.emit(day)

    def _at(self, point: QPoint) -> date | None:
        return self._grid(self.width()).day(point.x(), point.y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names, the days, and a frame around the chosen one."""
        if self._year is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, grid = present(), self._grid(self.width())
        painter.setPen(QColor(theme.muted))
        self._name(painter, grid)
        inset = 0.11 * grid.pitch
        for day, heat in zip(self._year.days, self._year.heats, strict=True):
            if heat is not Heat.AHEAD:
                x, y = grid.at(day.day)
                area = QRectF(x, y, grid.pitch, grid.pitch)
                draw(painter, area.adjusted(inset, inset, -inset, -inset), heat, theme)
        if self._day is not None and self._day.year == self._year.number:
            colour = theme.accent if self.hasFocus() else theme.text
            painter.setPen(QPen(QColor(colour), 2 if self.hasFocus() else 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.area(self._day), 2.5, 2.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(whole, 4, 4)
        painter.end()

    def _name(self, painter: QPainter, grid: Grid) -> None:
        line = self.fontMetrics().height()
        step = -(-line // grid.pitch)
        months, weekdays = short_months(), short_weekdays()
        for month in range(1, 13):
            first = date(grid.year, month, 1)
            # Above its first whole week, so that no two stand in one another's way.
            x, _ = grid.at(first + timedelta(days=-first.weekday() % WEEK))
            _, y = grid.at(first)
            top = y - first.weekday() * grid.pitch - grid.top
            area = QRectF(x, top + PAD, 6 * grid.pitch, line)
            painter.drawText(area, _LEFT, months[month - 1])
            if (month - 1) * grid.bands % 12 == 0:
                for row in range(0, WEEK, step):
                    at = top + grid.top + row * grid.pitch
                    side = QRectF(PAD, at + (grid.pitch - line) / 2, grid.side, line)
                    painter.drawText(side, _LEFT, weekdays[row])
