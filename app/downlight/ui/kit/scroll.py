"""What every page is made of: one column of cards that can be scrolled."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from downlight.ui.kit.theme import GAP

WIDEST: Final = 880
"""Wider text is hard to read, in device-independent pixels."""


class Scroll(QScrollArea):
    """Cards below each other, no wider than can be read."""

    def __init__(self, name: str, *cards: QWidget) -> None:
        """Put the cards below each other.

        Args:
            name: What the page is, for who does not see it.
            cards: The first ones, from the top down.
        """
        super().__init__()
        self.setObjectName("scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.inside = inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(2 * GAP + 4, 2 * GAP, 2 * GAP + 4, 3 * GAP)
        self.column.setSpacing(GAP + 4)
        self.column.addStretch(1)
        self.setWidget(inside)
        self.add(*cards)

    def add(self, *cards: QWidget) -> None:
        """Put cards below those that are there."""
        for card in cards:
            self.column.insertWidget(self.column.count() - 1, card)

    def fill(self, page: QWidget) -> None:
        """Take all the room of a page."""
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
