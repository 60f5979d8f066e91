"""What people write is counted by the minute, and nothing is made up."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downlight.core.detectors import baseline
from downlight.core.detectors.baseline import Baseline
from downlight.core.detectors.counts import Counts
from downlight.core.evidence import chorus
from downlight.core.evidence.chorus import Chorus, Heard
from downlight.core.model import Report, SourceId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.fusion.seen import Posts

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + 10 * MINUTE
LAST = 7
"""The last minute after `NOON` that is complete at `LATER`, two minutes after its end.
"""
SKY, TOWN = SourceId("bluesky:chat"), SourceId("mastodon:chat")


def feed(usual: float, *, dispersion: float = 1.3, minutes: int = 10**5) -> Heard:
    """Return a feed of which it is known how many posts a minute are usual."""
    rates, seen = (usual,) * baseline.HOURS, (float(baseline.FULL),) * baseline.HOURS
    return Heard(Counts(Baseline(rates, seen, usual, minutes, dispersion)))


def known(**usual: float) -> Chorus:
    """Return a chorus that has learnt its feeds, and was asked at noon."""
    ids = {"sky": SKY, "town": TOWN}
    feeds = {ids[name]: feed(rate) for name, rate in usual.items()}
    silent = [told(id_, (), NOON) for id_ in feeds]
    after, said = Chorus(feeds).after(silent, NOON)
    assert said == ()
    return after


def told(
    id_: SourceId,
    minutes: Iterable[float],
    at: datetime = LATER,
    *,
    reaches: float | None = None,
) -> Report:
    """Return an answer with posts at these minutes from noon on."""
    times = sorted((NOON + n * MINUTE for n in minutes), reverse=True)
    since = None if reaches is None else NOON + reaches * MINUTE
    return Report(id_, at, mentions=tuple(times), reaches=since)


def rates(posts: Iterable[Posts]) -> dict[int, float]:
    """Return what was told of each minute from noon on."""
    return {(one.at - NOON) // MINUTE: one.rate for one in posts}


def test_every_complete_minute_is_told_once_oldest_first() -> None:
    first, said = known(sky=0.5).after([told(SKY, (0.5, 1, 1.9, 5, 9))], LATER)
    # Three minutes before noon were not complete when it was asked at noon.
    assert list(rates(said).items()) == [
        *[(-2, 0), (-1, 0), (0, 1), (1, 2), (2, 0), (3, 0), (4, 0), (5, 1), (6, 0)],
        (LAST, 0),
    ]
    assert {one.usual for one in said} == {0.5}
    assert {one.spread for one in said} == {1.3}
    again = told(SKY, (0.5, 1, 1.9, 5, 9, 9.5, 11), LATER + 4 * MINUTE)
    _, said = first.after([again], LATER + 4 * MINUTE)
    assert rates(said) == {8: 0, 9: 2, 10: 0, 11: 1}


def test_the_same_answers_give_nothing_more() -> None:
    reports = [told(SKY, (1,))]
    after, _ = known(sky=0.5).after(reports, LATER)
    assert after.after(reports, LATER + 20 * MINUTE) == (after, ())
    assert after.after([], LATER + 20 * MINUTE) == (after, ())


def test_a_minute_waits_for_every_feed() -> None:
    late = told(TOWN, (1,), NOON + 5 * MINUTE)
    after, said = known(sky=1, town=2).after([told(SKY, (1, 6)), late], LATER)
    assert max(rates(said)) == 2
    assert rates(said)[1] == 2
    after, said = after.after([told(SKY, (1, 6)), told(TOWN, (1, 6))], LATER)
    assert rates(said) == {3: 0, 4: 0, 5: 0, 6: 2, 7: 0}
    assert said[0].usual == pytest.approx(3, rel=0.05)


def test_a_feed_that_cannot_be_read_makes_nobody_look_calm() -> None:
    both = known(sky=1, town=2)
    after, said = both.after([told(SKY, (1,))], LATER)
    assert (rates(said)[1], said[0].usual) == (1, 1)
    back = [told(id_, (), LATER + 10 * MINUTE) for id_ in (SKY, TOWN)]
    _, said = after.after(back, LATER + 10 * MINUTE)
    assert said[0].usual == pytest.approx(3, rel=0.05)


def test_minutes_before_the_first_look_are_not_told_but_their_people_are_there() -> (
    None
):
    learnt = Chorus({SKY: feed(0.5)})
    posts = (-15, -14, -7, -6, -2.5, -1)
    after, said = learnt.after([told(SKY, posts, NOON)], NOON)
    assert said == ()
    assert after.recent == (0, 0, 1, 1, *[0] * 6, 1, 1, 0, 0, 1)
    _, said = after.after([told(SKY, posts)], LATER)
    assert [(one.people, one.rate) for one in said[:3]] == [(5, 0), (6, 1), (5, 0)]


def test_people_are_those_of_the_15_minutes_up_to_the_end_of_it() -> None:
    after, said = known(sky=0.5).after([told(SKY, (0, 1, 1, 7))], LATER)
    assert [one.people for one in said] == [0, 0, 1, *[3] * 6, 4]
    _, said = after.after(
        [told(SKY, (0, 1, 1, 7), LATER + 10 * MINUTE)], LATER + 10 * MINUTE
    )
    people = {(one.at - NOON) // MINUTE: one.people for one in said}
    assert (people[14], people[15], people[16]) == (4, 3, 1)


def test_after_an_hour_of_nothing_it_begins_anew() -> None:
    before = known(sky=0.5)
    for pause, minutes in ((60, 60), (61, 0)):
        then = NOON + pause * MINUTE
        after, said = before.after([told(SKY, (1,), then)], then)
        assert len(said) == minutes
        assert after.at == then - 3 * MINUTE
    back = NOON - timedelta(hours=3)
    after, said = before.after([told(SKY, (), back)], back)
    assert (after.at, said) == (back - 3 * MINUTE, ())


def test_a_clock_set_back_a_little_counts_nothing_twice() -> None:
    after, _ = known(sky=0.5).after([told(SKY, (1,))], LATER)
    back, said = after.after([told(SKY, (1,), NOON)], NOON)
    assert (back.at, said) == (after.at, ())
    _, said = back.after([told(SKY, (1,), LATER + MINUTE)], LATER + MINUTE)
    assert rates(said) == {8: 0}


def test_an_answer_of_later_than_now_is_believed_up_to_now() -> None:
    ahead = told(SKY, (1,), LATER + timedelta(hours=1))
    after, said = known(sky=0.5).after([ahead], LATER)
    assert max(rates(said)) == LAST
    assert len(after.feeds[SKY].minutes) < 15


# Until a week is learnt.


def test_nothing_is_said_until_a_week_is_learnt() -> None:
    almost = baseline.READY - 10
    seen = Chorus({SKY: feed(0.5, minutes=almost)})
    seen, _ = seen.after([told(SKY, (), NOON)], NOON)
    seen, said = seen.after([told(SKY, (1, 1, 2))], LATER)
    assert said == ()
    assert seen.feeds[SKY].counts.baseline.minutes == baseline.READY
    _, said = seen.after([told(SKY, (), LATER + MINUTE)], LATER + MINUTE)
    assert rates(said) == {8: 0}


def test_a_feed_that_learns_is_counted_with_nobody() -> None:
    seen, _ = known(sky=0.5).after([told(SKY, ()), told(TOWN, ())], LATER)
    then = LATER + MINUTE
    seen, said = seen.after([told(SKY, (8,), then), told(TOWN, (8, 8), then)], then)
    assert [(one.rate, one.people) for one in said] == [(1, 1)]
    assert said[0].usual == pytest.approx(0.5, rel=0.05)
    assert seen.feeds[TOWN].counts.baseline.minutes == 11


def test_silent_feeds_are_together_expected_to_be_no_louder_than_one() -> None:
    _, said = known(sky=0, town=0).after([told(SKY, ()), told(TOWN, ())], LATER)
    assert {one.usual for one in said} == {baseline.FLOOR}
    _, said = known(sky=0.5, town=0).after([told(SKY, ()), told(TOWN, ())], LATER)
    assert {one.usual for one in said} == {0.5}


def test_the_spread_of_all_is_that_of_each_by_how_much_it_writes() -> None:
    feeds = {SKY: feed(3, dispersion=2), TOWN: feed(1, dispersion=6)}
    silent = [told(id_, (), NOON) for id_ in feeds]
    seen, _ = Chorus(feeds).after(silent, NOON)
    _, said = seen.after([told(SKY, ()), told(TOWN, ())], LATER)
    assert said[0].spread == pytest.approx(3)


# Answers that do not hold all.


def test_what_an_answer_does_not_reach_is_not_known() -> None:
    seen, said = known(sky=4).after([told(SKY, (4, 4.5, 5), reaches=4)], LATER)
    assert rates(said) == {5: 1, 6: 0, 7: 0}
    learnt = seen.feeds[SKY].counts.baseline.minutes
    assert learnt == known(sky=4).feeds[SKY].counts.baseline.minutes + 3


def test_one_feed_that_does_not_reach_is_enough_for_not_knowing() -> None:
    short, long = told(SKY, (4,), reaches=4), told(TOWN, (1, 6))
    seen, said = known(sky=4, town=2).after([short, long], LATER)
    assert rates(said) == {5: 0, 6: 1, 7: 0}
    before = known(town=2).feeds[TOWN].counts.baseline.minutes
    assert seen.feeds[TOWN].counts.baseline.minutes == before + 10


def test_a_part_that_is_what_an_outage_brings_is_told_and_not_learnt() -> None:
    flood = [7 + n / 60 for n in range(60, 180)]
    full = told(SKY, flood, reaches=flood[0])
    seen, said = known(sky=4).after([full], LATER)
    assert said == ()
    then = LATER + 5 * MINUTE
    seen, said = seen.after([told(SKY, (13, 14), then, reaches=13)], then)
    assert rates(said) == {8: 60, 9: 60}
    assert said[-1].people == 120
    before = known(sky=4).feeds[SKY].counts
    assert seen.feeds[SKY].counts.baseline == before.baseline


def test_a_flood_does_not_take_away_what_was_known_before() -> None:
    late = told(TOWN, (), NOON)
    seen, said = known(sky=4, town=0).after([told(SKY, (1, 2, 2)), late], LATER)
    assert said == ()
    then = LATER + 5 * MINUTE
    flood = told(SKY, [14.5] * 100, then, reaches=14.5)
    _, said = seen.after([flood, told(TOWN, (), then)], then)
    assert [rates(said)[n] for n in (1, 2, 3)] == [1, 2, 0]
    assert max(rates(said)) == LAST


# For the journal.


def test_what_was_learnt_is_kept_and_the_rest_begins_anew() -> None:
    seen, _ = known(sky=0.5, town=2).after([told(SKY, (1,)), told(TOWN, ())], LATER)
    again = Chorus.of(seen.numbers())
    assert again.numbers() == seen.numbers()
    assert set(again.feeds) == {SKY, TOWN}
    assert (again.at, again.recent) == (None, ())
    with pytest.raises(ValueError, match="not the numbers"):
        Chorus.of({SKY: [1.0, 2.0, 3.0]})


MOMENTS = st.integers(-90, 90).map(lambda n: NOON + n * MINUTE) | st.sampled_from(
    [datetime(1990, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)]
)
ANSWERS = st.builds(
    Report,
    st.sampled_from([SKY, TOWN]),
    st.integers(-200, 200).map(lambda n: NOON + n * MINUTE),
    mentions=st.lists(MOMENTS, max_size=30).map(tuple),
    reaches=st.none() | MOMENTS,
)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.lists(ANSWERS, max_size=2, unique_by=lambda report: report.source),
            st.integers(-200, 200),
        ),
        max_size=12,
    )
)
def test_whatever_is_answered_whenever_little_is_told_and_all_of_it_is_sound(
    looks: list[tuple[list[Report], int]],
) -> None:
    seen = known(sky=0.5, town=2)
    for reports, minute in looks:
        now = NOON + minute * MINUTE
        before = seen.at
        seen, said = seen.after(reports, now)
        assert len(said) <= chorus.GAP // MINUTE
        times = [one.at for one in said]
        assert times == sorted(set(times))
        assert not said or (before is not None and times[0] > before)
        for one in said:
            assert one.is_sound(now)
            assert one.people >= 0
            assert one.at + 3 * MINUTE <= now
        assert len(seen.recent) <= chorus.PEOPLE
        longest = chorus.MOST // MINUTE
        assert all(len(one.minutes) <= longest for one in seen.feeds.values())
        assert all(0 <= n < math.inf for all_ in seen.numbers().values() for n in all_)


def test_an_answer_much_newer_than_the_others_costs_two_hours_at_most() -> None:
    seen = replace(known(sky=0.5), at=NOON)
    new = told(SKY, (), NOON + timedelta(days=9))
    seen, _ = seen.after([new, told(TOWN, ())], NOON + timedelta(days=9))
    assert len(seen.feeds[SKY].minutes) == chorus.MOST // MINUTE
