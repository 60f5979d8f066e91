"""``downlight replay`` and ``downlight demo``: an outage played again."""

from __future__ import annotations

import asyncio
import math
from contextlib import nullcontext
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli import console
from downlight.cli.sinks import Printer
from downlight.core.errors import RecordingError
from downlight.core.model import ServiceSlug
from downlight.core.saying.words import stamp
from downlight.engine import recording
from downlight.engine import replay as player
from downlight.engine.clock import VirtualLoop
from downlight.screen import has_screen
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from downlight.engine.engine import Engine, Plan

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
        console.say("\n".join(names))
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
    tape, plan = opened(options.folder, options.service)
    if options.until is not None and options.until <= tape.start:
        error = RecordingError(f"nothing happens before {stamp(tape.start)}")
        error.title = "Nothing to play"
        raise error
    if options.table:
        from downlight.cli.minutes import run

        return run(options, tape, plan)
    if not options.json and has_screen():
        from downlight.main import run_replay

        return run_replay(options.data, tape, plan, options.speed or 60, options.until)
    return _print(options, tape, plan)


def opened(folder: Path, slugs: Sequence[str]) -> tuple[recording.Recording, Plan]:
    """Return a recording and what of it is played; say what cannot be.

    Args:
        folder: Where it is.
        slugs: Whom to play; empty for all it speaks about.

    Raises:
        RecordingError: It cannot be read, or nothing can be played.
        CatalogError: The shipped catalog is broken.
    """
    tape = recording.load(folder)
    plan = wiring.replay_plan(tape, slugs)
    silent = _silent(tape, plan, slugs)
    if not plan.services:
        error = RecordingError("; ".join(silent))
        error.title = "Nothing to play"
        error.hint = "`downlight services` lists what Downlight knows."
        raise error
    for words in silent:
        console.complain(words)
    return tape, plan


def _silent(
    tape: recording.Recording, plan: Plan, slugs: Sequence[str]
) -> tuple[str, ...]:
    """Say in words what cannot be played."""
    if not slugs:
        return () if plan.services else (f"{tape.name} is about no known service",)
    known = wiring.whole_catalog().services
    names = {service.slug: service.name for service in known}
    played = {service.slug for service in plan.services}
    return tuple(
        f"{tape.name} holds nothing about {names[slug]}"
        if slug in names
        else f"nobody knows {slug!r}"
        for slug in dict.fromkeys(map(ServiceSlug, slugs))
        if slug not in played
    )


def _print(options: Namespace, tape: recording.Recording, plan: Plan) -> int:
    title = wiring.about(tape.folder).title
    home = wiring.open_home(options.data)
    journal = (
        wiring.passing_journal()
        if options.data is None
        else wiring.open_journal(home.places, tape)()
    )
    if journal.trouble:
        console.complain(journal.trouble)
    if not options.json:
        console.say(f"Replay of {title}.")
    kept = player.position(journal)
    begin = kept or tape.start
    finish = player.end(tape, plan, options.until)
    if kept is not None and begin >= finish:
        console.complain(f"{tape.name} was already played here")
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
    printer.on_closed = lambda _: playing.cancel()
    if printer.closed is not None:
        playing.cancel()
    try:
        await playing
    except asyncio.CancelledError:
        if printer.closed is None:
            raise
    if printer.closed is not None:
        raise printer.closed
