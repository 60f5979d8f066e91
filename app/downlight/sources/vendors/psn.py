"""PlayStation Network's status, by region of the world.

Format: https://status.playstation.com/data/statuses/region/SCEA.json (also SCEE and
SCEJA; no key needed). One reader tells of it (2026-03); no recorded answer was ever
seen. An empty list means that all is well. Lists of countries and services inside a
region, where there are any, are read the same way.
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
    Place,
    Report,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/data/statuses/region/"
REGION: Final = "SCEA"

LEVELS: Final = {
    "ok": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "degraded": Level.DEGRADED,
    "outage": Level.MAJOR,
}


class _Row(msgspec.Struct, rename="camel"):
    status_id: str | int
    status_type: str


class _Service(msgspec.Struct, rename="camel"):
    status: list[_Row]
    service_name: str = ""


class _Country(msgspec.Struct, rename="camel"):
    status: list[_Row]
    country_code: str = ""
    services: list[_Service] | None = None


class _Region(msgspec.Struct, rename="camel"):
    region_name: str
    status: list[_Row]
    countries: list[_Country] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the state of one region into a report.

    Raises:
        Unreadable: It is something else.
    """
    region = decode(answer, _Region)
    told = distinct(_told(region))
    works = tuple(i for i in told if i.level is Level.MAINTENANCE)
    incidents = tuple(i for i in told if i.level is not Level.MAINTENANCE)
    return Report(
        source,
        answer.at,
        level=overall((), incidents, Level.MAINTENANCE if works else Level.OPERATIONAL),
        headline=line(region.region_name),
        incidents=incidents,
        maintenances=tuple(
            # Only what goes on is listed, and without any time.
            Maintenance(
                i.id,
                i.title,
                MaintenanceState.IN_PROGRESS,
                component_ids=i.component_ids,
            )
            for i in works
        ),
        exhaustive=True,
    )


def _told(region: _Region) -> Iterator[Incident]:
    for row in region.status:
        yield _incident(row, region.region_name, "")
    for country in region.countries or []:
        for row in country.status:
            yield _incident(row, country.country_code, country.country_code)
        for service in country.services or []:
            for row in service.status:
                yield _incident(row, service.service_name, country.country_code)


def _incident(row: _Row, what: str, country: str) -> Incident:
    level = LEVELS.get(word(row.status_type))
    code = key(country).upper()
    return Incident(
        # The same number stands under each service it touches.
        id=key("/".join(filter(None, (country, what, str(row.status_id))))) or "0",
        title=line(f"{what}: {row.status_type}"),
        level=level,
        phase=None,
        open=level is not Level.OPERATIONAL,
        component_ids=(key(what),) if what else (),
        places=(Place(code, code),) if code else (),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; option ``region``: ``SCEA`` (Americas), ``SCEE``, ``SCEJA``.

    A URL ending in ``.json`` is asked as it is.
    """
    page = spec.url.rstrip("/")
    region = spec.option("region", REGION)
    return official(
        spec,
        parse,
        url=page if page.endswith(".json") else f"{page}{PATH}{region}.json",
        page=page.split(PATH, 1)[0],
        cadence=CADENCE,
        verified=False,
    )
