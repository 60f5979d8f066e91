"""Status pages of StatusHub.

Format: ``<page>/api/statuses``, ``{"counters": {"count_status_1": …}}``: how many
services are up (1), affected (2) and down (3) (stts, read 2026-03). No recorded answer
was ever seen. Which ones they are is not told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import msgspec

from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.sources.page import Page, official
from downlight.sources.wire import decode

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

_Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class _Counters(
    msgspec.Struct,
    rename={
        "up": "count_status_1",
        "affected": "count_status_2",
        "down": "count_status_3",
    },
):
    up: _Count
    affected: _Count
    down: _Count


class _Said(msgspec.Struct):
    counters: _Counters


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the counts into a report.

    Raises:
        Unreadable: It is something else.
    """
    return Report(source, answer.at, level=_level(decode(answer, _Said).counters))


def _level(counted: _Counters) -> Level | None:
    """Return the level of the whole; None when nothing was counted."""
    if counted.down:
        return Level.PARTIAL if counted.up or counted.affected else Level.MAJOR
    if counted.affected:
        return Level.DEGRADED
    return Level.OPERATIONAL if counted.up else None


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/api/statuses")
    return official(
        spec,
        parse,
        url=f"{page}/api/statuses",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
