"""The line that asks once in which country a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from downlight.core.places.countries import with_article
from downlight.core.settings import NOT_SAID
from downlight.core.speech import tr
from downlight.ui.first.welcome_view import ASKED, WHY
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from downlight.core.places.home import Whereabouts

LEAST: Final = 28
"""Characters of a line of the words, for the buttons to stand beside them."""


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
        self.right = QPushButton(tr("That’s right"))
        self.other = QPushButton()
        self.leave = QPushButton(tr("Rather not say"))
        self.right.clicked.connect(self._agree)
        self.other.clicked.connect(self.choice_wanted)
        self.leave.clicked.connect(lambda: self.settled.emit(NOT_SAID))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(3 * GAP, GAP, 3 * GAP, GAP)
        self._line.setSpacing(GAP)
        self._line.addWidget(self.text, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        for button in (self.right, self.other, self.leave):
            self._row.addWidget(button)
        self._row.addStretch(0)
        self._line.addLayout(self._row)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where they would press them together."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        words = LEAST * self.fontMetrics().averageCharWidth()
        short = self.width() - 6 * GAP < words + self._row.sizeHint().width()
        self._line.setDirection(ways.TopToBottom if short else ways.LeftToRight)

    def show_question(self, found: Whereabouts) -> None:
        """Ask whether a guess is right, or what the country is; nothing if settled."""
        self._code = found.code
        if found.code:
            land = with_article(found.code)
            asked = tr("You seem to be in {country}.", country=land)
            other = tr("Choose another …")
        else:
            asked, other = tr(ASKED), tr("Choose …")
        tell(self.text, f"{asked} {tr(WHY)}")
        self.setAccessibleName(asked)
        self.other.setText(other)
        self.right.setHidden(not found.code)
        self.setHidden(found.settled)

    @Slot()
    def _agree(self) -> None:
        self.settled.emit(self._code)
