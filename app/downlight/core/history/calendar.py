"""What was wrong on each day and in each month, and for how long we looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from downlight.core.history.past import DAY, HOUR, Kind, Span, cut, joined, total
from downlight.core.level import worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.history.past import Outage, Past
    from downlight.core.level import Level


@dataclass(frozen=True, slots=True)
class Day:
    """One day, or several as one, of a service."""

    day: date
    """Which; of several the first of that month."""
    level: Level | None = None
    """The worst of its outages; None when none is known, which is not "well"."""
    down: timedelta = timedelta()
    """How long it was in trouble, as far as that is known."""
    unsure: bool = False
    """Whether more is known to have been wrong than ``down`` tells."""
    outages: int = 0
    """How many touched it."""
    began: int = 0
    """How many began in it."""
    blocked: bool = False
    """Whether a court or a state had it blocked."""
    sibling: bool = False
    """Whether others of the same house were in trouble."""
    looked: timedelta = timedelta()
    """For how long we looked."""
    length: timedelta = DAY
    """How long it is, up to now where it is not over; nothing before it begins."""

    @property
    def is_known(self) -> bool:
        """Whether anybody can say how it was."""
        return self.looked > timedelta() or self.outages > 0

    @property
    def is_whole(self) -> bool:
        """Whether we looked all the time, but for a minute that makes no outage."""
        return bool(self.length) and self.length - self.looked < timedelta(minutes=1)


def bounds(day: date, zone: tzinfo | None = None) -> Span:
    """Return when a day begins and ends, in UTC.

    Args:
        day: Which.
        zone: Where; None for the system's.
    """
    begun = _midnight(day, zone)
    return Span(begun, _midnight(day + DAY, zone))


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def extent(past: Past, outage: Outage) -> Span | None:
    """Return from when until when an outage was, as far as both are known.

    One that ended unseen lasted as long as we went on looking. None where only days
    are known, or no end at all.
    """
    if outage.precision is not None and outage.precision > HOUR:
        return None
    ended = past.now if outage.lasts else outage.ended
    if not (outage.lasts or outage.end_known):
        ended = past.until(outage.begun)
    return Span(outage.begun, ended) if ended and ended >= outage.begun else None


def dates(past: Past, outage: Outage, zone: tzinfo | None = None) -> list[date]:
    """Return the days an outage touched, as far as they are known.

    Where only the day is known it is the one the sources name, in whatever place.
    """
    if outage.precision is not None and outage.precision > DAY:
        return []
    span = extent(past, outage)
    ended = span.ended if span else None
    if outage.precision is not None and outage.precision > HOUR:
        zone, ended = UTC, outage.ended
    first = outage.begun.astimezone(zone).date()
    tick = timedelta(microseconds=1)  # what ends at midnight is not of the next day
    last = max(first, (ended - tick).astimezone(zone).date()) if ended else first
    return [first + n * DAY for n in range((last - first).days + 1)]


def days(
    past: Past, first: date, last: date, zone: tzinfo | None = None
) -> tuple[Day, ...]:
    """Return each day from the first to the last one.

    Args:
        past: What is known.
        first: The first day.
        last: The last one, included.
        zone: Where a day begins and ends; None for the system's.
    """
    by_day: dict[date, list[Outage]] = {}
    for outage in past.outages:
        for day in dates(past, outage, zone):
            if first <= day <= last:
                by_day.setdefault(day, []).append(outage)
    wanted = (first + n * DAY for n in range((last - first).days + 1))
    return tuple(
        _day(past, day, bounds(day, zone), by_day.get(day, ()), zone) for day in wanted
    )


def _day(
    past: Past,
    day: date,
    within: Span,
    outages: Sequence[Outage],
    zone: tzinfo | None,
) -> Day:
    """Return a day from the outages that touched it."""
    ours = [outage for outage in outages if outage.counts]
    spans = [span for it in ours if (span := extent(past, it)) is not None]
    down = total(joined(cut(spans, within.begun, within.ended)))
    lengths = [_share(past, outage, within) for outage in ours]
    summed = sum((it for it in lengths if it is not None), timedelta())
    # Of two at once no minute counts twice.
    down = min(summed, down) if len(spans) == len(ours) else summed
    return Day(
        day,
        level=worst(outage.level for outage in ours),
        down=down,
        unsure=any(it.length is None and not it.lasts for it in ours),
        outages=len(ours),
        began=sum(dates(past, outage, zone)[0] == day for outage in ours),
        blocked=any(outage.kind is Kind.BLOCK for outage in outages),
        sibling=any(outage.kind is Kind.SIBLING for outage in outages),
        looked=past.looked(within.begun, within.ended),
        length=max(min(within.ended, past.now) - within.begun, timedelta()),
    )


def _share(past: Past, outage: Outage, within: Span) -> timedelta | None:
    """Return how much of an outage fell on a day; None when that is not known."""
    whole = extent(past, outage)
    if whole is None:
        return outage.lasted
    here = total(cut([whole], within.begun, within.ended))
    if outage.lasted is None or outage.lasted >= whole.length:
        return here
    return here * (outage.lasted / whole.length)


def months(found: Iterable[Day]) -> tuple[Day, ...]:
    """Return days as months; those at both ends are as long as their days.

    An outage over midnight is counted once a month.
    """
    by_month: dict[date, list[Day]] = {}
    for day in found:
        by_month.setdefault(day.day.replace(day=1), []).append(day)
    return tuple(together(of) for of in by_month.values())


def together(of: Sequence[Day]) -> Day:
    """Return days as one, called by its first; an outage over midnight counts once."""
    carried = of[0].outages - of[0].began
    return Day(
        of[0].day.replace(day=1),
        level=worst(day.level for day in of),
        down=sum((day.down for day in of), timedelta()),
        unsure=any(day.unsure for day in of),
        outages=carried + sum(day.began for day in of),
        began=sum(day.began for day in of),
        blocked=any(day.blocked for day in of),
        sibling=any(day.sibling for day in of),
        looked=sum((day.looked for day in of), timedelta()),
        length=sum((day.length for day in of), timedelta()),
    )
