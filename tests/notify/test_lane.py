"""The way of events to one hook: in order, once, again after a pause."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from downlight.notify.lane import FARTHEST, LONGEST_PAUSE, Book, Lane, Later, pause
from downlight.notify.record import Turns
from tests.notify.errands import Shelf, letter
from tests.notify.events import NOON, event

if TYPE_CHECKING:
    from downlight.core.telling.hooks import Letter

HOUR = timedelta(hours=1)
NO_TIME = timedelta()


@dataclass
class Road:
    """A lane whose receiver does what a test says, and a clock that is set by hand."""

    fates: dict[str, list[Exception]] = field(default_factory=dict)
    """By the id of an event: what goes wrong, one after another."""
    shelf: Shelf = field(default_factory=Shelf)
    now: datetime = NOON
    once: bool = False
    wait: timedelta = NO_TIME
    patience: timedelta = HOUR
    arrived: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)

    def lane(self) -> Lane:
        turns = Turns()
        return Lane(
            "team",
            self.send,
            Book(self.shelf, turns),
            lambda: self.now,
            turns,
            patience=self.patience,
            once=self.once,
            pauses=lambda _tries: self.wait,
        )

    async def send(self, it: Letter) -> None:
        self.tried.append(it.id)
        if fates := self.fates.get(it.id):
            raise fates.pop(0)
        self.arrived.append(it.id)

    def go(self, *letters: Letter) -> Lane:
        """Bring letters as far as they go now."""

        async def run() -> Lane:
            lane = self.lane()
            for it in letters:
                lane.add(it)
            lane.finish()
            await lane.run()
            return lane

        return asyncio.run(run())

    def states(self) -> dict[str, str]:
        return {id_: outcome for (_, id_), outcome in self.shelf.outcomes.items()}


def told(id_: str, service: str = "chat", cause: str = "") -> Letter:
    return letter(replace(event(id_=id_, service=service), cause=cause))


def test_letters_arrive_in_their_order_each_once() -> None:
    road = Road()
    road.go(told("a"), told("b"), told("a"))
    assert road.arrived == ["a", "b"]
    assert road.states() == {"a": "delivered", "b": "delivered"}


def test_what_failed_is_tried_again_and_those_after_it_wait() -> None:
    road = Road({"a": [Later("no"), Later("no")]})
    road.go(told("a"), told("b"))
    assert road.tried == ["a", "a", "a", "b"]
    assert road.arrived == ["a", "b"]


def test_others_pass_one_that_waits_but_not_of_its_service_or_cause() -> None:
    road = Road({"a": [Later("no")]}, wait=HOUR)
    road.go(
        told("a", "chat", "c"),
        told("b", "mail", "c"),
        told("c", "mail"),
        told("d", "chat"),
        told("e", "maps"),
    )
    assert road.arrived == ["e"]
    assert set(road.states()) == {"e"}


def test_what_waits_is_brought_by_the_next_run_when_it_is_due() -> None:
    road = Road({"a": [Later("HTTP 500")]}, wait=timedelta(minutes=5))
    road.go(told("a"), told("b"))
    assert road.shelf.whys == ["HTTP 500"]
    road.go()
    assert road.arrived == []
    road.now += timedelta(minutes=5)
    road.go(told("b"))
    assert road.arrived == ["a", "b"]
    road.go(told("a"), told("b"))
    assert road.arrived == ["a", "b"]


def test_the_receiver_may_ask_for_a_longer_pause() -> None:
    road = Road({"a": [Later("slower", HOUR)], "b": [Later("x", 9 * FARTHEST)]})
    road.go(told("a"), told("b", "mail"))
    dues = [it.due for it in road.shelf.waiting()]
    assert dues == [NOON + HOUR, NOON + FARTHEST]


def test_when_the_clock_was_set_back_nobody_waits_for_it() -> None:
    road = Road()
    far = replace(told("a"), due=NOON + 2 * FARTHEST)
    road.shelf.keep([far])
    road.go()
    assert road.arrived == ["a"]


@pytest.mark.parametrize("error", [DeliveryError("HTTP 404"), RuntimeError("odd")])
def test_what_will_never_arrive_is_given_up_and_holds_up_nobody(
    error: Exception,
) -> None:
    road = Road({"a": [error]})
    road.go(told("a"), told("b"))
    assert road.tried == ["a", "b"]
    assert road.states() == {"a": "failed", "b": "delivered"}


def test_what_is_too_old_is_not_brought_any_more() -> None:
    road = Road(now=NOON + HOUR + timedelta(seconds=1))
    road.go(told("a"))
    assert road.tried == []
    assert road.states() == {"a": "given up"}


def test_a_command_that_was_begun_is_not_begun_again() -> None:
    road = Road(once=True)

    async def run() -> None:
        begun = asyncio.Event()

        async def send(_it: Letter) -> None:
            begun.set()
            await asyncio.Event().wait()

        lane = road.lane()
        lane._send = send
        lane.add(told("a"))
        task = asyncio.create_task(lane.run())
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert road.states() == {"a": "begun"}
    road.go(told("a"))
    assert road.arrived == []


def test_a_letter_in_the_middle_of_its_way_waits_for_the_next_run() -> None:
    road = Road()

    async def run() -> None:
        begun = asyncio.Event()

        async def send(_it: Letter) -> None:
            begun.set()
            await asyncio.Event().wait()

        lane = road.lane()
        lane._send = send
        lane.add(told("a"))
        task = asyncio.create_task(lane.run())
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    road.go()
    assert road.arrived == ["a"]


def test_it_sleeps_until_a_letter_comes_or_is_due() -> None:
    road = Road({"a": [Later("no")]}, wait=timedelta(milliseconds=1))

    async def run() -> None:
        tries = (asyncio.Event(), asyncio.Event())

        async def send(it: Letter) -> None:
            tries[len(road.tried)].set()
            await road.send(it)

        lane = road.lane()
        lane._send = send
        task = asyncio.create_task(lane.run())
        lane.add(told("a"))
        await tries[0].wait()
        road.now += HOUR / 2
        await tries[1].wait()
        lane.finish()
        await task

    asyncio.run(run())
    assert road.arrived == ["a"]


def test_a_disk_that_refuses_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    road = Road({"a": [Later("no")], "b": [DeliveryError()]})
    road.shelf.refuses = True
    with caplog.at_level(logging.WARNING):
        lane = road.go(told("a"), told("b"))
    assert road.arrived == ["a"]
    assert lane._book.since("team", NOON) == NOON
    assert [r.getMessage() for r in caplog.records if "disk" in r.getMessage()] == [
        "outbox: the disk refuses"
    ]


def test_pauses_grow_to_a_quarter_of_an_hour() -> None:
    seconds = [pause(tries).total_seconds() for tries in range(1, 9)]
    assert seconds[:4] == [5, 15, 45, 135]
    assert seconds[-1] == LONGEST_PAUSE.total_seconds()
