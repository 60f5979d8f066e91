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


def black() -> QPalette:
    """Return a palette of high contrast, white on black."""
    return _strict(QColor("#000000"), QColor("#ffffff"))


def white() -> QPalette:
    """Return a palette of high contrast, black on white."""
    return _strict(QColor("#ffffff"), QColor("#000000"))


def _strict(ground: QColor, ink: QColor) -> QPalette:
    made = QPalette(ground, ground)
    roles = QPalette.ColorRole
    for role in (roles.Window, roles.Base, roles.AlternateBase, roles.Button):
        made.setColor(role, ground)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.BrightText):
        made.setColor(role, ink)
    made.setColor(roles.PlaceholderText, ink)
    return made
