"""Answers that were missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.fusion.findings import FORGET, Finding, Sign, Voice, settle

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def official(at: datetime, weight: float = 12.0) -> Finding:
    return Finding(Voice.OFFICIAL, Sign.MAJOR, at, weight, "words")


def test_a_missed_answer_is_carried_then_silent_then_forgotten() -> None:
    last = official(NOW)
    carried = settle(None, last, NOW + 15 * MINUTE)
    silent = settle(None, last, NOW + 16 * MINUTE)
    assert carried is not None and carried.carried and carried.weight == 12
    assert silent is not None and silent.silent and silent.weight == 0
    assert silent.said == 12
    assert settle(None, last, NOW + FORGET + MINUTE) is None


def test_a_voice_that_looked_and_learnt_nothing_keeps_the_doubt() -> None:
    new = Finding(Voice.OWN, Sign.NOT_TOLD, NOW, 0, "robot", silent=True)
    last = Finding(Voice.OWN, Sign.PASS, NOW - MINUTE, -0.4, "pass")
    found = settle(new, last, NOW)
    assert found is not None
    assert (found.words, found.said, found.silent) == ("robot", -0.4, True)
    assert settle(new, None, NOW) == new


def test_our_own_checks_are_never_carried() -> None:
    last = Finding(Voice.OWN, Sign.PATH, NOW - MINUTE, 6, "fail")
    found = settle(None, last, NOW)
    assert found is not None and found.silent


@pytest.mark.parametrize(
    ("home", "abroad", "elsewhere"),
    [
        ("TR", (), True),
        ("DE", (), False),
        ("", (), False),
        ("TR", ("DE", "FR"), False),
        ("TR", ("FR",), True),
    ],
)
def test_what_is_said_of_countries_is_of_these_only(
    home: str, abroad: tuple[str, ...], elsewhere: bool
) -> None:
    found = replace(official(NOW), places=("BR", "DE"))
    assert found.is_elsewhere(home, abroad) is elsewhere


def test_what_names_no_country_was_seen_from_here() -> None:
    assert not official(NOW).is_elsewhere("TR")
    assert official(NOW).is_elsewhere("TR", ("DE",))
