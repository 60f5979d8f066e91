"""A card with whatever widgets it needs, where lines of words are not enough."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP


class Box(QFrame):
    """A frame with a title and a column in it."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = say(bold=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GAP, GAP + 4, 2 * GAP, 2 * GAP - 4)
        self.column.setSpacing(GAP)
        self.column.addWidget(self.title)
        self.call(title)

    def call(self, title: str) -> None:
        """Give it another title."""
        self.setAccessibleName(title)
        tell(self.title, title)


def rule() -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made
