"""How a part, or a group of them, is drawn with its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.theme import GAP, present
from downlight.ui.picking.part_tree import ASIDE_ROLE, GROUP_ROLE, LOOK_ROLE
from downlight.ui.picking.tick_delegate import BOX, draw_box, small_font
from downlight.ui.service_list import draw_ground

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from downlight.ui.kit.look import Look

MARK = 14
"""Edge of the mark, in device-independent pixels."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class PartDelegate(QStyledItemDelegate):
    """Draws tick, mark, name and, at the far side, the word for its level."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for one line and its air."""
        return QSize(100, super().sizeHint(option, index).height() + GAP + 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        theme = present()
        painter.save()
        draw_ground(painter, option, theme)
        rtl = QGuiApplication.isRightToLeft()
        rect = QRect(option.rect).adjusted(GAP + 4, 0, -2 * GAP, 0)
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        top = rect.center().y() - BOX // 2 + 1
        left = rect.right() - BOX if rtl else rect.left()
        partly = tick == Qt.CheckState.PartiallyChecked
        on = tick == Qt.CheckState.Checked
        draw_box(painter, QRect(left, top, BOX, BOX), theme, on=on, partly=partly)
        room = BOX + GAP
        look: Look = index.data(LOOK_ROLE)
        mark = pixmap(look, MARK, painter.device().devicePixelRatioF(), dark=theme.dark)
        left = rect.right() - room - MARK if rtl else rect.left() + room
        painter.drawPixmap(left, rect.center().y() - MARK // 2 + 1, mark)
        room += MARK + GAP
        words = rect.adjusted(0 if rtl else room, 0, -room if rtl else 0, 0)
        small = small_font(option)
        aside = QFontMetrics(small).elidedText(
            str(index.data(ASIDE_ROLE)), Qt.TextElideMode.ElideRight, words.width() // 2
        )
        painter.setFont(small)
        painter.setPen(theme.word(look))
        painter.drawText(words, Qt.AlignmentFlag.AlignTrailing | _MIDDLE, aside)
        taken = QFontMetrics(small).horizontalAdvance(aside) + 2 * GAP
        font = QFont(option.font)
        if index.data(GROUP_ROLE):
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        name = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width() - taken
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeading | _MIDDLE, name)
        painter.restore()
