"""Status pages of Hyperping.

Format: ``<page>/status.json``, ``{"indicator": "up", "uptime": …}`` (w6w, read
2026-09). No recorded answer was ever seen. It tells the state of the whole, without
parts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {
    "up": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "incident": Level.DEGRADED,  # something less than an outage (our decision)
    "outage": Level.MAJOR,
}


class _Said(msgspec.Struct):
    indicator: str
    uptime: object
    """Not used, but it tells the answer from Statuspage's."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the state of the whole into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    level = overall((), (), LEVELS.get(word(said.indicator)), spoken=True)
    return Report(source, answer.at, level=level)


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
