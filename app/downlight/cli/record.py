"""``downlight record``: what the sources answer, written down."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli.sinks import Printer
from downlight.engine.recording import RecordingWeb

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import AsyncIterator

    from downlight.core.ports import Web


def run(options: Namespace) -> int:
    """Record until interrupted.

    Raises:
        DownlightError: Nothing can be watched, or the folder cannot be written.
    """
    home = wiring.open_home(options.data)
    plan, strangers = wiring.plan(options.service or home.settings.watch)
    for slug in strangers:
        print(f"downlight: nobody knows {slug!r}")
    if not plan.services:
        return 3

    @asynccontextmanager
    async def recording() -> AsyncIterator[Web]:
        async with wiring.live_web(home.settings) as web:
            yield RecordingWeb(web, options.folder)

    names = ", ".join(service.name for service in plan.services)
    print(f"Recording {names} to {options.folder}. Ctrl-C ends it.", flush=True)
    engine = wiring.engine(
        plan,
        home.settings,
        wiring.passing_journal,
        [Printer(json=False)],
        web=recording,
    )
    asyncio.run(engine.run())
    return 0
