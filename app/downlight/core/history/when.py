"""Was it down on that day? The answer, and what it rests on.

"No" is only said of time in which somebody looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.history.calendar import bounds, dates, days
from downlight.core.history.past import DAY, HOUR, Kind, Origin
from downlight.core.level import Level, worst
from downlight.core.text import listed
from downlight.core.words import LEVEL_WORDS, age
from downlight.core.words import joined as together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.history.calendar import Day
    from downlight.core.history.past import Outage, Past

_NAMED: Final = 3
"""So many outages of a day are told, the others are counted."""
_ORIGINS: Final = {
    Origin.SEEN: "Downlight saw it",
    Origin.TOLD: "its status page listed it",
    Origin.RECORD: "it is in the public record",
}
_TRUST: Final = {
    "high": "where the sources agree",
    "medium": "where the sources agree in part",
    "low": "from few sources",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a service was down on a day."""

    day: Day
    down: bool | None
    """None: not known."""
    level: Level | None
    """The worst that is known of that day; None when no outage is."""
    outages: tuple[Outage, ...]
    """What is known of that day, blocks and sibling services included."""
    sentence: str


def answer(past: Past, day: date, zone: tzinfo | None = None) -> Answer:
    """Return whether a service was down on a day, as far as anybody looked.

    Args:
        past: What is known.
        day: Which day.
        zone: Where it begins and ends; None for the system's.
    """
    (known,) = days(past, day, day, zone)
    found = tuple(it for it in past.outages if day in dates(past, it, zone))
    ours = [outage for outage in found if outage.counts]
    others = [it for it in found if it.kind is not Kind.OUTAGE]
    level = worst(outage.level for outage in ours)
    if ours:
        down: bool | None = True
        first = _yes(past, ours, level, day, zone)
    else:
        down = False if known.is_whole else None
        first = _no(past, known, zone)
    aside = together(*(_aside(past, it, day, zone) for it in others))
    sentence = together(first, aside, _perhaps(past, day) if down is None else "")
    return Answer(known, down, level, found, sentence)


def basis(past: Past, zone: tzinfo | None = None) -> str:
    """Return what all that is known of the past rests on."""
    name, since = past.service.name, past.since
    if since is None:
        first = f"Downlight has not watched {name} yet."
    else:
        days = date_words(since.astimezone(zone).date())
        first = f"Downlight has watched {name} since {days}, with pauses."
    if past.record is None:
        return first
    as_of = f"{past.record.as_of:%B %Y}"
    return f"{first} The public record goes to {as_of} and is not complete."


def told(outage: Outage, day: date | None = None, zone: tzinfo | None = None) -> str:
    """Return one outage in a sentence or two, with who knows it.

    Args:
        outage: Which one.
        day: A day that need not be named; None: its own.
        zone: Zone for clock times; None for the system's.
    """
    place = f", {outage.where}" if outage.where else ""
    what = f": {_stop(outage.what)}" if outage.what else "."
    span = time_of(outage, day, zone)
    return together(f"{span[0].upper()}{span[1:]}{place}{what}", who_knows(outage))


def who_knows(outage: Outage) -> str:
    """Return who knows of an outage, in a sentence."""
    known = [_ORIGINS[origin] for origin in outage.origins]
    if outage.trust:
        place = outage.origins.index(Origin.RECORD)
        known[place] = f"{known[place]}, {_TRUST[outage.trust]}"
    words = listed(known)
    return f"{words[0].upper()}{words[1:]}."


def date_words(day: date) -> str:
    """Return a date as people write it: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def time_of(outage: Outage, day: date | None = None, zone: tzinfo | None = None) -> str:
    """Return when it was and for how long, no more exact than it is known.

    Args:
        outage: Which one.
        day: A day that need not be named; None: its own.
        zone: Zone for clock times; None for the system's.
    """
    length = outage.length
    lasted = f" ({'about ' * _is_rough(outage)}{age(length)})" if length else ""
    if outage.precision is not None and outage.precision > HOUR:
        return f"{_days(outage)}{lasted}"
    begun = outage.begun.astimezone(zone)
    day = day or begun.date()
    by = "noticed at" if outage.precision is None else "from"
    about = "about " * bool(outage.precision)
    clock = f"{by} {about}{_clock(begun, day)}"
    if outage.lasts:
        return f"{clock}, and it goes on"
    if outage.ended is None:
        return f"{clock}, the end is not known"
    ended = _clock(outage.ended.astimezone(zone), day)
    if not outage.end_known:
        return f"{clock}, over by {ended}"
    return f"{clock} to {ended}{lasted}"


def _clock(at: datetime, day: date) -> str:
    on = "" if at.date() == day else f" on {at.day} {at:%B}"
    return f"{at:%H:%M}{on}"


def _days(outage: Outage) -> str:
    """Return which days it was, where no more is known than days or a month."""
    if outage.precision is not None and outage.precision > DAY:
        return f"some day in {outage.begun:%B %Y}"
    begun = date_words(outage.begun.date())
    tick = timedelta(microseconds=1)  # what ends at midnight is not of the next day
    ended = date_words((outage.ended - tick).date()) if outage.ended else begun
    if ended == begun:
        return begun
    if not outage.end_known:
        return f"since {begun}, not over on {ended}"
    return f"{begun} to {ended}"


def _is_rough(outage: Outage) -> bool:
    return outage.precision is None or outage.precision > timedelta(minutes=1)


def _yes(
    past: Past,
    ours: Sequence[Outage],
    level: Level | None,
    day: date,
    zone: tzinfo | None,
) -> str:
    name = past.service.name
    head = f"On {date_words(day)} {name} was {LEVEL_WORDS[level]}."
    some = [told(it, day, zone) for it in ours]
    more = len(some) - _NAMED
    rest = (
        f"There were {more} more." if more > 1 else "There was one more." * (more == 1)
    )
    return together(head, *some[:_NAMED], rest)


def _no(past: Past, day: Day, zone: tzinfo | None) -> str:
    name, on = past.service.name, date_words(day.day)
    if not day.length:
        return f"{on} is still to come."
    if day.is_whole:
        so_far = " so far" if day.length < timedelta(hours=22) else ""
        return (
            f"No outage of {name} was seen on {on}{so_far}: "
            "Downlight watched all the time."
        )
    if day.looked:
        return (
            f"Not known for all of {on}: in the {age(day.looked)} that Downlight "
            f"watched {name}, it saw no outage{_others(past, day.day, zone)}."
        )
    return (
        f"Not known: {_unwatched(past, day.day, zone)}{_others(past, day.day, zone)}."
    )


def _unwatched(past: Past, day: date, zone: tzinfo | None) -> str:
    name, since = past.service.name, past.since
    if since is None:
        return f"Downlight has not watched {name} yet"
    begun = since.astimezone(zone).date()
    if day < begun:
        return f"Downlight has watched {name} since {date_words(begun)}"
    return f"Downlight did not watch {name} on {date_words(day)}"


def _others(past: Past, day: date, zone: tzinfo | None) -> str:
    """Return who else lists nothing; that is not the same as "it worked"."""
    listed, within = past.listed, bounds(day, zone)
    page = ""
    if listed and listed.begun <= within.begun and within.ended <= listed.ended:
        page = "; its status page, which lists its outages, lists none for that day"
    return page + _record(past, day)


def _record(past: Past, day: date) -> str:
    record = past.record
    if record is None:
        return ""
    if day > record.as_of:
        return f", and the public record ends in {record.as_of:%B %Y}"
    return ", and the public record, which is not complete, lists none for that day"


def _aside(past: Past, outage: Outage, day: date, zone: tzinfo | None) -> str:
    """Return what is no outage of the service, and must not pass for one."""
    span, what = time_of(outage, day, zone), _stop(outage.what)
    if outage.kind is Kind.BLOCK:
        text = f"No outage, but a block{_in(outage)}, {span}: {what}"
    else:
        name = past.service.name
        text = f"No outage of {name}, but of others of its house, {span}: {what}"
    return together(text, who_knows(outage))


def _in(outage: Outage) -> str:
    return f" in {outage.where}" if outage.where else ""


def _perhaps(past: Past, day: date) -> str:
    """Return what was in that month on a day that nobody knows."""
    return together(
        *(
            f"In {it.begun:%B %Y}, on a day that is not known: {_stop(it.what)} "
            f"{who_knows(it)}"
            for it in past.outages
            if it.precision is not None
            and it.precision > DAY
            and it.begun.astimezone(UTC).date() == day.replace(day=1)
        )
    )


def _stop(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
