"""How often and how long it was down in each year. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from downlight.core.history.calendar import together
from downlight.core.history.figure_words import ground
from downlight.core.history.figures import LEAST, basis
from downlight.core.history.past import DAY
from downlight.core.saying.words import age, joined
from downlight.core.speech import number, tr
from downlight.ui.history.bar import Bar
from downlight.ui.history.days import outages_words, watched_words
from downlight.ui.history.figures import FEW, Chart, few

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from downlight.core.history.calendar import Day
    from downlight.core.history.past import Past
    from downlight.ui.history.days import Year


def by_year(found: Sequence[Year], past: Past, zone: tzinfo | None = None) -> Chart:
    """Return how many outages there were in each year, and for how long in all.

    Args:
        found: The years, oldest first.
        past: What is known.
        zone: Zone for dates; None for the system's.
    """
    title = tr("Year by year")
    counted = [outage for outage in past.outages if outage.counts]
    if len(counted) < LEAST:
        return Chart(title, (), few(FEW, len(counted)))
    vague = [it.begun.year for it in counted if it.precision and it.precision > DAY]
    bars = tuple(
        _bar(year.number, _with(together(year.days), vague.count(year.number)))
        for year in found
    )
    open_ = tr("Hatched: there may have been more.") if any(map(_least, bars)) else ""
    return Chart(title, bars, joined(ground(basis(counted), zone), open_))


def _least(bar: Bar) -> bool:
    return bar.least


def _with(year: Day, more: int) -> Day:
    """Return a year with outages of which only the month is known."""
    return replace(year, outages=year.outages + more, unsure=year.unsure or more > 0)


def _bar(name: int, year: Day) -> Bar:
    """Return a year as a bar; where nobody looked, none is not none."""
    if not year.is_known:
        unknown = tr("not known, nobody looked")
        return Bar(f"{name}", None, f"{name}: {unknown}.", unknown=True, aside=unknown)
    how = outages_words(year) if year.outages else tr("no outage")
    return Bar(
        f"{name}",
        year.outages,
        f"{name}: {how}; {watched_words(year)}.",
        least=not year.is_whole,
        aside=_aside(year),
    )


def _aside(year: Day) -> str:
    count, length = number(year.outages), age(year.down)
    if not year.outages:
        return tr("none") if year.is_whole else tr("none known")
    if not year.down:
        return count
    if year.unsure:
        return tr("{n}, {length} at least", n=count, length=length)
    return tr("{n}, {length} in all", n=count, length=length)
