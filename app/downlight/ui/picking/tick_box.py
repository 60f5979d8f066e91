"""A check box with the same tick as the rows of the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox

from downlight.ui.kit.theme import GAP, present
from downlight.ui.picking.strip import BOX, draw_box

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent


class TickBox(QCheckBox):
    """Drawn by ourselves: the style's own box is hardly seen on a dark ground."""

    def sizeHint(self) -> QSize:
        """Return room for box and words."""
        metrics = self.fontMetrics()
        width = BOX + 2 * GAP + metrics.horizontalAdvance(self.text())
        return QSize(width, max(BOX, metrics.height()) + GAP)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on box and words."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, words and focus."""
        theme, rtl = present(), self.isRightToLeft()
        painter = QPainter(self)
        rect = self.rect().adjusted(1, 0, -1, 0)
        left = rect.right() - BOX if rtl else rect.left()
        box = QRect(left, rect.center().y() - BOX // 2, BOX, BOX)
        draw_box(painter, box, theme, on=self.isChecked())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        room = BOX + GAP
        words = rect.adjusted(0 if rtl else room, 0, -room if rtl else 0, 0)
        painter.setPen(QColor(theme.text))
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, start, self.text())
        painter.end()
