"""Hooks in words: what each does, when, and how it is doing. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.bulletin import NAMES, sample, texts
from downlight.core.template import Template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.preferences import HookView

_KINDS: Final[Mapping[str, str]] = {
    "command": "Runs a program",
    "slack": "Posts to Slack",
    "discord": "Posts to Discord",
    "matrix": "Posts to Matrix",
    "ntfy": "Posts to ntfy",
    "json": "Posts to an address",
    "waybar": "Writes a file for waybar",
    "polybar": "Writes a file for polybar",
    "i3status": "Writes a file for i3status",
    "xbar": "Writes a file for xbar",
}
_TURNS: Final[Mapping[str, str]] = {
    "began": "an outage starts",
    "worsened": "it gets worse",
    "eased": "it eases",
    "ended": "it ends",
    "update": "the page writes about it",
    "confirmed": "a guess turns out true",
    "unstable": "it comes and goes",
    "maintenance_began": "planned work starts",
    "maintenance_ended": "planned work ends",
}
_ENDS: Final[Mapping[str, str]] = {
    "delivered": "The last one arrived.",
    "waiting": "The last one has not arrived yet",
    "begun": "The last one is on its way.",
    "failed": "The last one did not arrive",
    "given up": "The last one was given up",
}


def what_words(hook: HookView) -> str:
    """Return what a hook does, and when."""
    kind = _KINDS.get(hook.kind, hook.kind)
    when = [words for turn, words in _TURNS.items() if turn in hook.on]
    if not when:
        return f"{kind}, always up to date."
    *first, last = when
    return f"{kind} when {', '.join(first)}{' or ' if first else ''}{last}."


def state_words(hook: HookView) -> str:
    """Return how a hook is doing; empty while it never had anything to do."""
    state, _, why = hook.last.partition(": ")
    said = _ENDS.get(state, f"The last one: {state}") if state else ""
    if said and not said.endswith("."):
        said = f"{said}: {why}" if why else said
        said = said if said.endswith(".") else f"{said}."
    if hook.waiting:
        many = f"{hook.waiting} wait" if hook.waiting > 1 else "1 waits"
        said = f"{said} {many} to be sent.".strip()
    return said


def filled(text: str, at: datetime) -> tuple[str, str]:
    """Return a text with its gaps filled from a made-up event, or what is wrong.

    Args:
        text: As a person writes it, e.g. ``{title}``.
        at: When the event is said to happen.

    Returns:
        The filled text, and why it cannot be filled; one of them is empty.
    """
    try:
        return Template.of(text, NAMES).fill(texts(sample(at))), ""
    except ValueError as error:
        words = str(error)
        return "", f"{words[:1].upper()}{words[1:]}."
