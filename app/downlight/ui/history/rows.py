"""One outage as a row of the table, as details, and laid over another. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.history.figure_words import ROOTS
from downlight.core.history.past import DAY, HOUR, Kind, Origin, Root
from downlight.core.history.when import date_words, told
from downlight.core.text import listed
from downlight.core.words import LEVEL_WORDS, age
from downlight.core.words import joined as together
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from downlight.core.history.past import Outage

NONE: Final = "–"
"""Stands where nobody says."""
_ORIGINS: Final = {
    Origin.SEEN: "Downlight",
    Origin.TOLD: "status page",
    Origin.RECORD: "public record",
}
_KINDS: Final = {
    Kind.BLOCK: "A block, ordered by somebody else: the service itself worked.",
    Kind.SIBLING: "Others of its house were in trouble, this one hardly or not.",
}
_ROOTS: Final[Mapping[Root, str]] = {
    Root.EQUIPMENT: "machine",
    Root.CHANGE: "change",
    Root.LOAD: "load",
    Root.INSIDE: "inside",
    Root.ORDER: "order",
}
"""The kinds of cause in a word; `figure_words.ROOTS` says each in full."""


@unique
class Part(StrEnum):
    """A stretch of an outage that is laid over another."""

    UNHEARD = "unheard"
    """The provider had not said a word."""
    HEARD = "heard"
    """It had spoken."""
    PLAIN = "plain"
    """Whether it had spoken is not known."""
    OPEN = "open"
    """Nobody knows how much longer it was, or it goes on."""


@dataclass(frozen=True, slots=True)
class Track:
    """An outage from its beginning on, as far as it is known."""

    name: str
    parts: tuple[tuple[timedelta, timedelta, Part], ...]
    """From when to when, after the beginning; they follow each other."""
    messages: tuple[timedelta, ...]
    """When the provider's page said something."""
    words: str
    """All of it, for those who do not see it."""

    @property
    def length(self) -> timedelta:
        """How long it is drawn."""
        return self.parts[-1][1] if self.parts else timedelta()


def date_of(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return when it began, as exactly as that is known, ready to be sorted by eye."""
    if outage.precision is not None and outage.precision > DAY:
        return f"{outage.begun:%Y-%m}"
    if outage.precision is not None and outage.precision > HOUR:
        return f"{outage.begun:%Y-%m-%d}"
    return f"{outage.begun.astimezone(zone):%Y-%m-%d %H:%M}"


def length_of(outage: Outage) -> str:
    """Return how long it was, in a word or two."""
    if outage.lasts:
        return "goes on"
    length = outage.length
    return NONE if length is None else age(length)


def cause_of(outage: Outage) -> str:
    """Return why it came, in a word or two."""
    if outage.root is None:
        return NONE
    word = _ROOTS[outage.root]
    return word if outage.sure else f"{word}, supposed"


def word_of(outage: Outage) -> str:
    """Return how long the provider said nothing."""
    if outage.delay is not None:
        return age(outage.delay) if outage.delay else "at once"
    return "no word" if outage.silent else NONE


def known_from(outage: Outage) -> str:
    """Return who knows about it, and how far the record's sources agree."""
    names = [_ORIGINS[origin] for origin in outage.origins]
    if outage.trust and Origin.RECORD in outage.origins:
        place = outage.origins.index(Origin.RECORD)
        names[place] = f"{names[place]} ({outage.trust})"
    return ", ".join(names)


def look_of(outage: Outage) -> Look:
    """Return its mark."""
    return Look.BLOCKED if outage.kind is Kind.BLOCK else Look.of(outage.level)


def state_of(outage: Outage) -> str:
    """Return what sort of trouble it was, in a word or two."""
    match outage.kind:
        case Kind.BLOCK:
            return "blocked"
        case Kind.SIBLING:
            return "others only"
        case _:
            return LEVEL_WORDS[outage.level]


def title(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return a line that names it."""
    where = f", {outage.where}" if outage.where else ""
    return f"{date_of(outage, zone)}{where}"


def details(outage: Outage, zone: tzinfo | None = None) -> tuple[str, ...]:
    """Return all that is known of it, in sentences."""
    begun = outage.begun.astimezone(zone).date()
    on = date_words(begun) if outage.to_the_hour or outage.precision is None else ""
    cause = outage.cause
    if not cause and outage.root is not None:
        cause = ROOTS[outage.root]
    if cause:
        doubt = "" if outage.sure or outage.root is None else " (only supposed)"
        cause = f"Cause{doubt}: {_stop(cause)}"
    parts = f"Failed: {listed(outage.services)}." if outage.services else ""
    head = f"{on}." if on else ""
    return tuple(
        filter(
            None,
            (
                together(head, told(outage, begun if on else None, zone)),
                _KINDS.get(outage.kind, ""),
                parts,
                cause,
                _official(outage),
                _stop(outage.note),
            ),
        )
    )


def spoken(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return a row for those who hear it."""
    said = [
        f"{date_of(outage, zone)}: {state_of(outage)}",
        f"lasted {length_of(outage)}" if length_of(outage) != NONE else "",
        outage.where,
        f"known from {known_from(outage)}",
    ]
    return f"{', '.join(filter(None, said))}."


def track(outage: Outage, now: datetime, zone: tzinfo | None = None) -> Track | None:
    """Return an outage to lay over another; None when its beginning is not known.

    Args:
        outage: Which.
        now: The present, up to which it goes on, if it does.
        zone: Zone for clock times; None for the system's.
    """
    if not outage.to_the_hour:
        return None
    said = tuple(at - outage.begun for at in outage.said if at >= outage.begun)
    word = max(outage.word - outage.begun, timedelta()) if outage.word else None
    length = now - outage.begun if outage.lasts else outage.length
    seen = max((*said, word or timedelta()), default=timedelta())
    end = length if length is not None else seen
    parts = _parts(word, end, silent=outage.silent is True)
    if length is None or outage.lasts:
        parts = (*parts, (end, end + max(end / 10, timedelta(minutes=5)), Part.OPEN))
    inside = tuple(at for at in said if at <= end)
    name = title(outage, zone)
    return Track(name, parts, inside, f"{name}: {_course(outage, word, end, inside)}.")


def _parts(
    word: timedelta | None, end: timedelta, *, silent: bool
) -> tuple[tuple[timedelta, timedelta, Part], ...]:
    start = timedelta()
    if word is None or word >= end:
        part = Part.UNHEARD if silent or word is not None else Part.PLAIN
        parts = [(start, end, part)]
    else:
        parts = [(start, word, Part.UNHEARD), (word, end, Part.HEARD)]
    return tuple(it for it in parts if it[0] < it[1])


def _course(
    outage: Outage,
    word: timedelta | None,
    end: timedelta,
    messages: tuple[timedelta, ...],
) -> str:
    said = [f"lasted {age(end)}"]
    if outage.lasts:
        said = [f"goes on since {age(end)}"]
    elif outage.length is None:
        said = ["not known how long it lasted"]
    if word is not None:
        said.append(f"the provider first spoke after {age(word)}")
    elif outage.silent:
        said.append("the provider said nothing")
    else:
        said.append("not known when the provider first spoke")
    if messages:
        n = len(messages)
        said.append(
            "one message on its page" if n == 1 else f"{n} messages on its page"
        )
    return ", ".join(said)


def _official(outage: Outage) -> str:
    if outage.delay is not None:
        after = (
            f"after {age(outage.delay)}" if outage.delay else "as soon as anybody else"
        )
        return together(f"The provider spoke {after}.", _stop(outage.official))
    if outage.official:
        return f"The provider: {_stop(outage.official)}"
    return "The provider never wrote a word of it." if outage.silent else ""


def _stop(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
