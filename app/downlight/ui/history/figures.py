"""What many outages have in common, as bars and sentences with their n. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.figure_words import ROOTS, ground, lengths
from downlight.core.history.figures import LEAST
from downlight.core.history.past import Root
from downlight.core.saying import dates
from downlight.core.saying.words import age, joined
from downlight.core.speech import mark, number, tr, trn
from downlight.ui.history.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from downlight.core.history.past import Past

_BOUNDS: Final = (
    (timedelta(minutes=15), mark("up to 15 min"), mark("Up to 15 min")),
    (timedelta(hours=1), mark("up to 1 h"), mark("Up to 1 h")),
    (timedelta(hours=4), mark("up to 4 h"), mark("Up to 4 h")),
    (timedelta(hours=12), mark("up to 12 h"), mark("Up to 12 h")),
    (timedelta(days=1), mark("up to a day"), mark("Up to a day")),
    (timedelta.max, mark("longer"), mark("Longer")),
)
"""How long at most; as a name, and at the beginning of a sentence."""
_ROOTS: Final[Mapping[Root, str]] = {
    Root.EQUIPMENT: mark("A machine that broke"),
    Root.CHANGE: mark("A change or maintenance"),
    Root.LOAD: mark("Too many at once"),
    Root.INSIDE: mark("Something inside, not said what"),
    Root.ORDER: mark("An order of a court or a state"),
}
"""As in `ROOTS`, at the beginning of a sentence."""
FEW: Final = mark("Too few to say: it takes {least} outages, and {there}.")
_FEW_LENGTHS: Final = mark(
    "Too few to say: it takes {least} outages of which the length is known, and "
    "{there}."
)
_FEW_HOURS: Final = mark(
    "Too few to say: it takes {least} outages of which the hour is known, and {there}."
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
    title = tr("How long outages were")
    if found.median is None or found.shortest is None:
        some = ", ".join(age(length) for length in found.all)
        known = tr("Known: {lengths}.", lengths=some) if some else ""
        return Chart(title, (), joined(few(_FEW_LENGTHS, found.n), known))
    counts = [0] * len(_BOUNDS)
    for length in found.all:
        counts[next(n for n, (most, *_) in enumerate(_BOUNDS) if length <= most)] += 1
    bars = tuple(
        Bar(tr(name), n, f"{tr(first)}: {_outages(n)}.", aside=number(n))
        for (_, name, first), n in zip(_BOUNDS, counts, strict=True)
    )
    says = tr(
        "The shortest {shortest}, {lengths}.",
        shortest=age(found.shortest),
        lengths=lengths(found),
    )
    return Chart(title, bars, ground(found.basis, zone), says)


def hours(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return at what hour outages began, in the clock of a place."""
    title = tr("At what hour they began")
    found = figures.pattern(past, zone)
    if found is None:
        return Chart(title, (), few(_FEW_HOURS, _exact(past)))
    bars = tuple(
        Bar(
            f"{hour:02}" if hour % 6 == 0 else "",
            n,
            f"{_hour(hour)}: {_began(n)}.",
        )
        for hour, n in enumerate(found.hours)
    )
    says = _most([f"{hour:02}:00" for hour in range(24)], found.hours)
    note = joined(ground(found.basis, zone), tr("By your clock."))
    return Chart(title, bars, note, says)


def weekdays(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return on what day of the week outages began."""
    title = tr("On what day they began")
    found = figures.pattern(past, zone)
    if found is None:
        return Chart(title, (), few(_FEW_HOURS, _exact(past)))
    names, short = dates.weekdays(), dates.short_weekdays()
    bars = tuple(
        Bar(short[day], n, f"{names[day]}: {_began(n)}.")
        for day, n in enumerate(found.weekdays)
    )
    says = _most(names, found.weekdays)
    return Chart(title, bars, ground(found.basis, zone), says)


def causes(past: Past, zone: tzinfo | None = None) -> Chart:
    """Return why outages came, as far as it was published."""
    title = tr("Why they came")
    found = figures.causes(past)
    if found is None:
        counted = sum(outage.counts for outage in past.outages)
        return Chart(title, (), few(FEW, counted))
    bars = list(map(_why, found.named))
    if (n := found.unknown) > 0:
        words = tr("Not published: {outages}.", outages=_outages(n))
        name = tr("not published")
        bars.append(Bar(name, n, words, least=True, aside=number(n)))
    return Chart(title, tuple(bars), ground(found.basis, zone))


def _why(why: figures.Why) -> Bar:
    name, n = tr(ROOTS[why.root]), why.confirmed + why.supposed
    words, aside = f"{tr(_ROOTS[why.root])}: {_outages(n)}.", number(n)
    if why.supposed:
        supposed = number(why.supposed)
        words = tr(
            "{cause}: {outages}, {n} of them only supposed.",
            cause=tr(_ROOTS[why.root]),
            outages=_outages(n),
            n=supposed,
        )
        aside = tr("{n}, {supposed} only supposed", n=number(n), supposed=supposed)
    return Bar(name, n, words, doubtful=why.supposed, aside=aside)


def _exact(past: Past) -> int:
    return sum(outage.counts and outage.to_the_hour for outage in past.outages)


def few(words: str, n: int) -> str:
    """Return why nothing is worked out."""
    return tr(words, least=number(LEAST), there=there(n))


def there(n: int) -> str:
    """Return how many outages there are, in a clause."""
    if not n:
        return tr("there is none")
    return trn("there is one", "there are {n}", n)


def _most(names: Sequence[str], counts: Sequence[int]) -> str:
    """Return where most are, when that is one place."""
    most = max(counts)
    tops = [name for name, n in zip(names, counts, strict=True) if n == most]
    if len(tops) > 1 or most < LEAST:
        return tr("None of them stands out.")
    return tr(
        "Most often: {when}, {n} of {all}.",
        when=tops[0],
        n=number(most),
        all=number(sum(counts)),
    )


def _hour(hour: int) -> str:
    return tr("{begun} to {ended}", begun=f"{hour:02}:00", ended=f"{hour:02}:59")


def _outages(n: int) -> str:
    return trn("one outage", "{n} outages", n) if n else tr("no outages")


def _began(n: int) -> str:
    if not n:
        return tr("no outages began")
    return trn("one outage began", "{n} outages began", n)
