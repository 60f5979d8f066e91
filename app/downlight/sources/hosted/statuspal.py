"""Status pages of Statuspal.

Format: the product's API, ``/api/v2/status_pages/<subdomain>/summary`` (and
``/status``, which says less) on the host of the product, no key. No recorded answer was
ever seen; the fields of incidents and services are those its clients read (2026-03 to
2026-11), and each may be missing.

The page's word is one of "minor", "major", "scheduled", or null when all is well:
null counts only where it is written, never where the field is missing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

import msgspec

from downlight.core.errors import Unreadable
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

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=2))
API: Final = "https://statuspal.io"

LEVELS: Final = {
    None: Level.OPERATIONAL,
    "scheduled": Level.MAINTENANCE,
    "minor": Level.DEGRADED,  # our decision: the product has two words only
    "major": Level.MAJOR,
}
PLANNED: Final = "scheduled"
"""The kind of a notice about planned work."""
INFORMATION: Final = "info"
"""The kind of a notice that tells of no trouble."""

_Type: TypeAlias = str | msgspec.UnsetType | None


class _Update(msgspec.Struct):
    id: str | int | None = None
    description: str | None = None
    posted_at: object = None


class _Notice(msgspec.Struct):
    """An incident, planned work or a piece of information."""

    id: str | int
    title: str
    type: str | None = None
    severity: str | None = None
    starts_at: object = None
    ends_at: object = None
    service_ids: list[str | int] | None = None
    updates: list[_Update] | None = None
    url: str | None = None


class _Service(msgspec.Struct):
    id: str | int
    name: str
    type: _Type = msgspec.field(default=msgspec.UNSET, name="current_incident_type")
    children: list[_Service] | None = None


class _Now(msgspec.Struct):
    severity: str | None
    """The page's word, in newer answers."""
    notice_type: str | None = None
    """What kind of notice is open, if any is."""


class _Page(msgspec.Struct):
    name: str
    type: _Type = msgspec.field(default=msgspec.UNSET, name="current_incident_type")
    current_status: _Now | None = None


class _Said(msgspec.Struct):
    page: _Page = msgspec.field(name="status_page")
    type: _Type = msgspec.field(default=msgspec.UNSET, name="current_status_type")
    services: list[_Service] | None = None
    incidents: list[_Notice] | None = None
    ongoing_notices: list[_Notice] | None = None
    maintenances: list[_Notice] | None = None
    upcoming_maintenances: list[_Notice] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a summary or a status into a report.

    Raises:
        Unreadable: It is neither, or says nothing of the state.
    """
    said = decode(answer, _Said)
    words: list[_Type] = [said.type, said.page.type]
    if said.page.current_status:
        words.append(_worded(said.page.current_status))
    spoken = [kind for kind in words if kind is not msgspec.UNSET]
    if not spoken:
        raise Unreadable("the page says nothing of its state")
    levels = [_level(kind) for kind in spoken]
    components = distinct(_components(said.services or []))
    listed = [*(said.incidents or []), *(said.ongoing_notices or [])]
    planned = [n for n in listed if n.type == PLANNED]
    incidents = distinct(_incident(n) for n in listed if n.type != PLANNED)
    works = (
        (MaintenanceState.IN_PROGRESS, [*(said.maintenances or []), *planned]),
        (MaintenanceState.SCHEDULED, said.upcoming_maintenances or []),
    )
    return Report(
        source,
        answer.at,
        level=overall(
            components,
            incidents,
            None if None in levels else worst(levels),
            spoken=True,
        ),
        components=components,
        incidents=incidents,
        maintenances=distinct(
            _maintenance(found, state) for state, given in works for found in given
        ),
    )


def _worded(now: _Now) -> str | None:
    """Return the page's word; a notice without a severity is not "all well"."""
    return now.notice_type if now.severity is None else now.severity


def _level(kind: _Type) -> Level | None:
    """Return what a word stands for; a word that is missing is not known."""
    if isinstance(kind, msgspec.UnsetType):
        return None
    return LEVELS.get(word(kind) if kind else kind)


def _components(
    found: Iterable[_Service], group: str | None = None
) -> Iterable[Component]:
    """Return the services; those that hold others become the others' group."""
    for service in found:
        if service.children:
            yield from _components(service.children, line(service.name))
        else:
            yield Component(
                id=key(service.id),
                name=line(service.name),
                level=_level(service.type),
                group=group,
                raw=line(service.type) if isinstance(service.type, str) else "",
            )


def _incident(found: _Notice) -> Incident:
    """Read one notice; it is over when it has an end."""
    ended = moment(found.ends_at)
    kind = word(found.type or found.severity or "")
    fine = Level.OPERATIONAL if kind == INFORMATION else None
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=LEVELS.get(kind, fine),
        phase=Phase.RESOLVED if ended else None,
        open=ended is None,
        started_at=moment(found.starts_at),
        ended_at=ended,
        updates=_updates(found),
        component_ids=tuple(key(service) for service in found.service_ids or []),
        url=link(found.url),
    )


def _maintenance(found: _Notice, state: MaintenanceState) -> Maintenance:
    return Maintenance(
        id=key(found.id),
        title=line(found.title),
        state=state,
        starts_at=moment(found.starts_at),
        ends_at=moment(found.ends_at),
        updates=_updates(found),
        component_ids=tuple(key(service) for service in found.service_ids or []),
        url=link(found.url),
    )


def _updates(found: _Notice) -> tuple[Update, ...]:
    return newest_first(
        Update(at, plain(update.description or ""), id=key(update.id))
        for update in found.updates or []
        if (at := moment(update.posted_at))
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page.

    Options:
        page: The page's name (subdomain) at the product; not needed where the
            address begins with it (``https://name.statuspal.io``).
        api: Another origin of the API.

    Raises:
        CatalogError: Nothing names the page.
    """
    name, _, domain = (urlsplit(spec.url).hostname or "").partition(".")
    own = domain.startswith("statuspal.")
    page_id = spec.needed("page", name if own else "")
    url = f"{spec.option('api', API)}/api/v2/status_pages/{page_id}/summary"
    return official(
        spec, parse, url=url, page=spec.url, cadence=CADENCE, verified=False
    )
