"""Status pages of Cachet 2.x, on a host of one's own.

Format: https://docs.cachethq.io/v2.x, ``/api/v1/components``, ``/incidents`` and
``/schedules`` (public, no key; from the program, 2.4, read 2026-11). No recorded answer
was ever seen.

An incident has no severity: an open one counts as degraded (our decision), the parts
say how bad it is. Times come without a zone, in the one the page is set to; they are
taken for UTC, which is what a new installation has.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.pages import Pages, Part, official_pages, told
from downlight.sources.wire import decode, key, link, moment, newest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))

LEVELS: Final = {
    "1": Level.OPERATIONAL,
    "2": Level.DEGRADED,  # "performance issues"
    "3": Level.PARTIAL,
    "4": Level.MAJOR,
}
"""0 is "unknown"."""
PHASES: Final = {
    "1": Phase.INVESTIGATING,
    "2": Phase.IDENTIFIED,
    "3": Phase.MONITORING,
    "4": Phase.RESOLVED,
}
PLANNED: Final = "0"
"""What an incident says that was planned work, up to 2.3."""
STATES: Final = {
    "0": MaintenanceState.SCHEDULED,
    "1": MaintenanceState.IN_PROGRESS,
    "2": MaintenanceState.COMPLETED,
}


class _Update(msgspec.Struct):
    id: int
    status: int | str
    message: str | None = None
    created_at: object = None


class _Row(msgspec.Struct):
    """A component, an incident or planned work."""

    id: int
    name: str
    status: int | str
    status_name: str | None = None
    group_id: int | None = None
    enabled: bool | int | None = True
    visible: bool | int | None = None
    """Only incidents have it."""
    is_resolved: bool | None = None
    latest_status: int | str | None = None
    component_id: int | str | None = None
    message: str | None = None
    permalink: str | None = None
    scheduled_at: object = None
    completed_at: object = None
    created_at: object = None
    updated_at: object = None
    updates: list[_Update] | None = None


class _Paging(msgspec.Struct):
    total_pages: int


class _Meta(msgspec.Struct):
    pagination: _Paging


class _List(msgspec.Struct):
    meta: _Meta
    data: list[_Row]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn one of the lists into a report.

    Raises:
        Unreadable: It is none of them.
    """
    return read(source, (answer,))


def read(source: SourceId, answers: Sequence[Answer]) -> Report:
    """Turn the lists of components, incidents and planned work into one report."""
    return told(source, answers[0].at, [_part(answer) for answer in answers])


def _part(answer: Answer) -> Part:
    said = decode(answer, _List)
    parts = [row for row in said.data if row.status_name is not None]
    others = [row for row in said.data if row.status_name is None]
    planned = [row for row in others if _is_planned(row)]
    works = (_maintenance(row) for row in planned)
    return Part(
        # Where there are more parts than we were given, all may not be well.
        spoken=bool(parts) and said.meta.pagination.total_pages > 1,
        components=tuple(_component(row) for row in parts if row.enabled),
        incidents=tuple(_incident(row) for row in others if not _is_planned(row)),
        maintenances=tuple(work for work in works if work),
    )


def _component(found: _Row) -> Component:
    return Component(
        id=key(found.id),
        name=line(found.name),
        level=LEVELS.get(str(found.status)),
        group=key(found.group_id) if found.group_id else None,
        raw=line(found.status_name or ""),
    )


def _is_planned(found: _Row) -> bool:
    """Whether this is planned work: a schedule, or an old incident that was one."""
    kind = PLANNED if found.visible is not None else str(found.status)
    return moment(found.scheduled_at) is not None and str(found.status) == kind


def _incident(found: _Row) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    phase = PHASES.get(str(found.latest_status or found.status))
    is_open = not (found.is_resolved or phase is Phase.RESOLVED)
    return Incident(
        id=key(found.id),
        title=line(found.name),
        level=Level.DEGRADED if is_open else None,
        phase=phase,
        open=is_open,
        started_at=moment(found.created_at),
        ended_at=None if is_open else moment(found.updated_at),
        updates=_updates(found),
        component_ids=(key(found.component_id),) if found.component_id else (),
        url=link(found.permalink),
    )


def _maintenance(found: _Row) -> Maintenance | None:
    """Read planned work; None when its state is a word we do not know."""
    state = STATES.get(str(found.status))
    if state is None:
        return None
    return Maintenance(
        id=key(found.id),
        title=line(found.name),
        state=state,
        starts_at=moment(found.scheduled_at),
        ends_at=moment(found.completed_at),
        updates=_updates(found),
    )


def _updates(found: _Row) -> tuple[Update, ...]:
    """Return the updates; the first one is the incident's own text."""
    own = _Update(0, found.status, found.message, found.created_at)
    return newest_first(
        Update(at, plain(update.message or ""), PHASES.get(str(update.status)))
        for update in (own, *(found.updates or []))
        if (at := moment(update.created_at))
    )


def build(spec: SourceSpec) -> Pages:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/components").removesuffix("/api/v1")
    urls = (
        f"{page}/api/v1/components?per_page=100",
        f"{page}/api/v1/incidents?sort=id&order=desc&per_page=20",
        f"{page}/api/v1/schedules?sort=id&order=desc&per_page=20",
    )
    return official_pages(
        spec, read, urls=urls, page=page, cadence=CADENCE, verified=False
    )
