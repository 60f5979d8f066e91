"""``downlight status``: one look, one answer, one exit status."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console, country, forms
from downlight.cli.sinks import Latest
from downlight.core.level import Level
from downlight.core.saying import service_words, words

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.core.news import Snapshot
    from downlight.engine.engine import Plan
    from downlight.wiring import Home

PATIENCE = 60.0
"""Longest we wait for all sources, in seconds."""

MARKS: dict[Level | None, tuple[str, str]] = {
    None: ("○", "dim"),
    Level.OPERATIONAL: ("●", "green"),
    Level.MAINTENANCE: ("◒", "blue"),
    Level.DEGRADED: ("▲", "yellow"),
    Level.PARTIAL: ("◆", "dark_orange"),
    Level.MAJOR: ("■", "red"),
}
"""Shape and colour in the terminal; the word stands beside them."""


def run(options: Namespace) -> int:
    """Look once and print.

    Raises:
        DownlightError: Nothing can be watched.
    """
    home = wiring.open_home(options.data)
    for complaint in home.complaints:
        console.complain(complaint)
    plan, strangers = wiring.plan(options.slugs or home.settings.watch, home)
    for slug in strangers:
        console.complain(f"nobody knows {slug!r}; `downlight services` lists all")
    snapshot = asyncio.run(look(plan, home))
    if options.json:
        console.say(forms.dump(forms.snapshot(snapshot)))
    else:
        show(snapshot)
        console.say(f"Country: {country.say(home.settings)}.")
    return 3 if strangers and not plan.services else exit_status(snapshot)


async def look(plan: Plan, home: Home) -> Snapshot:
    """Ask every source once and return what is known then."""
    seen: asyncio.Queue[Snapshot] = asyncio.Queue()
    engine = wiring.engine(
        plan, home, wiring.passing_journal, [Latest(seen.put_nowait)]
    )
    task = asyncio.ensure_future(engine.run())
    snapshot = None
    try:
        async with asyncio.timeout(PATIENCE):
            while not task.done():
                snapshot = await seen.get()
                if not snapshot.asking:
                    break
    except TimeoutError:
        pass  # what has answered by now is what we know
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if snapshot is None:
        raise AssertionError("the engine published nothing")
    return snapshot


def exit_status(snapshot: Snapshot) -> int:
    """Return the exit status that monitoring plug-ins use."""
    levels = [view.verdict.level for view in snapshot.services]
    worst = max((level for level in levels if level is not None), default=None)
    if worst is not None and worst.is_outage:
        return 2
    if worst is Level.DEGRADED:
        return 1
    return 3 if None in levels or not levels else 0


def show(snapshot: Snapshot) -> None:
    """Print a table for people."""
    if snapshot.online is False:
        console.say("You are offline: no source answers, not even unrelated ones.")
    table = Table(box=None, show_header=False, pad_edge=False)
    order = sorted(snapshot.services, key=lambda view: -(view.verdict.level or 1.5))
    for view in order:
        mark, colour = MARKS[view.verdict.level]
        sentence = service_words.sentence(
            view.service, view.verdict, view.since, snapshot.at
        )
        table.add_row(
            Text(mark, style=colour),
            Text(view.service.name, style="bold"),
            Text(words.LEVEL_WORDS[view.verdict.level], style=colour),
            Text("" if view.verdict.offline else sentence),
        )
    console.show(table)
