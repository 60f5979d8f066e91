"""How news reads as a notification."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from downlight.core.news import Act, Event, Message, Turn
from downlight.core.telling.decided import BEGINNINGS
from downlight.core.telling.digest import digest, newest
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE_LENGTH: Final = 120
"""Characters; bubbles show about 60 and hide the rest."""
BODY_LENGTH: Final = 400
"""Characters; about six lines of a bubble."""
UNNAMED: Final = "Downlight"
"""The title when an event has lost every word of its own."""

_TROUBLE: Final = (Act.OPEN, Act.MUTE, Act.ME)
_UNSTABLE: Final = (Act.OPEN, Act.ME)
"""What comes and goes may be over just now: then there is no end to be mute until."""

_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\s*\n\s*")
NO_CHARACTERS: Final = frozenset(
    chr(code)
    for codes in (
        range(0xFDD0, 0xFDF0),
        range(0xFFFE, 0x110000, 0x10000),
        range(0xFFFF, 0x110000, 0x10000),
    )
    for code in codes
)
"""Code points that Unicode promises never to give to a character."""
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but part of emoji and of several scripts."""


def compose(event: Event) -> Message:
    """Return what to tell a person of an event.

    The words are the event's own, in plain text on valid Unicode without control
    and direction characters; the title is one line and never empty.
    """
    title = " ".join(_tidy(event.title, TITLE_LENGTH).split())
    return Message(
        event=event,
        title=title or _tidy(event.service, TITLE_LENGTH) or UNNAMED,
        body=_tidy(event.sentence, BODY_LENGTH),
        urgent=_is_urgent(event),
        acts=_acts(event.turn),
    )


def gather(events: Sequence[Event]) -> Message:
    """Return what to tell a person of several outages, in one go.

    Args:
        events: What was held back, oldest first.
    """
    title, body = digest(newest(events))
    return Message(
        event=events[-1],
        title=_tidy(title, TITLE_LENGTH),
        body=_tidy(body, BODY_LENGTH),
        others=tuple(events[:-1]),
    )


def _acts(turn: Turn) -> tuple[Act, ...]:
    """Return what can be done about it."""
    if turn is Turn.UNSTABLE:
        return _UNSTABLE
    return _TROUBLE if turn in BEGINNINGS else (Act.OPEN,)


def _is_urgent(event: Event) -> bool:
    """Whether a person would call it "down": trouble that is not may wait."""
    return (
        event.turn in {Turn.BEGAN, Turn.WORSENED}
        and event.level is not None
        and event.level.is_outage
    )


def _tidy(text: str, length: int) -> str:
    """Drop what cannot be seen, fold white space, cut; markup is left as it is.

    `downlight.core.text` has taken foreign markup out already; what looks like
    markup now is meant to be read.
    """
    text = text[: length * 8]  # a long text of spaces and marks is still cut short
    kept = "".join(" " if _is_space(c) else c for c in text if not _is_hidden(c))
    return cut(_LINES.sub("\n", _SPACES.sub(" ", kept)).strip(), length)


def _is_space(character: str) -> bool:
    """Tabs and all breaks but the line feed."""
    return character != "\n" and character.isspace()


def _is_hidden(character: str) -> bool:
    """Control characters, direction marks, and what not every wire holds.

    That is lone surrogates, and code points that never stand for a character.
    """
    return (
        not character.isspace()
        and character not in _JOINERS
        and (
            unicodedata.category(character) in {"Cc", "Cf", "Cs"}
            or character in NO_CHARACTERS
        )
    )
