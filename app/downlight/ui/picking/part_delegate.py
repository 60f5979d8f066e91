"""How a part, or a group of them, is drawn with its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.part_tree import ASIDE_ROLE, GROUP_ROLE, LOOK_ROLE
from downlight.ui.picking.strip import Strip, StripDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from downlight.ui.kit.look import Look

MARK: Final = 14
"""Edge of the mark, in device-independent pixels."""


class PartDelegate(StripDelegate):
    """Draws tick, mark, name and, at the far side, the word for its level."""

    START = GAP + 4
    AIR = GAP + 2

    def draw(self, strip: Strip, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row on its ground."""
        strip.tick(index.data(Qt.ItemDataRole.CheckStateRole))
        look: Look = index.data(LOOK_ROLE)
        ratio = strip.painter.device().devicePixelRatioF()
        mark = pixmap(look, MARK, ratio, dark=strip.theme.dark)
        strip.painter.drawPixmap(strip.square(MARK).topLeft(), mark)
        strip.end(str(index.data(ASIDE_ROLE)), strip.theme.word(look))
        if index.data(GROUP_ROLE):
            strip.font.setWeight(QFont.Weight.DemiBold)
        strip.name(str(index.data()), strip.theme.text)
