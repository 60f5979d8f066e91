"""Addresses to read on, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import link

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 6
"""More links than this help nobody."""


class LinkRow(QWidget):
    """One link per address, called by its host; only https."""

    opened = Signal(str)
    """A link was clicked; carries the address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self, gap=12)
        self._shown: Sequence[str] = ()
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_links(self, addresses: Sequence[str]) -> None:
        """Offer these, as many as there is use for."""
        wanted = [it for it in addresses if it.startswith("https://")][:MOST]
        if wanted == self._shown:
            return
        self._shown = wanted
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._make(address) for address in wanted]
        self.setHidden(not wanted)

    def _make(self, address: str) -> QPushButton:
        host = (urlsplit(address).hostname or address).removeprefix("www.")
        made = link(host)
        made.setToolTip(address)
        made.setAccessibleName(tr("Open {name}", name=host))
        made.setAccessibleDescription(address)
        made.clicked.connect(partial(self.opened.emit, address))
        self._flow.addWidget(made)
        return made
