"""A past in short: what counts as the last outage, and what is said of lengths."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from downlight.core.history.before import LATEST, before
from downlight.core.history.past import Kind, Origin
from downlight.core.level import Level
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, outage, past


def test_the_latest_stand_first_and_there_are_not_too_many_of_them() -> None:
    them = [outage(NOON - n * DAY, id=f"o{n}") for n in range(LATEST + 5)]
    found = before(past(*reversed(them)), UTC)
    assert [it.id for it in found.latest] == [f"o{n}" for n in range(LATEST)]
    assert found.name == "Chat"
    assert found.basis == "Downlight has not watched Chat yet."


def test_what_goes_on_and_what_is_no_outage_is_not_among_what_was() -> None:
    fit = outage(NOON - 3 * DAY)
    known = past(
        fit,
        outage(NOON - 2 * DAY, kind=Kind.BLOCK),
        outage(NOON - DAY, level=Level.OPERATIONAL),
        outage(NOON, None, lasts=True),
    )
    assert before(known).latest == (fit,)


def test_in_trouble_what_nobody_says_is_over_may_be_that_very_trouble() -> None:
    over, unsure = outage(NOON - DAY), outage(NOON, None)
    found = before(past(over, unsure))
    assert found.over(trouble=True) == (over,)
    assert found.over(trouble=False) == (unsure, over)


@pytest.mark.parametrize(
    "last",
    [
        outage(NOON),
        outage(NOON, None, lasted=HOUR),
        outage(NOON, None, origins=(Origin.RECORD,), precision=DAY),
    ],
    ids=["it ended", "its length is known", "only its day is known"],
)
def test_in_trouble_what_is_over_stays_the_last_outage(last: object) -> None:
    assert isinstance(last, type(outage()))
    assert before(past(last)).over(trouble=True) == (last,)
    assert before(past()).over(trouble=True) == ()


def test_how_long_outages_took_is_said_with_what_that_rests_on() -> None:
    them = [outage(NOON + n * DAY, (n + 1) * HOUR, id=f"o{n}") for n in range(4)]
    going = outage(NOON + 9 * DAY, None, lasts=True)
    assert before(past(*them, going), UTC).lengths == (
        "How long outages of Chat took so far: half of them up to 2 h 30 min, nine of "
        "ten up to 4 h, the longest 4 h; from 4 outages since 4 March 2026."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "there is none of known length."),
        (1, "there is only one of known length, which is too few to say."),
        (2, "there are only 2 of known length, which is too few to say."),
    ],
)
def test_from_too_few_nothing_is_said_of_lengths(count: int, said: str) -> None:
    timed = outage(NOON, 5 * MINUTE)
    them = [replace(timed, id=f"o{n}") for n in range(count)]
    unknown = outage(NOON, None)
    words = "How long outages of Chat take is not known: "
    assert before(past(*them, unknown)).lengths == words + said
