"""How the rows of what is picked are drawn: from both ends, the name in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from downlight.ui.kit.theme import GAP, SMALL, present
from downlight.ui.service_list import draw_ground

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from downlight.ui.kit.theme import Theme

BOX: Final = 17
"""Edge of the tick box, in device-independent pixels."""
_TICK: Final = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.31))
_DASH: Final = ((0.28, 0.5), (0.72, 0.5))
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Strip:
    """A row while it is drawn; what is drawn at its ends takes room away."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, start: int = 2 * GAP
    ) -> None:
        """Draw the ground.

        Args:
            painter: Where to.
            option: Of the row.
            start: The air before the first piece, in device-independent pixels.
        """
        self.painter, self.theme = painter, present()
        self.font, self.small = QFont(option.font), small_font(option)
        self._rtl = QGuiApplication.isRightToLeft()
        self._room = QRect(option.rect)
        self._take(start, 2 * GAP)
        draw_ground(painter, option, self.theme)

    def square(self, edge: int) -> QRect:
        """Return a place at the start, in the middle of the height."""
        room = self._room
        left = room.right() - edge if self._rtl else room.left()
        place = QRect(left, room.center().y() - edge // 2 + 1, edge, edge)
        self._take(edge + GAP, 0)
        return place

    def tick(self, state: object) -> None:
        """Draw a tick box at the start.

        Args:
            state: A `Qt.CheckState`.
        """
        on = state == Qt.CheckState.Checked
        partly = state == Qt.CheckState.PartiallyChecked
        draw_box(self.painter, self.square(BOX), self.theme, on=on, partly=partly)

    def end(self, words: str, colour: QColor | str, air: int = 2 * GAP) -> None:
        """Write small words at the end, in no more than half of the room.

        Args:
            words: What to write.
            colour: Of the words.
            air: Before them, in device-independent pixels.
        """
        metrics, half = QFontMetrics(self.small), self._room.width() // 2
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, half)
        self._write(words, self.small, colour, Qt.AlignmentFlag.AlignTrailing)
        self._take(0, metrics.horizontalAdvance(words) + air)

    def name(self, words: str, colour: QColor | str) -> None:
        """Write words in all the room there is left."""
        words = QFontMetrics(self.font).elidedText(
            words, Qt.TextElideMode.ElideRight, self._room.width()
        )
        self._write(words, self.font, colour, Qt.AlignmentFlag.AlignLeading)

    def _write(
        self, words: str, font: QFont, colour: QColor | str, side: Qt.AlignmentFlag
    ) -> None:
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(self._room, side | _MIDDLE, words)

    def _take(self, start: int, end: int) -> None:
        left, right = (end, start) if self._rtl else (start, end)
        self._room.adjust(left, 0, -right, 0)


class StripDelegate(QStyledItemDelegate):
    """Draws rows as strips."""

    START: ClassVar[int] = 2 * GAP
    """The air before the first piece, in device-independent pixels."""
    AIR: ClassVar[int] = GAP + 4
    """Above and below the line, both together."""

    def draw(self, strip: Strip, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row on its ground."""
        raise NotImplementedError

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for one line and its air."""
        return QSize(100, super().sizeHint(option, index).height() + self.AIR)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        painter.save()
        self.draw(Strip(painter, option, self.START), index)
        painter.restore()


def small_font(option: QStyleOptionViewItem) -> QFont:
    """Return the font of asides in a row."""
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * SMALL)
    return font


def draw_box(
    painter: QPainter, rect: QRect, theme: Theme, *, on: bool, partly: bool = False
) -> None:
    """Draw a tick box.

    Args:
        painter: Where to.
        rect: A square of `BOX`.
        theme: The colours.
        on: Whether it is ticked.
        partly: Whether only some of what it stands for is.
    """
    full = on or partly
    ground, edge = (theme.accent, theme.accent) if full else (theme.page, theme.muted)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(edge))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    pen = QPen(QColor(theme.card), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    if full:
        corners = _DASH if partly else _TICK
        painter.drawPolyline(
            [QPointF(rect.x() + x * BOX, rect.y() + y * BOX) for x, y in corners]
        )
