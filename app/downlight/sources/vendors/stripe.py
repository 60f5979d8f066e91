"""Stripe's own status page.

Format: https://status.stripe.com/current, and ``/current/full`` without parts (no key
needed). Three readers tell of them (2026-03 to 2026-09); no recorded answer was ever
seen. Every part has one word, and the page the worst of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))

LEVELS: Final = {
    "up": Level.OPERATIONAL,
    "degraded": Level.DEGRADED,
    "down": Level.MAJOR,
}
"""Besides there are "pending" and "paused": nobody is looking."""


class _Said(msgspec.Struct):
    largestatus: str | None = None
    statuses: dict[str, str] | None = None
    uptime: str | None = msgspec.field(name="UptimeStatus", default=None)
    message: str | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the current status into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    status = said.uptime if said.statuses is None else said.largestatus
    if status is None:
        raise Unreadable("no state in it")
    components = distinct(
        Component(
            id=key(name) or "?",
            name=line(name.replace("_", " ").capitalize()),
            level=LEVELS.get(word(status)),
            raw=line(status),
        )
        for name, status in (said.statuses or {}).items()
    )
    return Report(
        source,
        answer.at,
        level=overall(components, (), LEVELS.get(word(status)), spoken=True),
        headline=line(said.message or ""),
        components=components,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; a URL ending in ``/current/full`` is asked as it is."""
    page, _, full = spec.url.rstrip("/").partition("/current")
    return official(
        spec,
        parse,
        url=f"{page}/current{full}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
