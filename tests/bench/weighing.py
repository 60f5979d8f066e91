"""What weighing the evidence of many services costs, once a minute.

Beside it a loop that only adds up the numbers of the same moments. Most services have a
green page and a check that passes; one in twenty has trouble that page, checks and
people tell of; of one in ten people and countries are heard.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import rule
from downlight.core.fusion.gate import Line
from downlight.core.fusion.seen import Checks, Country, Moment, Page, PageWord, Posts
from downlight.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.measures import Figures

START: Final = datetime(2026, 3, 2, tzinfo=UTC)
TICK: Final = timedelta(minutes=1)
WARM_UP: Final = 30
"""Ticks that are not counted: so that what is remembered is full."""
TROUBLED, HEARD = 20, 10
"""One in so many services has trouble; of one in so many people are heard."""
BARE, OURS = "bare sum", "downlight"


def weighed(rounds: int, count: int) -> Figures:
    """Measure a tick of ``count`` services; processor time, every round a tick."""
    memories = [rule.Memory()] * count
    tick = f"a tick of {count} services (ms)"
    core = "of one core (%), aim 1"
    found: Figures = {tick: defaultdict(list), core: defaultdict(list)}
    for number in range(-WARM_UP, rounds):
        now = START + number * TICK
        moments = [_moment(service, now) for service in range(count)]
        bare = _bare(moments)
        ours, memories = _step(memories, moments)
        if number < 0:
            continue
        for name, seconds in ((BARE, bare), (OURS, ours)):
            found[tick][name].append(1e3 * seconds)
            found[core][name].append(100 * seconds / TICK.total_seconds())
    return found


def _moment(service: int, now: datetime) -> Moment:
    """Return what is seen of a service, the same in every minute."""
    troubled, heard = service % TROUBLED == 0, service % HEARD == 0
    word = PageWord.MAJOR if troubled else PageWord.GREEN
    result = Result.SERVER_ERROR if troubled else Result.OK
    return Moment(
        now,
        Line(reached=5, asked=5),
        home="DE",
        page=Page(word, now - 5 * TICK),
        checks=Checks(now, 3 if troubled else 0, 3, result),
        posts=Posts(now, 30.0 if troubled else 3.0, 3.0, 40) if heard else None,
        countries=_countries(now) if heard else (),
    )


def _countries(now: datetime) -> tuple[Country, ...]:
    return tuple(Country(code, now, 1, 20, 3) for code in ("DE", "FR", "BR", "IN"))


def _bare(moments: Sequence[Moment]) -> float:
    total, begun = 0.0, time.process_time()
    for seen in moments:
        total += seen.line.reached + seen.line.asked
        if seen.checks is not None:
            total += seen.checks.failing + seen.checks.tried
        if seen.posts is not None:
            total += seen.posts.rate + seen.posts.usual
        for country in seen.countries:
            total += country.failing + country.measured
    return time.process_time() - begun


def _step(
    memories: Sequence[rule.Memory], moments: Sequence[Moment]
) -> tuple[float, list[rule.Memory]]:
    begun = time.process_time()
    after = [
        rule.step(memory, seen)[0]
        for memory, seen in zip(memories, moments, strict=True)
    ]
    return time.process_time() - begun, after
