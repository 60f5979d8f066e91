"""A person chooses other parts of a service: that alone is no news."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from downlight.core.level import Level
from downlight.core.model import Check, Component, Selection, SourceId
from downlight.core.service import Feed
from downlight.engine.engine import Engine, Plan
from tests.engine.world import (
    MINUTE,
    START,
    Scripted,
    incident,
    info,
    report,
    service,
    world,
)

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import Report
    from downlight.core.service import Service
    from downlight.engine.clock import VirtualLoop

OK, MAJOR = Level.OPERATIONAL, Level.MAJOR
HOUR = 60 * MINUTE


def part(name: str) -> tuple[Service, ...]:
    """Return the service of which one part counts."""
    chosen = Feed(SourceId("page"), Selection(components=frozenset({name})))
    return (replace(service(), feeds=(chosen,)),)


def two_parts(*levels: tuple[Level | None, Level | None]) -> Scripted:
    """Return a page whose parts "a" and "b" have these levels, each for ten minutes."""

    def say(now: datetime) -> Report:
        number = min(int((now - START) / (10 * MINUTE)), len(levels) - 1)
        a, b = levels[number]
        parts = (Component("a", "A", a), Component("b", "B", b))
        return report(now, a, components=parts)

    return Scripted(info(), say)


def test_choosing_other_parts_ends_no_outage() -> None:
    it = world(two_parts((MAJOR, OK), (MAJOR, OK), (MAJOR, MAJOR)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        other = Plan(part("b"), it.plan.sources)
        loop.call_at(5 * 60 + 30, engine.adopt, other)

    it.run(12, script)
    assert it.news[-1].snapshot.services[0].verdict.level is OK
    assert it.turns == ["began"]
    it.plan = Plan(part("b"), it.plan.sources)  # and after a restart
    it.run(12)
    assert it.turns == ["began", "began"]


def test_choosing_other_parts_while_it_did_not_run_ends_no_outage() -> None:
    it = world(two_parts((MAJOR, OK)))
    it.run(2)
    it.plan = Plan(part("b"), it.plan.sources)
    it.run(12)
    assert it.turns == ["began"]


def test_an_outage_goes_on_whatever_parts_of_it_are_chosen() -> None:
    it = world(two_parts((MAJOR, Level.DEGRADED), (OK, OK)))
    it.run(2)
    it.plan = Plan(part("b"), it.plan.sources)
    it.run(12)
    assert it.turns == ["began", "ended"]
    one, other = (e.episode for n in it.news for e in n.events)
    assert one == other


def test_choosing_what_is_down_already_does_not_say_when_that_began() -> None:
    it = world(two_parts((OK, MAJOR)))
    it.plan = Plan(part("a"), it.plan.sources)
    it.run(7)
    it.plan = Plan(part("b"), it.plan.sources)
    it.run(2)
    (event,) = (e for n in it.news for e in n.events)
    assert (event.turn, "12:0" in event.sentence) == ("began", False)


def test_of_a_part_chosen_anew_nothing_is_told_before_it_is_known() -> None:
    it = world(two_parts((MAJOR, None), (MAJOR, OK)))
    it.run(2)
    it.plan = Plan(part("b"), it.plan.sources)
    it.run(12)
    assert it.turns == ["began"]


def test_nothing_that_was_said_of_other_parts_is_shown_of_these() -> None:
    it = world(two_parts((MAJOR, None), (MAJOR, MAJOR)))
    it.plan = Plan(part("a"), it.plan.sources)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(90, engine.adopt, Plan(part("b"), it.plan.sources))

    it.run(1.7, script)
    before, after = (news.snapshot.services[0] for news in (it.news[-2], it.news[-1]))
    assert before.verdict.level is MAJOR
    assert (after.verdict.level, after.verdict.last, after.since) == (None, None, None)


@pytest.mark.parametrize("levels", [(MAJOR, OK), (OK, MAJOR)])
def test_what_the_page_says_of_parts_chosen_anew_is_shown_at_once(
    levels: tuple[Level, Level],
) -> None:
    it = world(two_parts(levels))
    it.plan = Plan(part("a"), it.plan.sources)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(330, engine.adopt, Plan(part("b"), it.plan.sources))

    it.run(5.7, script)
    before, after = (news.snapshot.services[0] for news in (it.news[-2], it.news[-1]))
    assert (before.verdict.level, after.verdict.level) == levels


def test_of_parts_chosen_anew_no_more_is_told_than_is_believed() -> None:
    parts = (Component("a", "A", OK), Component("b", "B", MAJOR))
    old = replace(
        incident(MAJOR, "We look.", at=START - 7 * HOUR), component_ids=("b",)
    )
    check = Check("e1:443", MINUTE / 600)

    def passes(now: datetime) -> Report:
        return replace(report(now, OK, name="own"), checks=(check,))

    it = world(
        Scripted(info(), lambda now: report(now, OK, old, components=parts)),
        Scripted(info("own", "measured"), passes),
    )
    watched = [
        replace(one, feeds=(*one.feeds, Feed(SourceId("own"))))
        for name in ("a", "b")
        for one in part(name)
    ]
    it.plan = Plan((watched[0],), it.plan.sources)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(330, engine.adopt, Plan((watched[1],), it.plan.sources))

    it.run(60, script)
    assert (it.verdict.official, it.verdict.level, it.turns) == (MAJOR, OK, [])


def test_since_when_parts_chosen_anew_are_down_is_not_known() -> None:
    it = world(two_parts((MAJOR, MAJOR)))
    it.plan = Plan(part("a"), it.plan.sources)
    it.run(2)
    it.start += 2 * MINUTE
    it.plan = Plan(part("b"), it.plan.sources)
    it.run(2)
    assert it.news[-1].snapshot.services[0].since is None
