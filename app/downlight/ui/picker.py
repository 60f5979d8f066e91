"""The picker: which services of the catalog are watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from downlight.ui.catalog_list import CatalogList, TickDelegate
from downlight.ui.labels import say, tell
from downlight.ui.theme import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service


class Picker(QDialog):
    """Search, tick, done. Nothing changes before "Watch these" is pressed."""

    picked = Signal(object)
    """Carries the slugs to watch from now on, as a tuple."""

    def __init__(
        self,
        services: Sequence[Service],
        watched: Sequence[ServiceSlug],
        search: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Services to watch")
        self.resize(480, 560)
        self.model = CatalogList(services, watched)
        self.search = QLineEdit(search)
        self.search.setPlaceholderText("Search the catalog")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the catalog")
        self.list = QListView()
        self.list.setObjectName("catalog")
        self.list.setModel(self.model)
        self.list.setItemDelegate(TickDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Services of the catalog; space ticks")
        self.empty = say(role="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count = say(role="muted")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        for button in self.buttons.buttons():
            button.setIcon(QIcon())
        self._lay_out()
        self._connect()
        self._search(search)
        self.search.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.count)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._toggle)
        self.model.ticked.connect(self._tell_count)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows reach the list from the search field, and Space tick."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            down = event.key() == Qt.Key.Key_Down
            if watched is self.search and down and self.model.rowCount():
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(0))
                return True
            if watched is self.list and event.key() == Qt.Key.Key_Space:
                self._toggle(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _search(self, words: str) -> None:
        self.model.search(words)
        empty = not self.model.rowCount()
        if words.strip():
            text = f"Nothing in the catalog matches “{words.strip()}”."
        else:
            text = "The catalog is empty."
        tell(self.empty, text if empty else "")
        self.list.setHidden(empty)
        self._tell_count()

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        self.model.toggle(index)

    @Slot()
    def _tell_count(self) -> None:
        count = len(self.model.picked)
        tell(self.count, f"{count} of {self.model.total} services ticked")
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(
            "Watch nothing"
            if not count
            else ("Watch this one" if count == 1 else f"Watch these {count}")
        )

    @Slot()
    def _finish(self) -> None:
        self.picked.emit(self.model.picked)
        self.accept()
