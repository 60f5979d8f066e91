"""The answer about a service: the mark, the sentence, and a few short facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from downlight.core.speech import tr
from downlight.core.text import cut
from downlight.ui.hush_menu import fill
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import MarkView, link, say, tell
from downlight.ui.kit.theme import BIG, GAP
from downlight.ui.views import UNHUSHED

if TYPE_CHECKING:
    from downlight.ui.views import Detail, Hushes, Together

BIG_MARK: Final = 40
LONGEST_NAME: Final = 40
"""Longest name of another service, in characters: its button does not wrap."""
SHORT: Final = 24
"""Facts of so many characters are not broken."""
_AT_NUMBER: Final = re.compile(r" (?=\(?\d)|(?<=\d) ")


class Header(QWidget):
    """The mark, the sentence, the facts, and who is in trouble together with it."""

    chosen = Signal(str)
    """Another service was clicked; carries its slug."""
    hush_wanted = Signal(object)
    """Begin or end a mute; carries a `Hush`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.mute = link(tr("Mute …"))
        self.mute.setMenu(QMenu(self.mute))
        self._mark = MarkView(BIG_MARK)
        self.sentence = say(scale=BIG)
        self.facts = say(role="muted")
        self.facts.setContentsMargins(0, 2, GAP, 2)  # on a line with the button
        self._flow = Flow()
        self._flow.addWidget(self.facts)
        self._flow.addWidget(self.mute)
        self._hushes = UNHUSHED
        column = QVBoxLayout()
        column.setSpacing(GAP - 2)
        column.addWidget(self.sentence)
        column.addLayout(self._flow)
        self._label, self._more = say(role="muted"), say(role="muted")
        self.others: list[QPushButton] = []
        for label in (self._label, self._more):
            label.setContentsMargins(0, 2, 0, 2)  # on a line with the buttons
        self._peers = Flow(gap=GAP)
        self._peers.addWidget(self._label)
        column.addLayout(self._peers)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GAP + 4, 2 * GAP + 4, 2 * GAP, GAP)
        line.setSpacing(2 * GAP)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    def show_detail(self, detail: Detail) -> None:
        """Show the answer about a service."""
        muted = bool(detail.hushes.said)
        self._mark.show_look(detail.look, early=detail.early, muted=muted)
        tell(self.sentence, detail.sentence)
        tell(self.facts, " · ".join(map(_unbroken, detail.facts)))
        self._show_hushes(detail.name, detail.hushes)
        self._show_others(detail.together)

    def _show_hushes(self, name: str, hushes: Hushes) -> None:
        self.mute.setText(hushes.said or tr("Mute …"))
        said = filter(None, (tr("Mute {name}", name=name), hushes.said))
        self.mute.setAccessibleName(", ".join(said))
        self.mute.setHidden(not (hushes.offers or hushes.end))
        if hushes != self._hushes:
            self._hushes = hushes
            fill(self.mute.menu(), hushes, self.hush_wanted)

    def _show_others(self, found: Together | None) -> None:
        others = found.others if found is not None else ()
        tell(self._label, found.label if found is not None else "")
        while len(self.others) < len(others):
            self.others.append(self._make_other())
        for index, button in enumerate(self.others):
            button.setHidden(index >= len(others))
            if index < len(others):
                slug, name = others[index]
                button.setText(cut(name, LONGEST_NAME).replace("&", "&&"))
                button.setAccessibleName(tr("Show {name}", name=name))
                button.setProperty("slug", slug)
        self._peers.removeWidget(self._more)
        self._peers.addWidget(self._more)
        tell(self._more, found.more if found is not None else "")

    def _make_other(self) -> QPushButton:
        button = link("")
        button.clicked.connect(lambda: self.chosen.emit(button.property("slug")))
        self._peers.addWidget(button)
        return button


def _unbroken(fact: str) -> str:
    """Return a fact whose numbers stay on one line with what they belong to.

    A short one stays together whole.
    """
    if len(fact) <= SHORT:
        return fact.replace(" ", "\u00a0")
    return _AT_NUMBER.sub("\u00a0", fact)
