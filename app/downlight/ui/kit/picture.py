"""What we paint ourselves, told to screen readers as a picture."""

from __future__ import annotations

from PySide6.QtGui import QPixmap, Qt
from PySide6.QtWidgets import QLabel, QWidget


class Picture(QLabel):
    """A widget that is painted by who derives from it.

    Qt tells screen readers what a widget is by its class, and of a plain one it tells
    them nothing. A label with a pixmap is a picture to them; the pixmap is never seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        unseen = QPixmap(1, 1)
        unseen.fill(Qt.GlobalColor.transparent)
        self.setPixmap(unseen)
