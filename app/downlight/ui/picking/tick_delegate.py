"""How a row with a tick is drawn, and where in it a click removes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QMouseEvent

from downlight.core.speech import tr, trc
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.catalog_list import ASIDE_ROLE, GONE_ROLE, OWN_ROLE
from downlight.ui.picking.strip import Strip, StripDelegate, small_font

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem


class TickDelegate(StripDelegate):
    """Draws a tick box, the name and, at the far side, what it was found by."""

    remove_wanted = Signal(object)
    """The word "Remove" or "Keep" of a row was clicked; carries its index."""
    toggle_wanted = Signal(object)
    """A row was clicked elsewhere; carries its index."""

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

    def draw(self, strip: Strip, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row on its ground."""
        gone, own = index.data(GONE_ROLE), index.data(OWN_ROLE)
        theme = strip.theme
        strip.tick(index.data(Qt.ItemDataRole.CheckStateRole))
        if own:
            strip.end(_remove_word(index), theme.accent, GAP)
        said = tr("will be removed") if gone else tr("added by you") if own else ""
        strip.end(said or str(index.data(ASIDE_ROLE) or ""), theme.muted)
        strip.font.setStrikeOut(bool(gone))
        strip.name(str(index.data()), theme.muted if gone else theme.text)


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


def _remove_word(index: QModelIndex | QPersistentModelIndex) -> str:
    if index.data(GONE_ROLE):
        return trc("what was to be removed", "Keep")
    return tr("Remove")
