"""The pieces of the picker and where they stand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import say
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.catalog_list import CatalogList
from downlight.ui.picking.found_view import FoundView
from downlight.ui.picking.search_dialog import SearchDialog
from downlight.ui.picking.tick_delegate import TickDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service
    from downlight.core.wishes import Wishes

HINT: Final = mark("Search, or paste the address of a status page")


class PickerFrame(SearchDialog):
    """Puts the pieces together; knows nothing of what they do."""

    def __init__(
        self,
        services: Sequence[Service],
        watched: Sequence[ServiceSlug],
        wishes: Wishes,
        parent: QWidget | None = None,
    ) -> None:
        hint = tr(HINT)
        super().__init__(tr("Services to watch"), hint, parent)
        self.setMinimumSize(320, 420)
        self.model = CatalogList(services, watched)
        words = self.search.fontMetrics().horizontalAdvance(hint)
        self.resize(max(540, words + 12 * GAP), 600)
        self.panel = FoundView(wishes, self.model.knows, self)
        self.list = QListView()
        self.list.setObjectName("catalog")
        self.list.setModel(self.model)
        self.delegate = TickDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Services; Enter or Space ticks"))
        self.empty = say(role="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rest = QWidget()
        self.count = say(role="muted")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        column.addWidget(self.panel)
        for widget in (self.empty, self.list, self.rest):
            column.addWidget(widget, 1)
        column.addWidget(self.count)
        column.addWidget(self.buttons)
        order = (self.search, self.panel.name, *self.panel.buttons.values(), self.list)
        for one, other in pairwise((*order, *self.buttons.buttons())):
            self.setTabOrder(one, other)
