"""A figure says from how many it is, and there is none from too few."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from downlight.core.history.figures import (
    Basis,
    Why,
    causes,
    durations,
    pattern,
    scorecard,
    uptime,
)
from downlight.core.history.past import Kind, Root, Span
from downlight.core.level import Level
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, outage, past

FOUR = tuple(outage(NOON + n * DAY, (4 - n) * HOUR) for n in range(4))


def test_lengths_are_those_that_are_known() -> None:
    block = outage(kind=Kind.BLOCK, level=None)
    found = durations(past(*FOUR, outage(length=None), block))
    assert found.all == (HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR)
    assert found.basis == Basis(4, NOON)
    assert (found.shortest, found.median) == (HOUR, 150 * MINUTE)
    assert (found.p90, found.longest) == (4 * HOUR, 4 * HOUR)


def test_the_middle_of_three_is_one_of_them() -> None:
    assert durations(past(*FOUR[:3])).median == 3 * HOUR


def test_nine_of_ten_are_not_longer() -> None:
    ten = [outage(NOON + n * HOUR, (n + 1) * MINUTE) for n in range(10)]
    assert durations(past(*ten)).p90 == 9 * MINUTE


def test_from_two_there_is_only_the_list() -> None:
    found = durations(past(*FOUR[:2]))
    assert found.all == (3 * HOUR, 4 * HOUR)
    assert (found.shortest, found.median, found.p90, found.longest) == (None,) * 4
    assert durations(past()).basis == Basis(0, None)


def test_only_beginnings_known_to_the_hour_make_a_pattern() -> None:
    vague = outage(precision=2 * HOUR), outage(precision=None)
    assert pattern(past(*FOUR[:2], *vague), UTC) is None
    found = pattern(past(*FOUR, *vague), UTC)
    assert found is not None
    assert found.hours == (*(0,) * 12, 4, *(0,) * 11)
    assert found.weekdays == (0, 0, 1, 1, 1, 1, 0)  # from a Wednesday to a Saturday
    assert found.basis.n == 4
    tokyo = pattern(past(*FOUR), ZoneInfo("Asia/Tokyo"))
    assert tokyo is not None
    assert tokyo.hours[21] == 4


def test_causes_are_counted_as_confirmed_supposed_or_not_known() -> None:
    load: dict[str, Any] = {"root": Root.LOAD}
    change: dict[str, Any] = {"root": Root.CHANGE, "sure": True}
    it = past(
        outage(**load),
        outage(**change),
        outage(**change),
        outage(),
        outage(kind=Kind.BLOCK, level=None, root=Root.ORDER),
    )
    found = causes(it)
    assert found is not None
    assert found.named == (Why(Root.CHANGE, 2, 0), Why(Root.LOAD, 0, 1))
    assert (found.unknown, found.basis.n) == (1, 4)
    assert causes(past(*FOUR[:2])) is None


def test_the_scorecard_counts_what_is_known_of_each() -> None:
    said = (NOON + HOUR, NOON + 2 * HOUR, NOON + 5 * HOUR)
    spoken = outage(evidence=NOON, word=NOON + HOUR, said=said, silent=False)
    late = outage(NOON + DAY, evidence=NOON, word=NOON + 3 * HOUR, silent=False)
    silent = outage(NOON + 2 * DAY, silent=True, said=(NOON,))
    found = scorecard(past(spoken, late, silent, outage()))
    assert found.delay.all == (HOUR, 3 * HOUR)
    assert found.delay.basis == Basis(2, NOON)
    assert found.gaps.all == (HOUR, 3 * HOUR)
    assert found.gaps.basis.n == 1
    assert (found.silent, found.heard.n) == (1, 3)
    assert scorecard(past(spoken, silent)).silent is None


def test_uptime_is_only_of_the_time_we_looked() -> None:
    watched = (Span(NOON, NOON + DAY), Span(NOON + 2 * DAY, NOON + 3 * DAY))
    it = past(
        outage(NOON - HOUR, 2 * HOUR),  # half of it before we looked
        outage(NOON + 30 * HOUR, HOUR),  # while we did not look
        outage(NOON + 5 * HOUR, HOUR, level=Level.DEGRADED),
        outage(NOON + 8 * HOUR, None),  # nobody knows how long
        watched=(*watched, Span(NOON + 20 * DAY, NOON + 21 * DAY)),
    )
    found = uptime(it, NOON, NOON + 30 * DAY)
    assert found is not None
    assert found.looked == 2 * DAY
    # The one without an end lasted as long as we went on looking.
    assert found.down == HOUR + 16 * HOUR
    assert found.share == pytest.approx(1 - 17 / 48)
    assert found.basis == Basis(2, NOON - HOUR)


def test_less_than_a_day_gives_no_uptime() -> None:
    watched = (Span(NOON, NOON + 23 * HOUR),)
    assert uptime(past(watched=watched), NOON, NOON + DAY) is None
    assert uptime(past(), NOON, NOON + timedelta(days=99)) is None
