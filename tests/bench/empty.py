"""The floor: a window with a list, and pages with nothing on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMainWindow,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.theme import present

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from downlight.core.news import Snapshot

TALL = 3000
"""Height of a page in pixels, so that there is something to scroll."""


class Empty:
    """Shows names, and of when the news are."""

    name = "empty window"
    busy = False

    def __init__(self, snapshot: Snapshot, keys: Sequence[str]) -> None:
        """Have news already; ``keys`` are those of the pages."""
        self.snapshot, self._keys = snapshot, keys

    def make(self) -> None:
        """Make the window and open it."""
        self.window, self.list, self._said = QMainWindow(), QListView(), QLabel()
        self.list.setFixedWidth(300)
        self.list.setUniformItemSizes(True)
        names = [view.service.name for view in self.snapshot.services]
        self.list.setModel(QStringListModel(names, self.list))
        self._tabs = QTabWidget()
        for key in self._keys:
            inside, area = QWidget(), QScrollArea()
            inside.setFixedHeight(TALL)
            area.setObjectName("scroll")
            area.setWidgetResizable(True)
            area.setWidget(inside)
            self._tabs.addTab(area, key)
        right, frame = QVBoxLayout(), QWidget()
        right.addWidget(self._said)
        right.addWidget(self._tabs)
        line = QHBoxLayout(frame)
        line.addWidget(self.list)
        line.addLayout(right)
        self.window.setCentralWidget(frame)
        self.window.setStyleSheet(stylesheet(present()))
        self.window.resize(1020, 720)
        self.open()

    def open(self) -> None:
        """Open the window that is there."""
        self.window.show()

    def drop(self) -> None:
        """Do away with the window."""
        self.window.deleteLater()
        del self.window

    def hear(self, snapshot: Snapshot) -> None:
        """Say of when it is."""
        self.snapshot = snapshot
        self._said.setText(f"{snapshot.at:%H:%M:%S.%f}")

    def turn_to(self, key: str) -> None:
        """Turn to a page."""
        self._tabs.setCurrentIndex(self._keys.index(key))

    def page(self, key: str) -> QWidget:
        """Return a page."""
        found = self._tabs.widget(self._keys.index(key))
        assert found is not None
        return found

    def unfold(self) -> None:
        """Do nothing: nothing is folded."""

    def pass_(self, time: timedelta) -> None:
        """Let time go by, and write anew what depends on it."""
        self._said.setText(f"{self.snapshot.at + time:%H:%M:%S.%f}")
