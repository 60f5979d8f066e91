"""Was it down on that day? Never "no" where nobody looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from downlight.core.history.past import Kind, Origin, Outage, Past, Record, Span
from downlight.core.history.telling import time_of, told
from downlight.core.history.when import Answer, answer, basis
from downlight.core.level import Level
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, outage, past

TODAY = NOON.date()
MIDNIGHT = NOON - 12 * HOUR
RECORD = Record((), date(2026, 11, 1))
WATCHED = (Span(NOON - 2 * DAY, NOON + 2 * DAY),)


def on(it: Past, day: date = TODAY) -> Answer:
    return answer(it, day, UTC)


def test_yes_says_when_how_long_where_what_and_who_knows() -> None:
    it = on(past(outage(where="Spain", origins=(Origin.TOLD, Origin.SEEN))))
    assert it.down is True
    assert it.level is Level.MAJOR
    assert it.sentence == (
        "On 4 March 2026 Chat was down. From 12:00 to 13:00 (1 h), Spain: Messages do "
        "not arrive. Its status page listed it and Downlight saw it."
    )


def test_of_many_three_are_told() -> None:
    many = [outage(NOON + n * HOUR, 9 * MINUTE) for n in range(5)]
    four, five = on(past(*many[:4])), on(past(*many))
    assert four.sentence.count("From") == five.sentence.count("From") == 3
    assert four.sentence.endswith("There was one more.")
    assert five.sentence.endswith("There were 2 more.")


def test_no_is_said_only_of_a_day_that_was_watched_whole() -> None:
    it = on(past(watched=WATCHED))
    assert it.down is False
    assert it.sentence == (
        "No outage of Chat was seen on 4 March 2026: Downlight watched all the time."
    )
    so_far = on(past(watched=WATCHED, now=NOON))
    assert so_far.down is False
    assert "on 4 March 2026 so far:" in so_far.sentence


def test_of_a_day_that_was_watched_in_part_the_rest_is_not_known() -> None:
    it = on(past(watched=(Span(NOON, NOON + 90 * MINUTE),)))
    assert it.down is None
    assert it.sentence == (
        "Not known for all of 4 March 2026: in the 1 h 30 min that Downlight watched "
        "Chat, it saw no outage."
    )


@pytest.mark.parametrize(
    ("watched", "record", "words"),
    [
        ((), None, "Downlight has not watched Chat yet."),
        (
            (Span(NOON + DAY, NOON + 2 * DAY),),
            RECORD,
            (
                "Downlight has watched Chat since 5 March 2026, and the public record, "
                "which is not complete, lists none for that day."
            ),
        ),
        (
            (Span(NOON - 2 * DAY, NOON - DAY),),
            replace(RECORD, as_of=date(2026, 2, 1)),
            (
                "Downlight did not watch Chat on 4 March 2026, and the public record "
                "ends in February 2026."
            ),
        ),
    ],
)
def test_where_nobody_looked_it_is_not_known(
    watched: tuple[Span, ...], record: Record | None, words: str
) -> None:
    it = on(past(watched=watched, record=record))
    assert it.down is None
    assert it.sentence == f"Not known: {words}"


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (Span(NOON - 2 * DAY, NOON + 2 * DAY), True),
        (Span(NOON, NOON + 2 * DAY), False),
        (Span(NOON - 2 * DAY, NOON), False),
    ],
)
def test_that_the_page_lists_nothing_is_told_and_is_no_no(
    listed: Span, said: bool
) -> None:
    it = on(past(listed=listed))
    assert it.down is None
    words = "its status page, which lists its outages, lists none for that day."
    assert it.sentence.endswith(words) is said


def test_a_day_to_come_is_not_known() -> None:
    it = on(past(now=NOON - 2 * DAY))
    assert (it.down, it.sentence) == (None, "4 March 2026 is still to come.")


def test_a_block_and_a_sibling_are_told_and_are_no_outage() -> None:
    record: dict[str, Any] = {
        "origins": (Origin.RECORD,),
        "trust": "medium",
        "level": None,
    }
    block = outage(
        NOON - 12 * HOUR,
        2 * DAY,
        precision=DAY,
        kind=Kind.BLOCK,
        where="Brazil",
        what="Blocked.",
        **record,
    )
    house = outage(kind=Kind.SIBLING, what="Others failed.", **record)
    it = on(past(replace(block, where=""), house, watched=WATCHED))
    assert (it.down, it.level, len(it.outages)) == (False, None, 2)
    known = "It is in the public record, where the sources agree in part."
    assert it.sentence.endswith(
        "No outage, but a block, 4 March 2026 to 5 March 2026: Blocked. "
        f"{known} No outage of Chat, but of others of its house, from 12:00 to 13:00 "
        f"(1 h): Others failed. {known}"
    )
    assert "a block in Brazil," in on(past(block)).sentence


def test_a_month_in_which_the_day_is_not_known_is_told_where_no_day_is() -> None:
    month = outage(
        datetime(2026, 3, 1, tzinfo=UTC),
        None,
        precision=31 * DAY,
        origins=(Origin.RECORD,),
        trust="low",
    )
    words = (
        "In March 2026, on a day that is not known: Messages do not arrive. "
        "It is in the public record, from few sources."
    )
    assert on(past(month)).sentence.endswith(words)
    assert words not in on(past(month), date(2026, 4, 4)).sentence
    assert words not in on(past(month, watched=WATCHED)).sentence


@pytest.mark.parametrize(
    ("it", "words"),
    [
        (outage(precision=10 * MINUTE), "from about 12:00 to 13:00 (about 1 h)"),
        (outage(precision=MINUTE), "from about 12:00 to 13:00 (1 h)"),
        (outage(precision=None), "noticed at 12:00 to 13:00"),
        (outage(length=None), "from 12:00, the end is not known"),
        (outage(length=None, lasts=True), "from 12:00, and it goes on"),
        (
            outage(length=DAY, end_known=False),
            "from 12:00, over by 12:00 on 5 March",
        ),
        (outage(MIDNIGHT, DAY, precision=DAY), "4 March 2026"),
        (outage(MIDNIGHT, None, precision=DAY), "4 March 2026"),
        (
            outage(NOON, DAY, precision=2 * HOUR),
            "4 March 2026 to 5 March 2026",
        ),
        (
            outage(MIDNIGHT, 3 * DAY, precision=DAY, end_known=False),
            "since 4 March 2026, not over on 6 March 2026",
        ),
        (
            outage(precision=31 * DAY, lasted=75 * MINUTE),
            "some day in March 2026 (about 1 h 15 min)",
        ),
    ],
)
def test_a_time_is_told_no_closer_than_it_is_known(it: Outage, words: str) -> None:
    assert time_of(it, zone=UTC) == words


def test_the_day_that_is_asked_for_need_not_be_named() -> None:
    night = outage(NOON + 11 * HOUR, 2 * HOUR)
    words = "from 23:00 on 4 March to 01:00 (2 h)"
    assert time_of(night, TODAY + timedelta(days=1), UTC) == words


def test_a_sentence_may_begin_with_days_of_which_no_more_is_known() -> None:
    three = outage(MIDNIGHT, 3 * DAY, precision=DAY, end_known=False)
    month = outage(MIDNIGHT, None, precision=31 * DAY)
    assert time_of(three, zone=UTC, first=True) == (
        "Since 4 March 2026, not over on 6 March 2026"
    )
    assert time_of(month, zone=UTC, first=True) == "Some day in March 2026"


def test_without_words_of_what_failed_there_are_none() -> None:
    it = outage(what="", origins=(Origin.SEEN,))
    assert told(it, zone=UTC) == "From 12:00 to 13:00 (1 h). Downlight saw it."


def test_what_all_rests_on_is_said() -> None:
    assert basis(past(), UTC) == "Downlight has not watched Chat yet."
    assert basis(past(watched=WATCHED, record=RECORD), UTC) == (
        "Downlight has watched Chat since 2 March 2026, with pauses. "
        "The public record goes to November 2026 and is not complete."
    )
