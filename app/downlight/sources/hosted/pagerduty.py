"""Status pages of PagerDuty.

Format: JSON inside the page, ``<script id="data">`` (a page recorded 2023-12,
documented nowhere); the bare JSON is read as well. ``open_incidents`` are what goes
on; the page's headline is a fixed text ("Everything is running smoothly" was recorded
with an incident open), so it is not shown. Its list ``posts`` was empty whenever it
was seen and is not read.

A severity is one of three, so "major", the worst, is a major outage (our decision).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level, worst
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
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    PHASES,
    decode_text,
    distinct,
    key,
    moment,
    newest_first,
    overall,
    text,
    word,
)

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

SEVERITIES: Final = {
    "all_good": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "minor": Level.DEGRADED,
    "major": Level.MAJOR,
}
_SCRIPT: Final = re.compile(
    r"""<script[^<>]{0,300}\bid=["']?data["']?(?:\s[^<>]{0,300})?>""", re.IGNORECASE
)
_END: Final = re.compile(r"</script", re.IGNORECASE)


class _Impact(msgspec.Struct):
    business_service_id: str
    name: str
    severity: str


class _Update(msgspec.Struct):
    severity: str
    status: str = ""
    message: str | None = None
    id: str = ""
    reported_at: object = None
    created_at: object = None
    impacted_business_services: list[_Impact] | None = None


class _Incident(msgspec.Struct):
    id: str
    title: str
    updates: list[_Update]


class _Service(msgspec.Struct):
    external_business_service_id: str
    name: str
    is_active: bool = True


class _Summary(msgspec.Struct):
    open_incidents: list[_Incident]
    resolved_incidents: list[_Incident] | None = None
    post_status_page_services: list[_Service] | None = None


class _Said(msgspec.Struct):
    summary: _Summary


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page, or the JSON in it, into a report.

    Raises:
        Unreadable: It is something else.
    """
    summary = decode_text(_inside(text(answer)), _Said).summary
    past = summary.resolved_incidents or []
    goes_on = [(found, True) for found in summary.open_incidents]
    told = [*goes_on, *((found, False) for found in past)]
    components = _components(summary)
    incidents = distinct(_incident(i, goes_on=up) for i, up in told if not _is_work(i))
    return Report(
        source,
        answer.at,
        # Whatever is wrong is among the open incidents; nothing there means well.
        level=overall(components, incidents, Level.OPERATIONAL, spoken=True),
        components=components,
        incidents=incidents,
        maintenances=distinct(_work(i, goes_on=up) for i, up in told if _is_work(i)),
    )


def _inside(words: str) -> str:
    """Return the JSON in a web page, and anything else as it is."""
    if not words.lstrip().startswith("<"):
        return words
    start = _SCRIPT.search(words)
    end = _END.search(words, start.end()) if start else None
    if start is None or end is None:
        raise Unreadable("a web page without PagerDuty's data in it")
    return words[start.end() : end.start()]


def _components(summary: _Summary) -> tuple[Component, ...]:
    """Return the services; only those an open incident touches are named by it."""
    names = {
        service.external_business_service_id: service.name
        for service in summary.post_status_page_services or []
        if service.is_active
    }
    said: dict[str, list[str]] = {}
    for found in summary.open_incidents:
        for impact in _parts(found):
            names.setdefault(impact.business_service_id, impact.name)
            said.setdefault(impact.business_service_id, []).append(impact.severity)
    return distinct(
        Component(
            id=key(id_),
            name=line(name),
            level=_worst(said.get(id_, ["all_good"])),
            raw=line(", ".join(said.get(id_, []))),
        )
        for id_, name in names.items()
    )


def _worst(words: list[str]) -> Level | None:
    """Return the worst level; a word we do not know hides behind trouble only."""
    levels = [SEVERITIES.get(word(said)) for said in words]
    level = worst(levels)
    return None if level is Level.OPERATIONAL and None in levels else level


def _newest(found: _Incident) -> _Update | None:
    return max(
        found.updates,
        key=lambda u: str(moment(u.reported_at) or moment(u.created_at) or ""),
        default=None,
    )


def _parts(found: _Incident) -> list[_Impact]:
    newest = _newest(found)
    return (newest.impacted_business_services if newest else None) or []


def _severity(found: _Incident) -> Level | None:
    newest = _newest(found)
    return SEVERITIES.get(word(newest.severity)) if newest else None


def _is_work(found: _Incident) -> bool:
    return _severity(found) is Level.MAINTENANCE


def _incident(found: _Incident, *, goes_on: bool) -> Incident:
    updates = _updates(found)
    phase = updates[0].phase if updates else None
    is_open = goes_on and not (phase and phase.is_over)
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=_severity(found),
        phase=phase,
        open=is_open,
        started_at=updates[-1].at if updates else None,
        ended_at=updates[0].at if updates and not is_open else None,
        updates=updates,
        component_ids=tuple(key(part.business_service_id) for part in _parts(found)),
    )


def _work(found: _Incident, *, goes_on: bool) -> Maintenance:
    updates = _updates(found)
    return Maintenance(
        id=key(found.id),
        title=line(found.title),
        state=(MaintenanceState.IN_PROGRESS if goes_on else MaintenanceState.COMPLETED),
        starts_at=updates[-1].at if updates else None,
        updates=updates,
        component_ids=tuple(key(part.business_service_id) for part in _parts(found)),
    )


def _updates(found: _Incident) -> tuple[Update, ...]:
    return newest_first(
        Update(
            at=at,
            text=plain(update.message or ""),
            phase=PHASES.get(word(update.status)),
            id=key(update.id),
        )
        for update in found.updates
        if (at := moment(update.reported_at) or moment(update.created_at))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page; its data is in the page itself."""
    page = spec.url
    return official(
        spec, parse, url=page, page=page, cadence=CADENCE, accept="text/html"
    )
