"""Silence that always ends by itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from downlight.core.telling.mute import Mute, Span, begin, words

ZONE = ZoneInfo("Europe/Istanbul")
NOON = datetime(2026, 3, 4, 12, tzinfo=ZONE)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("span", "hour", "hours"),
    [
        (Span.HOUR, 12, 1),
        (Span.FOUR_HOURS, 12, 4),
        (Span.TOMORROW, 12, 19),
        (Span.TOMORROW, 23, 8),
        (Span.TOMORROW, 1, 6),  # after the night, not the one after that
        (Span.TOMORROW, 4, 27),
    ],
)
def test_a_mute_lasts_as_long_as_was_asked(span: Span, hour: int, hours: int) -> None:
    local = NOON.replace(hour=hour)
    mute = begin(span, local)
    assert mute.until == (local + hours * HOUR).astimezone(UTC)
    assert mute.lasts(local, "")
    assert mute.lasts(local + hours * HOUR - timedelta(seconds=1), "")
    assert not mute.lasts(local + hours * HOUR, "")


def test_until_it_ends_is_until_that_outage_ends() -> None:
    mute = begin(Span.END, NOON, "e1")
    assert mute.lasts(NOON + 1000 * HOUR, "e1")
    assert not mute.lasts(NOON, "")
    assert not mute.lasts(NOON, "e2")


def test_without_an_outage_there_is_no_end_to_wait_for() -> None:
    with pytest.raises(ValueError, match="no outage is open"):
        begin(Span.END, NOON)


def test_a_clock_that_is_set_far_back_ends_it() -> None:
    mute = begin(Span.FOUR_HOURS, NOON)
    assert mute.lasts(NOON - HOUR, "")
    assert not mute.lasts(NOON - 2 * HOUR, "")


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span.HOUR, "until 13:00"),
        (Span.TOMORROW, "until Thursday 07:00"),
        (Span.END, "until it ends"),
    ],
)
def test_it_says_until_when(span: Span, said: str) -> None:
    assert words(begin(span, NOON, "e"), NOON) == said


def test_a_mute_without_anything_to_wait_for_never_holds() -> None:
    assert not Mute(NOON).lasts(NOON, "")
