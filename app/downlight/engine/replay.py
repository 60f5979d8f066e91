"""Playing a recording: the same engine, on a clock that runs as fast as told."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from downlight.core.ports import Journal
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine, Plan
    from downlight.engine.recording import Recording

TAIL: Final = timedelta(minutes=20)
"""How long we go on looking after the last answer: four quiet polls."""


def position(recording: Recording, journal: Journal) -> datetime:
    """Return where an interrupted replay goes on; the start for a new one.

    Raises:
        StorageError: The journal cannot be read.
    """
    kept = journal.meta("position")
    return datetime.fromisoformat(kept) if kept else recording.start


def end(recording: Recording, plan: Plan, until: datetime | None = None) -> datetime:
    """Return when a replay is over: late enough for every source to be asked twice."""
    slowest = max((s.info.cadence.every for s in plan.sources), default=TAIL)
    last = recording.end + max(TAIL, 2 * slowest + timedelta(minutes=1))
    return last if until is None else min(until, last)


async def play(engine: Engine, loop: VirtualLoop, until: datetime) -> None:
    """Run ``engine`` on ``loop`` up to the moment ``until``.

    Raises:
        StorageError: The journal cannot be opened.
    """
    span = (until - loop.clock()).total_seconds()
    if span <= 0:
        return
    task = asyncio.ensure_future(engine.run())
    await asyncio.wait({task}, timeout=span)
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
