"""Levels: an order without a trap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.level import Level, worst


def test_no_level_is_falsy() -> None:
    assert all(Level)


@pytest.mark.parametrize("level", Level)
def test_a_level_is_found_again_by_its_code(level: Level) -> None:
    assert Level.of(level.code) is level


@pytest.mark.parametrize("word", ["", "OPERATIONAL", "unknown", "none"])
def test_a_foreign_word_is_no_level(word: str) -> None:
    with pytest.raises(ValueError, match="not a level"):
        Level.of(word)


def test_trouble_starts_at_degraded_and_outage_at_partial() -> None:
    assert [level.is_trouble for level in Level] == [False, False, True, True, True]
    assert [level.is_outage for level in Level] == [False, False, False, True, True]


@given(st.lists(st.none() | st.sampled_from(Level)))
def test_the_worst_is_the_largest_known(levels: list[Level | None]) -> None:
    known = [level for level in levels if level is not None]
    assert worst(levels) == (max(known) if known else None)
