"""Tokens and logins in words. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.keys import PLACE
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.keys import Key, Ring

_TITLES: Final[Mapping[str, str]] = {
    "bluesky-user": mark("What is written on Bluesky: the account's name"),
    "bluesky-password": mark("What is written on Bluesky: an app password"),
    "statusgator": mark("Your monitors at StatusGator"),
}
"""By name, of the keys that are called otherwise in the middle of a line."""


def where() -> str:
    """Return where keys are kept."""
    return tr(
        "They are kept in the keyring of your system, under “{place}”, and nowhere "
        "else; what is kept is never shown.",
        place=PLACE,
    )


def title(key: Key) -> str:
    """Return what a key opens, as a title."""
    return tr(_TITLES.get(key.name, key.what))


def state(key: Key, ring: Ring | None) -> str:
    """Return whether a key is kept, as far as that is known.

    Args:
        key: Which one.
        ring: What the keyring said; None before it was asked.
    """
    wanted = tr("Nothing that is watched asks for it.")
    if key.wanted and key.family:
        wanted = tr("What is watched asks for it.")
    elif key.wanted:
        wanted = tr("The hook needs it.")
    kept = None if ring is None else ring.kept.get(key.name)
    if kept:
        return kept_words(key)
    if ring is None:
        known = tr("Looking …")
    elif kept is None:
        known = tr("Not known whether there is one.")
    else:
        known = tr("There is none.")
    return f"{known} {wanted}"


def kept_words(key: Key) -> str:
    """Return that a key is kept, and as what."""
    return tr("Kept in the keyring as {name}.", name=key.name)
