"""In which country a person is: a list to search and choose one of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.country_list import CountryList, NameDelegate
from downlight.ui.picking.search_dialog import SearchDialog

_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
}


class CountryDialog(SearchDialog):
    """Search, choose one, done. Nothing changes before it is accepted."""

    chosen = Signal(str)
    """It was accepted; carries the country's code."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        """Build it, hidden.

        Args:
            code: The country that is chosen at first; empty for none.
            parent: The window.
        """
        super().__init__(tr("Your country"), tr("Search the countries"), parent)
        self.setMinimumSize(280, 320)
        self.resize(380, 480)
        self.model = CountryList()
        self.list = QListView()
        self.list.setObjectName("catalog")
        self.list.setModel(self.model)
        self.list.setItemDelegate(NameDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Countries"))
        self.empty = say(role="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        self._lay_out()
        self._connect()
        self._point_at(self.model.place(code))
        self.search.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._tell_choice)
        self.list.doubleClicked.connect(self._finish)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move through the list while one types a search."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            row = min(max(self.list.currentIndex().row() + by, 0), last)
            self._point_at(self.model.index(row))

    def _point_at(self, place: QModelIndex) -> None:
        self.list.setCurrentIndex(place)
        self.list.scrollTo(place, QListView.ScrollHint.PositionAtCenter)
        self._tell_choice()

    @Slot(str)
    def _search(self, words: str) -> None:
        code = self.model.code(self.list.currentIndex())
        self.model.search(words)
        empty = not self.model.rowCount()
        none = tr("No country matches “{words}”.", words=words.strip())
        tell(self.empty, none if empty else "")
        self.list.setHidden(empty)
        top = self.model.index(0) if words.strip() else self.model.place(code)
        self._point_at(top)

    @Slot()
    def _tell_choice(self) -> None:
        self.ok.setEnabled(self.list.currentIndex().isValid())

    @Slot()
    def _finish(self) -> None:
        code = self.model.code(self.list.currentIndex())
        if code:
            self.chosen.emit(code)
            self.accept()
