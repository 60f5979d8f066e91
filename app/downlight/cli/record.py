"""``downlight record``: what the sources answer, written down."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from downlight import wiring
from downlight.cli import console
from downlight.cli.sinks import Printer
from downlight.engine.recording import RecordingWeb, prepare

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import AsyncIterator
    from pathlib import Path

    from downlight.core.errors import RecordingError
    from downlight.core.ports import Web
    from downlight.engine.engine import Plan
    from downlight.wiring import Home


def run(options: Namespace) -> int:
    """Record until interrupted.

    Raises:
        DownlightError: Nothing can be watched, or the folder cannot be written.
    """
    home = wiring.open_home(options.data)
    plan, strangers = wiring.plan(options.service or home.settings.watch, home)
    for slug in strangers:
        console.complain(f"nobody knows {slug!r}")
    if not plan.services:
        return 3
    prepare(options.folder)
    names = ", ".join(service.name for service in plan.services)
    console.say(f"Recording {names} to {options.folder}. Ctrl-C ends it.")
    asyncio.run(_record(home, plan, options.folder))
    return 0


async def _record(home: Home, plan: Plan, folder: Path) -> None:
    """Record until cancelled, or until the folder takes no more."""
    lost: asyncio.Future[RecordingError] = asyncio.get_running_loop().create_future()

    def lose(error: RecordingError) -> None:
        if not lost.done():
            lost.set_result(error)

    @asynccontextmanager
    async def recording() -> AsyncIterator[Web]:
        async with wiring.live_web(home.settings) as web:
            yield RecordingWeb(web, folder, lose)

    engine = wiring.engine(
        plan,
        home,
        wiring.passing_journal,
        [Printer(json=False)],
        web=recording,
    )
    task = asyncio.ensure_future(engine.run())
    ends: set[asyncio.Future[Any]] = {task, lost}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    raise lost.result()
