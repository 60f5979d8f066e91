"""When an outage begins, worsens, eases and ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.evidence.spell import Spell
from downlight.core.evidence.story import (
    Change,
    Patience,
    Sighting,
    Track,
    rechosen,
    tell,
    withhold,
)
from downlight.core.level import Level
from downlight.core.model import SourceId
from downlight.core.news import Turn

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level


def story(
    levels: list[Level | None],
    patience: Patience = Patience(),
    track: Track = Track(),
) -> tuple[Track, list[Change]]:
    """Tell one sighting a minute."""
    told: list[Change] = []
    for minute, level in enumerate(levels):
        seen = Sighting(level, START + timedelta(minutes=minute))
        track, changes = tell(track, seen, patience)
        told += changes
    return track, told


def turns(levels: list[Level | None], patience: Patience = Patience()) -> list[Turn]:
    return [change.turn for change in story(levels, patience)[1]]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([OK, OK], []),
        ([OK, MAJOR, MAJOR, OK], [Turn.BEGAN, Turn.ENDED]),
        ([MAJOR, OK], [Turn.BEGAN, Turn.ENDED]),
        ([None, None], []),
        ([OK, None, MAJOR], [Turn.BEGAN]),
        ([MAJOR, None, MAJOR, None, OK], [Turn.BEGAN, Turn.ENDED]),
        (
            [OK, DEGRADED, MAJOR, PARTIAL, OK],
            [Turn.BEGAN, Turn.WORSENED, Turn.EASED, Turn.ENDED],
        ),
        ([OK, MAINT, MAINT, OK], [Turn.MAINTENANCE_BEGAN, Turn.MAINTENANCE_ENDED]),
        (
            [MAINT, MAJOR, OK],
            [
                Turn.MAINTENANCE_BEGAN,
                Turn.MAINTENANCE_ENDED,
                Turn.BEGAN,
                Turn.ENDED,
            ],
        ),
        ([MAJOR, MAINT], [Turn.BEGAN, Turn.MAINTENANCE_BEGAN]),
        (
            [MAJOR, MAINT, OK],
            [
                Turn.BEGAN,
                Turn.MAINTENANCE_BEGAN,
                Turn.MAINTENANCE_ENDED,
                Turn.ENDED,
            ],
        ),
    ],
)
def test_the_turns_of_a_story(levels: list[Level | None], expected: list[Turn]) -> None:
    assert turns(levels) == expected


def test_a_level_is_believed_after_enough_sightings_in_a_row() -> None:
    patience = Patience(begin=2, end=3)
    assert turns([OK, MAJOR, OK, MAJOR, OK], patience) == []
    assert turns([OK, MAJOR, MAJOR], patience) == [Turn.BEGAN]
    blip = [MAJOR, MAJOR, OK, OK, MAJOR, OK, OK]
    assert turns([*blip], patience) == [Turn.BEGAN]
    assert turns([*blip, OK], patience) == [Turn.BEGAN, Turn.ENDED]
    assert turns([OK, DEGRADED, MAJOR], patience) == [Turn.BEGAN]
    assert turns([OK, PARTIAL, MAJOR, PARTIAL], Patience(begin=3)) == [Turn.BEGAN]
    assert turns([DEGRADED, DEGRADED, MAJOR, OK], patience) == [Turn.BEGAN]


def test_only_news_from_who_decides_counts_as_a_sighting() -> None:
    track, _ = tell(Track(), Sighting(OK, START))
    patience = Patience(begin=2)
    seen = Sighting(MAJOR, START)
    track, none = tell(track, seen, patience)
    track, still = tell(track, replace(seen, new=False), patience)
    track, began = tell(track, seen, patience)
    assert (none, still) == ((), ())
    assert [change.turn for change in began] == [Turn.BEGAN]


def test_a_running_outage_that_is_found_has_no_start_unless_somebody_says() -> None:
    _, (found,) = tell(Track(), Sighting(MAJOR, START))
    assert found.since is None
    _, (said,) = tell(Track(), Sighting(MAJOR, START, START - timedelta(hours=1)))
    assert said.since == START - timedelta(hours=1)
    calm, _ = tell(Track(), Sighting(OK, START))
    _, (seen,) = tell(calm, Sighting(MAJOR, START))
    assert seen.since == START
    _, (late,) = tell(calm, Sighting(MAJOR, START, late=True))
    assert late.since is None


def test_an_end_is_when_somebody_says_or_when_it_was_seen_unless_nobody_looked() -> (
    None
):
    track, _ = tell(Track(), Sighting(MAJOR, START))
    hour = timedelta(hours=1)
    _, (seen,) = tell(track, Sighting(OK, START + hour))
    assert seen.ended == START + hour
    _, (said,) = tell(track, Sighting(OK, START + hour, ended=START, late=True))
    assert said.ended == START
    _, (late,) = tell(track, Sighting(OK, START + hour, late=True))
    assert late.ended is None


def test_an_outage_nobody_looked_for_may_have_begun_before_it_was_noticed() -> None:
    said = Sighting(MAJOR, START, START - timedelta(hours=1))
    found, _ = tell(Track(), said)
    calm, _ = tell(Track(), Sighting(OK, START))
    seen, _ = tell(calm, Sighting(MAJOR, START))
    slept, _ = tell(calm, Sighting(MAJOR, START, late=True))
    assert (found.late, seen.late, slept.late) == (True, False, True)
    worse, _ = tell(replace(slept, level=DEGRADED), Sighting(MAJOR, START))
    assert worse.late, "that it got worse under our eyes dates no beginning"
    over, _ = tell(worse, Sighting(OK, START))
    assert not over.late


def test_since_when_other_parts_are_in_an_outage_nobody_knows() -> None:
    calm, _ = tell(Track(choice="a"), Sighting(OK, START))
    seen, _ = tell(calm, Sighting(MAJOR, START))
    assert not seen.late
    assert rechosen(seen, Sighting(MAJOR, START), "b").late
    assert not rechosen(seen, Sighting(OK, START), "b").late


def test_two_outages_never_have_the_same_name_even_when_the_clock_goes_back() -> None:
    track, _ = story([OK, MAJOR, OK])
    _, (again,) = tell(track, Sighting(MAJOR, START + timedelta(minutes=1)))
    assert again.episode == "20260301T120100Z+"


def test_who_claims_an_outage_is_remembered_while_it_is_open() -> None:
    page, mirror = frozenset({SourceId("page")}), frozenset({SourceId("mirror")})
    track, _ = tell(Track(), Sighting(MAJOR, START, by=page))
    assert track.by == page
    track, _ = tell(track, Sighting(MAJOR, START, by=mirror))
    assert track.by == mirror
    track, _ = tell(track, Sighting(OK, START))
    assert track.by == frozenset()


def test_maintenance_that_goes_on_during_an_outage_is_not_ended_by_it() -> None:
    track, _ = tell(Track(), Sighting(MAINT, START, maintenance=True))
    track, changes = tell(track, Sighting(MAJOR, START, maintenance=True))
    assert [change.turn for change in changes] == [Turn.BEGAN]
    assert track.maintenance


def test_an_outage_has_one_name_from_start_to_end() -> None:
    track, changes = story([OK, DEGRADED, MAJOR, OK])
    assert {change.episode for change in changes} == {"20260301T120100Z"}
    assert track.episode == ""
    assert track.ended == START + timedelta(minutes=3)


def test_the_end_remembers_when_it_began_and_where_it_was_felt() -> None:
    began = START - timedelta(hours=1)
    track, _ = tell(Track(), Sighting(MAJOR, START, began, where="in Brazil"))
    track, _ = tell(track, Sighting(MAJOR, START, began))
    assert track.where == "in Brazil"
    _, (change,) = tell(track, Sighting(OK, START + timedelta(hours=1)))
    assert (change.turn, change.since, change.where) == (
        Turn.ENDED,
        began,
        "in Brazil",
    )


def test_news_is_likely_during_an_outage_and_for_half_an_hour_after() -> None:
    calm, _ = story([OK])
    assert not calm.is_lively(START)
    open_, _ = story([OK, MAJOR])
    assert open_.is_lively(START + timedelta(days=9))
    over, _ = story([OK, MAJOR, OK])
    assert over.is_lively(START + timedelta(minutes=31))
    assert not over.is_lively(START)  # the clock was set back
    assert not over.is_lively(START + timedelta(minutes=33))
    assert not Track().is_lively(START)


@given(st.lists(st.none() | st.sampled_from(Level)), st.integers(1, 3))
def test_starts_and_ends_alternate_whatever_is_seen(
    levels: list[Level | None], count: int
) -> None:
    _, changes = story(levels, Patience(count, count))
    ends = [c.turn for c in changes if c.turn in {Turn.BEGAN, Turn.ENDED}]
    assert all(
        turn is (Turn.ENDED if index % 2 else Turn.BEGAN)
        for index, turn in enumerate(ends)
    )


@given(
    st.lists(st.none() | st.sampled_from(Level)), st.integers(0, 20), st.integers(1, 3)
)
def test_a_restart_tells_nothing_twice(
    levels: list[Level | None], cut: int, count: int
) -> None:
    patience = Patience(count, count)
    whole = story(levels, patience)[1]
    track, first = story(levels[:cut], patience)
    second: list[Change] = []
    for minute, level in list(enumerate(levels))[cut:]:
        seen = Sighting(level, START + timedelta(minutes=minute))
        track, changes = tell(track, seen, patience)
        second += changes
    assert first + second == whole


def hushed(
    levels: list[Level], track: Track = Track()
) -> tuple[Track, list[tuple[Change, bool]], list[Change]]:
    """Tell one sighting a minute while turns are held, and return what is told."""
    turns: list[tuple[Change, bool]] = []
    beside: list[Change] = []
    for minute, level in enumerate(levels):
        seen = Sighting(level, START + timedelta(minutes=minute), where=f"in {minute}")
        track, changes = tell(track, seen)
        track, held, more = withhold(track, changes, quiet=True)
        turns += [(change, held) for change in changes]
        beside += [more] if more else []
    return track, turns, beside


def test_turns_that_are_held_are_of_one_outage_that_comes_and_goes() -> None:
    track, turns, (unstable,) = hushed([OK, DEGRADED, OK, MAJOR, OK, PARTIAL])
    assert all(held for _, held in turns)
    assert {change.episode for change, _ in turns} == {unstable.episode}
    assert (unstable.turn, unstable.level) == (Turn.UNSTABLE, DEGRADED)
    assert (unstable.where, unstable.since) == ("in 1", START + timedelta(minutes=1))
    assert unstable.spell == Spell(unstable.at, unstable.at, DEGRADED, 1)
    assert track.owed is Turn.BEGAN
    track, held, owed = withhold(track, (), quiet=False)
    assert (track.owed, held) == (None, False)
    assert owed is not None
    assert (owed.turn, owed.level, owed.episode) == (
        Turn.BEGAN,
        PARTIAL,
        unstable.episode,
    )
    assert owed.spell is not None
    assert (owed.spell.turns, owed.spell.worst) == (5, MAJOR)
    assert withhold(track, (), quiet=False) == (track, False, None)


def test_what_comes_and_goes_is_as_bad_as_what_ended_first() -> None:
    was = Track(MAJOR, START, episode="e", where="in Brazil")
    track, _, (unstable,) = hushed([OK], was)
    assert (unstable.level, unstable.episode) == (MAJOR, "e")
    assert unstable.where == "in Brazil"
    _, _, owed = withhold(track, (), quiet=False)
    assert owed is not None
    assert (owed.turn, owed.episode, owed.level) == (Turn.ENDED, "e", OK)


def test_a_turn_when_it_is_quiet_no_more_is_told_as_it_is() -> None:
    track, _, (unstable,) = hushed([OK, MAJOR])
    later = Sighting(OK, START + timedelta(minutes=90))
    track, changes = tell(track, later)
    track, held, owed = withhold(track, changes, quiet=False)
    assert (held, owed, track.owed) == (False, None, None)
    (ended,) = changes
    assert (ended.turn, ended.episode) == (Turn.ENDED, unstable.episode)
    assert ended.spell is not None
    fresh = tell(track, Sighting(MAJOR, START + timedelta(minutes=300)))[1][0]
    assert fresh.episode != unstable.episode
    assert fresh.spell is None
