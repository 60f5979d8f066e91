"""What is known of an outage, and for how long somebody looked."""

from __future__ import annotations

from typing import Any

import pytest

from downlight.core.history.past import Kind, Span, cut, joined, total
from downlight.core.level import Level
from tests.core.history.pasts import CHAT, DAY, HOUR, MINUTE, NOON, outage, past


def test_an_outage_that_is_known_exactly_was_as_long_as_from_begin_to_end() -> None:
    assert outage().length == HOUR
    assert outage(length=-MINUTE).length == 0 * MINUTE


@pytest.mark.parametrize(
    "vague",
    [
        {"precision": None},
        {"precision": DAY},
        {"end_known": False},
        {"ended": None, "lasts": True},
    ],
)
def test_how_long_it_was_is_not_known_where_an_end_of_it_is_not(
    vague: dict[str, Any],
) -> None:
    assert outage(**vague).length is None
    assert outage(**vague, lasted=HOUR).length == HOUR


def test_the_first_word_is_measured_by_what_others_saw() -> None:
    assert outage(word=NOON + HOUR).delay is None
    assert outage(evidence=NOON).delay is None
    assert outage(word=NOON + HOUR, evidence=NOON).delay == HOUR
    assert outage(word=NOON - HOUR, evidence=NOON).delay == 0 * HOUR


def test_only_trouble_of_the_service_itself_counts() -> None:
    assert outage().counts
    assert not outage(kind=Kind.BLOCK).counts
    assert not outage(level=None).counts
    assert not outage(level=Level.OPERATIONAL).counts


def test_stretches_that_touch_are_one() -> None:
    one, two = Span(NOON, NOON + HOUR), Span(NOON + HOUR, NOON + 2 * HOUR)
    inner, far = Span(NOON, NOON + MINUTE), Span(NOON + DAY, NOON + DAY + HOUR)
    assert joined([far, two, one, inner]) == (Span(NOON, NOON + 2 * HOUR), far)


def test_they_are_cut_to_a_time() -> None:
    spans = (Span(NOON, NOON + 2 * HOUR), Span(NOON + DAY, NOON + 2 * DAY))
    here = cut(spans, NOON + HOUR, NOON + DAY)
    assert here == (Span(NOON + HOUR, NOON + 2 * HOUR),)
    assert total(here) == HOUR


def test_for_how_long_we_looked_counts_only_between_the_two_moments() -> None:
    spans = tuple(Span(NOON + n * DAY, NOON + n * DAY + 2 * HOUR) for n in range(5))
    it = past(watched=spans)
    assert it.slug == CHAT.slug
    assert it.since == NOON
    assert it.looked(NOON - DAY, NOON) == 0 * HOUR
    assert it.looked(NOON + HOUR, NOON + DAY + HOUR) == 2 * HOUR
    assert it.looked(NOON - DAY, NOON + 9 * DAY) == 10 * HOUR
    assert it.until(NOON + DAY + HOUR) == NOON + DAY + 2 * HOUR
    assert it.until(NOON - HOUR) is None
    assert it.until(NOON + 3 * HOUR) is None
    assert past().since is None
