"""Status pages of StatusCast (also at ``*.status.page``).

Format: ``<page>/status.json``, ``{"Status": "Available", "StatusText": …,
"InEffectSince": …}`` (w6w, read 2026-09). No recorded answer was ever seen. Some pages
let no program in. It tells the state of the whole, without parts or incidents.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {
    "available": Level.OPERATIONAL,
    "informational": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "degraded": Level.DEGRADED,
    # How far work on an incident has come, not how bad it is (our decision).
    "investigating": Level.DEGRADED,
    "identified": Level.DEGRADED,
    "monitored": Level.DEGRADED,
    "unavailable": Level.MAJOR,
}


class _Said(msgspec.Struct, rename="pascal"):
    status: str
    in_effect_since: object
    """Not used, but nobody else sends it."""
    status_text: str | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the state of the whole into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    return Report(
        source,
        answer.at,
        level=overall((), (), LEVELS.get(word(said.status)), spoken=True),
        headline=line(said.status_text or ""),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/status.json")
    return official(
        spec,
        parse,
        url=f"{page}/status.json",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
