"""The status page AWS had until 2023; its recordings are still worth playing.

Format: https://status.aws.amazon.com/data.json (answers recorded 2020 to 2023; by now
the address leads to the Health Dashboard, family ``aws-currentevents``). ``current``
holds what is going on and what has just been closed. ``archive`` holds a year of what
is over, with the statuses it once had: it is left out. The messages of an event are
one piece of HTML, oldest first, with the time of day in Seattle and rarely a date.

Every service an open event touches becomes a component, in the group of its region.
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone
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
    from datetime import datetime

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
"""The region of services that belong to none."""
DAY: Final = timedelta(days=1)

_RESOLVED: Final = re.compile(r"\s*\[RESOLVED\]\s*", re.IGNORECASE)
_REGION: Final = re.compile(r"-([a-z]{2}(?:-[a-z]+){1,2}-\d)$")
"""How a service's name ends: ``ec2-us-east-1``."""
_CITY: Final = re.compile(r"\(([^()]{1,60})\)\s*$")
"""How a service's title ends: "Amazon Elastic Compute Cloud (N. Virginia)"."""
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_ZONES: Final = {"PST": -8, "PDT": -7}
_STEP: Final = re.compile(
    rf"<span[^<>]*>\s*+(?:({'|'.join(_MONTHS)}) (\d\d?),\s*+)?"
    r"(\d\d?):(\d\d) ([AP])M (P[SD]T)\s*</span>"
)
"""The head of a message: " 8:22 AM PST", "Nov 26,  1:05 AM PST"."""


class _Event(msgspec.Struct):
    service: str
    status: str | int
    summary: str
    date: str | int
    service_name: str | None = None
    description: str | None = None


class _Board(msgspec.Struct):
    archive: list[object]
    current: list[_Event]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the board into a report.

    Raises:
        Unreadable: It is something else.
    """
    found = decode(answer, _Board).current
    incidents = distinct(_incident(event) for event in found)
    components = _components(event for event in found if _is_open(event))
    return Report(
        source,
        answer.at,
        level=overall(components, incidents, Level.OPERATIONAL),
        components=components,
        incidents=incidents,
        exhaustive=True,
    )


def _is_open(event: _Event) -> bool:
    return str(event.status) != "0" and not _RESOLVED.match(event.summary)


def _region(event: _Event) -> str:
    end = _REGION.search(event.service)
    return end[1] if end else GLOBAL


def _components(events: Iterable[_Event]) -> tuple[Component, ...]:
    """Return the services touched, each as bad as the worst event says."""
    worst: dict[str, Component] = {}
    for event in events:
        component = Component(
            id=key(event.service),
            name=line(event.service_name or event.service),
            level=LEVELS.get(str(event.status)),
            group=_region(event),
            region=_region(event),
            raw=line(str(event.status), length=20),
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
    who = event.service_name or ""
    city = _CITY.search(who)
    return Incident(
        id=key(f"{event.service}/{event.date}"),
        title=": ".join(part for part in (line(who), what) if part),
        level=LEVELS.get(str(event.status)),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(event.date),
        ended_at=updates[0].at if updates and not is_open else None,
        updates=updates,
        component_ids=(key(event.service),),
        places=(Place(region, line(city[1]) if city else region),),
    )


def _updates(event: _Event) -> tuple[Update, ...]:
    """Return the messages; each is later than the one before it on the wire."""
    last = moment(event.date)
    updates = []
    for part in (event.description or "").split("</div>"):
        step = _STEP.search(part)
        if step and last and (at := _moment(step, last)):
            updates.append(Update(at, plain(part[step.end() :])))
            last = at
    return newest_first(updates)


def _moment(step: re.Match[str], last: datetime) -> datetime | None:
    """Return when a message was written, not before ``last``; None: no such time."""
    month, date, hour, minute, half, zone = step.groups()
    here = last.astimezone(timezone(timedelta(hours=_ZONES[zone])))
    day = here.date().isoformat()
    if month:
        number = _MONTHS.index(month) + 1
        year = here.year + (number < here.month)  # from December into January
        day = f"{year}-{number:02}-{int(date):02}"
    clock = f"{int(hour) % 12 + 12 * (half == 'P'):02}:{minute}"
    at = moment(f"{day}T{clock}-{-_ZONES[zone]:02}:00")
    is_tomorrow = at and not month and at < last.replace(second=0, microsecond=0)
    return at + DAY if at and is_tomorrow else at


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of AWS."""
    page = spec.url.rstrip("/").removesuffix("/data.json")
    return official(spec, parse, url=f"{page}/data.json", page=page, cadence=CADENCE)
