"""Trouble of other countries that comes to the person's own, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from downlight.core.level import Level
from downlight.core.model import Place
from tests.engine.world import (
    MINUTE,
    START,
    Scripted,
    World,
    incident,
    info,
    report,
    world,
)

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import Report

OK, DOWN = Level.OPERATIONAL, Level.MAJOR
GERMANY, TURKEY = Place("DE", "Germany"), Place("TR", "Turkey")


def named(*steps: tuple[float, str]) -> Scripted:
    """Return a page that names trouble in "de", "tr", "de tr" or "", by the minute."""
    lands = {"de": GERMANY, "tr": TURKEY}

    def say(now: datetime) -> Report:
        words = [what for at, what in steps if START + at * MINUTE <= now][-1]
        places = tuple(lands[name] for name in words.split())
        if not places:
            return report(now, OK)
        return report(now, DOWN, replace(incident(at=START), places=places))

    return Scripted(info(), say)


def told(it: World) -> list[tuple[str, str]]:
    """Return the turns that are told, and where they are."""
    return [(str(e.turn), e.scope) for e in it.events if e.is_worth_telling]


def living(*steps: tuple[float, str], minutes: float) -> World:
    it = world(named(*steps))
    it.home, it.also = "TR", ("DE",)
    it.run(minutes)
    return it


def test_what_comes_here_too_is_told_once_and_is_the_same_outage() -> None:
    often = ((40, "de"), (50, "de tr"), (60, "de"))
    it = living((0, ""), (10, "de"), (20, "de tr"), *often, (90, ""), minutes=120)
    assert told(it) == [
        ("began", "Germany"),
        ("began", "Germany and Turkey"),
        ("ended", "Germany"),
    ]
    assert len({event.episode for event in it.events}) == 1
    assert len({event.id for event in it.events}) == 3
    assert "Since" not in it.events[1].sentence  # nobody says since when it is here


def test_what_began_here_and_goes_on_elsewhere_is_no_news() -> None:
    it = living((0, ""), (10, "tr"), (20, "de"), (30, "de tr"), minutes=60)
    assert told(it) == [("began", "Turkey")]


def test_the_next_outage_abroad_may_come_here_again() -> None:
    steps = ((0, ""), (10, "de"), (20, "de tr"), (30, ""), (95, "de"), (105, "tr"))
    assert told(living(*steps, minutes=120))[3:] == [
        ("began", "Germany"),
        ("began", "Turkey"),
    ]


def test_what_comes_and_goes_is_told_to_be_here_when_it_stays_so() -> None:
    turns = [(5.0 * n, "de" if n % 2 else "") for n in range(6)]
    it = living(*turns, (28, "de tr"), minutes=120)
    assert told(it)[-2:] == [
        ("unstable", "Germany"),
        ("began", "Germany and Turkey"),
    ]
