"""What befalls whom in the made-up month, and what their pages show of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.model import Selection
from tests.bench.almanac import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    RATES,
    Kind,
    Outage,
    Span,
    Spell,
    draw,
)
from tests.bench.cast import FORTY, HOUSE, RECORDED
from tests.bench.faces import EVERY_PART, PARTS, About, Note, Step
from tests.bench.forms import rss

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from tests.bench.almanac import Month, Rate
    from tests.bench.cast import Cast

A_MONTH: Final = (3.0, 0.7, 0.7, 0.15, 0.7, 0.15, 0.7, 0.15, 0.15, 0.15)
"""Outages a month that a page names, in turn. Assumed: one in ten services is like a
big house whose page names most hiccups; of the others some have one in most months,
some one in half a year. WhatsApp had two a year, GitHub names fifteen a month: forty
between them name about two dozen, and have as many more as `SILENT` says."""
LAGS: Final = (9, 12, 16, 17, 20, 25, 41, 51, 93, 190, 225)
"""Minutes until GitHub's page said so, as the study drew them from its history."""
SILENT: Final = 0.4
"""The share of outages that no page ever names, as in the study."""
HERE: Final = 1.0
"""How often a month the way to one service is broken, for 3 to 120 minutes (study)."""
FLAPS: Final = 2.0
"""How often a month a page changes its mind for an hour, among forty. Assumed."""


def happen(
    made: Cast,
    month: Month,
    lot: random.Random,
    often: float,
    without: Collection[Kind],
) -> None:
    """Fill a month: what is true, what only disturbs, and what pages show of both.

    Args:
        made: Who is watched.
        month: When; filled.
        lot: Draws.
        often: So many times as often as in a common month.
        without: Nuisances that are left out.
    """
    if set(HOUSE) <= set(made.whose.values()):
        at = month.begin + lot.uniform(0.2, 0.8) * (month.end - month.begin)
        lasts = lot.uniform(90, 180) * MINUTE
        for slug in HOUSE:
            _befall(made, month, lot, slug, at, lasts)
    for number, service in enumerate(made.plan.services):
        mean = A_MONTH[number % len(A_MONTH)] / (1 - SILENT) * often
        if service.slug not in (*RECORDED, *HOUSE):
            for at in _moments(lot, month, mean):
                lasts = min(max(lot.lognormvariate(4.4, 0.8), 15), 720) * MINUTE
                _befall(made, month, lot, service.slug, at, lasts)
    for slug in sorted(made.checks):
        _bar(month, lot, slug, often)
    # A feed has words only: no part of it can come and go without one.
    paged = sorted({made.whose[u] for u, it in made.pages.items() if it.write != rss})
    for at in _moments(lot, month, FLAPS * often * len(paged) / len(FORTY)):
        _flap(made, month, lot, lot.choice(paged), at)
    rates = {kind: rate for kind, rate in RATES.items() if kind not in without}
    _disturb(made, month, lot, often, rates)


def _moments(lot: random.Random, month: Month, mean: float) -> Iterator[datetime]:
    """Yield moments, so many a month in the mean."""
    at = month.begin
    while (at := at + lot.expovariate(mean) * MONTH) < month.end:
        yield at


def _bar(month: Month, lot: random.Random, slug: str, often: float) -> None:
    """Let the way to a service break, and to no other."""
    for at in _moments(lot, month, HERE * often):
        end = at + lot.uniform(3, 120) * MINUTE
        month.outages.append(Outage(slug, at, end, here=True, shape="path"))


def _is_near(month: Month, slug: str, at: datetime) -> bool:
    """Whether a service fails at about that time; so it is plain which one is told."""
    found = (it for it in month.outages if it.on == slug and not it.here)
    return any(it.began - DAY < at < it.ended + DAY for it in found)


def _befall(
    made: Cast,
    month: Month,
    lot: random.Random,
    slug: str,
    at: datetime,
    lasts: timedelta,
) -> None:
    """Let a service fail, and its page tell of it sooner or later, or never."""
    if _is_near(month, slug, at):
        return
    shape = lot.choices(("", "5xx", "silent"), (70, 15, 15))[0]
    shape = "house" if slug in HOUSE else shape
    pages = list(made.of(slug))
    said = None
    if pages and (shape == "house" or lot.random() >= SILENT):
        said = at + lot.choice(LAGS) * MINUTE / (4 if shape == "house" else 1)
    ended = at + lasts
    if said is not None and said >= ended:  # it comes when all is over
        month.spells.append(Spell(Kind.AFTER, said, said + MINUTE, slug))
        step = Step(said, "resolved", "It was broken, and works again.")
        note = Note(f"a{at:%d%H%M}", About.TROUBLE, at, (step,), said)
        said = None
        for page in pages:
            page.notes.append(note)
    month.outages.append(Outage(slug, at, ended, said, shape=shape))
    if said is not None:
        note = _told(month, lot, slug, at, said, ended)
        for page in pages:
            page.notes.append(note)


def _told(
    month: Month,
    lot: random.Random,
    slug: str,
    at: datetime,
    said: datetime,
    ended: datetime,
) -> Note:
    """Return what a page says of an outage."""
    bad = lot.choices((Level.DEGRADED, Level.PARTIAL, Level.MAJOR), (35, 40, 25))[0]
    worse = Level.MAJOR if lot.random() < 0.2 else bad
    later = said + 0.3 * (ended - said)
    dated = later - 20 * MINUTE if lot.random() < 0.2 else None
    steps = [
        Step(said, "investigating", "Some requests fail.", bad),
        Step(later, "identified", "We know why, and mend it.", worse, dated),
        Step(said + 0.8 * (ended - said), "monitoring", "It is mended.", worse),
        Step(ended, "resolved", "It works."),
    ]
    if lot.random() < 0.3:
        edited = ended + lot.uniform(0.5, 3) * DAY
        steps.append(Step(edited, "resolved", "It works. Here is why it did not."))
        month.spells.append(Spell(Kind.EDITED, edited, edited + MINUTE, slug))
    parts = EVERY_PART if lot.random() < 0.25 else (lot.randrange(len(PARTS)),)
    return Note(f"i{at:%d%H%M}", About.TROUBLE, at, tuple(steps), ended, parts)


def _flap(
    made: Cast, month: Month, lot: random.Random, slug: str, at: datetime
) -> None:
    """Let a part come and go for an hour, without a word."""
    if _is_near(month, slug, at):
        return
    end = at + HOUR
    while at < end:
        back = at + lot.uniform(4, 8) * MINUTE
        month.outages.append(Outage(slug, at, back, at, shape="flapping"))
        for page in made.of(slug):
            page.notes.append(_colour(f"f{at:%d%H%M}", at, back, Level.PARTIAL))
        at = back + lot.uniform(4, 8) * MINUTE


def _colour(name: str, at: datetime, end: datetime, level: Level) -> Note:
    step = Step(at, "investigating", "", level)
    return Note(name, About.TROUBLE, at, (step,), end, spoken=False)


def _disturb(
    made: Cast,
    month: Month,
    lot: random.Random,
    often: float,
    rates: Mapping[Kind, Rate],
) -> None:
    paged = {made.whose[url] for url in made.pages}
    chosen = {
        str(service.slug)
        for service in made.plan.services
        if any(feed.selection != Selection() for feed in service.feeds)
    }
    upon = {
        Span.ALL: {""},
        Span.PAGE: paged,
        Span.CHECK: made.checks,
        Span.PEOPLE: set(made.people.values()),
        Span.CHOSEN: chosen & paged,
    }
    for kind, rate in rates.items():
        for slug in sorted(upon[rate.span]):
            for began, ended in draw(lot, kind, month.begin, month.end, often):
                spell = Spell(kind, began, ended, slug, lot.random())
                month.spells.append(spell)
                for page in made.of(slug):
                    page.notes += _notes(spell)
    for sleep in month.hours.sleeps:
        if lot.random() < 0.5:  # the line takes a while to be there
            late = timedelta(seconds=lot.uniform(5, 60))
            woken = Spell(Kind.OFFLINE, sleep.ended, sleep.ended + late)
            month.spells.append(woken)


def _notes(spell: Spell) -> Iterator[Note]:
    """Yield what a page shows of a nuisance."""
    at, end = spell.began, spell.ended
    name = f"{spell.kind.name.lower()}{at:%d%H%M}"
    match spell.kind:
        case Kind.WORKS:
            step = Step(at, "in_progress", "New racks.", Level.MAINTENANCE)
            yield Note(name, About.WORKS, at, (step,), end)
        case Kind.HINT:
            steps = (Step(at, "investigating", "Prices change next month."),)
            yield Note(name, About.HINT, at, steps, end)
        case Kind.RIDDLE:
            steps = (Step(at, "investigating", "?"),)
            yield Note(name, About.RIDDLE, at, steps, end, spoken=False)
        case Kind.AFTER:
            steps = (Step(at, "resolved", "It was broken for a while, and is not."),)
            yield Note(name, About.TROUBLE, at - 3 * HOUR, steps, at)
        case Kind.ELSEWHERE:
            steps = (Step(at, "investigating", "An edge is down.", Level.MAJOR),)
            yield Note(name, About.TROUBLE, at, steps, end, (len(PARTS),))
        case Kind.MISTAKE:
            yield _colour(name, at, end, Level.MAJOR)
        case _:
            pass  # no page shows it
