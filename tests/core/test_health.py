"""What a day of asking a source took."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from downlight.core.health import NOTHING, Health, Usage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEW = "https://status.acme.example/"


def test_before_the_first_attempt_nothing_is_known() -> None:
    health = Health()
    assert (health.day, health.answered, health.unchanged_share) == (None, None, None)


def test_attempts_of_a_day_add_up_and_only_answers_have_a_share() -> None:
    health = Health()
    health = health.after(Usage(1, 900), NOON, answered=True, unchanged=False)
    health = health.after(Usage(2, 0), NOON + MINUTE, answered=True, unchanged=True)
    health = health.after(
        Usage(1, 50), NOON + 2 * MINUTE, answered=False, unchanged=False
    )
    assert health == Health(
        day=NOON.date(),
        requests=4,
        received=950,
        answers=2,
        unchanged=1,
        answered=NOON + MINUTE,
    )
    assert health.unchanged_share == 0.5


def test_a_new_day_counts_anew_but_knows_when_it_last_answered() -> None:
    health = Health().after(Usage(1, 900), NOON, answered=True, unchanged=False)
    late = NOON + timedelta(hours=12)
    health = health.after(Usage(1, 0), late, answered=False, unchanged=False)
    assert health == Health(day=late.date(), requests=1, answered=NOON)
    assert health.unchanged_share is None


def test_where_it_moved_is_kept_until_it_answers_where_it_was() -> None:
    health = Health().after(Usage(1, 9, NEW), NOON, answered=True, unchanged=False)
    assert health.moved == NEW
    day = timedelta(days=1)
    health = health.after(NOTHING, NOON + day, answered=False, unchanged=False)
    assert health.moved == NEW
    health = health.after(Usage(1, 9), NOON + 2 * day, answered=True, unchanged=False)
    assert health.moved == ""


def test_days_are_days_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    at = datetime(2026, 3, 2, 8, tzinfo=tokyo).astimezone(UTC)
    health = Health().after(NOTHING, at, answered=True, unchanged=False)
    assert health.day == NOON.date()
