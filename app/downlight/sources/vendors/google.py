"""Google's dashboards: Cloud, Workspace, Firebase, Maps, Play and Ads.

Format: ``<dashboard>/incidents.json``, https://status.cloud.google.com/incidents.schema.json
(no key needed; answers recorded 2020 to 2026). A list of incidents, open and closed;
nothing says "all well", so nothing open means operational. The form of 2020 is read
as well: no id, no ``status_impact``, no status in the updates.

An incident's ``begin`` is rewritten now and then, so only its id names it. Products
that any listed incident ever touched become the components.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level, worst
from downlight.core.model import Component, Incident, Phase, Place, Report, Update
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
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

IMPACTS: Final = {
    "service_information": Level.OPERATIONAL,
    "service_disruption": Level.PARTIAL,  # DEGRADED when its severity is low
    "service_outage": Level.MAJOR,
}
SEVERITIES: Final = {
    "low": Level.DEGRADED,
    "medium": Level.PARTIAL,
    "high": Level.MAJOR,
}
"""What stood for the impact before there was one (recorded side by side later)."""
MEMORY: Final = timedelta(days=30)
"""Updates of an incident that ended longer ago are left out: a list may hold years
of them (4 MB were recorded), and reading them all would be felt."""
ALL_WELL: Final = "available"
"""The status of the update that ends an incident."""
MANY: Final = "zall"
"""The service key that stands for several products."""

_PREAMBLE: Final = re.compile(r"\W*(?:title|summary)\W*(?::|\n|\*\*)\W*", re.IGNORECASE)


class _Named(msgspec.Struct):
    title: str
    id: str
    current_title: str | None = None


class _Update(msgspec.Struct):
    when: object = None
    created: object = None
    text: str | None = None
    status: str | None = None
    affected_locations: list[_Named] | None = None


class _Incident(msgspec.Struct):
    begin: str
    service_key: str
    service_name: str
    external_desc: str | None = None
    id: str | None = None
    number: str | int | None = None
    end: str | None = None
    severity: str | None = None
    status_impact: str | None = None
    affected_products: list[_Named] | None = None
    currently_affected_locations: list[_Named] | None = None
    previously_affected_locations: list[_Named] | None = None
    uri: str | None = None
    most_recent_update: _Update | None = None
    updates: list[_Update] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a dashboard's list of incidents into a report.

    Raises:
        Unreadable: It is something else.
    """
    found = decode(answer, list[_Incident])
    incidents = distinct(_incident(i, answer) for i in found)
    components = _components(found, incidents)
    level = overall(components, incidents, Level.OPERATIONAL, spoken=True)
    return Report(
        source,
        answer.at,
        level=level,
        components=components,
        incidents=incidents,
        exhaustive=True,
    )


def _components(
    found: Iterable[_Incident], incidents: Iterable[Incident]
) -> tuple[Component, ...]:
    """Return every product named anywhere, as bad as its worst open incident."""
    names = {key(p.id): p for incident in found for p in _products(incident)}
    touched: dict[str, list[Level | None]] = {name: [] for name in names}
    for incident in incidents:
        for name in incident.component_ids if incident.open else ():
            touched[name].append(incident.level)
    return tuple(
        Component(
            id=name,
            name=line(product.current_title or product.title),
            level=worst(touched[name]) if touched[name] else Level.OPERATIONAL,
        )
        for name, product in names.items()
    )


def _products(found: _Incident) -> list[_Named]:
    """Return the products touched; before they were listed, the service."""
    if found.affected_products:
        return found.affected_products
    if found.service_key == MANY:
        return []
    return [_Named(found.service_name, found.service_key)]


def _incident(found: _Incident, answer: Answer) -> Incident:
    newest = found.most_recent_update or _Update()
    end = moment(found.end)
    is_open = end is None and word(newest.status or "") != ALL_WELL
    ended = end or (None if is_open else moment(newest.when))
    is_old = ended is not None and answer.at - ended > MEMORY
    return Incident(
        id=key(found.id or found.uri or f"{found.service_key}/{found.number}"),
        title=_title(found),
        level=_level(found),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(found.begin),
        ended_at=ended,
        updates=() if is_old else _updates(found),
        component_ids=tuple(dict.fromkeys(key(p.id) for p in _products(found))),
        places=_places(found, is_open=is_open),
        url=link(found.uri, answer.url),
    )


def _title(found: _Incident) -> str:
    """Return the first words; Workspace puts "**Title:**" before them."""
    words = (found.external_desc or "")[:2000]
    if before := _PREAMBLE.match(words):
        words = words[before.end() :]
    return line(words) or line(found.service_name)


def _level(found: _Incident) -> Level | None:
    severity = word(found.severity or "")
    if found.status_impact is None:
        return SEVERITIES.get(severity)
    level = IMPACTS.get(word(found.status_impact))
    if level is Level.PARTIAL and severity == "low":
        return Level.DEGRADED
    return level


def _places(found: _Incident, *, is_open: bool) -> tuple[Place, ...]:
    """Return where it is felt now; for a closed one, where it was."""
    listed = found.currently_affected_locations
    if not is_open:
        listed = listed or found.previously_affected_locations
    elif listed is None and found.most_recent_update:
        listed = found.most_recent_update.affected_locations
    places = {
        # "Delhi (asia-south2)": the code stands in the id already.
        key(p.id): line(p.title.removesuffix(f"({p.id})"))
        for p in listed or []
    }
    return tuple(Place(code, name or code) for code, name in places.items() if code)


def _updates(found: _Incident) -> tuple[Update, ...]:
    """Return the updates; an excerpt may hold the newest alone."""
    listed = found.updates or [u for u in (found.most_recent_update,) if u]
    return newest_first(
        Update(
            at=at,
            text=plain(update.text or ""),
            phase=Phase.RESOLVED if word(update.status or "") == ALL_WELL else None,
        )
        for update in listed
        if (at := moment(update.when) or moment(update.created))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one dashboard; a URL ending in ``.json`` is asked as is."""
    page = spec.url.rstrip("/").removesuffix("/incidents.json")
    url = f"{page}/incidents.json"
    return official(spec, parse, url=url, page=page, cadence=CADENCE)
