"""What was told, held against what was true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.backtest import (
    Episode,
    Outage,
    Telling,
    compare,
    during,
    episodes,
    merged,
    said,
)
from downlight.core.fusion.findings import Voice
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report, SourceId
from downlight.core.news import Turn

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WELL, BAD = Level.OPERATIONAL, Level.MAJOR


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def outage(began: float, ended: float | None = None) -> Outage:
    return Outage(at(began), None if ended is None else at(ended))


def episode(began: float, ended: float | None = None) -> Episode:
    return Episode(at(began), None if ended is None else at(ended))


def incident(
    began: float | None,
    ended: float | None = None,
    *,
    level: Level | None = BAD,
    is_open: bool = True,
    name: str = "a",
) -> Incident:
    return Incident(
        name,
        "Trouble",
        level,
        Phase.INVESTIGATING if is_open else Phase.RESOLVED,
        is_open,
        None if began is None else at(began),
        None if ended is None else at(ended),
    )


def report(minute: float, level: Level | None, *incidents: Incident) -> Report:
    return Report(SourceId("page"), at(minute), level, incidents=incidents)


# What was told


def test_a_beginning_and_an_end_make_an_episode_told_on_somebodys_word() -> None:
    told = episodes(
        [
            Telling(at(0), Turn.BEGAN, (Voice.OWN,)),
            Telling(at(9), Turn.ENDED, (Voice.OFFICIAL,)),
            Telling(at(20), Turn.BEGAN),
        ]
    )
    assert told == (Episode(at(0), at(9), (Voice.OWN,)), episode(20))


def test_what_is_told_twice_over_is_one_episode() -> None:
    turns = [Turn.ENDED, Turn.BEGAN, Turn.BEGAN, Turn.UPDATE, Turn.ENDED, Turn.ENDED]
    told = episodes(Telling(at(i), turn) for i, turn in enumerate(turns))
    assert told == (episode(1, 4),)


# Compared with what is true


def test_an_outage_is_told_so_much_after_it_began_and_its_end_after_it_ended() -> None:
    score = compare([outage(0, 60)], [episode(10, 65)])
    (hit,) = score.hits
    assert hit.late == timedelta(minutes=10)
    assert hit.end_late == timedelta(minutes=5)
    assert (score.missed, score.false) == (0, ())


def test_told_before_the_page_dates_it_is_less_than_nothing_late() -> None:
    (hit,) = compare([outage(10, 60)], [episode(4, 55)]).hits
    assert hit.late == timedelta(minutes=-6)
    assert hit.end_late == timedelta(minutes=-5)


def test_what_was_not_told_while_it_lasted_was_missed_and_later_is_false() -> None:
    score = compare([outage(0, 60)], [episode(61, 70)])
    (hit,) = score.hits
    assert (hit.late, hit.end_late, score.missed) == (None, None, 1)
    assert score.false == (episode(61, 70),)


def test_without_any_outage_all_that_is_told_is_false() -> None:
    told = [episode(0, 1), episode(5)]
    assert compare([], told).false == tuple(told)


def test_an_outage_told_twice_ends_with_the_last_of_both() -> None:
    (hit,) = compare([outage(0, 60)], [episode(5, 20), episode(30, 70)]).hits
    assert len(hit.episodes) == 2
    assert hit.late == timedelta(minutes=5)
    assert hit.end_late == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("true", "told"), [(outage(0), episode(5, 9)), (outage(0, 60), episode(5))]
)
def test_an_end_that_never_came_is_not_late(true: Outage, told: Episode) -> None:
    (hit,) = compare([true], [told]).hits
    assert hit.episodes == (told,)
    assert hit.end_late is None


def test_an_outage_that_was_covered_by_the_telling_of_another_has_no_delay() -> None:
    score = compare([outage(0, 10), outage(20, 30)], [episode(5, 35)])
    first, second = score.hits
    assert (first.carried, second.carried) == (False, True)
    assert first.late == timedelta(minutes=5)
    assert second.late is None
    assert second.end_late == timedelta(minutes=5)


# What a page says itself


def test_an_incident_lasts_from_when_to_when_the_page_says() -> None:
    looks = [
        report(0, WELL),
        report(10, BAD, incident(2)),
        report(20, BAD, incident(2)),
        report(60, WELL, incident(2, 55, is_open=False)),
        report(70, WELL),
    ]
    assert said(looks) == (outage(2, 55),)


def test_what_the_page_does_not_date_is_as_of_its_answers() -> None:
    looks = [
        report(10, BAD, incident(None)),
        report(20, BAD, incident(None)),
        report(60, WELL, incident(None, is_open=False)),
        report(70, WELL, incident(None, is_open=False)),
    ]
    assert said(looks) == (outage(10, 60),)


def test_an_incident_that_is_not_named_any_more_has_ended() -> None:
    looks = [report(10, BAD, incident(2)), report(20, WELL), report(30, WELL)]
    assert said(looks) == (outage(2, 20),)


def test_an_incident_that_is_still_open_at_last_has_no_end() -> None:
    assert said([report(10, BAD, incident(2))]) == (outage(2),)


@pytest.mark.parametrize("level", [WELL, None])
def test_an_incident_that_never_is_trouble_is_no_outage(level: Level | None) -> None:
    assert said([report(10, WELL, incident(2, level=level))]) == ()


def test_an_incident_that_eases_to_nothing_lasts_until_it_is_closed() -> None:
    looks = [
        report(10, BAD, incident(2)),
        report(20, WELL, incident(2, level=WELL)),
        report(30, WELL, incident(2, 28, level=WELL, is_open=False)),
    ]
    assert said(looks) == (outage(2, 28),)


def test_where_it_is_red_without_an_incident_its_answers_say_when() -> None:
    looks = [
        report(0, WELL),
        report(10, BAD),
        report(20, BAD),
        report(30, None),
        report(40, WELL),
        report(50, WELL),
        report(60, BAD),
    ]
    assert said(looks) == (outage(10, 40), outage(60))


def test_red_around_an_incident_is_the_incident() -> None:
    looks = [
        report(10, BAD),
        report(20, BAD, incident(8)),
        report(60, BAD, incident(8, 55, is_open=False)),
        report(70, WELL),
    ]
    assert said(looks) == (outage(8, 55),)


def test_an_end_before_the_beginning_is_none() -> None:
    assert said([report(9, WELL, incident(5, 1, is_open=False))]) == (outage(5, 5),)


def test_outages_that_touch_are_one() -> None:
    found = merged(
        [outage(50, 60), outage(0, 10), outage(5, 20), outage(6, 8), outage(20, 30)]
    )
    assert found == (outage(0, 30), outage(50, 60))
    assert merged([outage(0), outage(5, 9)]) == (outage(0),)
    assert merged([outage(0, 9), outage(5)]) == (outage(0),)


def test_what_is_over_before_or_begins_after_does_not_count() -> None:
    told = [outage(0, 10), outage(5, 15), outage(12), outage(20, 30)]
    assert during(told, at(10), at(20)) == (outage(5, 15), outage(12))
