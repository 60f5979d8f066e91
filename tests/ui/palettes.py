"""A light and a dark desktop, for tests and pictures."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette


def light() -> QPalette:
    """Return the palette of Fusion by day."""
    return QPalette(QColor("#efefef"), QColor("#efefef"))


def dark() -> QPalette:
    """Return a palette as dark desktops have it."""
    made = QPalette(QColor("#3a3d41"), QColor("#2a2c30"))
    made.setColor(QPalette.ColorRole.Base, QColor("#1f2124"))
    made.setColor(QPalette.ColorRole.PlaceholderText, QColor("#8b9097"))
    return made
