"""When an outage begins, worsens, eases and ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.level import Level
from downlight.core.news import Turn
from downlight.core.story import Change, Patience, Sighting, Track, tell

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
        ([MAJOR, MAINT], [Turn.BEGAN, Turn.MAINTENANCE_BEGAN, Turn.ENDED]),
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
    assert turns([OK, DEGRADED, MAJOR, MAJOR], patience) == [Turn.BEGAN]


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
