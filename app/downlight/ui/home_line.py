"""The line that asks once in which country a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from downlight.core.countries import in_country
from downlight.core.settings import NOT_SAID
from downlight.ui.labels import say, tell
from downlight.ui.theme import GAP

if TYPE_CHECKING:
    from downlight.core.home import Whereabouts

WHY: Final = "Downlight tells trouble there from trouble elsewhere."


class HomeLine(QFrame):
    """Stands under the strips until it is answered, and is in nobody's way."""

    settled = Signal(str)
    """It was answered; carries what `Settings.country` is to hold."""
    choice_wanted = Signal()
    """A person wants to see the countries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._code = ""
        self.text = say()
        self.right = QPushButton("That’s right")
        self.other = QPushButton()
        self.leave = QPushButton("Rather not say")
        self.right.clicked.connect(self._agree)
        self.other.clicked.connect(self.choice_wanted)
        self.leave.clicked.connect(lambda: self.settled.emit(NOT_SAID))
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GAP, GAP, 3 * GAP, GAP)
        line.setSpacing(GAP)
        line.addWidget(self.text, 1)
        for button in (self.right, self.other, self.leave):
            line.addWidget(button)
        self.hide()

    def show_question(self, found: Whereabouts) -> None:
        """Ask whether a guess is right, or what the country is; nothing if settled."""
        self._code = found.code
        if found.code:
            asked = f"You seem to be {in_country(found.code)}."
            other = "Choose another …"
        else:
            asked, other = "In which country are you?", "Choose …"
        tell(self.text, f"{asked} {WHY}")
        self.setAccessibleName(asked)
        self.other.setText(other)
        self.right.setHidden(not found.code)
        self.setHidden(found.settled)

    @Slot()
    def _agree(self) -> None:
        self.settled.emit(self._code)
