"""Automation: what is done on change, shown, tried, and where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from downlight.core.errors import DownlightError
from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.outside import now
from downlight.ui.settings.bits import button, fault, later, quiet_link
from downlight.ui.settings.field import Card, Section
from downlight.ui.settings.hook_words import filled, state_words, what_words
from downlight.ui.settings.luggage import open_file

if TYPE_CHECKING:
    from downlight.core.preferences import HooksView, HookView
    from downlight.ui.settings.field import Pen

NONE = mark(
    "Nothing is done yet. A hook runs a program, posts to a chat or an address, or "
    "writes a file for a status bar whenever something changes."
)
START = mark("Hooks are written in a file, which is read when Downlight starts.")


class HookCard(Card):
    """One hook."""

    def __init__(self, hook: HookView, pen: Pen) -> None:
        """Build the card.

        Args:
            hook: As it stands in the file.
            pen: Knows who previews and tries it.
        """
        super().__init__(hook.name)
        self._name, self._pen = hook.name, pen
        self._gone = False
        self.what = say(what_words(hook))
        self.state = later("muted")
        tell(self.state, state_words(hook))
        self.test = button(tr("Send a test"))
        self.test.setAccessibleName(tr("Send a test with {name}", name=hook.name))
        self.show_it = quiet_link(tr("Show what it sends"))
        self.show_it.setAccessibleName(tr("Show what {name} sends", name=hook.name))
        self.said, self.wrong = later(), fault()
        self.sends = later("muted")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, GAP - 2, 0, 0)
        buttons.setSpacing(2 * GAP)
        buttons.addWidget(self.test)
        buttons.addWidget(self.show_it)
        buttons.addStretch(1)
        self.column.addWidget(self.what)
        self.column.addWidget(self.state)
        self.column.addLayout(buttons)
        for label in (self.said, self.wrong, self.sends):
            self.column.addWidget(label)
        self.test.clicked.connect(self._try)
        self.show_it.clicked.connect(self._show)

    def forget(self) -> None:
        """Hear of no test any more: the card goes."""
        self._gone = True

    def _try(self) -> None:
        self.test.setEnabled(False)
        tell(self.said, tr("Sending a test …"))
        tell(self.wrong, "")
        self._pen.wishes.try_hook(self._name, self._heard)

    def _heard(self, answer: str | DownlightError) -> None:
        if self._gone or not self._pen.open:
            return
        self.test.setEnabled(True)
        if isinstance(answer, DownlightError):
            tell(self.said, "")
            why = answer.words if answer.hint else str(answer)
            why = why.rstrip(".")
            tell(self.wrong, tr("The test did not work: {why}.", why=why))
        else:
            sent = tr("The test was sent.")
            heard = tr("It said: {words}", words=answer) if answer else ""
            tell(self.said, f"{sent} {heard}".rstrip())

    def _show(self) -> None:
        if not self.sends.isHidden():
            tell(self.sends, "")
            self.show_it.setText(tr("Show what it sends"))
            return
        try:
            tell(self.sends, self._pen.wishes.preview_hook(self._name))
        except DownlightError as error:
            tell(self.wrong, error.words)
        else:
            self.show_it.setText(tr("Hide what it sends"))


class Hooks(Section):
    """All hooks, and a text to try out."""

    def __init__(self, pen: Pen) -> None:
        """Build the page.

        Args:
            pen: Knows whom to ask.
        """
        super().__init__(tr("Automation"), pen)
        self._shown: HooksView | None = None
        self.cards: list[HookCard] = []
        self.none, self.faults, self.wrong = say(tr(NONE)), fault(), fault()
        self.open = button(tr("Open the file of the hooks"))
        self.place = QVBoxLayout()
        self.place.setSpacing(GAP + 4)
        self.holder = holder = QWidget()
        holder.setLayout(self.place)
        self.place.setContentsMargins(0, 0, 0, 0)
        self.text = QLineEdit("{title}: {sentence}")
        self.text.setAccessibleName(tr("A text with gaps"))
        self.shown, self.bad = later(), fault()
        head = Card(tr("What is done when something changes"), self.none)
        for label in (say(tr(START), role="muted"), self.faults, self.wrong):
            head.column.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(0, GAP - 2, 0, 0)
        row.addWidget(self.open)
        row.addStretch(1)
        head.column.addLayout(row)
        about = say(
            tr(
                "Texts in the file have gaps such as {title}, {sentence}, {name} or "
                "{url}; see here how one is filled."
            ),
            role="muted",
        )
        self.text.setAccessibleDescription(about.text())
        trial = Card(tr("Try a text"), about, self.text, self.shown, self.bad)
        trial.column.setSpacing(GAP - 2)
        self.add(head, holder, trial)
        self.open.clicked.connect(lambda: open_file(pen, "hooks", self.wrong))
        self.text.textChanged.connect(self._fill)
        self._fill(self.text.text())
        self.refill()

    def refill(self) -> None:
        """Show what stands in the file now."""
        view = self.pen.wishes.hooks()
        if view == self._shown:
            return
        self._shown = view
        for card in self.cards:
            card.forget()
            card.hide()
            card.deleteLater()
        self.cards = [HookCard(hook, self.pen) for hook in view.hooks]
        for card in self.cards:
            self.place.addWidget(card)
        self.none.setHidden(bool(view.hooks))
        self.holder.setHidden(not view.hooks)
        tell(self.faults, "\n".join(view.faults))

    @Slot(str)
    def _fill(self, text: str) -> None:
        said, wrong = filled(text, now())
        tell(self.shown, said)
        tell(self.bad, wrong)
