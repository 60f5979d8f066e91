"""What is known of something besides: each with a word for what it is, and a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from downlight.core.speech import trc
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

SCALE: Final = 0.96
"""Size of the text, relative to the system's font."""


class NotesView(QWidget):
    """Shows pairs of a word and a text; shows others later without being made anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GAP // 2, 0, GAP // 2)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        # So that the texts of all sources begin in one line.
        word = trc("the widest word beside the notes of a source", "Changed")
        widest = self.fontMetrics().horizontalAdvance(f"{word}  ")
        self._grid.setColumnMinimumWidth(0, widest)

    @property
    def says(self) -> dict[str, str]:
        """The text of each word that is shown."""
        return {
            name.accessibleName(): text.accessibleName()
            for name, text in self._labels
            if not text.isHidden()
        }

    def show_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Show these, in this order."""
        while len(self._labels) < len(notes):
            self._labels.append(self._make(len(self._labels)))
        for index, (name, text) in enumerate(self._labels):
            word, said = notes[index] if index < len(notes) else ("", "")
            tell(name, word)
            tell(text, said)

    def _make(self, row: int) -> tuple[QLabel, QLabel]:
        name = say(role="muted", scale=SCALE)
        name.setWordWrap(False)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        text = say(scale=SCALE)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, row, 0, top)
        self._grid.addWidget(text, row, 1)
        return name, text
