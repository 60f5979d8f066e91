"""The inside of the window: strips above, the list at the side, the page beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from downlight.ui.blank import Blank
from downlight.ui.first.home_line import HomeLine
from downlight.ui.page import Page
from downlight.ui.side import Side
from downlight.ui.strips import Strips

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.ui.page import Leaf


class Frame(QWidget):
    """Puts the pieces together; knows nothing of what they show."""

    def __init__(
        self, leaves: Mapping[str, Leaf], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main")
        self.strips, self.home = Strips(), HomeLine()
        self.side, self.page, self.blank = Side(), Page(leaves), Blank()
        self._pages = QStackedWidget()
        for page in (self.blank, self.page):
            self._pages.addWidget(page)
        line = self._line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.side)
        line.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strips)
        column.addWidget(self.home)
        column.addLayout(line, 1)

    def turn_to(self, page: QWidget) -> None:
        """Show the page or the blank."""
        self._pages.setCurrentWidget(page)

    def lend(self, guest: QWidget | None) -> None:
        """Give the place of list and page to somebody else; None takes it back."""
        if guest is not None:
            self._line.addWidget(guest, 1)
        for child in (self.side, self._pages):
            child.setHidden(guest is not None)
