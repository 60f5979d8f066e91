"""Whatever happens, and whenever it is started anew: each outage has one story."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.level import Level
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed, fine
from tests.engine.test_believed import lost, minute, own
from tests.engine.world import MINUTE, World, page, world

if TYPE_CHECKING:
    from datetime import timedelta

    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine

OK = Level.OPERATIONAL
BUSY = 120
"""Minutes in which things happen; afterwards all is well."""
CALM = 240

MINUTES = st.integers(1, BUSY)
SPANS = st.lists(st.tuples(MINUTES, MINUTES).map(sorted), max_size=3)
LEVELS = st.lists(st.tuples(MINUTES, st.none() | st.sampled_from(Level)), max_size=8)
JUMPS = st.lists(st.tuples(MINUTES, st.sampled_from([-40, -3, 7, 12, 45])), max_size=2)


@pytest.mark.timeout(180)  # days of many stories; 20 s where nothing else runs
@settings(max_examples=25, derandomize=True)
@given(LEVELS, SPANS, SPANS, JUMPS, st.sets(MINUTES, max_size=3))
def test_what_began_ends_once_and_is_told_once(
    levels: list[tuple[int, Level | None]],
    failing: list[list[int]],
    dead: list[list[int]],
    jumps: list[tuple[int, int]],
    restarts: set[int],
) -> None:
    said = sorted(dict(levels).items())
    official = page((-9999, OK), *said, (BUSY, OK))
    check = own(*((since, until) for since, until in [*failing, *dead]))
    for since, until in dead:
        official = lost(official, since, until)
    it = world(official, check)

    def climb(at: object) -> Climb:
        del at
        passed = minute(it.news[-1].snapshot.at)
        if any(since <= passed < until for since, until in dead):
            return Climb("", (failed(Rung.LINK, Trouble.NO_LINK),))
        return Climb("", (fine(Rung.LINK),), reached=7, asked=7)

    it.climb = climb
    stops = [0, *sorted(restarts), BUSY + CALM]
    for begin, end in pairwise(stops):

        def script(
            engine: Engine, loop: VirtualLoop, begin: int = begin, end: int = end
        ) -> None:
            del engine
            for at, by in jumps:
                if begin <= at < end:
                    loop.call_at((at - begin) * 60, _leap, loop, by * MINUTE)

        it.run(end - begin, script)
    again = World(it.plan, it.journal, start=it.start)  # and nothing is left over
    again.run(30)
    events = [*it.events, *again.events]
    seen = [event for event in events if not event.id.endswith("/late")]
    turns = [str(e.turn) for e in seen if e.turn in {"began", "ended"}]
    assert turns == ["began", "ended"] * (len(turns) // 2)
    told = [str(e.turn) for e in events if e.is_worth_telling]
    told = [turn for turn in told if turn != "confirmed"]
    assert told == ["began", "ended"] * (len(told) // 2)
    assert again.verdict.level is OK
    assert len(it.news) < 4 * (BUSY + CALM)


def _leap(loop: VirtualLoop, by: timedelta) -> None:
    """Let the clock jump, as it does when a computer sleeps."""
    loop._start += by


def test_how_bad_it_is_just_now_is_not_told_of_what_comes_and_goes() -> None:
    worse, better = Level.MAJOR, Level.DEGRADED
    turns = [(5.0 * n, Level.PARTIAL if n % 2 else OK) for n in range(6)]
    it = world(page(*turns, (28, worse), (32, better), (35, OK)))
    it.run(120)
    degrees = [e for e in it.events if e.turn in {"worsened", "eased"}]
    assert [(str(e.turn), e.held) for e in degrees] == [
        ("worsened", TOO_OFTEN),
        ("eased", TOO_OFTEN),
    ]
    assert it.told[-2:] == ["unstable", "ended"]
