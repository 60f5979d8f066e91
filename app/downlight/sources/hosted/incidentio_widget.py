"""Status pages of incident.io, by the interface their owners can open for widgets.

Format: ``<page>/api/v1/summary``, after an example of 2026-01. No recorded answer was
ever seen. It lists what is going on and nothing else, so nothing going on means
operational.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Maintenance, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
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
    overall,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import Phase, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))


class _Part(msgspec.Struct):
    id: str
    name: str
    current_status: str
    group_name: str | None = None


class _Item(msgspec.Struct):
    """An incident, or planned work going on or to come."""

    id: str
    name: str
    status: str
    url: str | None = None
    last_update_at: object = None
    last_update_message: str | None = None
    current_worst_impact: str | None = None
    started_at: object = None
    scheduled_end_at: object = None
    starts_at: object = None
    ends_at: object = None
    affected_components: list[_Part] | None = None


class _Summary(msgspec.Struct):
    page_title: str
    page_url: str
    ongoing_incidents: list[_Item]
    in_progress_maintenances: list[_Item] | None = None
    scheduled_maintenances: list[_Item] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the widget's summary into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Summary)
    incidents = distinct(_incident(i) for i in said.ongoing_incidents)
    planned = [
        *(said.in_progress_maintenances or []),
        *(said.scheduled_maintenances or []),
    ]
    parts = [p for i in said.ongoing_incidents for p in i.affected_components or []]
    components = tuple({p.id: _component(p) for p in parts}.values())
    return Report(
        source,
        answer.at,
        level=overall(components, incidents, Level.OPERATIONAL),
        components=components,
        incidents=incidents,
        maintenances=distinct(work for m in planned if (work := _maintenance(m))),
    )


def _component(found: _Part) -> Component:
    return Component(
        id=key(found.id),
        name=line(found.name),
        level=COMPONENTS.get(word(found.current_status)),
        group=line(found.group_name) if found.group_name else None,
        raw=line(found.current_status),
    )


def _incident(found: _Item) -> Incident:
    """Read one incident; when it began is not told."""
    phase = PHASES.get(word(found.status))
    return Incident(
        id=key(found.id),
        title=line(found.name),
        level=COMPONENTS.get(word(found.current_worst_impact or "")),
        phase=phase,
        open=not (phase and phase.is_over),
        updates=_update(found, phase),
        component_ids=_parts(found),
        url=link(found.url),
    )


def _maintenance(found: _Item) -> Maintenance | None:
    """Read planned work; None when its state is a word we do not know."""
    state = STATES.get(word(found.status))
    if state is None:
        return None
    return Maintenance(
        id=key(found.id),
        title=line(found.name),
        state=state,
        starts_at=moment(found.started_at) or moment(found.starts_at),
        ends_at=moment(found.scheduled_end_at) or moment(found.ends_at),
        updates=_update(found),
        component_ids=_parts(found),
        url=link(found.url),
    )


def _update(found: _Item, phase: Phase | None = None) -> tuple[Update, ...]:
    """Return the one update told: the last."""
    at = moment(found.last_update_at)
    words = plain(found.last_update_message or "")
    return (Update(at, words, phase),) if at and words else ()


def _parts(found: _Item) -> tuple[str, ...]:
    parts: Iterable[_Part] = found.affected_components or []
    return tuple(dict.fromkeys(key(part.id) for part in parts))


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/")
    url = f"{page}/api/v1/summary"
    return official(spec, parse, url=url, page=page, cadence=CADENCE, verified=False)
