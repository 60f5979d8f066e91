"""One who polls many hosts, in a process of its own: ``poller.py WHO COUNT PORTS``.

``bare`` is the least there is: a client of httpx per host, kept open, and
``json.loads``; told of a 304 it does nothing. ``engine`` is all of Downlight but
showing: door, parser, ledger, verdicts, news, a journal in memory. For each line
``fresh`` or ``same`` it asks every host once, and prints the milliseconds of
processor time that took.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from downlight.core.model import Outcome
    from downlight.core.news import News
    from downlight.core.ports import Sink, Source

    Ask = Callable[[], Awaitable[None]]

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[:0] = [str(root), str(root / "app")]

from downlight.core.health import NOTHING, Usage
from downlight.core.model import Report
from downlight.engine.clock import system_clock
from downlight.engine.engine import Engine
from tests.bench.hosts import TAG, address

STEP = timedelta(minutes=1)
"""How far the clock is set on for a round, so that nobody is asked too soon."""


async def bare(count: int, port: int, stack: AsyncExitStack) -> Ask:
    """Return what asks every host once, and does no more than it must."""
    import httpx

    hosts = [
        (f"http://{address(n)}:{port}/api/v2/summary.json", httpx.AsyncClient())
        for n in range(count)
    ]
    tags: dict[str, str] = {}
    for _, client in hosts:
        await stack.enter_async_context(client)

    async def one(url: str, client: httpx.AsyncClient) -> None:
        headers = {"If-None-Match": tags[url]} if url in tags else {}
        response = await client.get(url, headers=headers)
        if response.status_code == 304:
            return
        json.loads(response.content)
        if response.headers.get("etag") == TAG.decode():
            tags[url] = response.headers["etag"]

    async def ask() -> None:
        await asyncio.gather(*(one(url, client) for url, client in hosts))

    return ask


class Watching:
    """The engine with many services, made to ask all of them at once."""

    def __init__(
        self, count: int, ports: Sequence[int], sinks: tuple[Sink, ...] = ()
    ) -> None:
        """Prepare to watch ``count`` services on these ports in turn."""
        from downlight import wiring
        from downlight.engine.engine import Surroundings
        from downlight.engine.ledger import Ledger
        from downlight.web.door import HttpWeb
        from tests.bench.watched import plan

        self._count = self._left = count
        self._ahead = timedelta()
        self._told = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        around = Surroundings(
            web=lambda: HttpWeb(self._clock),
            clock=self._clock,
            journal=wiring.passing_journal,
            sinks=(self, *sinks),
            spread=lambda: 0.5,
        )
        self._engine = Counted(plan(count, ports), around, Ledger())
        self._engine.count = self._took

    def publish(self, news: News) -> None:
        """Hear of the state of everything."""
        if self._left == 0:
            self._told.set()

    async def ask(self) -> None:
        """Ask everyone; return when it was told what they said."""
        self._left = self._count
        self._told.clear()
        if self._running is None:
            self._running = asyncio.ensure_future(self._engine.run())
        else:
            self._ahead += STEP
            self._engine.refresh()
        await self._told.wait()

    async def end(self) -> None:
        """End the engine."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def _clock(self) -> datetime:
        return system_clock() + self._ahead

    def _took(self) -> None:
        self._left -= 1


class Counted(Engine):
    """The engine, but somebody counts what it takes."""

    count: Callable[[], None]

    def take(
        self, source: Source, outcome: Outcome, usage: Usage = NOTHING
    ) -> timedelta:
        """Count, and take it."""
        assert isinstance(outcome, Report), outcome
        self.count()
        return super().take(source, outcome, usage)


async def engine(count: int, port: int, stack: AsyncExitStack) -> Ask:
    """Return what makes the whole engine ask every host once, and tell of it."""
    watching = Watching(count, [port])
    stack.push_async_callback(watching.end)
    return watching.ask


async def main() -> None:
    """Ask as often as told."""
    who = {"bare": bare, "engine": engine}[sys.argv[1]]
    count, fresh, same = map(int, sys.argv[2:])
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        asks = {
            "fresh": await who(count, fresh, stack),
            "same": await who(count, same, stack),
        }
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            gc.collect()
            before = time.process_time()
            await asks[line.strip()]()
            print((time.process_time() - before) * 1000, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
