"""Upright bars side by side; what is not known is a stroke, not an empty place."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.look import Look
from downlight.ui.kit.picture import Picture
from downlight.ui.kit.theme import SMALL, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from downlight.ui.history.bar import Bar
    from downlight.ui.kit.theme import Theme

HIGH: Final = 76
"""How high the highest bar is, in device-independent pixels."""
LOW: Final = 14
"""How high the room is where there is no bar at all."""
WIDE: Final = 30
"""A bar is not wider than this."""
KEYS: Final = mark("Left and right go from bar to bar.")
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
_START: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TINY: Final = 2.0
"""What is there at all is seen, however little it is beside the highest."""


class Bars(Picture):
    """Shows one `Bar` beside another; one of them may be the current one."""

    read = Signal(str)
    """The words of the bar that is current, or below the mouse; empty for none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: Sequence[Bar] = ()
        self._most = ""
        self._current = -1
        self._under = -1
        set_font(self, SMALL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def bars(self) -> Sequence[Bar]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], most: str = "") -> None:
        """Show other bars.

        Args:
            bars: From the left.
            most: How much the highest is, in words; empty: there is none.
        """
        if (bars, most) == (self._bars, self._most):
            return
        self._bars, self._most = bars, most
        self._current = self._under = -1
        self._say()
        self.updateGeometry()
        self.update()

    def rename(self, name: str) -> None:
        """Call it something else."""
        self._name = name
        self._say()

    def sizeHint(self) -> QSize:
        """Return the size with room for what stands above and below."""
        line = self.fontMetrics().height()
        return QSize(20 * len(self._bars), self._high + 2 * line + 8)

    def minimumSizeHint(self) -> QSize:
        """Return that bars can be thin."""
        return QSize(6 * len(self._bars), self.sizeHint().height())

    def area(self, number: int) -> QRectF:
        """Return the room of a bar, from the top to the baseline."""
        slot = self.width() / max(len(self._bars), 1)
        line = self.fontMetrics().height()
        return QRectF(number * slot, line + 3, slot, self._high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another bar."""
        last = len(self._bars) - 1
        steps = {
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Right: min(self._current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        found = steps.get(Qt.Key(event.key()))
        if found is None or last < 0:
            super().keyPressEvent(event)
            return
        self._current = found
        self._say()
        self.read.emit(self._bars[found].words)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the bar below the mouse."""
        slot = self.width() / max(len(self._bars), 1)
        self._point(min(int(event.position().x() / slot), len(self._bars) - 1))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of the current one again."""
        super().leaveEvent(event)
        self._point(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first bar."""
        super().focusInEvent(event)
        if self._current < 0 and self._bars:
            self._current = 0
        self._say()
        self.read.emit(self._words())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have no current bar any more."""
        super().focusOutEvent(event)
        self._current = -1
        self.read.emit("")
        self.update()

    def _point(self, number: int) -> None:
        if number != self._under:
            self._under = number
            self.read.emit(self._words())
            self.update()

    @property
    def _high(self) -> int:
        return HIGH if any(bar.size for bar in self._bars) else LOW

    def _words(self) -> str:
        number = self._under if self._under >= 0 else self._current
        return self._bars[number].words if 0 <= number < len(self._bars) else ""

    def _say(self) -> None:
        current = self._current
        words = self._bars[current].words if 0 <= current < len(self._bars) else ""
        self.setAccessibleName(
            f"{self._name}. {words}".strip() if words else self._name
        )
        known = (bar.words for bar in self._bars if bar.size or bar.unknown)
        self.setAccessibleDescription(f"{' '.join(known)} {tr(KEYS)}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale, the bars and what they are called."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line = present(), self.fontMetrics().height()
        top = line + 3
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(0, 0, self.width(), line), _START, self._most)
        painter.setPen(QPen(QColor(theme.edge), 1))
        foot = top + self._high + 0.5
        for y in (top + 0.5, foot) if self._most else (foot,):
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        highest = max((bar.size or 0 for bar in self._bars), default=0) or 1
        for number, bar in enumerate(self._bars):
            self._draw(painter, theme, number, bar, highest)
        self._name_them(painter, theme)
        painter.end()

    def _name_them(self, painter: QPainter, theme: Theme) -> None:
        """Write the names below; where it is narrow, only some of them."""
        named = [number for number, bar in enumerate(self._bars) if bar.name]
        wide = self.fontMetrics().horizontalAdvance
        need = max((wide(self._bars[n].name) for n in named), default=0) + 4
        slot = self.width() / max(len(self._bars), 1)
        apart = slot * min((b - a for a, b in pairwise(named)), default=1)
        for number in named[:: max(1, math.ceil(need / max(apart, 1)))]:
            picked = number == self._current and self.hasFocus()
            painter.setPen(QColor(theme.text if picked else theme.muted))
            area = self.area(number)
            below = QRectF(0, area.bottom() + 3, need, self.fontMetrics().height())
            below.moveCenter(QPointF(area.center().x(), below.center().y()))
            below.moveLeft(min(max(below.left(), 0), self.width() - need))
            painter.drawText(below, _MIDDLE, self._bars[number].name)

    def _draw(
        self, painter: QPainter, theme: Theme, number: int, bar: Bar, highest: float
    ) -> None:
        area = self.area(number)
        picked = number == self._current and self.hasFocus()
        if picked:
            painter.setPen(QPen(QColor(theme.accent), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, 1), 3, 3)
        wide = min(WIDE, area.width() * 0.62)
        foot = QRectF(0, 0, wide, 0)
        foot.moveCenter(QPointF(area.center().x(), area.bottom()))
        if bar.unknown:
            reach = min(4.0, wide / 2)
            at = QPointF(area.center().x(), area.bottom() - reach - 2)
            painter.setPen(QPen(QColor(theme.muted), 1))
            painter.drawLine(at + QPointF(-reach, reach), at + QPointF(reach, -reach))
        elif bar.size:
            high = max(_TINY, (self._high - 4) * bar.size / highest)
            shape = foot.adjusted(0, -high, 0, 0)
            paint(painter, shape, theme, hatched=bar.least)
        elif bar.fine and bar.least:
            painter.setPen(QPen(theme.mark(Look.OPERATIONAL), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(area.center().x(), area.bottom() - 5), 2.4, 2.4)
        elif bar.fine:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.mark(Look.OPERATIONAL))
            painter.drawEllipse(QPointF(area.center().x(), area.bottom() - 5), 2.6, 2.6)


def paint(painter: QPainter, shape: QRectF, theme: Theme, *, hatched: bool) -> None:
    """Draw a bar: full, or hatched where it may be more or is in doubt."""
    colour = QColor(theme.accent)
    painter.setPen(Qt.PenStyle.NoPen)
    if not hatched:
        painter.setBrush(colour)
        painter.drawRect(shape)
        return
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(colour, 1))
    painter.drawRect(shape.adjusted(0.5, 0.5, -0.5, -0.5))
