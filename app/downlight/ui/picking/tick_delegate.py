"""How a row with a tick is drawn, and where in it a click removes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from downlight.core.speech import tr, trc
from downlight.ui.kit.theme import GAP, SMALL, present
from downlight.ui.picking.catalog_list import ASIDE_ROLE, GONE_ROLE, OWN_ROLE
from downlight.ui.service_list import draw_ground

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

    from downlight.ui.kit.theme import Theme

BOX: Final = 17
"""Edge of the tick box, in device-independent pixels."""
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class TickDelegate(QStyledItemDelegate):
    """Draws a tick box, the name and, at the far side, what it was found by."""

    remove_wanted = Signal(object)
    """The word "Remove" or "Keep" of a row was clicked; carries its index."""
    toggle_wanted = Signal(object)
    """A row was clicked elsewhere; carries its index."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for one line and its air."""
        return QSize(100, super().sizeHint(option, index).height() + GAP + 4)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell apart a click on "Remove" from one on the row."""
        del model
        if (
            not isinstance(event, QMouseEvent)
            or event.type() is not QEvent.Type.MouseButtonRelease
            or event.button() is not Qt.MouseButton.LeftButton
        ):
            return False
        place = remove_area(option, index)
        hit = place.contains(event.position().toPoint())
        (self.remove_wanted if hit else self.toggle_wanted).emit(index)
        return True

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
        inner: QRect = QRect(option.rect).adjusted(2 * GAP, 0, -2 * GAP, 0)
        left = inner.right() - BOX if rtl else inner.left()
        top = inner.center().y() - BOX // 2 + 1
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_box(painter, QRect(left, top, BOX, BOX), theme, on=on)
        room = BOX + GAP
        words = inner.adjusted(0 if rtl else room, 0, -room if rtl else 0, 0)
        self._paint_words(painter, option, words, index, theme)
        painter.restore()

    @staticmethod
    def _paint_words(
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        index: QModelIndex | QPersistentModelIndex,
        theme: Theme,
    ) -> None:
        end = Qt.AlignmentFlag.AlignTrailing | _MIDDLE
        gone, own = index.data(GONE_ROLE), index.data(OWN_ROLE)
        font, small = QFont(option.font), small_font(option)
        painter.setFont(small)
        if own:
            painter.setPen(QColor(theme.accent))
            painter.drawText(rect, end, _remove_word(index))
            taken = remove_area(option, index).width() + GAP
            rtl = QGuiApplication.isRightToLeft()
            rect = rect.adjusted(taken if rtl else 0, 0, 0 if rtl else -taken, 0)
        said = tr("will be removed") if gone else tr("added by you") if own else ""
        aside = said or str(index.data(ASIDE_ROLE) or "")
        metrics = QFontMetrics(small)
        aside = metrics.elidedText(
            aside, Qt.TextElideMode.ElideRight, rect.width() // 2
        )
        painter.setPen(QColor(theme.muted))
        painter.drawText(rect, end, aside)
        room = rect.width() - metrics.horizontalAdvance(aside) - 2 * GAP
        font.setStrikeOut(bool(gone))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if gone else theme.text))
        name = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | _MIDDLE, name)


def remove_area(
    option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
) -> QRect:
    """Return where "Remove" stands in a row; nowhere in one of the catalog."""
    if not index.data(OWN_ROLE):
        return QRect()
    width = QFontMetrics(small_font(option)).horizontalAdvance(_remove_word(index))
    inner = QRect(option.rect).adjusted(2 * GAP, 0, -2 * GAP, 0)
    rtl = QGuiApplication.isRightToLeft()
    left = inner.left() if rtl else inner.right() + 1 - width
    return QRect(left, inner.top(), width, inner.height())


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
    corners = ((0.28, 0.5), (0.72, 0.5)) if partly else _TICK
    if full:
        painter.drawPolyline(
            [QPointF(rect.x() + x * BOX, rect.y() + y * BOX) for x, y in corners]
        )


_TICK: Final = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.31))


def _remove_word(index: QModelIndex | QPersistentModelIndex) -> str:
    if index.data(GONE_ROLE):
        return trc("what was to be removed", "Keep")
    return tr("Remove")
