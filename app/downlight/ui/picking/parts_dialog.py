"""Which parts of a page count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from downlight.core.errors import DownlightError
from downlight.core.speech import number, tr
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.address import parts_words
from downlight.ui.picking.part_delegate import PartDelegate
from downlight.ui.picking.part_tree import PartTree
from downlight.ui.picking.search_dialog import SearchDialog
from downlight.ui.picking.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.parts import Group


class PartsDialog(SearchDialog):
    """A list of parts with ticks; nothing changes before it is accepted."""

    def __init__(
        self,
        name: str,
        save: Callable[[tuple[str, ...]], None],
        parent: QWidget | None = None,
    ) -> None:
        """Build it, hidden, waiting for the parts.

        Args:
            name: Of the service.
            save: Keeps the choice: names or ids, none for all; may raise
                `DownlightError`, which is then shown.
            parent: The window.
        """
        title, hint = tr("Parts of {name}", name=name), tr("Search the parts")
        super().__init__(title, hint, parent, QDialogButtonBox.StandardButton.Save)
        self.resize(520, 600)
        self._save = save
        self.model = PartTree()
        self.intro = say(tr("Only the parts you tick decide how it is."), role="muted")
        self.all = TickBox(tr("All parts count"))
        self.tree = QTreeView()
        self.tree.setObjectName("catalog")
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(PartDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setMouseTracking(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setAccessibleName(tr("Parts; Space ticks"))
        self.words = say(tr("Asking for the parts …"), role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count = say(role="muted")
        self._lay_out()
        self._connect()
        self._show_waiting(waiting=True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        for widget in (self.intro, self.all, self.search):
            column.addWidget(widget)
        column.addWidget(self.words, 1)
        column.addWidget(self.tree, 1)
        column.addWidget(self.count)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.tree.clicked.connect(self.model.toggle)
        self.all.toggled.connect(self._tell_count)
        self.model.ticked.connect(self._choose_some)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._finish)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is kept: names or ids of the parts that count; none for all."""
        chosen = self.model.chosen
        every = self.all.isChecked() or len(chosen) == self.model.total
        return () if every else chosen

    def show_groups(self, groups: Sequence[Group], chosen: Sequence[str]) -> None:
        """Show the parts there are.

        Args:
            groups: All of them, in the order to show them.
            chosen: Names or ids of those that count now; none for all.
        """
        if not any(group.parts for group in groups):
            tell(self.words, tr("This page names no parts."))
            return
        self.model.show_groups(groups, chosen)
        self.all.setChecked(not chosen)
        self._show_waiting(waiting=False)
        self._unfold()
        self._tell_count()
        self.search.setFocus()

    def complain(self, error: DownlightError) -> None:
        """Say what went wrong; what was ticked stays."""
        tell(self.words if self.tree.isHidden() else self.count, error.words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Space and Enter tick, and the arrows reach the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self.model.toggle(self.tree.currentIndex())
                return True
            if watched is self.tree and key == Qt.Key.Key_Space:
                self.model.toggle(self.tree.currentIndex())
                return True
            if watched is self.search and key == Qt.Key.Key_Down:
                self.tree.setFocus()
                if not self.tree.currentIndex().isValid():
                    self.tree.setCurrentIndex(self.model.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    def _show_waiting(self, *, waiting: bool) -> None:
        self.words.setHidden(not waiting)
        for widget in (self.all, self.search, self.tree):
            widget.setHidden(waiting)
        self.ok.setEnabled(not waiting)

    @Slot(str)
    def _search(self, words: str) -> None:
        self.model.search(words)
        self._unfold()
        if words.strip():
            self.tree.setCurrentIndex(self.model.first)

    def _unfold(self) -> None:
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            self.tree.setExpanded(index, not self.model.starts_folded(index))

    @Slot()
    def _choose_some(self) -> None:
        """Ticking one means that not all count any more."""
        self.all.setChecked(False)
        self._tell_count()

    @Slot()
    def _tell_count(self) -> None:
        every = self.all.isChecked()
        self.model.let_all_count(every)
        count, total = len(self.model.chosen), self.model.total
        if every:
            said = tr("All {n} parts count.", n=number(total))
        elif count:
            said = parts_words(count, total)
        else:
            said = tr("Tick at least one part, or let all of them count.")
        tell(self.count, said)
        self.ok.setEnabled(every or bool(count))

    @Slot()
    def _finish(self) -> None:
        if not self.ok.isEnabled():
            return
        try:
            self._save(self.chosen)
        except DownlightError as error:
            self.complain(error)
        else:
            self.accept()
