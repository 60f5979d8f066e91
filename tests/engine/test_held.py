"""What is known is held once, however often it is said."""

from __future__ import annotations

import asyncio
import gc
import weakref
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from downlight.core.level import Level
from downlight.core.model import Check, Component, Report, SourceId
from downlight.engine.ledger import Ledger
from downlight.engine.poller import Alarm, poll
from tests.doubles import NOW, RecordedWeb
from tests.engine.world import (
    MINUTE,
    START,
    Scripted,
    incident,
    info,
    report,
    service,
)

if TYPE_CHECKING:
    from downlight.core.health import Usage
    from downlight.core.model import Outcome
    from downlight.core.ports import Source

PAGE = SourceId("page")


def said() -> Report:
    """Return what a page says, made anew each time."""
    parts = (Component("a", "Interface", Level.MAJOR),)
    told = report(START, Level.MAJOR, incident(Level.MAJOR), components=parts)
    return replace(told, fingerprint="first", checks=(Check("a", MINUTE),))


def test_what_is_said_again_is_made_of_the_parts_that_are_held_already() -> None:
    it = Ledger(zone=UTC)
    it.adopt((service("page"),), (info(),))
    first = said()
    it.take(first)
    again = replace(
        said(),
        at=START + MINUTE,
        next_check=MINUTE,
        fingerprint="second",
        checks=(Check("a", 2 * MINUTE),),
    )
    entry = it.take(again)
    last = it.last(PAGE)
    assert last == again
    assert last is not None
    assert last.components is first.components
    assert last.incidents is first.incidents
    assert entry.reports == ()


def test_what_is_said_anew_takes_the_place_of_what_was_held() -> None:
    it = Ledger(zone=UTC)
    it.adopt((service("page"),), (info(),))
    it.take(said())
    other = replace(said(), headline="Something else")
    entry = it.take(other)
    assert it.last(PAGE) is other
    assert entry.reports == (other,)


class Seen(Report):
    """A report that can be watched going away."""


@dataclass
class Desk:
    """Takes reports over, and keeps none."""

    taken: asyncio.Event
    ref: weakref.ref[Seen] | None = None

    def last(self, source: Source) -> Report | None:
        del source
        return None

    def take(self, source: Source, outcome: Outcome, usage: Usage) -> timedelta:
        del source, usage
        assert isinstance(outcome, Seen)
        self.ref = weakref.ref(outcome)
        self.taken.set()
        return timedelta(hours=1)


def test_between_two_polls_what_came_of_the_last_is_not_held() -> None:
    async def run() -> Seen | None:
        desk = Desk(asyncio.Event())
        source = Scripted(info(), lambda at: Seen(PAGE, at))
        web = RecordedWeb({})
        task = asyncio.create_task(
            poll(source, web, desk, lambda: NOW, Alarm(), lambda _: timedelta())
        )
        await desk.taken.wait()
        gc.collect()
        assert desk.ref is not None
        held = desk.ref()
        task.cancel()
        return held

    assert asyncio.run(run()) is None
