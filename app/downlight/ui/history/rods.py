"""Lying bars, one below the other, each with its name and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from downlight.ui.history.bars import paint
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from downlight.ui.history.bar import Bar

_START: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
LEAST: Final = 64
"""How long the longest bar is at least, in device-independent pixels."""
_THICK: Final = 0.62
"""How thick a bar is, of the height of a line."""


class Rods(QWidget):
    """Shows one `Bar` below another; all of it stands there in words, too."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        set_font(self, 0.96)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars, from the top down."""
        if bars != self._bars:
            self._bars = bars
            self.setAccessibleDescription(" ".join(bar.words for bar in bars))
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Whether the height hangs on the width; it does."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height; where it is narrow, names stand above their bars."""
        lines = 1 if self._is_wide(width) else 2
        return len(self._bars) * lines * self._row()

    def sizeHint(self) -> QSize:
        """Return room for names, bars and numbers side by side."""
        names, asides = self._columns()
        width = names + asides + 26 * GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest name."""
        names, asides = self._columns()
        width = max(names, asides + LEAST)
        return QSize(width, len(self._bars) * self._row())

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, row = present(), self._row()
        names, asides = self._columns()
        wide = self._is_wide(self.width())
        left = names + GAP if wide else 0
        room = max(self.width() - left - asides - GAP, 0)
        most = max((bar.size or 0 for bar in self._bars), default=0) or 1
        thick = round(self.fontMetrics().height() * _THICK)
        for number, bar in enumerate(self._bars):
            top = number * row * (1 if wide else 2)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(0, top, names, row), _START, bar.name)
            top += 0 if wide else row
            size = bar.size or 0
            whole, sure = room * size / most, room * (size - bar.doubtful) / most
            y = top + (row - thick) / 2
            if sure:
                shape = QRectF(left, y, max(sure, 2), thick)
                paint(painter, shape, theme, hatched=bar.least)
            if bar.doubtful:
                shape = QRectF(left + sure, y, whole - sure, thick)
                paint(painter, shape, theme, hatched=True)
            painter.setPen(QColor(theme.muted))
            end = left + whole + GAP
            painter.drawText(QRectF(end, top, asides, row), _START, bar.aside)
        painter.end()

    def _is_wide(self, width: int) -> bool:
        """Whether names have room beside their bars."""
        names, asides = self._columns()
        return width >= names + asides + 2 * GAP + LEAST

    def _columns(self) -> tuple[int, int]:
        """Return how wide names and numbers are."""
        metrics = self.fontMetrics()
        names = max((metrics.horizontalAdvance(b.name) for b in self._bars), default=0)
        asides = max(
            (metrics.horizontalAdvance(b.aside) for b in self._bars), default=0
        )
        return names + 2, asides + 2

    def _row(self) -> int:
        return self.fontMetrics().height() + 6
