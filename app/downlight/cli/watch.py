"""``downlight watch``, and the face of the light where there is no screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from downlight import wiring
from downlight.cli import console
from downlight.cli.sinks import Latest, Printer
from downlight.cli.status import show

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from downlight.core.news import Snapshot
    from downlight.core.ports import Sink
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
        console.complain(complaint)
    plan, strangers = wiring.plan(slugs, home)
    for slug in strangers:
        console.complain(f"nobody knows {slug!r}")
    if not plan.services:
        return 3
    errands, unfit = wiring.errands(home, plan.services, journal)
    for complaint in unfit:
        console.complain(complaint)
    sinks: tuple[Sink, ...] = () if errands is None else (errands,)
    if errands is not None:
        errands.start()
    try:
        asyncio.run(_watch(home, plan, journal, sinks, json=json))
    finally:
        if errands is not None:
            errands.stop()
    return 0


async def _watch(
    home: Home,
    plan: Plan,
    journal: Callable[[], Journal],
    sinks: Sequence[Sink],
    *,
    json: bool,
) -> None:
    left: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()

    def leave(error: Exception) -> None:
        if not left.done():
            left.set_result(error)

    first = Latest(_FirstLook(leave, json=json))
    printer = Printer(json=json, on_closed=leave)
    engine = wiring.engine(plan, home, journal, [first, printer, *sinks])
    task = asyncio.ensure_future(engine.run())
    ends: set[asyncio.Future[Any]] = {task, left}
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    raise left.result()


class _FirstLook:
    """Shows the state once it is known."""

    def __init__(self, on_closed: Callable[[Exception], object], *, json: bool) -> None:
        self._on_closed = on_closed
        self._json = json
        self._shown = False

    def __call__(self, snapshot: Snapshot) -> None:
        if self._shown or snapshot.asking:
            return
        self._shown = True
        for notice in snapshot.notices:
            console.complain(notice)
        if self._json:
            return
        try:
            show(snapshot)
        except (BrokenPipeError, console.Unwritable) as error:
            self._on_closed(error)
