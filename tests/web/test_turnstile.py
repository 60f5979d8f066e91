"""How often a host is visited, in virtual time: nobody waits for these tests."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import pytest

from downlight.core.errors import Refused
from downlight.engine.clock import VirtualLoop
from downlight.web import turnstile as rooms
from downlight.web.turnstile import LONGEST_BAR, Terms, Turnstile

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SLOW = Terms(gap=SECOND)
"""A gap that is easy to count in."""
HOST = "status.example"


def virtually(make: Callable[[], Coroutine[None, None, T]]) -> T:
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(NOON)) as runner:
        return runner.run(make())


def now() -> float:
    return round(asyncio.get_running_loop().time(), 6)


async def stay(seconds: float) -> None:
    """Let virtual time go by."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def visit(gate: Turnstile, host: str, begun: list[float], lasts: float) -> None:
    async with gate.admit(host):
        begun.append(now())
        if lasts:
            await stay(lasts)


def beginnings(count: int, *, host: str = HOST, lasts: float = 0) -> list[float]:
    """Let ``count`` come at once; return when each was let through."""

    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW), list[float]()
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(visit(gate, host, begun, lasts))
        return begun

    return virtually(run)


def test_requests_to_one_host_begin_a_gap_apart() -> None:
    assert beginnings(4) == [0, 1, 2, 3]


def test_strangers_are_spared_a_quarter_of_a_second_and_two_at_once() -> None:
    assert Terms() == Terms(2, SECOND / 4, 20, 3 * SECOND)


def test_no_more_than_two_are_under_way() -> None:
    assert beginnings(5, lasts=10) == [0, 1, 10, 11, 20]


def test_after_twenty_one_may_begin_every_three_seconds() -> None:
    begun = beginnings(40)
    gaps = [later - earlier for earlier, later in pairwise(begun)]
    assert set(gaps[:20]) == {1.0}
    assert set(gaps[-10:]) == {3.0}
    spent = 20 + begun[-1] / 3
    assert len(begun) <= spent


def test_the_gap_holds_for_those_who_waited_for_other_hosts() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW, at_once=1), list[float]()
        async with asyncio.TaskGroup() as group:
            group.create_task(visit(gate, "slow.example", begun, 5))
            for _ in range(2):
                group.create_task(visit(gate, HOST, begun, 0))
        return begun

    assert virtually(run) == [0, 5, 6]


def test_whoever_is_turned_away_late_makes_room_for_others() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW, at_once=1), list[float]()
        slow = asyncio.ensure_future(visit(gate, "slow.example", begun, 5))
        late = asyncio.ensure_future(visit(gate, HOST, begun, 0))
        await stay(1)
        gate.bar(HOST, 60 * SECOND)
        with pytest.raises(Refused):
            await late
        await slow
        await visit(gate, "other.example", begun, 0)
        return begun

    assert virtually(run) == [0, 5]


def test_a_rest_fills_what_was_spent() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW), list[float]()
        for _ in range(40):
            await visit(gate, HOST, begun, 0)
        await stay(3600)
        rested = now()
        for _ in range(3):
            await visit(gate, HOST, begun, 0)
        return [at - rested for at in begun[-3:]]

    assert virtually(run) == [0, 1, 2]


def test_hosts_do_not_wait_for_each_other() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW), list[float]()
        async with asyncio.TaskGroup() as group:
            for number in range(20):
                host = f"status-{number}.example"
                group.create_task(visit(gate, host, begun, 5))
        return begun

    assert virtually(run) == [0] * 20


def test_altogether_only_so_many_are_under_way() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW, at_once=3), list[float]()
        async with asyncio.TaskGroup() as group:
            for number in range(7):
                host = f"status-{number}.example"
                group.create_task(visit(gate, host, begun, 5))
        return begun

    assert virtually(run) == [0, 0, 0, 5, 5, 5, 10]


@pytest.mark.parametrize("other", ["STATUS.example", "status.example."])
def test_a_host_is_the_same_however_it_is_written(other: str) -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW), list[float]()
        await visit(gate, HOST, begun, 0)
        await visit(gate, other, begun, 0)
        return begun

    assert virtually(run) == [0, 1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_computer_is_spared_nothing_but_the_crowd(host: str) -> None:
    assert beginnings(40, host=host) == [0] * 40
    assert beginnings(3, host=host, lasts=5) == [0, 0, 5]


def test_other_terms_can_be_set_for_this_computer() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(at_home=Terms(gap=2 * SECOND)), list[float]()
        for _ in range(3):
            await visit(gate, "localhost", begun, 0)
        return begun

    assert virtually(run) == [0, 2, 4]


def test_whoever_stops_waiting_leaves_no_trace() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(Terms(at_once=1, gap=SECOND)), list[float]()
        first = asyncio.ensure_future(visit(gate, HOST, begun, 10))
        waiting = [
            asyncio.ensure_future(visit(gate, HOST, begun, 0)) for _ in range(30)
        ]
        await stay(1)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await first
        await visit(gate, HOST, begun, 0)
        await visit(gate, HOST, begun, 0)
        return begun

    assert virtually(run) == [0, 10, 11]


def test_whoever_stops_waiting_for_the_gap_leaves_no_trace() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(Terms(gap=10 * SECOND)), list[float]()
        await visit(gate, HOST, begun, 0)
        waiting = asyncio.ensure_future(visit(gate, HOST, begun, 0))
        await stay(5)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await visit(gate, HOST, begun, 0)
        return begun

    assert virtually(run) == [0, 10]


def test_a_request_that_fails_makes_room_for_the_next() -> None:
    async def fail(gate: Turnstile) -> None:
        async with gate.admit(HOST):
            raise ConnectionResetError

    async def run() -> list[float]:
        gate, begun = Turnstile(Terms(at_once=1, gap=SECOND)), list[float]()
        with pytest.raises(ConnectionResetError):
            await fail(gate)
        await visit(gate, HOST, begun, 0)
        return begun

    assert virtually(run) == [1]


def test_a_host_that_wants_nobody_is_left_alone_until_that_is_over() -> None:
    async def run() -> tuple[Refused, list[float]]:
        gate, begun = Turnstile(SLOW), list[float]()
        gate.bar(HOST, 60 * SECOND)
        await stay(20)
        with pytest.raises(Refused) as caught:
            await visit(gate, HOST, begun, 0)
        await visit(gate, "other.example", begun, 0)
        await stay(40)
        await visit(gate, HOST, begun, 0)
        return caught.value, begun

    refused, begun = virtually(run)
    assert (refused.status, refused.retry_after) == (429, 40 * SECOND)
    assert begun == [20, 60]


def test_whoever_waits_already_is_turned_away_too() -> None:
    async def run() -> list[float]:
        gate, begun = Turnstile(SLOW), list[float]()
        async with gate.admit(HOST):
            waiting = asyncio.ensure_future(visit(gate, HOST, begun, 0))
            await stay(0.5)
            gate.bar(HOST, 60 * SECOND)
        with pytest.raises(Refused):
            await waiting
        return begun

    assert virtually(run) == []


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    async def run() -> timedelta | None:
        gate = Turnstile(SLOW)
        gate.bar(HOST, 60 * SECOND)
        gate.bar(HOST, SECOND)
        with pytest.raises(Refused) as caught:
            await visit(gate, HOST, [], 0)
        return caught.value.retry_after

    assert virtually(run) == 60 * SECOND


def test_one_page_bars_its_whole_host_for_an_hour_at_most() -> None:
    async def run() -> timedelta | None:
        gate = Turnstile(SLOW)
        gate.bar(HOST, timedelta(days=1))
        with pytest.raises(Refused) as caught:
            await visit(gate, HOST, [], 0)
        return caught.value.retry_after

    assert virtually(run) == LONGEST_BAR


def test_of_many_hosts_only_those_that_rest_are_forgotten() -> None:
    async def run() -> set[str]:
        gate, names = Turnstile(SLOW), [f"{n}.example" for n in range(rooms.MOST_HOSTS)]
        for name in names[1:]:
            await visit(gate, name, [], 0)
        await stay(3600)
        gate.bar("barred.example", 60 * SECOND)
        async with gate.admit("busy.example"):
            await visit(gate, "new.example", [], 0)
        return set(gate._gates)

    assert virtually(run) == {"barred.example", "busy.example", "new.example"}
