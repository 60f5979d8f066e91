"""Status pages of Atlassian Statuspage, and of everyone who imitates it.

Format: https://metastatuspage.com/api (the v2 API, no key needed; answers
recorded 2020 to 2026). incident.io answers under the same paths with ULID ids, lists
that are null or missing, and incidents without components. One `parse` reads
``summary.json``, ``status.json``, ``components.json``, ``incidents.json`` and
``history.atom``. Rootly answers in the same shape under ``/api/v1/status.json`` (its
documentation, read 2026; no answer was ever recorded).

The indicator alone is not believed: "none" was recorded with critical incidents
open, "maintenance" over a major outage, and "minor" without any incident.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.feedlog import apart, read_log, told
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    COMPONENTS,
    PHASES,
    STATES,
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
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
LARGE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
"""For pages whose every answer is hundreds of kilobytes."""
ROOTLY: Final = "rootly"
LARGE_HOSTS: Final = frozenset({"www.cloudflarestatus.com"})

INDICATORS: Final = {
    "none": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "minor": Level.DEGRADED,
    "major": Level.PARTIAL,  # Statuspage's own words for it: "Partial System Outage"
    "critical": Level.MAJOR,
}
"""For the page's indicator and for an incident's impact ("none": information)."""


class _Page(msgspec.Struct):
    id: str
    url: str | None = None


class _Status(msgspec.Struct):
    indicator: str
    description: str | None = None


class _Component(msgspec.Struct):
    id: str
    name: str
    status: str
    group: bool | None = False
    group_id: str | None = None


class _Part(msgspec.Struct):
    """A component as incidents and updates name it."""

    id: str | None = None
    code: str | None = None


class _Update(msgspec.Struct):
    status: str = ""
    body: str | None = None
    id: str | None = None
    display_at: object = None
    created_at: object = None
    affected_components: list[_Part] | None = None


class _Incident(msgspec.Struct):
    id: str
    name: str
    status: str
    impact: str | None = None
    created_at: object = None
    started_at: object = None
    resolved_at: object = None
    scheduled_for: object = None
    scheduled_until: object = None
    shortlink: str | None = None
    incident_updates: list[_Update] | None = None
    components: list[_Part] | None = None


class _Summary(msgspec.Struct):
    page: _Page | None = None
    status: _Status | None = None
    components: list[_Component] | None = None
    incidents: list[_Incident] | None = None
    scheduled_maintenances: list[_Incident] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn an answer of the v2 API, or the history feed, into a report.

    Raises:
        Unreadable: It is neither, or says nothing we know.
    """
    if answer.body[:64].lstrip()[:5] in {b"<?xml", b"<feed"}:
        return _history(source, answer)
    said = decode(answer, _Summary)
    lists = (said.components, said.incidents, said.scheduled_maintenances)
    if said.status is None and all(given is None for given in lists):
        raise Unreadable("no status, no components and no incidents in it")
    components = _components(said.components or [])
    page = said.page.url if said.page else None
    listed = said.incidents or []
    # Planned work among the incidents is no outage, whatever impact it names.
    planned = [i for i in listed if word(i.status) in STATES]
    incidents = distinct(
        _incident(i, page) for i in listed if word(i.status) not in STATES
    )
    planned += said.scheduled_maintenances or []
    works = (_maintenance(m, page) for m in planned)
    return Report(
        source,
        answer.at,
        level=overall(
            components,
            incidents,
            INDICATORS.get(word(said.status.indicator)) if said.status else None,
            spoken=said.status is not None,
        ),
        headline=line(said.status.description or "") if said.status else "",
        components=components,
        incidents=incidents,
        maintenances=distinct(work for work in works if work is not None),
    )


def _components(found: list[_Component]) -> tuple[Component, ...]:
    """Leave out the rows that only hold others; their names become groups."""
    groups = {c.id: line(c.name) for c in found if c.group}
    return distinct(
        Component(
            id=key(c.id),
            name=line(c.name),
            level=COMPONENTS.get(word(c.status)),
            group=groups.get(c.group_id, key(c.group_id)) if c.group_id else None,
            # The word as it was first met: a page has hundreds of the same.
            raw=word(c.status) if c.status in COMPONENTS else line(c.status),
        )
        for c in found
        if not c.group
    )


def _incident(found: _Incident, page: str | None) -> Incident:
    """Read one incident; a state we do not know counts as open until resolved_at."""
    phase = PHASES.get(word(found.status))
    ended = moment(found.resolved_at)
    is_open = not phase.is_over if phase else ended is None
    return Incident(
        id=key(found.id),
        title=line(found.name),
        level=INDICATORS.get(word(found.impact or "")),
        phase=phase,
        open=is_open,
        started_at=moment(found.started_at) or moment(found.created_at),
        ended_at=None if is_open else ended,
        updates=_updates(found),
        component_ids=_parts(found),
        url=_url(found, page),
    )


def _maintenance(found: _Incident, page: str | None) -> Maintenance | None:
    """Read planned work; None when its state is a word we do not know.

    ``started_at`` is when the notice was written, so only the schedule counts.
    """
    state = STATES.get(word(found.status))
    if state is None:
        return None
    return Maintenance(
        id=key(found.id),
        title=line(found.name),
        state=state,
        starts_at=moment(found.scheduled_for),
        ends_at=moment(found.scheduled_until),
        updates=_updates(found),
        component_ids=_parts(found),
        url=_url(found, page),
    )


def _updates(found: _Incident) -> tuple[Update, ...]:
    return newest_first(
        Update(
            at=at,
            text=plain(update.body or ""),
            phase=PHASES.get(word(update.status)),
            id=key(update.id),
        )
        for update in found.incident_updates or []
        if (at := moment(update.display_at) or moment(update.created_at))
    )


def _parts(found: _Incident) -> tuple[str, ...]:
    """Return every component the incident ever named, each once."""
    parts = [*(found.components or [])]
    for update in found.incident_updates or []:
        parts += update.affected_components or []
    return tuple(dict.fromkeys(key(p.id or p.code) for p in parts if p.id or p.code))


def _url(found: _Incident, page: str | None) -> str:
    base = f"{page.rstrip('/')}/incidents/{found.id}" if page else None
    return link(found.shortlink) or link(base)


def _history(source: SourceId, answer: Answer) -> Report:
    log = read_log(answer)
    incidents = apart(told((entry,)) for entry in log.entries)
    return Report(
        source,
        answer.at,
        # A log: what is over says nothing about the present.
        level=overall((), incidents),
        headline=line(log.title),
        incidents=incidents,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page; a URL ending in ``.json`` is asked as it is."""
    page = spec.url.rstrip("/")
    is_rootly = spec.family == ROOTLY
    path = "/api/v1/status.json" if is_rootly else "/api/v2/summary.json"
    return official(
        spec,
        parse,
        url=page if page.endswith(".json") else f"{page}{path}",
        page=page.split("/api/", 1)[0],
        cadence=LARGE if urlsplit(page).hostname in LARGE_HOSTS else CADENCE,
        verified=not is_rootly,
    )
