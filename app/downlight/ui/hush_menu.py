"""Lines of a menu that begin or end a mute.

Like the light, for whose menu it is too, it asks for nothing in the namespace ``Qt``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QMenu

    from downlight.ui.views import Hush, Hushes


def unkeyed(text: str) -> str:
    """Return ``text`` for a menu, where an ampersand would make a key of a letter."""
    return text.replace("&", "&&")


def add_hush(menu: QMenu, hush: Hush, wanted: SignalInstance) -> None:
    """Add a line that emits ``wanted`` with its mute when it is chosen."""
    action = menu.addAction(unkeyed(hush.text))
    action.triggered.connect(lambda _=False: wanted.emit(hush))


def fill(menu: QMenu, hushes: Hushes, wanted: SignalInstance) -> None:
    """Make a menu offer all of it, the end of what is muted first."""
    menu.clear()
    if hushes.end is not None:
        add_hush(menu, hushes.end, wanted)
    for offer in hushes.offers:
        add_hush(menu, offer, wanted)
