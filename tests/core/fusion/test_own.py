"""What our own checks say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.fusion import own, weights
from downlight.core.fusion.findings import Finding, Sign
from downlight.core.fusion.own import Run
from downlight.core.fusion.seen import Checks
from downlight.core.result import Result

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def rounds(*results: tuple[Result, int], real: bool = False) -> list[Finding | None]:
    """Return what a round a minute says; how each ended and how many of 3 failed."""
    run, found = Run(), []
    for minute, (result, failing) in enumerate(results):
        checks = Checks(NOW + minute * MINUTE, failing, 3, result, real)
        run, finding = own.look(run, checks, usable=True)
        found.append(finding)
    return found


@pytest.mark.parametrize(
    ("result", "failing", "sign", "weight"),
    [
        (Result.OK, 0, Sign.PASS, -0.4),
        (Result.SLOW, 3, Sign.LAGGING, 2),
        (Result.TIMEOUT, 2, Sign.SOME_PATH, 3.5),
        (Result.SERVER_ERROR, 2, Sign.SOME, 3.5),
        (Result.SERVER_ERROR, 3, Sign.SERVER_ERROR, 9.5),
        (Result.NO_NAME, 3, Sign.PATH, 6),
        (Result.EXPIRED, 3, Sign.EXPIRED, 7),
        (Result.UNTRUSTED, 3, Sign.UNTRUSTED, 1),
        (Result.TOO_MANY, 3, Sign.NOT_TOLD, 0),
    ],
)
def test_a_second_round_that_ends_alike_has_its_full_weight(
    result: Result, failing: int, sign: Sign, weight: float
) -> None:
    found = rounds((result, failing), (result, failing))[-1]
    assert found is not None
    assert (found.sign, found.weight) == (sign, weight)
    assert found.code == result


def test_doing_what_people_do_says_more_than_a_front_door() -> None:
    (found,) = rounds((Result.OK, 0), real=True)
    assert found is not None and found.weight == weights.REAL_PASS


def test_the_first_failed_round_may_be_a_blip() -> None:
    (found,) = rounds((Result.SERVER_ERROR, 3))
    assert found is not None
    assert found.sign is Sign.FIRST
    assert found.weight == pytest.approx(9.5 / 3)


def test_failing_on_the_way_for_ten_minutes_weighs_more() -> None:
    found = rounds(*[(Result.TIMEOUT, 3)] * 10)
    assert [f.weight for f in found[1:] if f] == [6.0] * 8 + [8.5]
    assert [own.is_alone(f) for f in found] == [False] * 9 + [True]
    assert not own.is_alone(None)


def test_no_other_failure_weighs_more_with_time_or_looks_alone() -> None:
    found = rounds(*[(Result.SERVER_ERROR, 3)] * 10)[-1]
    assert found is not None and found.weight == weights.SERVER_ERROR
    assert not own.is_alone(found)


def test_a_round_that_is_seen_twice_counts_once() -> None:
    checks = Checks(NOW, 3, 3, Result.TIMEOUT)
    run, _ = own.look(Run(), checks, usable=True)
    again, found = own.look(run, checks, usable=True)
    assert again == run
    assert found is not None and found.sign is Sign.FIRST


def test_a_round_left_out_neither_ends_a_run_nor_says_anything() -> None:
    run = Run(NOW, 3, NOW)
    assert own.look(run, None, usable=True) == (run, None)


def test_a_line_that_is_not_usable_ends_a_run() -> None:
    checks = Checks(NOW, 3, 3, Result.TIMEOUT)
    assert own.look(Run(NOW, 3, NOW), checks, usable=False) == (Run(), None)
