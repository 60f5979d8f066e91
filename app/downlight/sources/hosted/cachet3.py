"""Status pages of Cachet 3.x, on a host of one's own.

Format: https://docs.cachethq.io, ``/api/status`` (the page's own word) and the JSON:API
lists ``/api/components``, ``/api/incidents`` and ``/api/schedules`` (public, no key;
from the program, read 2026-11). No recorded answer was ever seen.

Numbers stand alone or as ``{"human", "value"}``, times as ``{"human", "string"}``. An
incident has no severity: an open one counts as degraded (our decision), page and
parts say how bad it is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.pages import Pages, Part, official_pages, told
from downlight.sources.wire import COMPONENTS, decode, key, moment, word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))

LEVELS: Final = {
    1: Level.OPERATIONAL,
    2: Level.DEGRADED,  # "performance issues"
    3: Level.PARTIAL,
    4: Level.MAJOR,
    6: Level.MAINTENANCE,
}
"""5 is "unknown"."""
PHASES: Final = {
    1: Phase.INVESTIGATING,
    2: Phase.IDENTIFIED,
    3: Phase.MONITORING,
    4: Phase.RESOLVED,
}
STATES: Final = {
    0: MaintenanceState.SCHEDULED,
    1: MaintenanceState.IN_PROGRESS,
    2: MaintenanceState.COMPLETED,
}


class _Number(msgspec.Struct):
    value: int | None = None


class _Time(msgspec.Struct):
    string: str | None = None


_Status: TypeAlias = int | _Number | None
_Moment: TypeAlias = str | _Time | None


class _Facts(msgspec.Struct):
    name: str
    status: _Status = None
    enabled: bool | None = True
    message: str | None = None
    occurred_at: _Moment = None
    created_at: _Moment = None
    updated_at: _Moment = None
    scheduled_at: _Moment = None
    completed_at: _Moment = None


class _Thing(msgspec.Struct):
    id: str | int
    type: str
    facts: _Facts = msgspec.field(name="attributes")


class _Page(msgspec.Struct):
    status: str
    message: str


class _Said(msgspec.Struct):
    data: _Page | list[_Thing]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page's word or one of the lists into a report.

    Raises:
        Unreadable: It is none of them.
    """
    return read(source, (answer,))


def read(source: SourceId, answers: Sequence[Answer]) -> Report:
    """Turn the page's word and the lists into one report."""
    return told(source, answers[0].at, [_part(answer) for answer in answers])


def _part(answer: Answer) -> Part:
    said = decode(answer, _Said).data
    if isinstance(said, _Page):
        level = COMPONENTS.get(word(said.status))
        return Part(page=level, spoken=True, headline=line(said.message))
    kinds: dict[str, list[_Thing]] = {"component": [], "incident": [], "schedule": []}
    for thing in said:
        try:
            kinds[word(thing.type).removesuffix("s")].append(thing)
        except KeyError:
            raise Unreadable("a list of something that is no state") from None
    works = (_maintenance(thing) for thing in kinds["schedule"])
    return Part(
        components=tuple(
            _component(part) for part in kinds["component"] if part.facts.enabled
        ),
        incidents=tuple(_incident(thing) for thing in kinds["incident"]),
        maintenances=tuple(work for work in works if work),
    )


def _component(found: _Thing) -> Component:
    status = _number(found)
    return Component(
        id=key(found.id),
        name=line(found.facts.name),
        level=None if status is None else LEVELS.get(status),
        raw="" if status is None else str(status),
    )


def _incident(found: _Thing) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    phase = PHASES.get(_number(found) or 0)
    is_open = phase is not Phase.RESOLVED
    facts = found.facts
    started = _at(facts.occurred_at) or _at(facts.created_at)
    return Incident(
        id=key(found.id),
        title=line(facts.name),
        level=Level.DEGRADED if is_open else None,
        phase=phase,
        open=is_open,
        started_at=started,
        ended_at=None if is_open else _at(facts.updated_at),
        updates=_text(facts, started),
    )


def _maintenance(found: _Thing) -> Maintenance | None:
    """Read planned work; None when its state is a number we do not know."""
    status = _number(found)
    state = None if status is None else STATES.get(status)
    if state is None:
        return None
    return Maintenance(
        id=key(found.id),
        title=line(found.facts.name),
        state=state,
        starts_at=_at(found.facts.scheduled_at),
        ends_at=_at(found.facts.completed_at),
        updates=_text(found.facts, _at(found.facts.created_at)),
    )


def _number(found: _Thing) -> int | None:
    said = found.facts.status
    return said.value if isinstance(said, _Number) else said


def _at(said: _Moment) -> datetime | None:
    return moment(said.string if isinstance(said, _Time) else said)


def _text(found: _Facts, at: datetime | None) -> tuple[Update, ...]:
    """Return what is written as the only update; the lists hold no later ones."""
    return (Update(at, plain(found.message)),) if at and found.message else ()


def build(spec: SourceSpec) -> Pages:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/status").removesuffix("/api")
    urls = (
        f"{page}/api/status",
        f"{page}/api/components?per_page=100",
        f"{page}/api/incidents?sort=-id&per_page=20",
        f"{page}/api/schedules?sort=-id&per_page=20",
    )
    return official_pages(
        spec, read, urls=urls, page=page, cadence=CADENCE, verified=False
    )
