"""``downlight parts``: which components of a page count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from downlight import adding, wiring
from downlight.cli import console, forms
from downlight.cli.status import MARKS, look
from downlight.core.errors import SettingsError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from downlight.core.model import Component
    from downlight.wiring import Home


def run(options: Namespace) -> int:
    """List the parts of a service, or choose those that count.

    Raises:
        DownlightError: Nobody knows the service or a part, or it cannot be kept.
    """
    home = wiring.open_home(options.data)
    service = wiring.whole_catalog(home).service(options.slug)
    if service is None:
        raise _wrong("No such service", options.slug)
    if options.all:
        adding.choose_parts(home, service.slug, ())
        console.say(f"Every part of {service.name} counts.")
        return 0
    parts = asyncio.run(_parts(home, options.slug))
    if options.part:
        chosen = [_match(parts, words) for words in options.part]
        adding.choose_parts(home, service.slug, chosen)
        console.say(f"Of {service.name} these count: {', '.join(chosen)}.")
        return 0
    ticked = set(home.settings.parts.get(service.slug, ()))
    if options.json:
        console.say(
            forms.dump([forms.part(c, counts=_counts(c, ticked)) for c in parts])
        )
    elif parts:
        _show(parts, ticked)
    else:
        console.say(f"{service.name} names no parts.")
    return 0


async def _parts(home: Home, slug: str) -> Sequence[Component]:
    """Return every part, whatever was chosen so far."""
    plan, _ = wiring.plan([slug], home, whole=True)
    snapshot = await look(plan, home)
    reports = [
        e.standing.report
        for view in snapshot.services
        for e in view.evidence
        if e.standing.report is not None
    ]
    return [component for report in reports for component in report.components]


def _match(parts: Sequence[Component], words: str) -> str:
    """Return the one part that is meant: by id, by name, or by a piece of its name."""
    exact = [c for c in parts if words in {c.id, c.name}]
    loose = [c for c in parts if words.casefold() in c.name.casefold()]
    found = {c.name for c in exact or loose}
    if not found:
        raise _wrong("No such part", words)
    if len(found) > 1:
        raise _wrong("More than one part is meant", ", ".join(sorted(found)))
    return found.pop()


def _counts(part: Component, ticked: set[str]) -> bool:
    return not ticked or bool(ticked & {part.id, part.name})


def _show(parts: Sequence[Component], ticked: set[str]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for part in parts:
        mark, colour = MARKS[part.level]
        table.add_row(
            Text("×" if _counts(part, ticked) else " "),
            Text(mark, style=colour),
            Text(part.name),
            Text(part.group or "", style="dim"),
        )
    console.show(table)


def _wrong(title: str, what: str) -> SettingsError:
    error = SettingsError(what)
    error.title = title
    return error
