"""Azure DevOps' own status page.

Format: https://status.dev.azure.com/_apis/status/health (Microsoft's documentation of
the REST API, 7.2, read 2026-05; no key needed). No recorded answer was ever seen but
the examples there, all healthy. One part for each service in each geography; the page
says nothing of incidents.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/_apis/status/health"

LEVELS: Final = {
    "healthy": Level.OPERATIONAL,
    "advisory": Level.OPERATIONAL,  # for information
    "degraded": Level.DEGRADED,
    "unhealthy": Level.MAJOR,
}
"""Besides there is "unknown", which says what it means."""


class _Status(msgspec.Struct):
    health: str
    message: str | None = None


class _Geography(msgspec.Struct):
    id: str
    health: str
    name: str | None = None


class _Service(msgspec.Struct):
    id: str
    geographies: list[_Geography]


class _Health(msgspec.Struct):
    status: _Status
    services: list[_Service]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the health of all services into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Health)
    components = distinct(
        Component(
            id=key(f"{service.id}/{place.id}"),
            name=line(service.id),
            level=LEVELS.get(word(place.health)),
            group=line(place.name or place.id),
            region=key(place.id),
            raw=line(place.health),
        )
        for service in said.services
        for place in service.geographies
    )
    page = LEVELS.get(word(said.status.health))
    return Report(
        source,
        answer.at,
        level=overall(components, (), page, spoken=True),
        headline=line(said.status.message or ""),
        components=components,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Azure DevOps."""
    page = spec.url.split("?", 1)[0].rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}?api-version=7.2-preview.1",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
