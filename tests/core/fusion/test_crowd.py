"""What people write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.detectors.counts import CAP, CEILING
from downlight.core.fusion import crowd, voices
from downlight.core.fusion.crowd import Crowd
from downlight.core.fusion.findings import Finding, Sign
from downlight.core.fusion.seen import (
    Posts,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def posts(
    ratio: float,
    minute: int = 0,
    people: int = 60,
    usual: float = 3.0,
    places: tuple[tuple[str, float], ...] = (),
) -> Posts:
    return Posts(NOW + minute * MINUTE, ratio * usual, usual, people, places=places)


def heard(
    *ratios: float,
    people: int = 60,
    usual: float = 3.0,
    siblings: int = 0,
    alone: bool = False,
) -> Finding:
    """Return what a crowd says after a minute of each ratio."""
    state = Crowd()
    last = posts(0)
    for minute, ratio in enumerate(ratios):
        last = posts(ratio, minute, people, usual)
        state = crowd.count(state, last)
    return crowd.listen(state, last, siblings=siblings, alone=alone)


@pytest.mark.parametrize(
    ("found", "sign", "weight"),
    [
        (heard(1), Sign.QUIET, -0.8),
        (heard(1, usual=0.1), Sign.QUIET, -0.3),
        (heard(1, usual=0.01), Sign.QUIET, 0),
        (heard(1, alone=True), Sign.QUIET, -3),
        (heard(1, alone=True, usual=0.1), Sign.QUIET, -0.3),
        (heard(9, 9), Sign.STIR, 0),
        (heard(9, 9, alone=True), Sign.STIR, 0),
        (heard(*[1.3] * 10, alone=True), Sign.QUIET, -3),
        (heard(*[1.7] * 10, alone=True), Sign.QUIET, -0.8),  # rises, if slowly
        (heard(*[9] * 6, people=4), Sign.FEW, 0),
        (heard(*[9] * 6, people=5), Sign.RISE, 5),
        (heard(*[9] * 6), Sign.SURGE, 10),
        (heard(*[50] * 6, people=49), Sign.SURGE, 10),
        (heard(*[50] * 6), Sign.FLOOD, 10),
        (heard(*[4] * 23), Sign.RISE, 5),
        (heard(*[4] * 24), Sign.STEADY, 9),
        (heard(*[4] * 24, siblings=1), Sign.RISE, 5),
        (heard(*[4] * 20, *[2.4] * 15), Sign.RISE, 5),
    ],
)
def test_a_crowd_weighs_by_how_many_write_how_much_for_how_long(
    found: Finding, sign: Sign, weight: float
) -> None:
    assert (found.sign, found.weight) == (sign, weight)


def test_one_minute_never_says_much_however_loud() -> None:
    loud = crowd.count(Crowd(), posts(1000))
    assert loud.strength.nats == CAP


def test_the_strength_has_a_ceiling_so_that_an_end_is_seen() -> None:
    state = Crowd()
    for minute in range(100):
        state = crowd.count(state, posts(50, minute))
    assert state.strength.nats == CEILING
    assert len(state.ratios) == crowd.REMEMBERED


def test_a_minute_seen_twice_counts_once() -> None:
    state = crowd.count(Crowd(), posts(9))
    assert crowd.count(state, posts(9)) == state


def test_after_a_jump_only_the_strength_is_kept() -> None:
    state = crowd.count(Crowd(), posts(9))
    assert state.rebased() == Crowd(strength=state.strength)
    assert state.rebased().mean == 0


def test_one_person_is_a_person() -> None:
    words = crowd.listen(Crowd(), posts(0, people=1), siblings=0, alone=False).words
    assert words == "People write no more than usual: ×0.0 the usual reports, 1 person"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((("BR", 40.0), ("NL", 1.0)), ("BR",)),
        ((("BR", 40.0), ("AR", 9.0), ("NL", 1.0)), ()),
        ((("BR", 40.0), ("NL", 5.0)), ()),
        ((("NL", 1.0),), ()),
    ],
)
def test_a_rise_is_limited_where_more_countries_are_calm(
    places: tuple[tuple[str, float], ...], expected: tuple[str, ...]
) -> None:
    assert voices.hot_places(places) == expected
