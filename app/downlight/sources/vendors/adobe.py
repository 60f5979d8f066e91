"""Adobe's own status page.

Format: https://data.status.adobe.com/adobestatus/StatusEvents (no key needed). One
reader tells of it (2026-03): incidents by id, in each the products it touches by id,
and of each product what was said when. No recorded answer was ever seen. Only what
goes wrong is listed, so nothing open means operational.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level, worst
from downlight.core.model import (
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Report,
)
from downlight.core.schedule import Cadence
from downlight.core.speech import tr
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, moment, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
API: Final = "https://data.status.adobe.com"
PATH: Final = "/adobestatus/StatusEvents"

OPEN: Final = frozenset({"opened", "started", "updated", "reopened", "discovery"})
OVER: Final = frozenset({"closed", "resolved", "completed", "canceled", "cancelled"})
"""Any other word than these and "scheduled" counts as open, without a level."""
PLANNED: Final = "scheduled"
SEVERITIES: Final = {
    "potential": Level.DEGRADED,
    "minor": Level.DEGRADED,
    "major": Level.MAJOR,
    "critical": Level.MAJOR,
}
"""Our own decision: nobody wrote down which there are."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class _Said(msgspec.Struct):
    status: str
    severity: str | None = None


class _Product(msgspec.Struct):
    history: dict[str, _Said]
    name: str | None = None


class _Incident(msgspec.Struct):
    products: dict[str, _Product]
    title: str | None = None


class _Events(msgspec.Struct):
    incidents: dict[str, _Incident]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the events into a report.

    Raises:
        Unreadable: It is something else.
    """
    found = decode(answer, _Events).incidents
    latest = {name: _latest(incident) for name, incident in found.items()}
    planned = {
        name
        for name, said in latest.items()
        if said and all(word(s.status) == PLANNED for s in said.values())
    }
    incidents = distinct(
        _incident(name, found[name], said)
        for name, said in latest.items()
        if name not in planned
    )
    works = distinct(
        Maintenance(
            id=key(name) or "?",
            title=_title(found[name]),
            state=MaintenanceState.SCHEDULED,
            component_ids=tuple(key(p) for p in found[name].products),
        )
        for name in latest
        if name in planned
    )
    return Report(
        source,
        answer.at,
        level=overall((), incidents, Level.OPERATIONAL),
        incidents=incidents,
        maintenances=works,
        exhaustive=True,
    )


def _latest(incident: _Incident) -> dict[str, _Said]:
    """Return the last thing said of each product."""
    return {
        name: product.history[max(product.history, key=lambda at: moment(at) or _NEVER)]
        for name, product in incident.products.items()
        if product.history
    }


def _title(incident: _Incident) -> str:
    products = (p.name or name for name, p in incident.products.items())
    return line(incident.title or "") or line(", ".join(products)) or tr("Incident")


def _incident(name: str, found: _Incident, said: dict[str, _Said]) -> Incident:
    """Read one incident; it is open while it is so for any product."""
    lasting = [s for s in said.values() if word(s.status) not in {*OVER, PLANNED}]
    known = [s for s in lasting if word(s.status) in OPEN]
    is_open = bool(lasting) or not said
    shown = known if is_open else list(said.values())
    times = [
        at for p in found.products.values() for t in p.history if (at := moment(t))
    ]
    return Incident(
        id=key(name) or "?",
        title=_title(found),
        level=worst(SEVERITIES.get(word(s.severity or "")) for s in shown),
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=min(times, default=None),
        ended_at=None if is_open else max(times, default=None),
        component_ids=tuple(key(product) for product in found.products),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; option ``api``: another host than Adobe's own."""
    page = spec.url.rstrip("/")
    api = spec.option("api", API).rstrip("/")
    return official(
        spec,
        parse,
        url=page if page.endswith(PATH) else f"{api}{PATH}",
        page=page.removesuffix(PATH),
        cadence=CADENCE,
        verified=False,
    )
