"""Slack's own status page.

Format: https://api.slack.com/docs/slack-status, ``/api/v2.0.0/current`` (no
key needed; answers recorded 2022 to 2024). Notes are text or HTML; ``services`` may
be empty.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import (
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import (
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

LEVELS: Final = {
    "notice": Level.OPERATIONAL,  # for information
    "incident": Level.DEGRADED,
    "outage": Level.MAJOR,
}
"""An incident's level hangs on its type; Slack has no other word for it."""
OVER: Final = frozenset({"resolved", "completed", "cancelled"})
ACTIVE: Final = "active"
"""What the page says while something is listed, be it only a notice."""


class _Note(msgspec.Struct):
    body: str = ""
    date_created: object = None


class _Incident(msgspec.Struct):
    id: int | str
    title: str
    type: str
    status: str
    date_created: object = None
    date_updated: object = None
    url: str | None = None
    services: list[str] | None = None
    notes: list[_Note] | None = None


class _Current(msgspec.Struct):
    status: str
    active_incidents: list[_Incident]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the current status into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Current)
    listed = said.active_incidents
    incidents = distinct(_incident(i) for i in listed if not _is_planned(i))
    page = word(said.status)
    # "active" has no level of its own: the listed incidents are what it means.
    explained = page == ACTIVE and bool(listed)
    return Report(
        source,
        answer.at,
        level=overall(
            (),
            incidents,
            Level.OPERATIONAL if page == "ok" or explained else None,
            spoken=True,
        ),
        incidents=incidents,
        maintenances=distinct(_maintenance(i) for i in listed if _is_planned(i)),
    )


def _is_planned(found: _Incident) -> bool:
    return word(found.status) == "scheduled"


def _incident(found: _Incident) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    is_open = word(found.status) not in OVER
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=LEVELS.get(word(found.type)),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(found.date_created),
        ended_at=None if is_open else moment(found.date_updated),
        updates=_updates(found),
        component_ids=tuple(key(name) for name in found.services or []),
        url=link(found.url),
    )


def _maintenance(found: _Incident) -> Maintenance:
    return Maintenance(
        id=key(found.id),
        title=line(found.title),
        state=MaintenanceState.SCHEDULED,
        updates=_updates(found),
        component_ids=tuple(key(name) for name in found.services or []),
        url=link(found.url),
    )


def _updates(found: _Incident) -> tuple[Update, ...]:
    return newest_first(
        Update(at, plain(note.body))
        for note in found.notes or []
        if (at := moment(note.date_created))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Slack."""
    page = spec.url.rstrip("/").removesuffix("/api/v2.0.0/current")
    url = f"{page}/api/v2.0.0/current"
    return official(spec, parse, url=url, page=page, cadence=CADENCE)
