"""Status pages of Status.io.

Format: https://kb.status.io/developers/public-status-api/, one address per page on
the host of the product, ``/1.0/status/<id>`` (no key; recorded 2026-09, all well).
No recorded answer had an incident: its fields and the numbers of its messages are
read as the product's documentation gives them.

A page that does not exist is answered with HTTP 200 and an error. Containers are the
places a part runs in; the same container stands under several parts.
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
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, moment, newest_first, overall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
API: Final = "https://api.status.io"

LEVELS: Final = {
    "100": Level.OPERATIONAL,
    "200": Level.MAINTENANCE,
    "300": Level.DEGRADED,
    "400": Level.PARTIAL,
    "500": Level.MAJOR,
    "600": Level.MAJOR,  # "security event"
}
PHASES: Final = {
    "100": Phase.INVESTIGATING,
    "200": Phase.IDENTIFIED,
    "300": Phase.MONITORING,
}

_EVENTS: Final = 200
"""More incidents or pieces of work at once than this are not read: each is held
against every part of the page."""


class _State(msgspec.Struct):
    status_code: int
    status: str = ""


class _Container(msgspec.Struct):
    id: str
    name: str
    status_code: int | None = None
    status: str = ""


class _Component(_Container):
    containers: list[_Container] | None = None


class _Affected(msgspec.Struct):
    id: str | None = None
    own: str | None = msgspec.field(default=None, name="_id")


class _Message(msgspec.Struct):
    details: str | None = None
    datetime: object = None
    state: object = None
    status: object = None


class _Event(msgspec.Struct):
    """An incident or planned work."""

    id: str = msgspec.field(name="_id")
    name: str
    datetime_open: object = None
    datetime_planned_start: object = None
    datetime_planned_end: object = None
    messages: list[_Message] | None = None
    components_affected: list[_Affected] | None = None
    containers_affected: list[_Affected] | None = None


class _Works(msgspec.Struct):
    active: list[_Event] | None = None
    upcoming: list[_Event] | None = None


class _Result(msgspec.Struct):
    status_overall: _State
    status: list[_Component]
    incidents: list[_Event] | None = None
    maintenance: _Works | None = None


class _Answer(msgspec.Struct):
    result: _Result


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the answer into a report.

    Raises:
        Unreadable: It is something else, or an error.
    """
    said = decode(answer, _Answer).result
    components = distinct(c for part in said.status for c in _leaves(part))
    incidents = distinct(
        _incident(i, said.status) for i in (said.incidents or [])[:_EVENTS]
    )
    works = said.maintenance or _Works()
    return Report(
        source,
        answer.at,
        level=overall(
            components,
            incidents,
            LEVELS.get(str(said.status_overall.status_code)),
            spoken=True,
        ),
        headline=line(said.status_overall.status),
        components=components,
        incidents=incidents,
        maintenances=distinct(
            _maintenance(work, state, said.status)
            for listed, state in (
                (works.active, MaintenanceState.IN_PROGRESS),
                (works.upcoming, MaintenanceState.SCHEDULED),
            )
            for work in (listed or [])[:_EVENTS]
        ),
    )


def _leaves(found: _Component) -> Iterable[Component]:
    """Return a part once for each of its containers, or itself without any."""
    for place in found.containers or []:
        yield _component(place, f"{found.id}.{place.id}", line(found.name))
    if not found.containers:
        yield _component(found, found.id)


def _component(found: _Container, name: str, group: str | None = None) -> Component:
    return Component(
        id=key(name),
        name=line(found.name),
        level=LEVELS.get(str(found.status_code)),
        group=group,
        raw=line(found.status),
    )


def _incident(found: _Event, parts: list[_Component]) -> Incident:
    """Read one incident; only open ones are listed, as bad as its newest message."""
    newest = max(
        found.messages or [],
        key=lambda m: at.timestamp() if (at := moment(m.datetime)) else 0,
        default=_Message(),
    )
    return Incident(
        id=key(found.id),
        title=line(found.name),
        level=LEVELS.get(str(newest.status)),
        phase=PHASES.get(str(newest.state)),
        open=True,
        started_at=moment(found.datetime_open),
        updates=_updates(found),
        component_ids=_affected(found, parts),
    )


def _maintenance(
    found: _Event, state: MaintenanceState, parts: list[_Component]
) -> Maintenance:
    return Maintenance(
        id=key(found.id),
        title=line(found.name),
        state=state,
        starts_at=moment(found.datetime_planned_start),
        ends_at=moment(found.datetime_planned_end),
        updates=_updates(found),
        component_ids=_affected(found, parts),
    )


def _updates(found: _Event) -> tuple[Update, ...]:
    return newest_first(
        Update(at, plain(said.details or ""), PHASES.get(str(said.state)))
        for said in found.messages or []
        if (at := moment(said.datetime))
    )


def _affected(found: _Event, parts: list[_Component]) -> tuple[str, ...]:
    """Return the leaves an event is about: its parts in its containers."""
    named = {one.own or one.id for one in found.components_affected or []}
    places = {one.own or one.id for one in found.containers_affected or []}
    leaves: list[str] = []
    for part in parts:
        if part.id in named:
            listed = [p.id for p in part.containers or []]
            there = [place for place in listed if place in places or not places]
            leaves += [f"{part.id}.{place}" for place in there] or [part.id]
    return tuple(key(leaf) for leaf in leaves)


def build(spec: SourceSpec) -> Page:
    """Make the source of one page.

    Options:
        page: The page's id, 24 hexadecimal digits; not needed where the address
            of the catalog is the API's own.
        api: Another origin of the API.

    Raises:
        CatalogError: Nothing names the page's id.
    """
    page, _, given = spec.url.partition("/1.0/status/")
    page_id = spec.needed("page", given)
    api = spec.option("api", page if given else API)
    return official(
        spec,
        parse,
        url=f"{api}/1.0/status/{page_id}",
        page="" if given else page,
        cadence=CADENCE,
    )
