"""Stands in for whatever opens files on a desktop."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from collections.abc import Iterator


class Opener(QObject):
    """Notes what it is to open, and opens nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Note a file or a folder."""
        self.paths.append(url.toLocalFile())

    @contextmanager
    def opens(self) -> Iterator[None]:
        """Be the one who is asked, for a while."""
        take: Any = "take"  # the stub wants bytes, which are refused
        QDesktopServices.setUrlHandler("file", self, take)
        try:
            yield
        finally:
            QDesktopServices.unsetUrlHandler("file")
