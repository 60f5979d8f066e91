"""The picker: which services are watched, and the way to add others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from downlight.core.errors import DownlightError
from downlight.core.saying.words import joined
from downlight.core.speech import number, tr, trn
from downlight.ui.kit.labels import tell
from downlight.ui.picking.address import address_in, is_called, nothing_words
from downlight.ui.picking.parts_dialog import PartsDialog
from downlight.ui.picking.picker_frame import PickerFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from downlight.core.addition import Found
    from downlight.core.model import Component, ServiceSlug
    from downlight.core.parts import Group
    from downlight.core.service import Service
    from downlight.core.wishes import Wishes

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
}


class Picker(PickerFrame):
    """Search or paste, tick, done. Nothing changes before it is accepted."""

    page_wanted = Signal(str)
    """An address is to be opened in a browser."""
    added = Signal(str)
    """A service was added; carries its slug."""

    def __init__(
        self,
        services: Sequence[Service],
        watched: Sequence[ServiceSlug],
        wishes: Wishes,
        outline: Callable[[Sequence[Component]], Sequence[Group]],
        parent: QWidget | None = None,
    ) -> None:
        """Build it, hidden.

        Args:
            services: All there are to choose from.
            watched: Those that are watched now.
            wishes: Who looks at addresses, and keeps what is chosen.
            outline: Puts the parts of a page in groups.
            parent: The window.
        """
        super().__init__(services, watched, wishes, parent)
        self._wishes, self._outline = wishes, outline
        self._watched = tuple(watched)
        self.parts: PartsDialog | None = None
        self._connect()
        self._search("")
        self.search.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        for widget in (self.search, self.list, self.panel.name):
            widget.installEventFilter(self)
        self.delegate.toggle_wanted.connect(self.model.toggle)
        self.delegate.remove_wanted.connect(self.model.toggle_gone)
        self.model.ticked.connect(self._tell_count)
        self.panel.known.connect(self._show_known)
        self.panel.changed.connect(self._tell_count)
        self.panel.add_wanted.connect(self._finish)
        self.panel.parts_wanted.connect(self._choose_parts)
        self.panel.page_wanted.connect(self.page_wanted)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._finish)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one type, move and tick wherever the focus is."""
        return (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self._take(watched, Qt.Key(event.key()), event.text())
        ) or super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """Close; what is still being looked at is not waited for."""
        self.panel.offer("")
        super().done(result)

    def _take(self, watched: QObject, key: Qt.Key, text: str) -> bool:
        """Do what a key means; return whether it means something to us."""
        here = self.list.currentIndex()
        if key in _ENTER:
            self._go_on(watched)
        elif watched is self.panel.name:
            return False
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Delete and not self._has_text_after(watched):
            self.model.toggle_gone(here)
        elif watched is self.search:
            return False
        elif key == Qt.Key.Key_Space:
            self.model.toggle(here)
        elif text and text.isprintable():
            self.search.setFocus()
            self.search.insert(text)
        else:
            return False
        return True

    def _has_text_after(self, watched: QObject) -> bool:
        """Whether Delete has something to do in the search field."""
        field = self.search
        rest = field.cursorPosition() < len(field.text())
        return watched is field and (rest or field.hasSelectedText())

    def _go_on(self, watched: QObject) -> None:
        """Do what Enter means here and now: look, add, or tick."""
        panel, here = self.panel, self.list.currentIndex()
        if here.isValid() and (watched is self.list or panel.found is None):
            self.model.toggle(here)
        elif panel.found is not None:
            self._finish()
        elif panel.address and not panel.looking:
            panel.look()

    def _step(self, by: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            row = min(max(self.list.currentIndex().row() + by, 0), last)
            self.list.setCurrentIndex(self.model.index(row))

    @Slot(str)
    def _search(self, words: str) -> None:
        address = address_in(words)
        if address and is_called(self.model.services, words):
            address = ""
        self.panel.offer(address)
        if "/" in address:
            self.model.show_nothing()
        else:
            self.model.search(words)
        empty = not self.model.rowCount()
        tell(self.empty, nothing_words(words) if empty and not address else "")
        self.list.setHidden(empty)
        self.rest.setHidden(not (empty and address))
        if not address:
            self.ok.setDefault(True)
        if words.strip() and not empty:
            self.list.setCurrentIndex(self.model.index(0))
        self._tell_count()

    @Slot(object)
    def _show_known(self, slug: ServiceSlug) -> None:
        self.model.show_only(slug)
        self.list.show()
        self.rest.hide()
        self.ok.setDefault(True)
        self.list.setCurrentIndex(self.model.index(0))

    @Slot()
    def _tell_count(self) -> None:
        count = len(self.model.picked)
        gone = len(self.model.gone)
        keys = tr("Enter ticks, Ctrl+Enter finishes.") if self.model.rowCount() else ""
        said = _ticked_words(count, self.model.total, gone)
        tell(self.count, joined(said, keys))
        if self.panel.found is not None and count:
            what = tr("Add, and watch these {n}", n=number(count + 1))
        elif self.panel.found is not None:
            what = tr("Add and watch")
        elif count:
            what = trn("Watch this one", "Watch these {n}", count)
        else:
            what = tr("Watch nothing")
        self.ok.setText(what)

    @Slot()
    def _choose_parts(self) -> None:
        found = self.panel.found
        if found is None:
            return
        name = self.panel.name.text() or found.addition.service.name
        self.parts = PartsDialog(name, self.panel.count_parts, self)
        self.parts.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups = self._outline(found.report.components)
        self.parts.show_groups(groups, self.panel.parts)
        self.parts.open()

    @Slot()
    def _finish(self) -> None:
        """Have everything done that was chosen, and what was found added; close."""
        try:
            self._keep(self.panel.chosen)
        except DownlightError as error:
            self.panel.complain(error)
        else:
            self.accept()

    def _keep(self, found: Found | None) -> None:
        """Have everything done that was chosen.

        Raises:
            DownlightError: Something could not be kept; what could is not asked
                for again.
        """
        for slug in self.model.gone:
            self._wishes.remove(slug)
            self._watched = tuple(s for s in self._watched if s != slug)
            self.model.forget(slug)
        picked = self.model.picked
        if picked != self._watched:
            self._wishes.watch(picked)
            self._watched = picked
        if found is not None:
            self._wishes.add(found, self.panel.parts)
            self.added.emit(found.addition.service.slug)


def _ticked_words(count: int, total: int, gone: int) -> str:
    """Return how many services are ticked, of so many, and are to be removed."""
    n, all_ = number(count), number(total)
    if not gone:
        return tr("{n} of {total} services ticked.", n=n, total=all_)
    return tr(
        "{n} of {total} services ticked, {gone} to be removed.",
        n=n,
        total=all_,
        gone=number(gone),
    )
