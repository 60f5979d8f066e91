"""Three days of eight services in which everything that only looks wrong happens.

The small sister of `tests/bench/month.py`, where it is said what is lived through.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Message, Turn
from tests.bench.almanac import DAY, HOUR, MINUTE, Hours, Kind, Month, Outage, Spell
from tests.bench.cast import EIGHT
from tests.bench.month import BEGIN, Life, life, told
from tests.bench.truth import UNEXPLAINED, Judge

SEED = 701
"""Of days that lack nothing."""
OFTEN = 7.0
"""So many times as much happens as in a common month: else it would take one."""


@pytest.fixture(scope="module")
def days() -> Life:
    """What was lived through."""
    # A page that is mistaken cannot be told from one that is right.
    it = life(SEED, 3, EIGHT, OFTEN, without={Kind.MISTAKE})
    it.live()
    return it


@pytest.fixture(scope="module")
def judge(days: Life) -> Judge:
    """What was told in them, held against the truth."""
    return days.judge


def test_every_nuisance_there_is_disturbed_these_days(days: Life) -> None:
    hours = days.month.hours
    spells = (*days.month.spells, *hours.sleeps, *hours.off)
    assert {spell.kind for spell in spells} == {*Kind} - {Kind.MISTAKE}


def test_every_notification_was_true(judge: Judge) -> None:
    assert judge.shown
    assert judge.precision == 1, judge.wrong


def test_no_nuisance_brought_about_a_notification(judge: Judge) -> None:
    assert not judge.due_to


def test_no_outage_was_told_twice(judge: Judge) -> None:
    assert not judge.again


def test_what_pages_told_while_we_looked_was_told(judge: Judge) -> None:
    named = [it for it in judge.month.outages if it.said is not None]
    assert named
    assert not judge.missed()


def test_the_figures_name_every_nuisance(days: Life) -> None:
    lines = told(days.judge, days.month)
    assert all(any(line.startswith(kind) for line in lines) for kind in Kind)


NOON = BEGIN + DAY / 2


def a_day(*outages: Outage, spells: tuple[Spell, ...] = ()) -> Judge:
    """Return who judges what is told on one day."""
    awake = Hours(((BEGIN, BEGIN + DAY),), (), ())
    return Judge(Month(BEGIN, BEGIN + DAY, awake, [*outages], [*spells]))


def notification(
    turn: Turn, slug: str = "app", scope: str = "", at: timedelta = timedelta()
) -> Message:
    name = ServiceSlug(slug)
    event = Event("id", NOON + at, name, turn, Level.MAJOR, scope, "T", "S", "episode")
    return Message(event, "T", "S")


AN_OUTAGE = Outage("app", NOON, NOON + HOUR, NOON + MINUTE)


def test_an_outage_and_its_end_are_true() -> None:
    judge = a_day(AN_OUTAGE)
    judge.hear(NOON + MINUTE, notification(Turn.BEGAN))
    judge.hear(NOON + HOUR, notification(Turn.ENDED))
    assert (judge.precision, judge.again, judge.missed()) == (1, [], [])


@pytest.mark.parametrize(
    ("message", "at"),
    [
        pytest.param(notification(Turn.BEGAN, "other"), MINUTE, id="another service"),
        pytest.param(notification(Turn.BEGAN), -MINUTE, id="before it began"),
        pytest.param(notification(Turn.BEGAN), HOUR, id="when it was over"),
        pytest.param(notification(Turn.ENDED), MINUTE, id="an end that is none"),
    ],
)
def test_what_is_not_so_is_not_true(message: Message, at: timedelta) -> None:
    judge = a_day(AN_OUTAGE)
    judge.hear(NOON + at, message)
    assert judge.precision == 0
    assert judge.due_to == {UNEXPLAINED: 1}
    assert judge.missed() == [AN_OUTAGE]


def test_an_end_is_not_true_while_it_goes_on() -> None:
    judge = a_day(AN_OUTAGE)
    judge.hear(NOON + MINUTE, notification(Turn.BEGAN))
    judge.hear(NOON + HOUR / 2, notification(Turn.ENDED))
    assert judge.precision == 0.5


def test_what_is_broken_only_on_the_way_must_be_said_so() -> None:
    judge = a_day(Outage("app", NOON, NOON + HOUR, here=True))
    judge.hear(NOON + MINUTE, notification(Turn.BEGAN, scope="here"))
    assert judge.precision == 1
    judge.hear(NOON + MINUTE, notification(Turn.BEGAN))
    assert judge.precision == 0.5


def test_the_end_of_one_that_was_told_in_the_name_of_another_is_true() -> None:
    judge = a_day(AN_OUTAGE, replace(AN_OUTAGE, on="other"))
    first, other = notification(Turn.BEGAN), notification(Turn.BEGAN, "other")
    first = replace(first, event=replace(first.event, cause="app:episode"))
    judge.events.append(replace(other.event, cause="app:episode", held="Together."))
    judge.hear(NOON + MINUTE, first)
    judge.hear(NOON + HOUR, notification(Turn.ENDED, "other"))
    assert (judge.precision, judge.missed()) == (1, [])


def test_a_beginning_told_twice_is_noticed() -> None:
    judge = a_day(AN_OUTAGE)
    for minutes in (1, 2):
        judge.hear(NOON + minutes * MINUTE, notification(Turn.BEGAN))
    assert len(judge.again) == 1


def test_what_is_false_is_put_down_to_what_disturbed_the_service() -> None:
    works = Spell(Kind.WORKS, NOON, NOON + HOUR, "app")
    other = Spell(Kind.HINT, NOON, NOON + HOUR, "other")
    judge = a_day(spells=(works, other, Spell(Kind.WIFI, NOON, NOON + HOUR)))
    judge.hear(NOON + MINUTE, notification(Turn.BEGAN))
    assert judge.due_to == {Kind.WORKS: 1}
