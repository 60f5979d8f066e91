"""``downlight replay`` and ``downlight demo``: an outage played again."""

from __future__ import annotations

import asyncio
import math
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli.sinks import Printer
from downlight.core.errors import RecordingError
from downlight.engine import recording
from downlight.engine import replay as player
from downlight.engine.clock import VirtualLoop
from downlight.screen import has_screen
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime
    from pathlib import Path

    from downlight.engine.engine import Engine, Plan
    from downlight.storage.journal import Journal

DEMO = "whatsapp-2022-10-25"
"""What ``downlight demo`` plays when no other is named."""


def demo(options: Namespace) -> int:
    """Play a recording that comes with Downlight.

    Raises:
        RecordingError: There is none of that name.
    """
    folder = resource("recordings")
    names = sorted(child.name for child in folder.iterdir() if child.is_dir())
    if options.list:
        print("\n".join(names))
        return 0
    name = options.name or DEMO
    if name not in names:
        error = RecordingError(f"no recording is called {name!r}")
        error.hint = f"There are: {', '.join(names)}."
        raise error
    options.folder = folder / name
    options.service = list(wiring.about(options.folder).services)
    return replay(options)


def replay(options: Namespace) -> int:
    """Play a recording, in the window or as lines.

    Raises:
        DownlightError: It cannot be played.
    """
    tape = recording.load(options.folder)
    plan = wiring.replay_plan(tape, options.service)
    if not plan.services:
        error = RecordingError(f"{tape.name}: nothing in it is about a known service")
        error.hint = "`downlight services` lists what Downlight knows."
        raise error
    if not options.json and has_screen():
        from downlight.main import run_replay

        return run_replay(options.data, tape, plan, options.speed or 60, options.until)
    return _print(options, tape, plan)


def _print(options: Namespace, tape: recording.Recording, plan: Plan) -> int:
    journal = _journal(options.data)
    home = wiring.open_home(options.data)
    if not options.json:
        print(f"Replay of {wiring.about(tape.folder).title}.")
    begin = player.position(tape, journal)
    finish = player.end(tape, plan, options.until)
    if begin >= finish:
        print(f"downlight: {tape.name} was already played here", file=sys.stderr)
    speed = None if options.speed in {None, math.inf} else options.speed
    loop = VirtualLoop(begin, speed)
    printer = Printer(json=options.json, journal=journal if options.data else None)
    if options.data:  # what a killed run decided but did not come to print
        for event in journal.undelivered(tape.start, channel="stdout"):
            printer.print(event)
    engine = wiring.replay_engine(
        plan, tape, home.settings, lambda: nullcontext(journal), [printer], loop.clock
    )
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(_play(engine, loop, finish, printer))
    journal.set_meta("position", max(begin, finish).isoformat())
    return 0


async def _play(
    engine: Engine, loop: VirtualLoop, until: datetime, printer: Printer
) -> None:
    """Play until the end, or until nobody reads any more."""
    playing = asyncio.ensure_future(player.play(engine, loop, until))
    printer.on_closed = playing.cancel
    try:
        await playing
    except asyncio.CancelledError:
        if not printer.closed:
            raise
        raise BrokenPipeError from None


def _journal(data: Path | None) -> Journal:
    if data is None:
        return wiring.passing_journal()
    return wiring.open_journal(wiring.open_home(data).places)()
