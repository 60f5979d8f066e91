"""Small widgets of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from downlight.ui.kit.fields import Number
from downlight.ui.kit.labels import link, say
from downlight.ui.kit.theme import GAP
from downlight.ui.picking.tick_box import TickBox

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QLabel

    from downlight.ui.kit.labels import Role


class Count(Number):
    """A number of few; a turn of the wheel scrolls the page, not the number."""

    def __init__(self, most: int) -> None:
        """Offer some numbers.

        Args:
            most: The last one; the first is 1.
        """
        super().__init__()
        self.setRange(1, most)
        self.setMinimumWidth(9 * GAP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def later(role: Role = "text") -> QLabel:
    """Return an empty label that takes no room before it says something."""
    label = say(role=role)
    label.hide()
    return label


def fault() -> QLabel:
    """Return an empty label for what is wrong."""
    label = later("muted")
    label.setProperty("fault", True)  # noqa: FBT003 - a property of Qt
    return label


def button(words: str) -> QPushButton:
    """Return a button that Return in another field does not press."""
    made = QPushButton(words)
    made.setAutoDefault(False)
    return made


def quiet_link(words: str) -> QPushButton:
    """Return a link that Return in another field does not press."""
    made = link(words)
    made.setAutoDefault(False)
    return made


def tick() -> TickBox:
    """Return a check box without words, as wide as its box."""
    made = TickBox()
    made.setFixedWidth(made.sizeHint().width() - 2 * GAP + 2)
    return made
