"""Tokens and logins in words. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.keys import PLACE

if TYPE_CHECKING:
    from downlight.core.keys import Key, Ring

WHERE = (
    f"They are kept in the keyring of your system, under “{PLACE}”, and nowhere else; "
    "what is kept is never shown."
)


def title(key: Key) -> str:
    """Return what a key opens, as a title."""
    return f"{key.what[:1].upper()}{key.what[1:]}"


def state(key: Key, ring: Ring | None) -> str:
    """Return whether a key is kept, as far as that is known.

    Args:
        key: Which one.
        ring: What the keyring said; None before it was asked.
    """
    wanted = "Nothing that is watched asks for it."
    if key.wanted:
        wanted = "What is watched asks for it." if key.family else "The hook needs it."
    if ring is None:
        return f"Looking … {wanted}"
    kept = ring.kept.get(key.name)
    if kept is None:
        return f"Not known whether there is one. {wanted}"
    if kept:
        return f"Kept in the keyring as {key.name}."
    return f"There is none. {wanted}"
