"""How long our own checks take: the one in the middle, when all were answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from downlight.core.detectors import latency
from downlight.core.evidence.pace import Pace
from downlight.core.model import Check, Report, SourceId

MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
AFTER = MONDAY + (latency.WARM + 1) * MINUTE


def looked(*seconds: float | None, at: datetime = AFTER, trouble: str = "") -> Report:
    """Return a round of checks that took so long; None for one that failed."""
    checks = tuple(
        Check(
            f"e{n}.example:443",
            None if took is None else timedelta(seconds=took),
            trouble,
        )
        for n, took in enumerate(seconds)
    )
    return Report(SourceId("probe"), at, checks=checks)


@cache
def known() -> Pace:
    pace = Pace()
    for minute in range(latency.WARM + 1):
        pace = pace.after(looked(0.2 + minute % 3 / 100, at=MONDAY + minute * MINUTE))
    return pace


def test_slower_than_ever_is_slow() -> None:
    assert not known().is_slow
    slow = known().after(looked(9.0))
    assert slow.is_slow
    assert not slow.after(looked(0.2, at=AFTER + MINUTE)).is_slow


def test_the_check_in_the_middle_counts() -> None:
    assert not known().after(looked(0.2, 9.0, 0.2)).is_slow
    assert known().after(looked(9.0, 9.0, 0.2)).is_slow


@pytest.mark.parametrize(
    "report",
    [looked(9.0, None), looked(None), looked(), looked(9.0, trouble="HTTP 503")],
    ids=["one fails", "all fail", "none", "answered wrongly"],
)
def test_a_round_that_was_not_answered_as_a_whole_is_not_slow(report: Report) -> None:
    after = known().after(report)
    assert after.latency is known().latency
    assert not after.is_slow
    assert not known().after(looked(9.0)).after(report).is_slow


def test_nothing_is_slow_while_too_little_is_known() -> None:
    assert not Pace().after(looked(0.2)).after(looked(9.0)).is_slow


def test_what_was_learnt_is_kept() -> None:
    again = Pace.of(known().numbers())
    assert again.numbers() == known().numbers()
    assert not again.is_slow
    assert again.after(looked(9.0)).is_slow
    with pytest.raises(ValueError, match="not the numbers"):
        Pace.of([1.0, 2.0, 3.0])
