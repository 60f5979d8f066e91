"""``downlight read``: one answer, parsed and printed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from downlight import wiring
from downlight.cli import console, forms
from downlight.core.errors import SourceError, Unreadable
from downlight.core.model import Report, SourceId
from downlight.core.ports import Answer
from downlight.core.saying import words
from downlight.core.settings import Settings
from downlight.engine.clock import system_clock
from downlight.sources import registry

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from datetime import datetime


def run(options: Namespace) -> int:
    """Read and print.

    Raises:
        SourceError: There is no answer, or it cannot be understood.
    """
    parse = registry.FAMILIES.get(options.family)
    if parse is None:
        error = SourceError(f"{options.family!r}")
        error.title = "No such family"
        error.hint = f"Known: {', '.join(sorted(registry.FAMILIES))}."
        raise error
    answer = _answer(options.what)
    report = registry.parser(options.family)(SourceId(options.what), answer)
    if options.json:
        console.say(forms.dump(forms.report(report)))
    else:
        _show(report)
    return 0


def _answer(what: str) -> Answer:
    if "://" in what:
        return asyncio.run(_fetch(what))
    try:
        return Answer(what, Path(what).read_bytes(), system_clock())
    except OSError as error:
        trouble = Unreadable(f"{what}: {error.strerror}")
        trouble.title, trouble.hint = "File not readable", ""
        raise trouble from error


async def _fetch(url: str) -> Answer:
    async with wiring.live_web(Settings()) as web:
        return await web.get(url)


def _when(at: datetime | None) -> str:
    return words.stamp(at) if at else "time not said"


def _show(report: Report) -> None:
    console.show(*lines(report), markup=True)


def lines(report: Report) -> Iterator[str]:
    """Return what a report says, a line each, in rich's markup."""
    word = words.LEVEL_WORDS[report.level]
    yield f"[bold]{word}[/bold]  {escape(report.headline)}".rstrip()
    for component in report.components:
        mark = words.LEVEL_WORDS[component.level]
        place = f" ({component.region})" if component.region else ""
        yield f"  {mark:12} {escape(component.name + place)}"
    for incident in report.incidents:
        state = incident.phase or ("open" if incident.open else "closed")
        when = _when(incident.started_at)
        yield (
            f"  incident     {escape(incident.title)} "
            f"[dim]{state}, {when}, {len(incident.updates)} updates[/dim]"
        )
    for work in report.maintenances:
        when = _when(work.starts_at)
        yield f"  planned work {escape(work.title)} [dim]{work.state}, {when}[/dim]"
