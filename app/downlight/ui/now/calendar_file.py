"""Asks where a calendar is to be saved, and writes it there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TITLE = mark("Save for your calendar")


class CalendarFile(QFileDialog):
    """Saves once the person has chosen; says so when that fails."""

    def __init__(self, written: bytes, name: str, window: QWidget) -> None:
        """Prepare the dialog.

        Args:
            written: The calendar as it stands in the file.
            name: What the file is called unless the person wants it otherwise.
            window: To which it belongs.
        """
        super().__init__(window, tr(TITLE))
        self._written, self._window = written, window
        self.complaint: QMessageBox | None = None
        """That it could not be saved, while that is shown."""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilter(tr("Calendar (*.ics)"))
        self.setDefaultSuffix("ics")
        self.selectFile(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fileSelected.connect(self._save)

    @Slot(str)
    def _save(self, path: str) -> None:
        try:
            Path(path).write_bytes(self._written)
        except OSError as error:
            why = error.strerror or tr("the disk refuses")
            said = tr("{name} was not saved: {why}.", name=Path(path).name, why=why)
            box = QMessageBox(self._window)
            box.setWindowTitle(tr(TITLE))
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(said)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()
            self.complaint = box
