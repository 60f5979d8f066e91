"""The past of a service as it is shown: all words and numbers of the page. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.history.calendar import dates
from downlight.core.history.past import DAY, Kind
from downlight.core.history.when import answer, basis
from downlight.core.saying.dates import month_year
from downlight.core.saying.words import joined as together
from downlight.core.speech import mark, tr, trn
from downlight.ui.history.days import years
from downlight.ui.history.figures import causes, hours, lasting, weekdays
from downlight.ui.history.score import scores
from downlight.ui.history.yearly import by_year
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from downlight.core.errors import DownlightError
    from downlight.core.history.past import Outage, Past
    from downlight.ui.history.days import Year
    from downlight.ui.history.figures import Chart
    from downlight.ui.history.score import Score

LOOKING: Final = mark("Looking up what is known of the past …")
ASKING: Final = mark("Looking whether its status page lists more …")
EMPTY: Final = mark("What happens from now on is kept here.")


@dataclass(frozen=True, slots=True)
class History:
    """All that is known about the past of one service, made ready to be shown."""

    past: Past
    zone: tzinfo | None
    said: str
    """How many outages are known."""
    basis: str
    """What that rests on."""
    years: tuple[Year, ...]
    """Oldest first; the last one is the present one."""
    outages: tuple[Outage, ...]
    """Newest first."""
    charts: tuple[Chart, ...]
    """How long they were, why they came, how many in each year, at what hour, on
    what day."""
    scores: tuple[Score, ...]
    by_day: Mapping[date, tuple[Outage, ...]]
    """What touched each day, as far as the day is known."""
    vague: tuple[Outage, ...]
    """Those of which only the month is known."""

    @property
    def today(self) -> date:
        """The day it is."""
        return self.past.now.astimezone(self.zone).date()

    @property
    def name(self) -> str:
        """What the service is called."""
        return self.past.service.name


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """Whether it was down on a day, ready to be shown."""

    look: Look
    """Well only when somebody looked all day."""
    sentence: str
    sources: tuple[str, ...]
    """Where it can be read, each address once."""


def history(past: Past, zone: tzinfo | None = None) -> History:
    """Return a past made ready to be shown; takes its time where there is much.

    Args:
        past: What is known.
        zone: Zone for days and clock times; None for the system's.
    """
    found = years(past, zone)
    return History(
        past,
        zone,
        _said(past),
        basis(past, zone),
        found,
        tuple(reversed(past.outages)),
        (
            lasting(past, zone),
            causes(past, zone),
            by_year(found, past, zone),
            hours(past, zone),
            weekdays(past, zone),
        ),
        scores(past, zone),
        _by_day(past, zone),
        tuple(it for it in past.outages if it.precision and it.precision > DAY),
    )


def day_answer(shown: History, day: date) -> DayAnswer:
    """Return whether it was down on a day."""
    near = (*shown.by_day.get(day, ()), *shown.vague)
    found = answer(replace(shown.past, outages=near), day, shown.zone)
    if found.down:
        look = Look.of(found.level)
    elif any(it.kind is Kind.BLOCK for it in found.outages):
        look = Look.BLOCKED
    else:
        look = Look.UNKNOWN if found.down is None else Look.OPERATIONAL
    links = dict.fromkeys(url for it in found.outages for url in it.sources)
    return DayAnswer(look, found.sentence, tuple(links))


def failed(error: DownlightError) -> str:
    """Return why nothing can be shown, and what to do."""
    return together(error.words, tr("Nothing is lost; look again in a moment."))


def not_told(error: DownlightError) -> str:
    """Return that its page did not say what it lists."""
    return together(
        tr("Its status page did not say what it lists of the past."), error.words
    )


def aside(shown: History | None, replay: str) -> str:
    """Return what else is to be said of a past.

    Args:
        shown: What is known; None: not yet.
        replay: Name of the recording that is played; empty when live.
    """
    if not replay:
        return tr(EMPTY) if shown is not None and not shown.outages else ""
    return tr(
        "This is a replay. Its past is what the recording told so far, and what the "
        "public record has of the time before."
    )


def _said(past: Past) -> str:
    name = past.service.name
    ours = [outage for outage in past.outages if outage.counts]
    others = len(past.outages) - len(ours)
    first = tr("No outage of {name} is known here.", name=name)
    if ours:
        first = trn(
            "One outage of {name} is known, in {month}.",
            "{n} outages of {name} are known since {month}.",
            len(ours),
            name=name,
            month=month_year(ours[0].begun),
        )
    if not others:
        return first
    rest = trn(
        "One block, or trouble elsewhere in its house, is listed, too.",
        "{n} blocks, or times when others of its house were in trouble, are listed, "
        "too; no figure counts them.",
        others,
    )
    return together(first, rest)


def _by_day(past: Past, zone: tzinfo | None) -> dict[date, tuple[Outage, ...]]:
    found: dict[date, list[Outage]] = {}
    for outage in past.outages:
        for day in dates(past, outage, zone):
            found.setdefault(day, []).append(outage)
    return {day: tuple(some) for day, some in found.items()}
