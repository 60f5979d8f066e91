"""``downlight maintenance``: which planned work is to come, and as a calendar."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console
from downlight.cli.status import look
from downlight.core.errors import SettingsError, StorageError
from downlight.core.ical import calendar
from downlight.core.saying import words
from downlight.core.works import WORDS, works

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import Maintenance


def run(options: Namespace) -> int:
    """List planned work of a service, or write it as a calendar.

    Raises:
        DownlightError: Nobody knows the service, or the file cannot be written.
    """
    home = wiring.open_home(options.data)
    service = wiring.whole_catalog(home).service(options.slug)
    if service is None:
        error = SettingsError(options.slug)
        error.title = "No such service"
        raise error
    plan, _ = wiring.plan([service.slug], home)
    snapshot = asyncio.run(look(plan, home))
    views = snapshot.services
    # That our own check was heard says nothing of what is planned.
    pages = [e for v in views for e in v.evidence if e.info.kind == "official"]
    if not pages:
        console.say(f"{service.name} has no official page that would name any.")
        return 0
    if not any(e.standing.report for e in pages):
        console.complain(f"no official page of {service.name} could be read now")
        return 3
    found = [work for view in views for work in works(view.evidence)]
    if options.ics is None:
        _show(service.name, found, snapshot.at)
        return 0
    written = calendar(service, found, snapshot.at)
    if written is None:
        console.say(f"{service.name} names no planned work with a date.")
        return 0
    try:
        options.ics.write_bytes(written)
    except OSError as refusal:
        failure = StorageError(f"{options.ics}: {refusal.strerror}")
        failure.title = "The calendar cannot be written"
        raise failure from refusal
    console.say(f"Written: {options.ics}")
    return 0


def _show(name: str, found: Sequence[Maintenance], now: datetime) -> None:
    if not found:
        console.say(f"{name} names no planned work.")
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for work in found:
        dates = (work.starts_at, work.ends_at)
        when = " to ".join(words.moment(at, now) for at in dates if at is not None)
        table.add_row(Text(WORDS[work.state]), Text(when), Text(work.title))
    console.show(table)
