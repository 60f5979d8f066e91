"""What many outages have in common, as bars and sentences with their n. No Qt."""

from __future__ import annotations

from calendar import day_abbr, day_name
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.figure_words import ROOTS, lengths, rests_on
from downlight.core.history.figures import LEAST
from downlight.core.words import age
from downlight.ui.history.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from downlight.core.history.past import Past

_BOUNDS: Final = (
    (timedelta(minutes=15), "up to 15 min"),
    (timedelta(hours=1), "up to 1 h"),
    (timedelta(hours=4), "up to 4 h"),
    (timedelta(hours=12), "up to 12 h"),
    (timedelta(days=1), "up to a day"),
    (timedelta.max, "longer"),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, what they show and what they rest on."""

    title: str
    bars: tuple[Bar, ...]
    """None where there are too few outages: then ``note`` says so."""
    note: str
    """What stands below."""
    says: str = ""
    """What they come to; stands above."""


def lasting(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return how long outages were."""
    found = figures.durations(past)
    title = "How long outages were"
    if found.median is None or found.shortest is None:
        some = [age(length) for length in found.all]
        of = f" Known: {', '.join(some)}." if some else ""
        return Chart(title, (), f"{_few(found.n, ' of which the length is known')}{of}")
    counts = [0] * len(_BOUNDS)
    for length in found.all:
        counts[next(n for n, (most, _) in enumerate(_BOUNDS) if length <= most)] += 1
    bars = tuple(
        Bar(name, n, f"{name[0].upper()}{name[1:]}: {_outages(n)}.", aside=f"{n}")
        for (_, name), n in zip(_BOUNDS, counts, strict=True)
    )
    says = f"The shortest {age(found.shortest)}, {lengths(found)}."
    return Chart(title, bars, _basis(rests_on(found.basis, zone)), says)


def hours(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return at what hour outages began, in the clock of a place."""
    title = "At what hour they began"
    found = figures.pattern(past, zone)
    if found is None:
        return Chart(title, (), _few(_exact(past), " of which the hour is known"))
    bars = tuple(
        Bar(
            f"{hour:02}" if hour % 6 == 0 else "",
            n,
            f"{hour:02}:00 to {hour:02}:59: {_began(n)}.",
        )
        for hour, n in enumerate(found.hours)
    )
    says = _most([f"{hour:02}:00" for hour in range(24)], found.hours)
    note = f"{_basis(rests_on(found.basis, zone))} By your clock."
    return Chart(title, bars, note, says)


def weekdays(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return on what day of the week outages began."""
    title = "On what day they began"
    found = figures.pattern(past, zone)
    if found is None:
        return Chart(title, (), _few(_exact(past), " of which the hour is known"))
    bars = tuple(
        Bar(day_abbr[day], n, f"{day_name[day]}: {_began(n)}.")
        for day, n in enumerate(found.weekdays)
    )
    says = _most(list(day_name), found.weekdays)
    return Chart(title, bars, _basis(rests_on(found.basis, zone)), says)


def causes(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return why outages came, as far as it was published."""
    title = "Why they came"
    found = figures.causes(past)
    if found is None:
        counted = sum(outage.counts for outage in past.outages)
        return Chart(title, (), _few(counted))
    bars = []
    for why in found.named:
        name, n = ROOTS[why.root], why.confirmed + why.supposed
        only = f", {why.supposed} of them only supposed" if why.supposed else ""
        words = f"{name[0].upper()}{name[1:]}: {_outages(n)}{only}."
        aside = f"{n}, {why.supposed} only supposed" if why.supposed else f"{n}"
        bars.append(Bar(name, n, words, doubtful=why.supposed, aside=aside))
    if found.unknown:
        words = f"Not published: {_outages(found.unknown)}."
        bars.append(
            Bar(
                "not published",
                found.unknown,
                words,
                least=True,
                aside=f"{found.unknown}",
            )
        )
    return Chart(title, tuple(bars), _basis(rests_on(found.basis, zone)))


def _exact(past: Past) -> int:
    return sum(outage.counts and outage.to_the_hour for outage in past.outages)


def _few(n: int, what: str = "") -> str:
    """Return why nothing is worked out."""
    there = {0: "is none", 1: "is one"}.get(n, f"are {n}")
    return f"Too few to say: it takes {LEAST} outages{what}, and there {there}."


def _most(names: Sequence[str], counts: Sequence[int]) -> str:
    """Return where most are, when that is one place."""
    most = max(counts)
    tops = [name for name, n in zip(names, counts, strict=True) if n == most]
    if len(tops) > 1 or most < LEAST:
        return "None of them stands out."
    return f"Most often: {tops[0]}, {most} of {sum(counts)}."


def _basis(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _outages(n: int) -> str:
    return "one outage" if n == 1 else f"{n or 'no'} outages"


def _began(n: int) -> str:
    return f"{_outages(n)} began"
