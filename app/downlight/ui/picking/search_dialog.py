"""A dialog in which one searches: what such dialogs have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from downlight.ui.kit.fields import make_clearable

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton


class SearchDialog(QDialog):
    """Makes the search and the buttons; where they stand is for others to say."""

    def __init__(
        self,
        title: str,
        hint: str,
        parent: QWidget | None = None,
        accepts: QDialogButtonBox.StandardButton = QDialogButtonBox.StandardButton.Ok,
    ) -> None:
        """Make them.

        Args:
            title: Of the dialog.
            hint: What is searched.
            parent: As Qt has it.
            accepts: The button that has it done.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        make_clearable(self.search)
        self.search.setAccessibleName(hint)
        self._accepts = accepts
        self.buttons = QDialogButtonBox(
            accepts | QDialogButtonBox.StandardButton.Cancel
        )
        for button in self.buttons.buttons():
            button.setIcon(QIcon())

    @property
    def ok(self) -> QPushButton:
        """The button that has it done."""
        return self.buttons.button(self._accepts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape empty the search first, and close then."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            super().keyPressEvent(event)
