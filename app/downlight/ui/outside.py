"""What the window asks of the machine it runs on: the time and the browser."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def now() -> datetime:
    """Return the present moment (aware, UTC)."""
    return datetime.now(UTC)


def open_in_browser(address: str) -> None:
    """Hand an https address to the system's browser; anything else is dropped."""
    if address.startswith("https://"):
        QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
