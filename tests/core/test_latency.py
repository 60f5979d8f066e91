"""Whether an answer takes longer than any before."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downlight.core.detectors import latency
from downlight.core.detectors.latency import Latency, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.lists(st.floats(-1e12, 1e12), min_size=1), st.floats(-1e12, 1e12))
def test_a_range_holds_all_it_was_given(values: list[float], new: float) -> None:
    span = Span()
    for value in values:
        span, _ = span.after(value)
    assert (span.low, span.high) == (min(values), max(values))
    _, novelty = Span(span.low, span.high, latency.WARM).after(new)
    assert (novelty > 0) is not (span.low <= new <= span.high) or novelty == 0
    assert 0 <= novelty <= latency.BEYOND


def steady(number: int, seed: int = 1, middle: float = 0.2) -> list[float]:
    draw = random.Random(seed)  # noqa: S311 - the same chance every time, no secret
    return [middle * draw.uniform(0.8, 1.2) for _ in range(number)]


def measure(
    known: Latency, start: datetime, times: Iterable[float | None]
) -> list[Latency]:
    after = []
    for minute, seconds in enumerate(times):
        known = known.after(seconds, start + minute * MINUTE)
        after.append(known)
    return after


@cache
def measured() -> Latency:
    return measure(Latency(), MONDAY, steady(2 * 1440))[-1]


TWO_DAYS_ON = MONDAY + 2 * DAY
TOLD = 12
"""The place of what was told among the numbers that are kept."""


def test_nothing_is_said_of_the_first_answers() -> None:
    first = measure(Latency(), MONDAY, [*steady(latency.WARM - 1), 9.0])
    assert all(one.is_slow is None for one in first)
    assert first[-1].band.novelty == 0
    enough = measure(Latency(), MONDAY, [0.2] * (latency.WARM + 1))
    assert enough[-1].is_slow is False


def test_an_answer_slower_than_all_before_is_slow() -> None:
    after = measured().after(0.5, TWO_DAYS_ON)
    assert after.is_slow
    assert after.episode.began == TWO_DAYS_ON
    assert after.band.novelty > 1


def test_an_answer_faster_than_all_before_is_new_but_not_slow() -> None:
    after = measured().after(0.01, TWO_DAYS_ON)
    assert after.band.novelty > latency.SLOW
    assert not after.band.above
    assert after.is_slow is False


def test_slowness_lasts_as_long_as_it_is_slower_than_before_it() -> None:
    slow = [2.0, 1.0, 0.9, 1.5, 0.4]
    after = measure(measured(), TWO_DAYS_ON, [*slow, *steady(5)])
    assert [one.is_slow for one in after] == [True] * 5 + [False] * 5
    assert {one.episode.began for one in after} == {TWO_DAYS_ON}


def test_the_same_slowness_is_not_told_twice() -> None:
    after = measure(measured(), TWO_DAYS_ON, [2.0, *steady(300), 1.9])
    assert after[-1].is_slow is False
    assert after[-1].episode.began == TWO_DAYS_ON


def test_jumping_about_is_new_though_every_value_was_seen_before() -> None:
    ends = [0.161, 0.239] * 30
    after = measure(measured(), TWO_DAYS_ON, ends)
    assert any(one.band.novelty > latency.SLOW for one in after)
    assert all(one.band.values == measured().band.values for one in after)


def test_the_wrong_time_of_day_is_new_though_every_value_was_seen_before() -> None:
    nights: list[float | None] = []
    for day in range(6):
        for hour in range(24):
            nights += steady(60, 24 * day + hour, 0.9 if hour < 6 else 0.2)
    known = measure(Latency(), MONDAY, nights)[-1]
    at = MONDAY + timedelta(days=6, hours=12)
    after = measure(known, at, steady(60, 7, 0.9))
    assert any(one.band.novelty > latency.SLOW for one in after)
    assert any(one.is_slow for one in after)
    assert all(one.band.values == known.band.values for one in after)


def test_news_is_told_once() -> None:
    once, again, after = measure(measured(), TWO_DAYS_ON, [2.0, 2.5, 0.2])
    assert once.band.news == once.band.novelty == once.band.heard
    assert once.band.novelty > again.band.novelty > latency.SLOW
    assert again.band.news == 0
    assert after.band.heard < again.band.heard < once.band.heard


def test_what_is_newer_than_what_was_told_is_news() -> None:
    once, more = measure(measured(), TWO_DAYS_ON, [0.3, 2.0])
    assert more.band.news > once.band.news > latency.SLOW


def test_what_was_told_is_half_forgotten_after_twenty_answers() -> None:
    once, *later = measure(measured(), TWO_DAYS_ON, [2.0, *steady(20)])
    assert later[-1].band.heard == pytest.approx(once.band.heard / 2)
    soon, late = (
        measure(once, TWO_DAYS_ON + MINUTE, [*steady(number), 4.0])[-1]
        for number in (20, 120)
    )
    assert soon.band.news == 0
    assert late.band.news > latency.SLOW


@pytest.mark.parametrize("newer", [0.01, 9.0], ids=["much faster", "much slower"])
def test_slower_than_all_before_is_slow_right_after_what_was_newer_still(
    newer: float,
) -> None:
    slowest = max(0.5, 2 * newer)
    after = measure(measured(), TWO_DAYS_ON, [newer, 0.2, *[slowest] * 30])[2:]
    assert after[0].band.novelty > latency.SLOW
    assert after[0].band.news == 0
    assert all(one.is_slow for one in after)


def test_what_is_only_strange_is_not_slow_where_it_is_no_news() -> None:
    # Known are two speeds, always one after the other; now they keep changing.
    times = [0.1] * 400 + [0.9] * 400
    known = measure(Latency(), MONDAY, times * 2)[-1]
    later = MONDAY + 1600 * MINUTE
    after = measure(known, later, [0.1, 0.9] * 30)
    strange = [one for one in after if one.band.novelty >= latency.SLOW]
    assert any(one.is_slow for one in strange)
    assert any(one.band.above and one.is_slow is False for one in strange)


def test_no_answer_is_not_slowness() -> None:
    assert measured().after(None, TWO_DAYS_ON) is measured()


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="not a measured time"):
        Latency().after(math.nan, MONDAY)


@given(
    values=st.lists(
        st.tuples(
            st.one_of(st.floats(allow_nan=False), st.floats(0, 10)),
            st.integers(-10_000, 10_000),
        ),
        max_size=60,
    ),
    warm=st.booleans(),
)
def test_whatever_is_measured_whenever_the_band_is_of_numbers(
    values: list[tuple[float, int]], *, warm: bool
) -> None:
    known = measured() if warm else Latency()
    for value, minute in values:
        known = known.after(value, MONDAY + minute * MINUTE)
        assert 0 <= known.band.novelty <= known.band.heard <= latency.BEYOND
        assert known.band.news in {0, known.band.novelty}
        assert all(n is None or math.isfinite(n) for n in known.numbers())
    assert Latency.of(known.numbers()).numbers() == known.numbers()


@settings(max_examples=20)
@given(st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(unit: float) -> None:
    times = [*steady(400), 0.5, 0.3, *steady(20)]
    plain = measure(Latency(), MONDAY, times)
    scaled = measure(Latency(), MONDAY, [unit * seconds for seconds in times])
    for one, other in zip(plain, scaled, strict=True):
        assert one.band.novelty == pytest.approx(other.band.novelty, abs=1e-6)


def test_what_is_kept_is_small() -> None:
    assert len(measured().numbers()) < 70


def test_measuring_goes_on_after_a_start_as_before() -> None:
    known = Latency.of(measured().numbers())
    assert known.after(0.5, TWO_DAYS_ON).is_slow


def test_news_is_not_told_again_after_a_start() -> None:
    told = measured().after(2.0, TWO_DAYS_ON)
    again = Latency.of(told.numbers()).after(2.5, TWO_DAYS_ON + MINUTE)
    assert again.band.news == 0


def test_what_was_kept_before_news_was_told_once_is_refused() -> None:
    began, seen, *band = measured().numbers()
    del band[TOLD - 2]
    with pytest.raises(ValueError, match="not the numbers of a band"):
        Latency.of([began, seen, *band])


def broken(numbers: Iterable[float | None], place: int, by: object) -> list[object]:
    return [by if i == place else n for i, n in enumerate(numbers)]


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        list(Latency().numbers())[:-1],
        [*Latency().numbers(), 0],
        broken(Latency().numbers(), 3, None),
        broken(Latency().numbers(), 5, math.nan),
        broken(Latency().numbers(), 20, math.inf),
        broken(Latency().numbers(), 1, math.nan),
        broken(Latency().numbers(), 4, -1001.0),
        broken(Latency().numbers(), TOLD, -1001.0),
        broken(Latency().numbers(), 13, -1001.0),
        broken(Latency().numbers(), 3, 1e300),
    ],
)
def test_numbers_that_are_no_latency_are_refused(numbers: list[float]) -> None:
    with pytest.raises(ValueError, match="not"):
        Latency.of(numbers)
