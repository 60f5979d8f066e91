"""The AWS Health Dashboard: what is going on, in every region.

Format: https://health.aws.amazon.com/public/currentevents (recorded 2026-09,
documented nowhere). UTF-16 with a byte order mark; codes are strings in one place and
numbers in another. ``[]`` means that nothing is going on.

Every service an open event touches becomes a component, in the group of its region.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Phase, Place, Report, Update
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
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {
    "0": Level.OPERATIONAL,  # resolved
    "1": Level.OPERATIONAL,  # for information
    "2": Level.DEGRADED,
    "3": Level.MAJOR,  # "service disruption"
}
GLOBAL: Final = "global"
"""The region of events that belong to none."""

_RESOLVED: Final = re.compile(r"\s*\[RESOLVED\]\s*", re.IGNORECASE)
_REGION: Final = re.compile(r"-([a-z]{2}(?:-[a-z]+){1,2}-\d)$")
"""How a service's name ends: ``ec2-us-east-1``, ``s3-us-gov-west-1``."""


class _Entry(msgspec.Struct):
    summary: str | None = None
    message: str | None = None
    status: str | int | None = None
    timestamp: object = None


class _Impact(msgspec.Struct):
    current: str | int
    service_name: str | None = None


class _Event(msgspec.Struct):
    service: str
    status: str | int
    summary: str
    date: str | int
    arn: str | None = None
    region_name: str | None = None
    service_name: str | None = None
    event_log: list[_Entry] | None = None
    impacted_services: dict[str, _Impact] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of current events into a report.

    Raises:
        Unreadable: It is something else.
    """
    found = decode(answer, list[_Event])
    incidents = distinct(_incident(event) for event in found)
    components = _components(event for event in found if _is_open(event))
    level = overall(components, incidents, Level.OPERATIONAL)
    return Report(
        source,
        answer.at,
        level=level,
        components=components,
        incidents=incidents,
        exhaustive=True,
    )


def _is_open(event: _Event) -> bool:
    return str(event.status) != "0" and not _RESOLVED.match(event.summary)


def _region(event: _Event) -> str:
    """Return the region's code: the fourth part of the ARN, or the name's end."""
    parts = (event.arn or "").split(":")
    if len(parts) > 3 and parts[3]:  # noqa: PLR2004 - "arn:aws:health:<region>:…"
        return key(parts[3])
    end = _REGION.search(event.service)
    return end[1] if end else GLOBAL


def _impacts(event: _Event) -> dict[str, _Impact]:
    """Return the services touched; the event's own when none is listed."""
    own = _Impact(event.status, event.service_name)
    return event.impacted_services or {event.service: own}


def _components(events: Iterable[_Event]) -> tuple[Component, ...]:
    """Return the services touched, each as bad as the worst event says."""
    worst: dict[str, Component] = {}
    for event in events:
        region = _region(event)
        for name, impact in _impacts(event).items():
            component = Component(
                id=key(name),
                name=line(impact.service_name or name),
                level=LEVELS.get(str(impact.current)),
                group=region,
                region=region,
                raw=line(str(impact.current), length=20),
            )
            known = worst.get(component.id)
            if known is None or (component.level or 0) > (known.level or 0):
                worst[component.id] = component
    return tuple(worst.values())


def _incident(event: _Event) -> Incident:
    is_open = _is_open(event)
    updates = _updates(event)
    region = _region(event)
    what = line(_RESOLVED.sub("", event.summary, count=1))
    who = line(event.service_name or "")
    return Incident(
        id=key(event.arn or f"{event.service}/{event.date}"),
        title=": ".join(part for part in (who, what) if part),
        level=LEVELS.get(str(event.status)),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(event.date),
        ended_at=updates[0].at if updates and not is_open else None,
        updates=updates,
        component_ids=tuple(key(name) for name in _impacts(event)),
        places=(Place(region, line(event.region_name or "") or region),),
    )


def _updates(event: _Event) -> tuple[Update, ...]:
    """Return the updates; on the wire the oldest stands first."""
    return newest_first(
        Update(
            at=at,
            text=plain(entry.message or entry.summary or ""),
            phase=Phase.RESOLVED if str(entry.status) == "0" else None,
        )
        for entry in event.event_log or []
        if (at := moment(entry.timestamp))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of AWS."""
    page = spec.url.rstrip("/").removesuffix("/public/currentevents")
    url = f"{page}/public/currentevents"
    return official(spec, parse, url=url, page=page, cadence=CADENCE)
