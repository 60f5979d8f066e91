"""Heroku's own status page.

Format: ``/api/v4/current-status`` (no key needed; an answer recorded 2026-09, all
green). An incident's ``state`` is believed, its ``resolved`` is not. Planned work stays
"upcoming" for months after its last message said that it is complete, so what nobody
speaks of any more is over. An incident says how bad it is only by the colours of the
systems it names; no recorded incident was ever seen.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level, worst
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Place,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    PHASES,
    STATES,
    decode,
    distinct,
    key,
    link,
    moment,
    newest_first,
    overall,
    word,
)

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
PATH: Final = "/api/v4/current-status"
SILENCE: Final = timedelta(days=7)
"""Planned work nobody has said anything about for this long was forgotten."""

COLOURS: Final = {
    "green": Level.OPERATIONAL,
    "blue": Level.MAINTENANCE,
    "yellow": Level.DEGRADED,
    "red": Level.MAJOR,
}
_DONE: Final = re.compile(
    r"\b(?:is|was|has been|now) (?:complete|completed|finished)\b", re.IGNORECASE
)


class _System(msgspec.Struct):
    system: str
    status: str


class _Part(msgspec.Struct):
    name: str
    status: str | None = None


class _Update(msgspec.Struct):
    created_at: object = None
    contents: str | None = None
    update_type: str | None = None


class _Incident(msgspec.Struct):
    id: int | str
    title: str
    state: str
    created_at: object = None
    full_url: str | None = None
    systems: list[_Part] | None = None
    tags: list[str] | None = None
    updates: list[_Update] | None = None


class _Current(msgspec.Struct):
    status: list[_System]
    incidents: list[_Incident]
    scheduled: list[_Incident]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the current status into a report, as seen at the time of receipt.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Current)
    components = distinct(
        Component(
            id=key(row.system),
            name=line(row.system),
            level=COLOURS.get(word(row.status)),
            raw=line(row.status),
        )
        for row in said.status
    )
    incidents = distinct(_incident(i) for i in said.incidents)
    return Report(
        source,
        answer.at,
        level=overall(components, incidents),
        components=components,
        incidents=incidents,
        maintenances=distinct(_maintenance(m, answer.at) for m in said.scheduled),
    )


def _incident(found: _Incident) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    is_open = word(found.state) != Phase.RESOLVED
    parts = found.systems or []
    updates = _updates(found)
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=worst(COLOURS.get(word(part.status or "")) for part in parts),
        phase=PHASES.get(word(found.state)),
        open=is_open,
        started_at=moment(found.created_at),
        # Not updated_at, which is set anew by itself.
        ended_at=updates[0].at if updates and not is_open else None,
        updates=updates,
        component_ids=tuple(key(part.name) for part in parts),
        places=tuple(Place(key(tag), line(tag)) for tag in found.tags or [] if tag),
        url=link(found.full_url),
    )


def _maintenance(found: _Incident, now: datetime) -> Maintenance:
    """Read planned work; a state we do not know is not yet going on."""
    updates = _updates(found)
    last = updates[0].at if updates else moment(found.created_at)
    state = STATES.get(word(found.state), MaintenanceState.SCHEDULED)
    is_done = bool(updates and _DONE.search(updates[0].text))
    if is_done or (last and now - last > SILENCE):
        state = MaintenanceState.COMPLETED
    return Maintenance(
        id=key(found.id),
        title=line(found.title),
        state=state,
        updates=updates,
        component_ids=tuple(key(part.name) for part in found.systems or []),
        url=link(found.full_url),
    )


def _updates(found: _Incident) -> tuple[Update, ...]:
    return newest_first(
        Update(at, plain(u.contents or ""), PHASES.get(word(u.update_type or "")))
        for u in found.updates or []
        if (at := moment(u.created_at))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Heroku."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec, parse, url=f"{page}{PATH}", page=page, cadence=CADENCE, timed=True
    )
