"""The panel under the search field: an address, and what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import MarkView, say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.picking import address as says

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.addition import Found
    from downlight.core.model import ServiceSlug
    from downlight.core.wishes import Wishes

MARK = 18
"""Edge of the mark, in device-independent pixels."""


class FoundView(QFrame):
    """Offers to look at an address, looks, and shows what was found."""

    known = Signal(object)
    """What was found is in the list; carries its slug."""
    changed = Signal()
    """Something else can be added now, or nothing any more."""
    add_wanted = Signal()
    parts_wanted = Signal()
    page_wanted = Signal(str)
    """To be opened in a browser."""

    def __init__(
        self, wishes: Wishes, knows: Callable[[ServiceSlug], bool], parent: QWidget
    ) -> None:
        """Build it, hidden.

        Args:
            wishes: Who looks.
            knows: Tells whether a service is in the list.
            parent: Where it stands.
        """
        super().__init__(parent)
        self.setObjectName("card")
        self._wishes, self._knows = wishes, knows
        self.address = ""
        self.found: Found | None = None
        """What can be added now."""
        self.parts: tuple[str, ...] = ()
        """Which of its parts count; empty for all."""
        self.looking = False
        self._check = False
        self._turn = 0
        """Counts what was asked: answers to earlier questions are not heard."""
        self._mark = MarkView(MARK)
        self._title, self._word = say(), say(bold=True)
        self._text = say(role="muted")
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("What to call it"))
        self.name.setPlaceholderText(tr("What to call it"))
        self._call = say(tr("Call it"), role="muted")
        self.buttons: dict[says.Act, QPushButton] = {}
        self._flow = Flow(gap=GAP)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._mark)
        head.addWidget(self._word, 1)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self._call)
        line.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP + 4, 2 * GAP, GAP + 4)
        column.setSpacing(GAP - 2)
        column.addLayout(line)
        column.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(self._flow)
        acts: tuple[says.Act, ...] = ("look", "add", "parts", "check", "page")
        for act in acts:
            button = QPushButton()
            self.buttons[act] = button
            self._flow.addWidget(button)
        self.buttons["look"].clicked.connect(self.look)
        self.buttons["check"].clicked.connect(self._try)
        self.buttons["add"].clicked.connect(self.add_wanted)
        self.buttons["parts"].clicked.connect(self.parts_wanted)
        self.buttons["page"].clicked.connect(self._open)

    @property
    def title(self) -> str:
        """What it says first."""
        return self._title.text().replace("\u200b", "")

    @property
    def text(self) -> str:
        """Word and text, as they are read."""
        said = f"{self._word.text()}\n{self._text.text()}"
        return said.replace("\u200b", "").strip()

    @property
    def chosen(self) -> Found | None:
        """What can be added, under the name the person has given it."""
        if self.found is None:
            return None
        addition = self.found.addition
        name = self.name.text().strip() or addition.service.name
        service = replace(addition.service, name=name)
        return replace(self.found, addition=replace(addition, service=service))

    def offer(self, address: str) -> None:
        """Offer to look at an address; hide when it is empty."""
        if address != self.address or not address:
            self._turn += 1
            self.address, self.found, self.parts = address, None, ()
            self.looking = False
            self._show(says.offered(address) if address else None)

    @Slot()
    def look(self) -> None:
        """Look at the address."""
        self._ask(check=False)

    @Slot()
    def _try(self) -> None:
        self._ask(check=True)

    def count_parts(self, parts: tuple[str, ...]) -> None:
        """Let only these parts count; all when there are none."""
        self.parts = parts
        if self.found is not None:
            name = self.name.text()
            self._show(says.found_panel(self.found, len(parts)))
            self.name.setText(name)

    def complain(self, error: DownlightError) -> None:
        """Say what went wrong; everything else stays."""
        tell(self._text, error.words)
        self.show()

    def _ask(self, *, check: bool) -> None:
        self._turn += 1
        turn = self._turn
        self.looking, self.found, self._check = True, None, check
        self._show(says.busy(self.address, check=check))

        def heard(answer: Found | DownlightError) -> None:
            if turn == self._turn:
                self._hear(answer)

        self._wishes.look_at(self.address, heard, check=check)

    def _hear(self, answer: Found | DownlightError) -> None:
        self.looking = False
        if isinstance(answer, DownlightError):
            self._show(says.failed_panel(self.address, answer, check=self._check))
            return
        slug = answer.addition.service.slug
        known = self._knows(slug)
        if known:
            self.known.emit(slug)
        else:
            self.found = answer
        self._show(says.found_panel(answer, known=known))

    def _show(self, panel: says.Panel | None) -> None:
        self.setHidden(panel is None)
        self.changed.emit()
        if panel is None:
            return
        self._mark.show_look(panel.look)
        self._mark.setHidden(panel.look is None)
        tell(self._title, panel.title)
        tell(self._word, panel.word)
        tell(self._text, panel.text)
        self.setAccessibleName(panel.title)
        self.name.setText(panel.name)
        self.name.setCursorPosition(0)
        for widget in (self.name, self._call):
            widget.setHidden(not panel.name)
        acts = dict(panel.acts)
        for act, button in self.buttons.items():
            button.setText(acts.get(act, "").replace("&", "&&"))
            button.setHidden(act not in acts)
            button.setDefault([act] == [first for first, _ in panel.acts[:1]])

    @Slot()
    def _open(self) -> None:
        self.page_wanted.emit(says.page_of(self.address))
