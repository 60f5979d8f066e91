"""Apple's system status: for customers, and for developers.

Format: https://www.apple.com/support/systemstatus/data/system_status_en_US.js and
``…/data/developer/system_status_en_US.js`` (answers recorded 2017 to 2021,
documented nowhere). JSON, or a call with JSON in it.

One event stands under each service it touches, with the same id, and may be over
under one while it goes on under another: it is open as long as it goes on anywhere.
An end in the future is an end that is expected, so what is live hangs on the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://www.apple.com"
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {
    "available": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "issue": Level.DEGRADED,
    "performance": Level.DEGRADED,
    "outage": Level.MAJOR,
}
OVER: Final = frozenset({"resolved", "completed"})

_CALL: Final = re.compile(r"\s*+[\w.$]{1,60}\s*+\((.*)\)\s*+;?\s*+", re.DOTALL)
"""``jsonCallback({…});``"""


class _Event(msgspec.Struct, rename="camel"):
    status_type: str
    event_status: str
    message_id: str | int
    epoch_start_date: object = None
    epoch_end_date: object = None
    users_affected: str | None = None
    message: str | None = None


class _Service(msgspec.Struct, rename="camel"):
    service_name: str
    events: list[_Event]


class _Board(msgspec.Struct, rename="camel"):
    services: list[_Service]
    drpost: bool | None = None
    dr_message: str | None = None


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One event as it stands under one service."""

    id: str
    service: str
    level: Level | None
    kind: str
    state: MaintenanceState
    begins: datetime | None
    ends: datetime | None
    words: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the board into a report, as things stand at the time of receipt.

    Raises:
        Unreadable: It is something else.
    """
    words = text(answer)
    call = _CALL.fullmatch(words)
    board = decode_text(call[1] if call else words, _Board)
    sightings = [
        _sighting(event, line(service.service_name), answer.at)
        for service in board.services
        for event in service.events
    ]
    components = _components(board, sightings)
    events = _events(sightings)
    incidents = distinct(_incident(e) for e in events if e[0].kind != "maintenance")
    works = distinct(_maintenance(e) for e in events if e[0].kind == "maintenance")
    return Report(
        source,
        answer.at,
        # A message over the whole board has no level; then "all well" is not said.
        level=overall(components, incidents, spoken=bool(board.drpost)),
        headline=line(board.dr_message or ""),
        components=components,
        incidents=incidents,
        maintenances=works,
    )


def _sighting(event: _Event, service: str, now: datetime) -> _Sighting:
    begins, ends = moment(event.epoch_start_date), moment(event.epoch_end_date)
    state = MaintenanceState.IN_PROGRESS
    if word(event.event_status) in OVER or (ends and ends <= now):
        state = MaintenanceState.COMPLETED
    elif begins and begins > now:
        state = MaintenanceState.SCHEDULED
    told = (event.users_affected, event.message)
    return _Sighting(
        id=key(event.message_id),
        service=service,
        level=LEVELS.get(word(event.status_type)),
        kind=word(event.status_type),
        state=state,
        begins=begins,
        ends=ends,
        words="\n".join(plain(part) for part in told if part),
    )


def _components(board: _Board, sightings: list[_Sighting]) -> tuple[Component, ...]:
    """Return every service, as bad as the worst that goes on there now."""
    live: dict[str, list[Level | None]] = {}
    for sighting in sightings:
        if sighting.state.is_active:
            live.setdefault(sighting.service, []).append(sighting.level)
    return distinct(
        Component(
            id=key(name),
            name=name,
            level=worst(live[name]) if name in live else Level.OPERATIONAL,
        )
        for name in (line(service.service_name) for service in board.services)
    )


def _events(sightings: Iterable[_Sighting]) -> list[list[_Sighting]]:
    """Put the sightings of one event together; what goes on counts, if any does."""
    events: dict[tuple[str, bool], list[_Sighting]] = {}
    for sighting in sightings:
        name = (sighting.id, sighting.kind == "maintenance")
        events.setdefault(name, []).append(sighting)
    return [
        [s for s in seen if s.state.is_active]
        or [s for s in seen if s.state is MaintenanceState.SCHEDULED]
        or seen
        for seen in events.values()
    ]


def _incident(seen: list[_Sighting]) -> Incident:
    """Read one event; before it begins it is not open."""
    first = seen[0]
    is_open = first.state.is_active
    is_over = first.state is MaintenanceState.COMPLETED
    return Incident(
        id=first.id,
        title=line(f"{_services(seen)}: {first.kind}"),
        level=worst(s.level for s in seen),
        phase=Phase.RESOLVED if is_over else None,
        open=is_open,
        started_at=min((s.begins for s in seen if s.begins), default=None),
        ended_at=_ended(seen) if is_over else None,
        updates=_updates(seen),
        component_ids=tuple(key(s.service) for s in seen),
    )


def _maintenance(seen: list[_Sighting]) -> Maintenance:
    return Maintenance(
        id=seen[0].id,
        title=line(tr("{services}: maintenance", services=_services(seen))),
        state=seen[0].state,
        starts_at=min((s.begins for s in seen if s.begins), default=None),
        ends_at=_ended(seen),
        updates=_updates(seen),
        component_ids=tuple(key(s.service) for s in seen),
    )


def _services(seen: list[_Sighting]) -> str:
    return ", ".join(s.service for s in seen)


def _ended(seen: list[_Sighting]) -> datetime | None:
    return max((s.ends for s in seen if s.ends), default=None)


def _updates(seen: list[_Sighting]) -> tuple[Update, ...]:
    """Return the event's one text, dated at its start: ``datePosted`` ticks."""
    first = seen[0]
    words = first.words
    return newest_first([Update(first.begins, words)] if first.begins and words else [])


def build(spec: SourceSpec) -> Page:
    """Make the source of one board; a URL ending in ``.js`` is asked as it is.

    Option ``api``: another host than Apple's own.
    """
    page = spec.url.rstrip("/")
    board = "developer/" if "developer" in page else ""
    api = spec.option("api", API).rstrip("/")
    data = f"{api}/support/systemstatus/data/{board}system_status_en_US.js"
    # What is live hangs on the time, so an old body is read again.
    return official(
        spec,
        parse,
        url=page if page.endswith(".js") else data,
        page=page,
        cadence=CADENCE,
        timed=True,
    )
