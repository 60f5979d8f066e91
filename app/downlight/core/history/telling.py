"""One outage in words: when it was, where, what failed, and who knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history.past import DAY, HOUR, Origin
from downlight.core.saying.dates import day_month, full_date, month_year
from downlight.core.saying.words import age, joined
from downlight.core.speech import mark, tr
from downlight.core.text import listed

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from downlight.core.history.past import Outage

_KNOWN: Final[dict[tuple[Origin, str], tuple[str, str]]] = {
    (Origin.SEEN, ""): (mark("Downlight saw it"), mark("Downlight saw it")),
    (Origin.TOLD, ""): (
        mark("Its status page listed it"),
        mark("its status page listed it"),
    ),
    (Origin.RECORD, ""): (
        mark("It is in the public record"),
        mark("it is in the public record"),
    ),
    (Origin.RECORD, "high"): (
        mark("It is in the public record, where the sources agree"),
        mark("it is in the public record, where the sources agree"),
    ),
    (Origin.RECORD, "medium"): (
        mark("It is in the public record, where the sources agree in part"),
        mark("it is in the public record, where the sources agree in part"),
    ),
    (Origin.RECORD, "low"): (
        mark("It is in the public record, from few sources"),
        mark("it is in the public record, from few sources"),
    ),
}
"""Who knows of an outage, by how far the sources of the record agree: at the beginning
of a sentence, and within one."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a time is told, by whether a sentence begins with it."""

    first: str
    within: str

    def said(self, *, first: bool, **fields: str) -> str:
        return tr(self.first if first else self.within, **fields)


_BEGUN: Final = _Form(mark("From {begun}"), mark("from {begun}"))
_BEGUN_ABOUT: Final = _Form(mark("From about {begun}"), mark("from about {begun}"))
_NOTICED: Final = _Form(mark("Noticed at {begun}"), mark("noticed at {begun}"))
_SPAN: Final = _Form(mark("From {begun} to {ended}"), mark("from {begun} to {ended}"))
_SPAN_ABOUT: Final = _Form(
    mark("From about {begun} to {ended}"), mark("from about {begun} to {ended}")
)
_SPAN_NOTICED: Final = _Form(
    mark("Noticed at {begun} to {ended}"), mark("noticed at {begun} to {ended}")
)
_SOME_DAY: Final = _Form(mark("Some day in {month}"), mark("some day in {month}"))
_SINCE: Final = _Form(
    mark("Since {begun}, not over on {ended}"),
    mark("since {begun}, not over on {ended}"),
)


def told(outage: Outage, day: date | None = None, zone: tzinfo | None = None) -> str:
    """Return one outage in a sentence or two, with who knows it.

    Args:
        outage: Which one.
        day: A day that need not be named; None: its own.
        zone: Zone for clock times; None for the system's.
    """
    span, what = time_of(outage, day, zone, first=True), what_of(outage)
    head = ", ".join(filter(None, (span, outage.where)))
    return joined(f"{head}: {what}" if what else f"{head}.", who_knows(outage))


def who_knows(outage: Outage) -> str:
    """Return who knows of an outage, in a sentence."""
    found = [
        _KNOWN[origin, outage.trust if origin is Origin.RECORD else ""]
        for origin in outage.origins
    ]
    clauses = [tr(found[0][0]), *(tr(within) for _, within in found[1:])]
    return f"{listed(clauses)}."


def time_of(
    outage: Outage,
    day: date | None = None,
    zone: tzinfo | None = None,
    *,
    first: bool = False,
) -> str:
    """Return when it was and for how long, no more exact than it is known.

    Args:
        outage: Which one.
        day: A day that need not be named; None: its own.
        zone: Zone for clock times; None for the system's.
        first: Whether a sentence begins with it.
    """
    if outage.precision is not None and outage.precision > HOUR:
        return _lasted(_days(outage, first=first), outage)
    at = outage.begun.astimezone(zone)
    day = day or at.date()
    begun = _clock(at, day)
    if outage.precision is None:
        since, span = _NOTICED, _SPAN_NOTICED
    elif outage.precision:
        since, span = _BEGUN_ABOUT, _SPAN_ABOUT
    else:
        since, span = _BEGUN, _SPAN
    clock = since.said(first=first, begun=begun)
    if outage.lasts:
        return tr("{begun}, and it goes on", begun=clock)
    if outage.ended is None:
        return tr("{begun}, the end is not known", begun=clock)
    ended = _clock(outage.ended.astimezone(zone), day)
    if not outage.end_known:
        return tr("{begun}, over by {ended}", begun=clock, ended=ended)
    return _lasted(span.said(first=first, begun=begun, ended=ended), outage)


def _lasted(span: str, outage: Outage) -> str:
    """Return when it was, and for how long where that is known."""
    length = outage.length
    if not length:
        return span
    if _is_rough(outage):
        return tr("{span} (about {length})", span=span, length=age(length))
    return f"{span} ({age(length)})"


def _clock(at: datetime, day: date) -> str:
    time = f"{at:%H:%M}"
    if at.date() == day:
        return time
    return tr("{time} on {day}", time=time, day=day_month(at))


def _days(outage: Outage, *, first: bool) -> str:
    """Return which days it was, where no more is known than days or a month."""
    if outage.precision is not None and outage.precision > DAY:
        return _SOME_DAY.said(first=first, month=month_year(outage.begun))
    begun = full_date(outage.begun)
    tick = timedelta(microseconds=1)  # what ends at midnight is not of the next day
    ended = full_date(outage.ended - tick) if outage.ended else begun
    if ended == begun:
        return begun
    if not outage.end_known:
        return _SINCE.said(first=first, begun=begun, ended=ended)
    return tr("{begun} to {ended}", begun=begun, ended=ended)


def _is_rough(outage: Outage) -> bool:
    return outage.precision is None or outage.precision > timedelta(minutes=1)


def what_of(outage: Outage) -> str:
    """Return what failed, in a sentence; what a provider wrote stays as it is."""
    text = tr(outage.what) if Origin.RECORD in outage.origins else outage.what
    return f"{text.rstrip('.')}." if text else ""
