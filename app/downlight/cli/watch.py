"""``downlight watch``, and the face of the light where there is no screen."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli.sinks import Latest, Printer
from downlight.cli.status import show

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from downlight.core.news import Snapshot
    from downlight.engine.engine import Plan
    from downlight.storage.journal import Journal
    from downlight.wiring import Home


def run(options: Namespace) -> int:
    """Go on looking until interrupted; announce to this terminal only.

    Raises:
        DownlightError: Nothing can be watched.
    """
    home = wiring.open_home(options.data)
    slugs = options.slugs or home.settings.watch
    return watch(home, slugs, wiring.passing_journal, json=options.json)


def watch(
    home: Home, slugs: Sequence[str], journal: Callable[[], Journal], *, json: bool
) -> int:
    """Print the state once it is known, then every event.

    Args:
        home: Settings and places.
        slugs: What to watch.
        journal: Opens the memory.
        json: Machine form: events only.

    Raises:
        DownlightError: Nothing can be watched.
    """
    for complaint in home.complaints:
        print(f"downlight: {complaint}", file=sys.stderr)
    plan, strangers = wiring.plan(slugs)
    for slug in strangers:
        print(f"downlight: nobody knows {slug!r}", file=sys.stderr)
    if not plan.services:
        return 3
    asyncio.run(_watch(home, plan, journal, json=json))
    return 0


async def _watch(
    home: Home, plan: Plan, journal: Callable[[], Journal], *, json: bool
) -> None:
    shown = False

    def look(snapshot: Snapshot) -> None:
        nonlocal shown
        if not shown and not snapshot.asking:
            shown = True
            if not json:
                show(snapshot)

    left = asyncio.Event()
    printer = Printer(json=json, on_closed=left.set)
    engine = wiring.engine(plan, home.settings, journal, [Latest(look), printer])
    task = asyncio.ensure_future(engine.run())
    leaving = asyncio.ensure_future(left.wait())
    await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
