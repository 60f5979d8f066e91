"""A recording played on a virtual clock, as fast as possible, leaving no trace."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.core.model import Report
from downlight.engine import replay as player
from downlight.engine.clock import VirtualLoop
from downlight.engine.meter import Meter
from downlight.engine.poller import ask
from downlight.engine.replay import RecordedWeb

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from downlight.core.ports import Sink, Source, Web
    from downlight.core.settings import Settings
    from downlight.core.source import SourceInfo
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording


class Counted:
    """A source that counts what it asks, and may have another cadence."""

    def __init__(self, source: Source, info: SourceInfo) -> None:
        """Ask ``source``, and say ``info`` of it."""
        self._source = source
        self.info = info
        self.requests = 0

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Raises:
            SourceError: There is no report.
        """
        meter = Meter(web)
        try:
            return await self._source.read(meter, last)
        finally:
            self.requests += meter.usage.requests


def play(
    tape: Recording,
    plan: Plan,
    settings: Settings,
    until: datetime,
    sink: Sink,
    beside: Callable[[VirtualLoop], Coroutine[None, None, None]] | None = None,
) -> None:
    """Play a recording from its start.

    Args:
        tape: The recording.
        plan: What of it is played.
        settings: What the person has chosen.
        until: When to stop.
        sink: Who is told.
        beside: Runs on the same clock until then; cancelled at the end.
    """
    loop = VirtualLoop(tape.start)
    with wiring.passing_journal() as journal:
        engine = wiring.replay_engine(
            plan, tape, settings, lambda: nullcontext(journal), [sink], loop.clock
        )

        async def playing() -> None:
            async with asyncio.TaskGroup() as group:
                task = group.create_task(beside(loop)) if beside else None
                await player.play(engine, loop, until)
                if task is not None:
                    task.cancel()

        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(playing())


def answers(tape: Recording, source: Source) -> tuple[Report, ...]:
    """Return everything a source says in a recording, by time."""
    now = tape.start
    web = RecordedWeb(tape, lambda: now)

    async def read() -> tuple[Report, ...]:
        nonlocal now
        found: list[Report] = []
        for at in sorted({entry.at for entry in tape.entries}):
            now = at
            last = found[-1] if found else None
            outcome = await ask(source, web, web.now, last)
            if isinstance(outcome, Report):
                found.append(outcome)
        return tuple(found)

    return asyncio.run(read())
