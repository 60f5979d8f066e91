"""The words for times, places and levels, of which sentences are made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.places.countries import place_name, the
from downlight.core.saying.dates import short_date, short_day_month
from downlight.core.scope import Scope
from downlight.core.speech import mark, number, tr, trn
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import Place

LEVEL_WORDS: Final[dict[Level | None, str]] = {
    None: mark("not known"),
    Level.OPERATIONAL: mark("all well"),
    Level.MAINTENANCE: mark("maintenance"),
    Level.DEGRADED: mark("troubled"),
    Level.PARTIAL: mark("partly down"),
    Level.MAJOR: mark("down"),
}
"""The words of the product, one per level; in English (`level_word`)."""
PLACES_NAMED: Final = 3
"""More places than this are counted, not named."""
FROM_HERE: Final = mark("from here")
HERE: Final = mark("here")
NOWHERE: Final = mark("not known")
_WORLDWIDE: Final = mark("worldwide")
_IN: Final = mark("in {places}")


def level_word(level: Level | None) -> str:
    """Return the word for how bad it is: "partly down"."""
    return tr(LEVEL_WORDS[level])


def moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return a local clock time, with the date when it is not of today.

    Args:
        at: The moment (aware).
        now: The present (aware).
        zone: The zone to write it in; None for the system's.
    """
    here, today = at.astimezone(zone), now.astimezone(zone)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    if here.year == today.year or abs(now - at) < timedelta(days=180):
        return f"{short_day_month(here)} {here:%H:%M}"
    return f"{short_date(here)} {here:%H:%M}"


def age(span: timedelta) -> str:
    """Return a duration in the two largest units that matter: "1 h 40 min"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return tr("{n} s", n=seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return tr("{n} min", n=minutes)
    if hours < 24:
        rest = minutes % 60
        whole = tr("{n} h", n=hours)
        return tr("{h} h {min} min", h=hours, min=rest) if rest else whole
    rest = hours % 24
    if rest and days < 10:
        return tr("{d} d {h} h", d=days, h=rest)
    return tr("{n} d", n=number(days))


def where(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place in words, without a preposition."""
    return _where(scope, [place_name(place) for place in places])


def _where(scope: Scope, names: Sequence[str]) -> str:
    match scope:
        case Scope.HERE:
            return tr(HERE)
        case Scope.GLOBAL:
            return tr(_WORLDWIDE)
        case Scope.PLACES if len(names) <= PLACES_NAMED:
            return listed(names)
        case Scope.PLACES:
            named = ", ".join(names[: PLACES_NAMED - 1])
            return trn(
                "{names} and {n} more place",
                "{names} and {n} more places",
                len(names) - PLACES_NAMED + 1,
                names=named,
            )
        case _:
            return tr(NOWHERE)


def felt(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place with its preposition: "in Brazil"; empty when not known."""
    match scope:
        case Scope.HERE:
            return tr(FROM_HERE)
        case Scope.GLOBAL:
            return tr(_WORLDWIDE)
        case Scope.PLACES:
            named = [f"{the(place.code)}{place_name(place)}" for place in places]
            return tr(_IN, places=_where(scope, named))
        case _:
            return ""


def kept(scope: Scope, places: Sequence[Place]) -> str:
    """Return what `felt` does for the journal: English where it names no place."""
    plain = {Scope.HERE: FROM_HERE, Scope.GLOBAL: _WORLDWIDE}
    return plain.get(scope) or felt(scope, places)


def unplaced(felt: str) -> str:
    """Return what `felt` returned, in English or what is spoken, without "in"."""
    for form in (_IN, tr(_IN)):
        before, _, after = form.partition("{places}")
        if felt.startswith(before) and felt.endswith(after):
            return felt.removeprefix(before).removesuffix(after)
    return felt


def names_places(felt: str) -> bool:
    """Whether what `felt` returned names places, in English or in what is spoken."""
    other = (FROM_HERE, _WORLDWIDE)
    return felt not in {"", *other, *map(tr, other)}


def joined(*sentences: str) -> str:
    """Return these sentences as one text, the empty ones left out."""
    return " ".join(filter(None, sentences))


def stamp(at: datetime) -> str:
    """Return ``at`` for machines: ISO 8601 in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
