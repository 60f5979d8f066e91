"""Salesforce's status: every instance, and what goes wrong there.

Format: https://api.status.salesforce.com/v1/instances, a list, and
``/v1/instances/<key>/status``, one of them with its incidents and planned work (no key
needed). One answer of the second form was recorded, 2023-04; none of the first. An
incident has no title, and is open while one of its impacts has no end, whatever its
messages say.
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
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.speech import tr
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    decode_text,
    distinct,
    key,
    moment,
    newest_first,
    overall,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
API: Final = "https://api.status.salesforce.com"

LEVELS: Final = {
    "OK": Level.OPERATIONAL,
    "INFORMATIONAL": Level.OPERATIONAL,
    "INFORMATIONAL_CORE": Level.OPERATIONAL,
    "INFORMATIONAL_NONCORE": Level.OPERATIONAL,
    "MAINTENANCE_CORE": Level.MAINTENANCE,
    "MAINTENANCE_NONCORE": Level.MAINTENANCE,
    "MINOR_INCIDENT_NONCORE": Level.DEGRADED,
    "MINOR_INCIDENT_CORE": Level.DEGRADED,
    "MAJOR_INCIDENT_NONCORE": Level.PARTIAL,
    "MAJOR_INCIDENT_CORE": Level.MAJOR,
}
"""Which of the middle ones is degraded and which partial is our own decision."""
SEVERITIES: Final = {
    ("minor", False): Level.DEGRADED,
    ("minor", True): Level.DEGRADED,
    ("major", False): Level.PARTIAL,
    ("major", True): Level.MAJOR,
}
"""By severity and whether the core is concerned; in step with `LEVELS`."""
CANCELLED: Final = frozenset({"canceled", "cancelled"})

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between the words of "performanceDegradation"."""


class _Impact(msgspec.Struct, rename="camel"):
    type: str | None = None
    severity: str | None = None
    start_time: object = None
    end_time: object = None


class _Event(msgspec.Struct, rename="camel"):
    message: str | None = None
    created_at: object = None


class _Incident(msgspec.Struct, rename="camel"):
    id: int | str
    impacts: list[_Impact] = msgspec.field(name="IncidentImpacts")
    events: list[_Event] | None = msgspec.field(name="IncidentEvents", default=None)
    is_core: bool | None = None
    service_keys: list[str] | None = None


class _Notice(msgspec.Struct, rename="camel"):
    event_status: str | None = None


class _Work(msgspec.Struct, rename="camel"):
    id: int | str
    name: str | None = None
    message: _Notice | None = None
    planned_start_time: object = None
    planned_end_time: object = None


class _Instance(msgspec.Struct, rename="camel"):
    key: str
    status: str
    is_active: bool
    location: str | None = None
    environment: str | None = None
    incidents: list[_Incident] | None = msgspec.field(name="Incidents", default=None)
    works: list[_Work] | None = msgspec.field(name="Maintenances", default=None)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn one instance, or the list of all, into a report at the time of receipt.

    Raises:
        Unreadable: It is something else.
    """
    words = text(answer)
    if words.lstrip().startswith("["):
        listed = decode_text(words, list[_Instance])
    else:
        listed = [decode_text(words, _Instance)]
    instances = [instance for instance in listed if instance.is_active]
    components = distinct(
        Component(
            id=key(i.key),
            name=line(i.key),
            level=LEVELS.get(i.status),
            group=line(i.environment) if i.environment else None,
            region=key(i.location) or None,
            raw=line(i.status),
        )
        for i in instances
    )
    # What touches several instances stands under each of them.
    incidents: dict[str, tuple[_Incident, list[str]]] = {}
    works: dict[str, tuple[_Work, list[str]]] = {}
    for instance in instances:
        for found in instance.incidents or []:
            incidents.setdefault(key(found.id), (found, []))[1].append(instance.key)
        for work in instance.works or []:
            works.setdefault(key(work.id), (work, []))[1].append(instance.key)
    told = distinct(_incident(*pair) for pair in incidents.values())
    return Report(
        source,
        answer.at,
        level=overall(components, told),
        components=components,
        incidents=told,
        maintenances=_maintenances(works, answer.at),
    )


def _incident(found: _Incident, where: list[str]) -> Incident:
    lasting = [impact for impact in found.impacts if impact.end_time is None]
    is_open = bool(lasting)
    shown = lasting or found.impacts
    kinds = dict.fromkeys(_HUMP.sub(" ", i.type or "incident").lower() for i in shown)
    ends = [end for impact in found.impacts if (end := moment(impact.end_time))]
    starts = [at for impact in shown if (at := moment(impact.start_time))]
    is_core = bool(found.is_core)
    names = line(", ".join(found.service_keys or where))
    return Incident(
        id=key(found.id),
        title=line(f"{names}: {', '.join(kinds) or 'incident'}"),
        level=worst(SEVERITIES.get((i.severity or "", is_core)) for i in shown),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=min(starts, default=None),
        ended_at=None if is_open else max(ends, default=None),
        updates=newest_first(
            Update(at, plain(event.message or ""))
            for event in found.events or []
            if (at := moment(event.created_at))
        ),
        component_ids=tuple(key(name) for name in where),
    )


def _maintenances(
    found: Mapping[str, tuple[_Work, list[str]]], now: datetime
) -> tuple[Maintenance, ...]:
    """Return planned work; how far it is hangs on the plan alone."""
    return tuple(
        Maintenance(
            id=name,
            title=line(work.name or tr("Maintenance")),
            state=_state(work, now),
            starts_at=moment(work.planned_start_time),
            ends_at=moment(work.planned_end_time),
            component_ids=tuple(key(instance) for instance in where),
        )
        for name, (work, where) in found.items()
        if not (work.message and work.message.event_status in CANCELLED)
    )


def _state(work: _Work, now: datetime) -> MaintenanceState:
    begins, ends = moment(work.planned_start_time), moment(work.planned_end_time)
    if ends and ends <= now:
        return MaintenanceState.COMPLETED
    if begins and begins <= now:
        return MaintenanceState.IN_PROGRESS
    return MaintenanceState.SCHEDULED


def build(spec: SourceSpec) -> Page:
    """Make the source; a URL below ``/v1/`` is asked as it is.

    Options: ``instance``, the key of the only one that matters; ``api``, another
    host than Salesforce's own.
    """
    page = spec.url.rstrip("/")
    api = spec.option("api", API).rstrip("/")
    one = spec.option("instance")
    url = f"{api}/v1/instances/{one}/status" if one else f"{api}/v1/instances"
    if "/v1/" in page:
        url = page
    return official(
        spec,
        parse,
        url=url,
        page=page.split("/v1/", 1)[0],
        cadence=CADENCE,
        timed=True,
        verified="/v1/instances/" in url,
    )
