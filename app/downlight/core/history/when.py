"""Was it down on that day? The answer, and what it rests on.

"No" is only said of time in which somebody looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.history.calendar import bounds, dates, days
from downlight.core.history.past import DAY, Kind
from downlight.core.history.telling import time_of, told, what_of, who_knows
from downlight.core.level import Level, worst
from downlight.core.saying.dates import full_date, month_year
from downlight.core.saying.words import age
from downlight.core.saying.words import joined as together
from downlight.core.speech import mark, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.history.calendar import Day
    from downlight.core.history.past import Outage, Past

_NAMED: Final = 3
"""So many outages of a day are told, the others are counted."""
_WAS: Final[dict[Level | None, str]] = {
    Level.DEGRADED: mark("On {day} {name} was troubled."),
    Level.PARTIAL: mark("On {day} {name} was partly down."),
    Level.MAJOR: mark("On {day} {name} was down."),
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
        first = tr("Downlight has not watched {name} yet.", name=name)
    else:
        day = full_date(since.astimezone(zone).date())
        first = tr(
            "Downlight has watched {name} since {day}, with pauses.", name=name, day=day
        )
    if past.record is None:
        return first
    month = month_year(past.record.as_of)
    return together(
        first,
        tr("The public record goes to {month} and is not complete.", month=month),
    )


def _yes(
    past: Past,
    ours: Sequence[Outage],
    level: Level | None,
    day: date,
    zone: tzinfo | None,
) -> str:
    head = tr(_WAS[level], day=full_date(day), name=past.service.name)
    some = [told(it, day, zone) for it in ours]
    more = len(some) - _NAMED
    rest = trn("There was one more.", "There were {n} more.", more) if more > 0 else ""
    return together(head, *some[:_NAMED], rest)


def _no(past: Past, day: Day, zone: tzinfo | None) -> str:
    name, on = past.service.name, full_date(day.day)
    if not day.length:
        return tr("{day} is still to come.", day=on)
    if not day.is_whole:
        return f"{_others(_unwatched(past, day, zone), past, day.day, zone)}."
    if day.length < timedelta(hours=22):
        return tr(
            "No outage of {name} was seen on {day} so far: "
            "Downlight watched all the time.",
            name=name,
            day=on,
        )
    return tr(
        "No outage of {name} was seen on {day}: Downlight watched all the time.",
        name=name,
        day=on,
    )


def _unwatched(past: Past, day: Day, zone: tzinfo | None) -> str:
    """Return that it is not known, as we did not look or not all the time."""
    name, since, on = past.service.name, past.since, full_date(day.day)
    if day.looked:
        return tr(
            "Not known for all of {day}: in the {length} that Downlight watched "
            "{name}, it saw no outage",
            day=on,
            length=age(day.looked),
            name=name,
        )
    if since is None:
        return tr("Not known: Downlight has not watched {name} yet", name=name)
    begun = since.astimezone(zone).date()
    if day.day < begun:
        return tr(
            "Not known: Downlight has watched {name} since {day}",
            name=name,
            day=full_date(begun),
        )
    return tr("Not known: Downlight did not watch {name} on {day}", name=name, day=on)


def _others(said: str, past: Past, day: date, zone: tzinfo | None) -> str:
    """Return it with who else lists nothing; that is not the same as "it worked"."""
    listed, within = past.listed, bounds(day, zone)
    if listed and listed.begun <= within.begun and within.ended <= listed.ended:
        said = tr(
            "{words}; its status page, which lists its outages, lists none for that "
            "day",
            words=said,
        )
    record = past.record
    if record is None:
        return said
    if day > record.as_of:
        month = month_year(record.as_of)
        return tr(
            "{words}, and the public record ends in {month}", words=said, month=month
        )
    return tr(
        "{words}, and the public record, which is not complete, lists none for that "
        "day",
        words=said,
    )


def _aside(past: Past, outage: Outage, day: date, zone: tzinfo | None) -> str:
    """Return what is no outage of the service, and must not pass for one."""
    span, what = time_of(outage, day, zone), what_of(outage)
    if outage.kind is not Kind.BLOCK:
        text = tr(
            "No outage of {name}, but of others of its house, {when}: {what}",
            name=past.service.name,
            when=span,
            what=what,
        )
    elif outage.where:
        text = tr(
            "No outage, but a block in {place}, {when}: {what}",
            place=outage.where,
            when=span,
            what=what,
        )
    else:
        text = tr("No outage, but a block, {when}: {what}", when=span, what=what)
    return together(text, who_knows(outage))


def _perhaps(past: Past, day: date) -> str:
    """Return what was in that month on a day that nobody knows."""
    return together(
        *(
            together(
                tr(
                    "In {month}, on a day that is not known: {what}",
                    month=month_year(it.begun),
                    what=what_of(it),
                ),
                who_knows(it),
            )
            for it in past.outages
            if it.precision is not None
            and it.precision > DAY
            and it.begun.astimezone(UTC).date() == day.replace(day=1)
        )
    )
