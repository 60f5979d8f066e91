"""The rule from end to end: a minute at a time."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.fusion.course import Notice
from downlight.core.fusion.gate import Event, Fault, Line
from downlight.core.fusion.gate import fault as fault_of
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.ruling import State
from downlight.core.fusion.seen import (
    Checks,
    Kin,
    Moment,
    Page,
    PageWord,
    Posts,
)
from downlight.core.result import Result
from downlight.core.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.fusion.judgement import Judgement

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GOOD = Line(reached=5, asked=5)
GREEN = Page(PageWord.GREEN)
NOTHING = Memory()


def moment(
    minute: int,
    *,
    line: Line = GOOD,
    page: Page | None = GREEN,
    result: Result | None = Result.OK,
    rate: float | None = 3.0,
    event: Event | None = None,
    at: datetime = START,
) -> Moment:
    now = at + minute * MINUTE
    failing = 0 if result is Result.OK else 3
    return Moment(
        now,
        line,
        "NL",
        page=page,
        checks=Checks(now, failing, 3, result) if result else None,
        posts=Posts(now, rate, 3.0, int(rate * 5)) if rate is not None else None,
        kin=Kin(),
        event=event,
    )


def play(
    moments: Iterable[Moment], memory: Memory = NOTHING
) -> tuple[Memory, list[Judgement]]:
    said = []
    for seen in moments:
        memory, judgement = step(memory, seen)
        said.append(judgement)
    return memory, said


def notices(said: Iterable[Judgement]) -> list[Notice]:
    return [judgement.notice for judgement in said if judgement.notice]


def test_a_quiet_minute_says_all_well_and_why() -> None:
    _, (said,) = play([moment(0)])
    assert said.state is State.OPERATIONAL
    assert said.scope is Scope.UNKNOWN
    assert said.remarks == ()
    assert [reason.words for reason in said.reasons] == [
        "People write no more than usual: ×1.0 the usual reports, 15 people",
        "Our own checks pass",
        "The official page shows no incident",
    ]
    assert said.missing == ("measurements in countries",)
    assert said.would_change


def test_an_outage_is_warned_of_confirmed_and_ends() -> None:
    _, said = play(
        [
            *(moment(m) for m in range(5)),
            *(moment(m, rate=90, result=Result.SERVER_ERROR) for m in range(5, 20)),
            *(moment(m) for m in range(20, 40)),
        ]
    )
    assert notices(said) == [
        Notice.EARLY_WARNING,
        Notice.CONFIRMED,
        Notice.RECOVERY,
    ]
    assert said[19].state is State.OUTAGE
    assert not said[19].blocked


def test_a_dead_line_is_said_before_the_reasons() -> None:
    dead = replace(GOOD, link=False, reached=0)
    _, said = play([moment(0), moment(1, line=dead, page=None, rate=None)])
    assert said[-1].state is State.ITS_YOU
    assert said[-1].fault is Fault.NO_LINK
    assert said[-1].remarks[0].startswith("You are offline")
    own = next(r for r in said[-1].reasons if r.voice == "own")
    assert own.words == "Our own checks count for nothing over this line"


def test_what_seems_to_be_read_through_a_sign_in_page_is_nobodys_word() -> None:
    portal = replace(GOOD, portal=True)
    red = Page(PageWord.MAJOR)
    _, said = play(
        [
            moment(0),
            *(moment(m, line=portal, page=red, rate=90) for m in range(1, 8)),
            *(moment(m, page=None, rate=None) for m in range(8, 20)),
        ]
    )
    assert notices(said) == [Notice.ITS_YOU]
    assert said[-1].state is State.OPERATIONAL


def test_a_line_nobody_looked_at_says_so_and_counts_no_check() -> None:
    nobody = Line()
    _, said = play(
        moment(m, line=nobody, result=Result.SERVER_ERROR) for m in range(30)
    )
    assert said[-1].state is State.OPERATIONAL
    assert "Nobody looked whether your connection works" in said[-1].remarks
    assert notices(said) == []


def test_waking_after_a_night_says_nothing_for_two_minutes() -> None:
    memory, _ = play(moment(m, page=Page(PageWord.MAJOR)) for m in range(5))
    later = START + timedelta(hours=9)
    nothing = moment(0, page=None, result=None, rate=None, at=later)
    _, said = play(
        [replace(nothing, event=Event.SLEPT), *(moment(m, at=later) for m in (1, 2))],
        memory,
    )
    assert [judgement.state for judgement in said] == [None, None, State.OPERATIONAL]
    assert said[0].reasons == ()
    assert said[0].remarks[0].endswith("re-checking")
    assert notices(said) == [Notice.RECOVERY]


def test_a_jump_of_the_clock_backwards_stops_nothing() -> None:
    memory, _ = play(moment(m) for m in range(5))
    earlier = START - timedelta(days=400)
    _, said = play(
        [
            moment(0, event=Event.CLOCK, at=earlier),
            *(moment(m, rate=90, at=earlier) for m in range(1, 12)),
        ],
        memory,
    )
    assert said[0].state is State.OPERATIONAL
    assert notices(said) == [Notice.EARLY_WARNING]


def test_too_many_changes_are_said() -> None:
    dead = replace(GOOD, link=False, reached=0)
    _, said = play(moment(m, line=dead) if m % 4 > 1 else moment(m) for m in range(16))
    assert said[-1].remarks[0].startswith("Unstable")
    assert notices(said) == [Notice.ITS_YOU]


def test_memory_stays_small_however_long_it_goes_on() -> None:
    memory, _ = play(
        moment(m, rate=90 if m % 50 > 25 else 3, page=page)
        for m in range(600)
        for page in [Page(PageWord.MAJOR) if m % 90 > 60 else None]
    )
    assert len(memory.heard) <= 4
    assert len(memory.crowd.ratios) <= 10
    assert len(memory.course.changes) <= 4


# --------------------------------------------------------------------- properties

BAD_LINES = [
    replace(GOOD, link=False),
    replace(GOOD, reached=0),
    replace(GOOD, reached=1),
    replace(GOOD, portal=True),
    Line(),
]
RESULTS = st.lists(st.sampled_from([None, *Result]), min_size=1, max_size=40)
CALM = st.sampled_from([None, Page(PageWord.GREEN), Page(PageWord.RESOLVED)])
ANY_PAGE = st.sampled_from([None, *map(Page, PageWord)])


@given(RESULTS, st.sampled_from(BAD_LINES), CALM)
def test_over_a_bad_line_own_checks_announce_no_outage_and_no_recovery(
    results: list[Result | None], line: Line, page: Page | None
) -> None:
    assert fault_of(line) is not None
    _, said = play(
        moment(m, line=line, page=page, result=result)
        for m, result in enumerate(results)
    )
    assert set(notices(said)) <= {Notice.ITS_YOU}


@given(RESULTS, st.sampled_from(BAD_LINES), ANY_PAGE, st.sampled_from([None, 3, 90]))
def test_over_a_bad_line_own_checks_change_nothing_at_all(
    results: list[Result | None],
    line: Line,
    page: Page | None,
    rate: float | None,
) -> None:
    def said(by: list[Result | None]) -> list[object]:
        seen = (
            moment(m, line=line, page=page, result=result, rate=rate)
            for m, result in enumerate(by)
        )
        return [
            (j.state, j.odds, j.confidence, j.notice, j.scope) for j in play(seen)[1]
        ]

    assert said(results) == said([Result.OK] * len(results))


@given(RESULTS, ANY_PAGE, st.sampled_from([3, 90]))
def test_an_outage_that_was_told_is_never_told_to_be_over_by_a_dead_line(
    results: list[Result | None], page: Page | None, rate: float
) -> None:
    memory, before = play(moment(m, page=Page(PageWord.MAJOR)) for m in range(4))
    assert notices(before) == [Notice.ALERT]
    dead = replace(GOOD, link=False)
    _, said = play(
        (
            moment(4 + m, line=dead, page=page, result=result, rate=rate)
            for m, result in enumerate(results)
        ),
        memory,
    )
    assert set(notices(said)) <= {Notice.ITS_YOU}


@pytest.mark.parametrize(
    "change",
    [
        {"rate": math.nan},
        {"rate": math.inf},
        {"rate": -3.0},
        {"usual": math.nan},
        {"usual": math.inf},
        {"spread": 0.0},
        {"spread": math.nan},
        {"at": START + timedelta(days=400)},
    ],
)
def test_what_cannot_be_counted_is_as_if_nobody_had_counted(
    change: dict[str, Any],
) -> None:
    memory, judgement = NOTHING, None
    for minute in range(30):
        good = moment(minute, page=None)
        assert good.posts is not None
        posts = replace(good.posts, **change)
        memory, judgement = step(memory, replace(good, posts=posts))
        assert judgement.state is not State.DEGRADED
    assert judgement is not None
    assert "what people write" in judgement.missing
    assert memory.crowd == NOTHING.crowd


def test_what_is_kept_does_not_grow() -> None:
    memory, sizes = NOTHING, set()
    for minute in range(3000):
        bad = minute % 37 > 20
        seen = moment(
            minute,
            page=Page(PageWord.MAJOR) if minute % 90 > 60 else GREEN,
            result=Result.TIMEOUT if bad else Result.OK,
            rate=200.0 if minute % 111 > 70 else 3.0,
            event=Event.CLOCK if minute % 500 == 499 else None,
        )
        memory, _ = step(memory, seen)
        if minute % 500 == 0 and minute:
            sizes.add(len(pickle.dumps(memory)) // 4096)
    assert sizes == {0}
