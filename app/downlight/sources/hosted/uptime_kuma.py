"""Status pages of Uptime Kuma, on a host of one's own.

Format: ``/api/status-page/<slug>`` (names, incidents, planned work) and
``/api/status-page/heartbeat/<slug>`` (what the monitors found), no key; from the
program, versions 1 and 2, read 2026-11. No recorded answer was ever seen.

A monitor is as its last heartbeat was. The colour of an incident says whether it is
trouble, not how bad it is (our decision): warning and danger are "degraded", every
other one is for information.
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
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.pages import Pages, official_pages, together
from downlight.sources.wire import decode, distinct, key, moment, overall, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=1), quick=timedelta(minutes=1))
"""One's own server; it works an answer out once a minute."""
NAMES: Final = "/api/status-page/"
BEATS: Final = "/api/status-page/heartbeat/"

LEVELS: Final = {
    0: Level.MAJOR,
    1: Level.OPERATIONAL,
    2: Level.DEGRADED,  # "pending": failed, and tried again before it counts
    3: Level.MAINTENANCE,
}
RAW: Final = {0: "down", 1: "up", 2: "pending", 3: "maintenance"}
STYLES: Final = {
    "info": Level.OPERATIONAL,
    "primary": Level.OPERATIONAL,
    "light": Level.OPERATIONAL,
    "dark": Level.OPERATIONAL,
    "warning": Level.DEGRADED,
    "danger": Level.DEGRADED,
}
STATES: Final = {
    "scheduled": MaintenanceState.SCHEDULED,
    "under_maintenance": MaintenanceState.IN_PROGRESS,
    "ended": MaintenanceState.COMPLETED,
}


class _Monitor(msgspec.Struct):
    id: int | str
    name: str


class _Group(msgspec.Struct):
    name: str
    monitors: list[_Monitor] = msgspec.field(name="monitorList")


class _Incident(msgspec.Struct):
    id: int | str
    title: str
    style: str = ""
    content: str | None = None
    active: bool | int | None = True
    created: object = msgspec.field(default=None, name="createdDate")
    updated: object = msgspec.field(default=None, name="lastUpdatedDate")


class _Work(msgspec.Struct):
    id: int | str
    title: str
    status: str


class _Beat(msgspec.Struct):
    status: int


class _Said(msgspec.Struct):
    """Both bodies; each field belongs to one of them."""

    groups: list[_Group] | None = msgspec.field(default=None, name="publicGroupList")
    incidents: list[_Incident] | None = None
    incident: _Incident | None = None
    works: list[_Work] | None = msgspec.field(default=None, name="maintenanceList")
    beats: dict[str, list[_Beat]] | None = msgspec.field(
        default=None, name="heartbeatList"
    )


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn one of the bodies into a report: heartbeats name no monitor.

    Raises:
        Unreadable: It is neither.
    """
    return read(source, (answer,))


def read(source: SourceId, answers: Sequence[Answer]) -> Report:
    """Turn names and heartbeats into one report."""
    said = [decode(answer, _Said) for answer in answers]
    if any(one.groups is None and one.beats is None for one in said):
        raise Unreadable("neither monitors nor heartbeats in it")
    groups = [group for one in said for group in one.groups or []]
    last = {
        name: beats[-1].status
        for one in said
        for name, beats in (one.beats or {}).items()
        if beats
    }
    found = _components(groups, last) if groups else _nameless(last)
    components = distinct(found)
    listed = [i for one in said for i in one.incidents or []]
    listed += [one.incident for one in said if one.incident]  # version 1: only one
    incidents = distinct(_incident(i) for i in listed)
    works = [work for one in said for work in one.works or []]
    return Report(
        source,
        answers[0].at,
        level=overall((), incidents, together(components), spoken=True),
        components=components,
        incidents=incidents,
        maintenances=distinct(
            Maintenance(key(work.id), line(work.title), STATES[word(work.status)])
            for work in works
            if word(work.status) in STATES
        ),
    )


def _components(
    groups: Iterable[_Group], last: Mapping[str, int]
) -> Iterable[Component]:
    for group in groups:
        for monitor in group.monitors:
            status = last.get(str(monitor.id))
            yield _component(str(monitor.id), monitor.name, status, group.name)


def _nameless(last: Mapping[str, int]) -> Iterable[Component]:
    return (_component(name, name, status) for name, status in last.items())


def _component(name: str, title: str, status: int | None, group: str = "") -> Component:
    return Component(
        id=key(name),
        name=line(title),
        level=None if status is None else LEVELS.get(status),
        group=line(group) or None,
        raw="" if status is None else RAW.get(status, str(status)),
    )


def _incident(found: _Incident) -> Incident:
    at = moment(found.updated) or moment(found.created)
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=STYLES.get(word(found.style)),
        phase=None,
        open=bool(found.active),
        started_at=moment(found.created),
        ended_at=None if found.active else moment(found.updated),
        updates=(Update(at, plain(found.content)),) if at and found.content else (),
    )


def build(spec: SourceSpec) -> Pages:
    """Make the source of one page, ``https://host/status/<slug>``.

    Options:
        slug: The page's name there; not needed where the address has it.
    """
    page, _, given = spec.url.rstrip("/").partition("/status/")
    slug = spec.needed("slug", given or "default")
    return official_pages(
        spec,
        read,
        urls=(f"{page}{NAMES}{slug}", f"{page}{BEATS}{slug}"),
        page=f"{page}/status/{slug}",
        cadence=CADENCE,
        verified=False,
    )
