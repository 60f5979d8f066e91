"""The days and months of a year as they are drawn, and each in words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.history.calendar import days, months
from downlight.core.saying.dates import full_date, month_year, short_months, weekday
from downlight.core.saying.words import age
from downlight.core.speech import mark, tr, trn
from downlight.core.text import listed
from downlight.ui.history.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from downlight.core.history.calendar import Day
    from downlight.core.history.past import Past

OLDEST: Final = 20
"""So many years can be turned to: some page names the year 1970."""


@unique
class Heat(StrEnum):
    """How a day is drawn, from not known at all to the worst."""

    UNSEEN = "unseen"
    PART = "part"
    FINE = "fine"
    OTHER = "other"
    UNTIMED = "untimed"
    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"
    LONGEST = "longest"
    AHEAD = "ahead"


LEGEND: Final[Mapping[Heat, str]] = {
    Heat.UNSEEN: mark("Nobody looked"),
    Heat.PART: mark("No outage, watched in part"),
    Heat.FINE: mark("No outage, watched all day"),
    Heat.OTHER: mark("Blocked, or others of its house"),
    Heat.UNTIMED: mark("Down, not known how long"),
    Heat.SHORT: mark("Down up to 15 min"),
    Heat.MIDDLE: mark("Down up to 1 h"),
    Heat.LONG: mark("Down up to 4 h"),
    Heat.LONGEST: mark("Down longer"),
}
"""What each means; what is still to come is not drawn."""

_STEPS: Final = (
    (timedelta(minutes=15), Heat.SHORT),
    (timedelta(hours=1), Heat.MIDDLE),
    (timedelta(hours=4), Heat.LONG),
)


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a service."""

    number: int
    days: tuple[Day, ...]
    """All of them, from the first of January on."""
    heats: tuple[Heat, ...]
    """How each day is drawn."""
    months: tuple[Bar, ...]
    """How many minutes it was down in each month."""
    summary: str
    """The year in a sentence or two."""

    @property
    def down(self) -> tuple[timedelta, ...]:
        """How long it was down in each month with an outage."""
        minutes = (bar.size for bar in self.months if bar.size)
        return tuple(timedelta(minutes=size) for size in minutes)

    @property
    def legend(self) -> tuple[Heat, ...]:
        """What is to be explained."""
        return tuple(heat for heat in LEGEND if heat in self.heats)


def in_year(day: date, number: int) -> date:
    """Return the same day in another year; the last of February has to move."""
    moved = (day.month, day.day) == (2, 29)
    return date(number, day.month, 28 if moved else day.day)


def heat(day: Day) -> Heat:
    """Return how a day is drawn; well only where somebody looked all the time."""
    if day.outages and not day.down and day.unsure:
        return Heat.UNTIMED
    if day.outages:
        return next((it for limit, it in _STEPS if day.down <= limit), Heat.LONGEST)
    if not day.length:
        return Heat.AHEAD
    if day.looked:
        return Heat.FINE if day.is_whole else Heat.PART
    return Heat.OTHER if day.blocked or day.sibling else Heat.UNSEEN


def years(past: Past, zone: tzinfo | None = None) -> tuple[Year, ...]:
    """Return every year of which anything is known, and this one, oldest first."""
    today = past.now.astimezone(zone).date()
    begun = [it.begun for it in past.outages[:1]]
    begun += [past.since] if past.since else []
    first = min((at.astimezone(zone).year for at in begun), default=today.year)
    first = max(min(first, today.year), today.year - OLDEST + 1)
    found = days(past, date(first, 1, 1), date(today.year, 12, 31), zone)
    by_year: dict[int, list[Day]] = {}
    for day in found:
        by_year.setdefault(day.day.year, []).append(day)
    return tuple(_year(number, of) for number, of in by_year.items())


def _year(number: int, of: Sequence[Day]) -> Year:
    heats = tuple(map(heat, of))
    bars = tuple(map(_month, months(of)))
    return Year(number, tuple(of), heats, bars, _summary(number, of, heats))


def _summary(number: int, of: Sequence[Day], heats: Sequence[Heat]) -> str:
    bad = sum(day.outages > 0 for day in of)
    fine, part = heats.count(Heat.FINE), heats.count(Heat.PART)
    unseen = heats.count(Heat.UNSEEN) + heats.count(Heat.OTHER)
    said = [tr("no outage is known")]
    if bad:
        said = [trn("an outage on one day", "an outage on {n} days", bad)]
    if fine:
        said.append(
            trn(
                "none on one day watched from begin to end",
                "none on {n} days watched from begin to end",
                fine,
            )
        )
    if part:
        said.append(
            trn(
                "none seen on one day watched in part",
                "none seen on {n} days watched in part",
                part,
            )
        )
    if unseen:
        said.append(
            trn(
                "not known how it was on one day",
                "not known how it was on {n} days",
                unseen,
            )
        )
    return f"{number}: {listed(said)}."


def day_words(day: Day, service: str) -> str:
    """Return how a day was, in a sentence.

    Args:
        day: Which.
        service: What the service is called.
    """
    return tr(
        "{weekday}, {day}: {how}.",
        weekday=weekday(day.day),
        day=full_date(day.day),
        how=_how(day, service),
    )


def _how(day: Day, service: str) -> str:
    if day.outages:
        how = outages_words(day)
    elif not day.length:
        how = tr("still to come")
    elif day.is_whole and day.length < timedelta(hours=22):
        how = tr("no outage so far, watched all the time")
    elif day.is_whole:
        how = tr("no outage, watched all the time")
    elif day.looked:
        how = tr("no outage in the {length} that were watched", length=age(day.looked))
    else:
        how = tr("not known, nobody looked")
    if day.blocked:
        return tr("{how}; {service} was blocked somewhere", how=how, service=service)
    if day.sibling:
        return tr("{how}; others of its house were in trouble", how=how)
    return how


def outages_words(day: Day) -> str:
    """Return how many there were, and for how long."""
    number = trn("one outage", "{n} outages", day.outages)
    return f"{number}, {_down(day)}"


def _down(day: Day) -> str:
    length = age(day.down)
    if day.unsure and not day.down:
        return tr("not known how long")
    if day.unsure:
        return tr("{length} at least", length=length)
    return tr("{length} in all", length=length) if day.outages > 1 else length


def _month(month: Day) -> Bar:
    """Return a month as a bar; its words say what it rests on."""
    name = short_months()[month.day.month - 1]
    title = month_year(month.day)
    if not month.length and not month.outages:
        ahead = tr("still to come")
        return Bar(name, None, f"{title}: {ahead}.")
    if not month.is_known:
        blind = tr("not known, nobody looked")
        return Bar(name, None, f"{title}: {blind}.", unknown=True)
    minutes = month.down.total_seconds() / 60
    how = outages_words(month) if month.outages else tr("no outage")
    words = f"{title}: {how}; {watched_words(month)}."
    if month.unsure and not month.down:
        return Bar(name, None, words, unknown=True)
    least = month.unsure or not month.is_whole
    return Bar(name, minutes, words, least=least, fine=not month.outages)


def watched_words(month: Day) -> str:
    """Return for how much of a month, or a year, somebody looked."""
    if month.is_whole:
        return tr("watched all the time")
    if month.looked:
        return tr("{length} of it were watched", length=age(month.looked))
    return tr("not watched")
