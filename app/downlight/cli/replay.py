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
from downlight.engine import recording, replay as player
from downlight.engine.clock import VirtualLoop
from downlight.screen import has_screen
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from downlight.engine.engine import Plan
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
        from downlight.main import run_replay  # noqa: PLC0415 - Qt only if needed

        return run_replay(options.data, tape, plan, options.speed or 60, options.until)
    return _print(options, tape, plan)


def _print(
    options: Namespace, tape: recording.Recording, plan: Plan
) -> int:
    journal = _journal(options.data)
    home = wiring.open_home(options.data)
    if not options.json:
        print(f"Replay of {wiring.about(tape.folder).title}.")
    begin = player.position(tape, journal)
    finish = player.end(tape, plan, options.until)
    if begin >= finish:
        print(
            f"downlight: {tape.name} was already played to its end here",
            file=sys.stderr,
        )
    speed = None if options.speed in {None, math.inf} else options.speed
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(begin, speed)) as runner:
        loop = runner.get_loop()
        if not isinstance(loop, VirtualLoop):
            raise AssertionError("not the loop that was made")
        stop: list[asyncio.Task[None]] = []
        printer = Printer(
            json=options.json,
            journal=journal if options.data else None,
            on_closed=lambda: [task.cancel() for task in stop],
        )
        if options.data:  # what a killed run decided but did not come to print
            for event in journal.undelivered(tape.start, channel="stdout"):
                printer.print(event)
        engine = wiring.replay_engine(
            plan, tape, home.settings, lambda: nullcontext(journal), [printer], loop.clock
        )

        async def main() -> None:
            task = asyncio.current_task()
            if task is not None:
                stop.append(task)
            await player.play(engine, loop, finish)

        try:
            runner.run(main())
        except asyncio.CancelledError:
            raise BrokenPipeError from None
        journal.set_meta("position", max(begin, finish).isoformat())
    return 0


def _journal(data: Path | None) -> Journal:
    if data is None:
        return wiring.passing_journal()
    return wiring.open_journal(wiring.open_home(data).places)()
