"""Buttons that narrow a card to some kinds of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.theme import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence


class KinRow(QWidget):
    """One button per kind; with none pressed, all kinds are shown."""

    picked = Signal()
    """A button was pressed or released."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Show only"))
        self.buttons: dict[str, QPushButton] = {}
        self._flow = Flow(self)

    @property
    def chosen(self) -> frozenset[str]:
        """The kinds to show; empty for all."""
        return frozenset(
            kin
            for kin, button in self.buttons.items()
            if button.isChecked() and not button.isHidden()
        )

    def show_kins(self, kins: Sequence[str]) -> None:
        """Offer these, in this order; those that stay keep their state."""
        for kin in kins:
            if kin not in self.buttons:
                self.buttons[kin] = self._make(kin)
            self._flow.removeWidget(self.buttons[kin])
            self._flow.addWidget(self.buttons[kin])
        for kin, button in self.buttons.items():
            button.setHidden(kin not in kins)
        self.setHidden(not kins)

    def clear(self) -> None:
        """Show all kinds again."""
        for button in self.buttons.values():
            button.setChecked(False)

    def _make(self, kin: str) -> QPushButton:
        button = QPushButton(kin)
        button.setCheckable(True)
        button.setProperty("role", "kin")
        button.setAccessibleName(tr("Show only: {kind}", kind=kin))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_font(button, SMALL)
        button.toggled.connect(self.picked)
        return button
