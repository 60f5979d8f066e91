"""What was chosen as one file: written, taken over, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from downlight.core.errors import DownlightError
from downlight.core.speech import tr, trn
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.outside import open_on_disk
from downlight.ui.settings.bits import button, fault, later, quiet_link
from downlight.ui.settings.field import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLabel

    from downlight.core.preferences import Document, Taken
    from downlight.ui.settings.field import Pen

FILE = "downlight-settings.toml"
"""What the file is called, unless a person calls it something else."""


class Luggage(Card):
    """Export, import, and the settings file."""

    file_wanted = Signal(str)
    """This file is to be opened."""

    def __init__(self, pen: Pen) -> None:
        """Build the card.

        Args:
            pen: Writes down what is chosen.
        """
        super().__init__(tr("Take along"))
        self._pen = pen
        self.files: QFileDialog | None = None
        self.export = button(tr("E&xport …"))
        self.take = button(tr("I&mport …"))
        self.open = quiet_link(tr("Open the settings file"))
        self.log = quiet_link(tr("Open the log folder"))
        self.log.setAccessibleDescription(
            tr("What Downlight writes about itself, for who looks for a fault.")
        )
        self.log.setToolTip(self.log.accessibleDescription())
        self.said, self.fault = later(), fault()
        about = say(
            tr(
                "Settings, what is watched and the services you added, in one file. "
                "Tokens and passwords are left out, and so is what looks like one in "
                "an address."
            ),
            role="muted",
        )
        for it in (self.export, self.take, self.open):
            it.setAccessibleDescription(about.text())
        buttons = QWidget()
        line = Flow(buttons, GAP)
        for it in (self.export, self.take):
            line.addWidget(it)
        links = QWidget()
        beside = Flow(links, 2 * GAP)
        for it in (self.open, self.log):
            beside.addWidget(it)
        self.column.setSpacing(GAP - 2)
        for widget in (about, buttons, self.said, self.fault, links):
            self.column.addWidget(widget)
        self.export.clicked.connect(self._ask_where)
        self.take.clicked.connect(self._ask_which)
        self.open.clicked.connect(lambda: open_file(pen, "settings", self.fault))
        self.log.clicked.connect(self._open_log)

    def _open_log(self) -> None:
        tell(self.fault, open_on_disk(self._pen.wishes.log_folder()))

    def _ask_where(self) -> None:
        dialog = self._dialog(tr("Export settings"), self.write)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(FILE)
        dialog.open()

    def _ask_which(self) -> None:
        dialog = self._dialog(tr("Import settings"), self.read)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _dialog(self, title: str, then: Callable[[str], None]) -> QFileDialog:
        self.files = dialog = QFileDialog(self.window(), title)
        dialog.setNameFilter(tr("Settings (*.toml)"))
        dialog.setDefaultSuffix("toml")
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def write(self, path: str) -> None:
        """Write everything that was chosen into a file."""
        try:
            self._pen.wishes.export(path)
        except DownlightError as error:
            self._say("", error.words)
        else:
            self._say(tr("Written to {file}.", file=path))

    def read(self, path: str) -> None:
        """Take over what stands in a file."""
        try:
            taken = self._pen.wishes.take_over(path)
        except DownlightError as error:
            self._say("", error.words)
        else:
            self._say(taken_words(taken))
            self._pen.changed.emit()

    def _say(self, done: str, wrong: str = "") -> None:
        tell(self.said, done)
        tell(self.fault, wrong)


def taken_words(taken: Taken) -> str:
    """Return what was taken over, in a sentence or two."""
    said = tr(
        "Taken over: {settings} changed, {services} added.",
        settings=trn("{n} setting", "{n} settings", taken.settings),
        services=trn("{n} service", "{n} services", taken.services),
    )
    if not taken.strangers:
        return said
    strangers = tr("Nobody here knows {names}.", names=", ".join(taken.strangers))
    return f"{said} {strangers}"


def open_file(pen: Pen, what: Document, wrong: QLabel) -> None:
    """Open one of the files a person may edit, in whatever opens such files.

    Args:
        pen: Knows where it stands.
        what: Which one.
        wrong: The label that says why it was not opened.
    """
    try:
        path = pen.wishes.file_of(what)
    except DownlightError as error:
        tell(wrong, error.words)
        return
    tell(wrong, open_on_disk(path))
