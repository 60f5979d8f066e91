"""The public record is read as it is written, and not a minute closer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from downlight.core.history.past import Kind, Origin, Outage, Root
from downlight.core.history.record import read
from downlight.core.level import Level
from tests.core.history.pasts import DAY, HOUR, MINUTE


def row(**more: object) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": "x-1",
        "kind": "outage",
        "services": ["Chat"],
        "start": "2022-10-25T06:45Z",
        "end": "2022-10-25T08:50Z",
        "scope": "global",
        "where": "everywhere (Turkey named)",
        "what": "No messages.",
        "trust": "high",
        "sources": ["https://paper.example/1"],
    }
    return {name: it for name, it in (facts | more).items() if it is not None}


def one(**more: object) -> Outage:
    [found] = read({"as_of": date(2026, 11, 1), "outage": [row(**more)]}).outages
    return found


def test_a_row_becomes_an_outage() -> None:
    begun = datetime(2022, 10, 25, 6, 45, tzinfo=UTC)
    assert one(
        margin=20,
        minutes=120,
        countries=["TR"],
        cause="Too many.",
        root="load",
        first_word="2022-10-25T07:00Z",
        official="A tweet.",
        silent=False,
        note="Long.",
    ) == Outage(
        "x-1",
        begun,
        (Origin.RECORD,),
        20 * MINUTE,
        begun + 125 * MINUTE,
        lasted=120 * MINUTE,
        level=Level.MAJOR,
        services=("Chat",),
        where="worldwide (Turkey named)",
        countries=("TR",),
        what="No messages.",
        root=Root.LOAD,
        cause="Too many.",
        word=begun + 15 * MINUTE,
        silent=False,
        official="A tweet.",
        evidence=begun,
        sources=("https://paper.example/1",),
        trust="high",
        note="Long.",
    )


def test_a_day_is_a_day_and_a_month_a_month() -> None:
    day = one(start="2022-10-25", end="2022-10-26", minutes=40)
    assert day.precision == DAY
    assert day.evidence is None
    assert (day.ended, day.end_known) == (datetime(2022, 10, 27, tzinfo=UTC), True)
    assert day.length == 40 * MINUTE
    month = one(start="2022-10", end="2022-10")
    assert month.precision == 31 * DAY
    assert month.begun == datetime(2022, 10, 1, tzinfo=UTC)
    assert (month.ended, month.end_known) == (None, False)


def test_what_has_no_end_may_have_gone_on_or_may_last() -> None:
    assert one(end=None).end_known is False
    lasting = one(start="2025-11-29", end=None, lasts=True)
    assert lasting.ended == datetime(2026, 11, 2, tzinfo=UTC)
    assert lasting.end_known is False
    assert lasting.lasts is False


def test_blocks_and_siblings_are_told_apart_and_have_no_level() -> None:
    block = one(kind="block", first_word="2022-10-25T07:00Z")
    assert (block.kind, block.level, block.word) == (Kind.BLOCK, None, None)
    assert one(kind="sibling").kind is Kind.SIBLING
    assert one(kind="partial").level is Level.PARTIAL


def test_a_word_of_which_only_the_day_is_known_measures_nothing() -> None:
    assert one(first_word="2022-10-25").word is None


def test_the_oldest_comes_first() -> None:
    rows = [row(), row(id="x-0", start="2021-10-25T06:45Z")]
    found = read({"as_of": date(2026, 11, 1), "outage": rows}).outages
    assert [outage.id for outage in found] == ["x-0", "x-1"]


@pytest.mark.parametrize(
    "slip",
    [
        {"trust": "absolute"},
        {"sources": []},
        {"kind": "hiccup"},
        {"start": "yesterday"},
        {"start": "2022-10-25T06:45"},
        {"start": 2022},
        {"end": "2022-10-25T06:00Z"},
        {"root": "gremlins"},
    ],
)
def test_a_slip_in_a_row_is_refused(slip: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        one(**slip)


def test_a_record_says_up_to_when_was_looked() -> None:
    with pytest.raises(ValueError, match="as_of"):
        read({"as_of": "2026-11", "outage": []})
    with pytest.raises(KeyError):
        read({"outage": []})
    assert read({"as_of": date(2026, 11, 1), "outage": []}).as_of == date(2026, 11, 1)


def test_what_is_known_to_the_hour_is_evidence() -> None:
    assert one(margin=60).to_the_hour
    assert one(margin=60).precision == HOUR
    assert not one(margin=61).to_the_hour
    assert one(margin=61).precision == timedelta(minutes=61)
