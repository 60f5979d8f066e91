"""The row of tabs above the pages of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tabs(QWidget):
    """One tab for each page, by its key."""

    turned = Signal(str)
    """Another page is wanted; carries its key."""

    def __init__(
        self, titles: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        """Put the tabs in a row.

        Args:
            titles: What each page is called, by its key, from the left.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("tabs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._keys = tuple(titles)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(tr("Pages"))
        for title in titles.values():
            self.bar.addTab(title)
        self.bar.currentChanged.connect(self._turned)
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GAP, 0, 2 * GAP, 0)
        line.addWidget(self.bar)
        line.addStretch(1)

    @property
    def key(self) -> str:
        """The page that is chosen."""
        return self._keys[self.bar.currentIndex()]

    def choose(self, key: str) -> None:
        """Choose a page, as a click would."""
        self.bar.setCurrentIndex(self._keys.index(key))

    def step(self, by: int) -> None:
        """Choose the page so many places to the right, round and round."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._keys))

    def _turned(self, index: int) -> None:
        self.turned.emit(self._keys[index])
