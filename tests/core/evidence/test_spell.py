"""How often trouble came and went."""

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.evidence.spell import Spell, turned
from downlight.core.level import Level

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPELL = Spell(NOON - 20 * MINUTE, NOON, Level.PARTIAL, 4)


def test_the_first_turn_begins_a_spell() -> None:
    assert turned(None, NOON, Level.MAJOR) == Spell(NOON, NOON, Level.MAJOR, 1)


@pytest.mark.parametrize("minutes", [60, 5, -1])
def test_a_turn_within_an_hour_of_the_last_is_counted(minutes: int) -> None:
    at = NOON + minutes * MINUTE
    assert turned(SPELL, at, Level.DEGRADED) == Spell(SPELL.since, at, Level.PARTIAL, 5)


def test_the_worst_is_remembered() -> None:
    assert turned(SPELL, NOON + MINUTE, Level.MAJOR).worst is Level.MAJOR


@pytest.mark.parametrize("minutes", [61, 999, -90])
def test_after_an_hour_of_calm_or_a_clock_set_back_it_is_another(minutes: int) -> None:
    at = NOON + minutes * MINUTE
    assert turned(SPELL, at, Level.DEGRADED) == Spell(at, at, Level.DEGRADED, 1)
