"""What the window asks of the machine it runs on: the time, the browser, files."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from downlight.core.speech import tr


def now() -> datetime:
    """Return the present moment (aware, UTC)."""
    return datetime.now(UTC)


def open_in_browser(address: str) -> None:
    """Hand an https address to the system's browser; anything else is dropped."""
    if address.startswith("https://"):
        QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


def open_on_disk(path: str) -> str:
    """Open a file or a folder in whatever opens such; return why not, if not."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        return ""
    return tr("Nothing here opens it. It stands in {file}.", file=path)
