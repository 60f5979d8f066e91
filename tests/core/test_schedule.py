"""Pauses between attempts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.schedule import Cadence, pause

MINUTE = timedelta(minutes=1)
CADENCE = Cadence()


def test_quiet_and_lively_pauses_are_the_cadences_own() -> None:
    assert pause(CADENCE) == 5 * MINUTE
    assert pause(CADENCE, lively=True) == MINUTE


def test_one_failure_is_tried_again_at_the_usual_pace_more_double_it() -> None:
    waits = [pause(CADENCE, failures=n) for n in range(5)]
    assert waits == [5 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert pause(CADENCE, failures=9) == CADENCE.ceiling


def test_a_server_may_slow_us_but_not_hurry_us_nor_silence_us() -> None:
    assert pause(CADENCE, asked_for=20 * MINUTE) == 20 * MINUTE
    assert pause(CADENCE, asked_for=timedelta(seconds=1)) == 5 * MINUTE
    assert pause(CADENCE, asked_for=timedelta(days=400)) == timedelta(days=1)


def test_short_power_halves_the_pace_only_while_nothing_is_open() -> None:
    assert pause(CADENCE, frugal=True) == 10 * MINUTE
    assert pause(CADENCE, frugal=True, lively=True) == MINUTE
    assert pause(CADENCE, frugal=True, failures=2) == 20 * MINUTE
    assert pause(CADENCE, frugal=True, failures=9) == CADENCE.ceiling
    slow = Cadence(every=45 * MINUTE)
    assert pause(slow, frugal=True) == 90 * MINUTE


def test_chance_moves_a_pause_but_not_below_what_the_source_allows() -> None:
    assert pause(CADENCE, spread=0) == 4.5 * MINUTE
    assert pause(CADENCE, spread=1) == 5.5 * MINUTE
    assert pause(CADENCE, lively=True, spread=0) == MINUTE
    assert pause(CADENCE, lively=True, spread=1) == 1.1 * MINUTE
    even = Cadence(every=5 * MINUTE, quick=5 * MINUTE)
    assert pause(even, spread=0) == 5 * MINUTE


@given(
    st.booleans(),
    st.booleans(),
    st.integers(0, 10_000),
    st.floats(0, 1),
    st.timedeltas(timedelta(), timedelta(days=9000)),
)
def test_a_pause_is_always_bounded(
    lively: bool, frugal: bool, failures: int, spread: float, asked: timedelta
) -> None:
    wait = pause(
        CADENCE,
        lively=lively,
        failures=failures,
        asked_for=asked,
        spread=spread,
        frugal=frugal,
    )
    assert CADENCE.quick <= wait <= timedelta(days=1)


@pytest.mark.parametrize(
    ("every", "quick"), [(MINUTE, 2 * MINUTE), (MINUTE, timedelta())]
)
def test_a_cadence_out_of_order_is_refused(every: timedelta, quick: timedelta) -> None:
    with pytest.raises(ValueError, match="out of order"):
        Cadence(every, quick)
