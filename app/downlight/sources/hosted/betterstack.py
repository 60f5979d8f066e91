"""Status pages of Better Stack (Better Uptime before).

Format: https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates,
``/index.json``, a JSON:API document (recorded 2026-09, without anything open; open
reports are read as documented). Other addresses of such a page answer with HTML.

A report without an end may be over: only its word counts. Ids are numbers in one
place and text in another.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
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
    moment,
    newest_first,
    overall,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))

LEVELS: Final = {
    "operational": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "under_maintenance": Level.MAINTENANCE,
    "degraded": Level.DEGRADED,
    "downtime": Level.MAJOR,
}
"""For the page, a part and a report."""
NOT_WATCHED: Final = "not_monitored"
"""A part with this word has no state; it is left out."""
OVER: Final = "resolved"
PLANNED: Final = "maintenance"


class _Affected(msgspec.Struct):
    id: str | int = msgspec.field(name="status_page_resource_id")


class _Link(msgspec.Struct):
    id: str | int


class _Links(msgspec.Struct):
    data: list[_Link] | None = None


class _Relations(msgspec.Struct):
    status_updates: _Links | None = None


class _Facts(msgspec.Struct):
    """The attributes of every type that is read."""

    name: str | None = None
    public_name: str | None = None
    status: str | None = None
    section: str | int | None = msgspec.field(
        default=None, name="status_page_section_id"
    )
    title: str | None = None
    report_type: str | None = None
    aggregate_state: str | None = None
    starts_at: object = None
    ends_at: object = None
    affected_resources: list[_Affected] | None = None
    message: str | None = None
    published_at: object = None


class _Thing(msgspec.Struct):
    type: str
    id: str | int
    facts: _Facts = msgspec.field(name="attributes")
    relationships: _Relations | None = None


class _PageFacts(msgspec.Struct):
    aggregate_state: str
    announcement: str | None = None


class _Page(msgspec.Struct):
    type: str
    facts: _PageFacts = msgspec.field(name="attributes")


class _Document(msgspec.Struct):
    data: _Page
    included: list[_Thing]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page's document into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Document)
    if said.data.type != "status_page":
        raise Unreadable("not the document of a status page")
    reports = [thing for thing in said.included if thing.type == "status_report"]
    planned = [report for report in reports if _is_planned(report)]
    texts = {
        str(thing.id): thing for thing in said.included if thing.type == "status_update"
    }
    components = _components(said.included)
    incidents = distinct(_incident(r, texts) for r in reports if not _is_planned(r))
    page = LEVELS.get(word(said.data.facts.aggregate_state))
    working = {c.id for c in components if c.level is Level.MAINTENANCE}
    return Report(
        source,
        answer.at,
        level=overall(components, incidents, page, spoken=True),
        headline=line(said.data.facts.announcement or ""),
        components=components,
        incidents=incidents,
        maintenances=distinct(_maintenance(work, texts, working) for work in planned),
    )


def _components(found: list[_Thing]) -> tuple[Component, ...]:
    groups = {
        str(thing.id): line(thing.facts.name or "")
        for thing in found
        if thing.type == "status_page_section"
    }
    return distinct(
        Component(
            id=key(thing.id),
            name=line(thing.facts.public_name or ""),
            level=LEVELS.get(word(thing.facts.status or "")),
            group=groups.get(str(thing.facts.section)) or None,
            raw=line(thing.facts.status or ""),
        )
        for thing in found
        if thing.type == "status_page_resource"
        and word(thing.facts.status or "") != NOT_WATCHED
    )


def _is_planned(found: _Thing) -> bool:
    return word(found.facts.report_type or "") == PLANNED


def _incident(found: _Thing, texts: Mapping[str, _Thing]) -> Incident:
    """Read one report; it is open unless it says that it is resolved."""
    now = word(found.facts.aggregate_state or "")
    is_open = now != OVER
    return Incident(
        id=key(found.id),
        title=line(found.facts.title or ""),
        level=LEVELS.get(now),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(found.facts.starts_at),
        ended_at=None if is_open else moment(found.facts.ends_at),
        updates=_updates(found, texts),
        component_ids=_parts(found),
    )


def _maintenance(
    found: _Thing, texts: Mapping[str, _Thing], working: set[str]
) -> Maintenance:
    """Read planned work.

    Its word does not tell whether it has begun (our decision): it has, when a part
    it is about is under maintenance.
    """
    if word(found.facts.aggregate_state or "") == OVER:
        state = MaintenanceState.COMPLETED
    elif working & set(_parts(found)):
        state = MaintenanceState.IN_PROGRESS
    else:
        state = MaintenanceState.SCHEDULED
    return Maintenance(
        id=key(found.id),
        title=line(found.facts.title or ""),
        state=state,
        starts_at=moment(found.facts.starts_at),
        ends_at=moment(found.facts.ends_at),
        updates=_updates(found, texts),
        component_ids=_parts(found),
    )


def _updates(found: _Thing, texts: Mapping[str, _Thing]) -> tuple[Update, ...]:
    links = found.relationships.status_updates if found.relationships else None
    written = [texts.get(str(one.id)) for one in (links.data if links else None) or []]
    return newest_first(
        Update(at, plain(update.facts.message or ""), id=key(update.id))
        for update in written
        if update and (at := moment(update.facts.published_at))
    )


def _parts(found: _Thing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key(a.id) for a in found.facts.affected_resources or []))


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/index.json")
    url = f"{page}/index.json"
    return official(spec, parse, url=url, page=page, cadence=CADENCE)
