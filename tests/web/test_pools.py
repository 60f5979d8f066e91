"""What is kept open and when it is let go, in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from downlight.engine.clock import VirtualLoop
from downlight.web.pools import Pools

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEEP = timedelta(seconds=15)


@dataclass
class Pool:
    """Notes when it is closed."""

    name: str
    closed: list[str]

    async def aclose(self) -> None:
        self.closed.append(self.name)


@dataclass
class World:
    """Pools whose making and closing is written down."""

    pools: Pools[Pool]
    made: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    async def use(self, name: str, seconds: float = 0) -> None:
        def make() -> Pool:
            self.made.append(name)
            return Pool(name, self.closed)

        async with self.pools.lend(name, make) as pool:
            assert pool.name == name
            await stay(seconds)


async def stay(seconds: float) -> None:
    """Let virtual time go by."""
    if seconds:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.Event().wait()


def virtually(make: Callable[[], Coroutine[None, None, T]]) -> T:
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(NOON)) as runner:
        return runner.run(make())


def world(most: int = 9) -> World:
    return World(Pools(KEEP, most))


def test_a_pool_is_used_again_while_it_is_fresh() -> None:
    async def run() -> World:
        here = world()
        for _ in range(3):
            await here.use("a")
            await stay(10)
        return here

    here = virtually(run)
    assert (here.made, here.closed) == (["a"], [])


def test_whoever_comes_next_closes_what_nobody_used_for_a_while() -> None:
    async def run() -> World:
        here = world()
        await here.use("a")
        await here.use("b")
        await stay(10)
        await here.use("a")
        await stay(10)
        await here.use("c")
        return here

    assert virtually(run).closed == ["b"]


def test_the_pool_that_is_wanted_is_not_closed_for_its_age() -> None:
    async def run() -> World:
        here = world()
        await here.use("a")
        await stay(3600)
        await here.use("a")
        return here

    here = virtually(run)
    assert (here.made, here.closed) == (["a"], [])


def test_a_pool_in_use_is_not_closed_however_long_that_takes() -> None:
    async def run() -> World:
        here = world()
        slow = asyncio.ensure_future(here.use("slow", 100))
        await stay(50)
        await here.use("a")
        assert here.closed == []
        await slow
        await stay(50)
        await here.use("b")
        return here

    assert virtually(run).closed == ["a", "slow"]


def test_two_who_use_a_pool_at_once_share_it() -> None:
    async def run() -> World:
        here = world(most=0)
        slow = asyncio.ensure_future(here.use("a", 10))
        await stay(1)
        await here.use("a")
        assert here.closed == []
        await slow
        return here

    here = virtually(run)
    assert (here.made, here.closed) == (["a"], ["a"])


def test_of_too_many_the_longest_unused_is_closed() -> None:
    async def run() -> World:
        here = world(most=2)
        for name in ("a", "b", "a", "c"):
            await here.use(name)
        return here

    assert virtually(run).closed == ["b"]


def test_closing_closes_all() -> None:
    async def run() -> World:
        here = world()
        await here.use("a")
        slow = asyncio.ensure_future(here.use("slow", 10))
        await stay(1)
        await here.pools.aclose()
        slow.cancel()
        return here

    assert virtually(run).closed == ["slow", "a"]
