"""``downlight login``: whether the desktop starts the light at login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.cli import console
from downlight.storage import autostart, paths

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.storage.autostart import State


def run(options: Namespace) -> int:
    """Switch it on or off, or say how it is.

    Raises:
        StorageError: The desktop's entry cannot be read or changed.
    """
    entry = autostart.entry(paths.places(options.data).folder)
    if options.state == "on":
        entry.switch_on()
    elif options.state == "off":
        entry.switch_off()
    console.say(words(entry.state()))
    return 0


def words(state: State) -> str:
    """Return what the desktop does at login, for a person."""
    if state.kind == "off":
        return "Start at login: off."
    if state.kind == "on":
        return f"Start at login: on.\n  {state.where}"
    plain = "".join(sign if sign.isprintable() else "?" for sign in state.runs)
    return (
        "Start at login: out of date. It starts another Downlight, or in another way:\n"
        f"  {plain}\n"
        "`downlight login on` makes it this one, `downlight login off` removes it."
    )
