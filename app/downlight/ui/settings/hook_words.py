"""Hooks in words: what each does, when, and how it is doing. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.saying.template import Misfit, Template, gaps
from downlight.core.speech import mark, tr, trn
from downlight.core.telling.bulletin import NAMES, sample, texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.preferences import HookView

_KINDS: Final[Mapping[str, str]] = {
    "command": mark("Runs a program"),
    "slack": mark("Posts to Slack"),
    "discord": mark("Posts to Discord"),
    "matrix": mark("Posts to Matrix"),
    "ntfy": mark("Posts to ntfy"),
    "json": mark("Posts to an address"),
    "waybar": mark("Writes a file for waybar"),
    "polybar": mark("Writes a file for polybar"),
    "i3status": mark("Writes a file for i3status"),
    "xbar": mark("Writes a file for xbar"),
}
_TURNS: Final[Mapping[str, str]] = {
    "began": mark("an outage starts"),
    "worsened": mark("it gets worse"),
    "eased": mark("it eases"),
    "ended": mark("it ends"),
    "update": mark("the page writes about it"),
    "confirmed": mark("a guess turns out true"),
    "unstable": mark("it comes and goes"),
    "maintenance_began": mark("planned work starts"),
    "maintenance_ended": mark("planned work ends"),
}
_ENDS: Final[Mapping[str, str]] = {
    "delivered": mark("The last one arrived."),
    "waiting": mark("The last one has not arrived yet."),
    "begun": mark("The last one is on its way."),
    "failed": mark("The last one did not arrive."),
    "given up": mark("The last one was given up."),
}
_WHYS: Final[Mapping[str, str]] = {
    "waiting": mark("The last one has not arrived yet: {why}."),
    "failed": mark("The last one did not arrive: {why}."),
    "given up": mark("The last one was given up: {why}."),
}


def what_words(hook: HookView) -> str:
    """Return what a hook does, and when."""
    what = tr(_KINDS.get(hook.kind, hook.kind))
    turns = [tr(words) for turn, words in _TURNS.items() if turn in hook.on]
    if not turns:
        return tr("{what}, always up to date.", what=what)
    *first, last = turns
    if first:
        last = tr("{words} or {last}", words=", ".join(first), last=last)
    return tr("{what} when {turns}.", what=what, turns=last)


def state_words(hook: HookView) -> str:
    """Return how a hook is doing; empty while it never had anything to do."""
    said = _last(hook.last) if hook.last else ""
    if hook.waiting:
        waiting = trn("1 waits to be sent.", "{n} wait to be sent.", hook.waiting)
        said = f"{said} {waiting}".strip()
    return said


def _last(last: str) -> str:
    state, _, why = last.partition(": ")
    if why and state in _WHYS:
        return tr(_WHYS[state], why=tr(why).removesuffix("."))
    if state in _ENDS:
        return tr(_ENDS[state])
    return tr("The last one: {state}.", state=last)


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
    except Misfit as error:
        if error.gap is None:
            return "", tr("A brace stands alone; one that is meant is doubled.")
        gap, known = gaps([error.gap]), gaps(NAMES)
        return "", tr("Nobody knows {gap}; there are {gaps}.", gap=gap, gaps=known)
