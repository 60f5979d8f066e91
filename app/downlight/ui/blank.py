"""What the right side says when there is no service to speak about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import MarkView, say, tell
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import BIG, GAP

if TYPE_CHECKING:
    from downlight.core.news import Snapshot


ANEW: Final = mark("Ctrl+Q quits Downlight; starting it again may help.")


class Blank(QWidget):
    """A word and, where it helps, a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark = MarkView(48)
        mark.show_look(Look.UNKNOWN)
        self._title, self._text = say(scale=BIG), say(role="muted")
        self.add = QPushButton(tr("Add a service …"))
        self.add.setAccessibleName(tr("Add a service"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GAP, GAP, 6 * GAP, GAP)
        column.setSpacing(GAP + 4)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.show_waiting()

    @property
    def says(self) -> str:
        """The title and the text below it."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def show_for(self, snapshot: Snapshot) -> None:
        """Say why nothing of ``snapshot`` can be shown."""
        if snapshot.trouble:
            self.show_trouble(snapshot.trouble)
        elif snapshot.asking:
            self.show_waiting()
        else:
            self.show_empty()

    def show_waiting(self) -> None:
        """Say that the first answer is still to come."""
        tell(self._title, tr("Asking …"))
        tell(self._text, tr("The first answers take a few seconds."))
        self.add.hide()

    def show_trouble(self, trouble: str) -> None:
        """Say why nothing is known."""
        tell(self._title, tr("Nothing is known now."))
        tell(self._text, f"{trouble} {tr(ANEW)}")
        self.add.hide()

    def show_empty(self) -> None:
        """Say that nothing is watched, and what to do about it."""
        tell(self._title, tr("Nothing is watched yet."))
        text = tr("Choose what you depend on; Downlight keeps an eye on it.")
        tell(self._text, text)
        self.add.show()
