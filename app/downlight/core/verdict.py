"""What all evidence about one service says together, and why.

The rule of this version is deliberately plain:

1. The official page's word counts as it stands, when it is fresh.
2. Our own check alone never says "down". When nothing answers it for
   `OWN_CHECK_PATIENCE` while other hosts do answer, the service is *troubled*,
   and the scope is "here".
3. Measurements from a country colour that country; they raise nothing.
4. When nothing at all answers, the line is at fault: the level is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level, worst
from downlight.core.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.model import Incident, Report, Standing
    from downlight.core.ports import SourceInfo

OWN_CHECK_PATIENCE: Final = timedelta(minutes=10)
"""How long our own check must fail before it is believed on its own.

From the reference rule: failing for ten minutes is worth +8.5 nats against a
prior of -7 [assumed there; kept until it is measured].
"""


@unique
class Scope(StrEnum):
    """Where it is felt, as far as anyone says."""

    HERE = "here"
    PLACES = "places"
    GLOBAL = "global"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source as it speaks about one service."""

    info: SourceInfo
    standing: Standing
    """With the report cut down to what speaks about the service."""
    failing_since: datetime | None = None
    """For our own check: since when nothing answered; None while something does."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "is it down?", with its reasons."""

    level: Level | None = None
    scope: Scope = Scope.UNKNOWN
    places: tuple[Place, ...] = ()
    since: datetime | None = None
    """When the trouble began, as well as anyone says; None when all is well."""
    official: Level | None = None
    """What the official page says; None when it says nothing fresh."""
    has_official: bool = False
    """Whether there is an official page at all."""
    incident: Incident | None = None
    """The worst open incident, the oldest of equals."""
    maintenance: bool = False
    """Whether planned work is going on."""
    offline: bool = False
    """Nothing answers: the own connection is at fault."""
    parts: tuple[str, ...] = ()
    """Names of the parts in trouble, the worst first."""
    measured: bool = False
    """The level rests on our own check alone."""

    @property
    def title(self) -> str:
        """The title of the main incident; empty when there is none."""
        return self.incident.title if self.incident else ""


def weigh(evidence: Sequence[Evidence], now: datetime, *, online: bool) -> Verdict:
    """Weigh all evidence about one service.

    Args:
        evidence: Every source that speaks about it.
        now: The present moment (aware, UTC).
        online: Whether any host at all has answered lately.
    """
    if not online:
        return Verdict(offline=True, has_official=_has_official(evidence))
    reports = [
        (e, report)
        for e in evidence
        if (report := e.standing.fresh(now, e.info.shelf_life)) is not None
    ]
    official = [report for e, report in reports if e.info.kind == "official"]
    measured = [e for e, _ in reports if e.info.kind == "measured"]
    said = worst(report.level for report in official)
    own = _own_level(measured, now)
    level = worst((said, own))
    incident = _main_incident(official)
    here = own is not None and own.is_trouble and not (said or 0) >= Level.DEGRADED
    places = _places(official) if level is not None and level.is_trouble else ()
    return Verdict(
        level=level,
        scope=_scope(places, here=here),
        places=places,
        since=_since(level, incident, measured if here else ()),
        official=said,
        has_official=_has_official(evidence),
        incident=incident,
        parts=_parts(official),
        maintenance=any(_under_maintenance(report) for report in official),
        measured=here or (said is None and own is not None),
    )


def _has_official(evidence: Iterable[Evidence]) -> bool:
    return any(e.info.kind == "official" for e in evidence)


def _own_level(measured: Iterable[Evidence], now: datetime) -> Level | None:
    """Return what our own checks say: well, troubled, or nothing.

    A check that fails in part says nothing: a firewall that bars one port would
    look like an outage for ever. It is shown with the evidence.
    """
    levels: list[Level | None] = []
    for e in measured:
        if e.failing_since is not None:
            long = now - e.failing_since >= OWN_CHECK_PATIENCE
            levels.append(Level.DEGRADED if long else None)
        elif e.standing.report and e.standing.report.level is Level.OPERATIONAL:
            levels.append(Level.OPERATIONAL)
    return worst(levels)


def _main_incident(reports: Iterable[Report]) -> Incident | None:
    later = datetime.max.replace(tzinfo=UTC)
    found = [i for report in reports for i in report.open_incidents]
    return min(
        found,
        key=lambda i: (
            -(i.level or 0),
            i.started_at or later,
        ),
        default=None,
    )


def _places(reports: Iterable[Report]) -> tuple[Place, ...]:
    places: dict[str, Place] = {}
    for report in reports:
        for incident in report.open_incidents:
            if incident.level is not None and incident.level.is_trouble:
                places |= {place.code: place for place in incident.places}
        for component in report.components:
            if component.region and component.level and component.level.is_trouble:
                code = component.region
                places.setdefault(code, Place(code, code))
    return tuple(places.values())


def _parts(reports: Iterable[Report]) -> tuple[str, ...]:
    bad = [
        component
        for report in reports
        for component in report.components
        if component.level is not None and component.level.is_trouble
    ]
    bad.sort(key=lambda component: -(component.level or 0))
    return tuple(dict.fromkeys(component.name for component in bad))


def _scope(places: tuple[Place, ...], *, here: bool) -> Scope:
    if here:
        return Scope.HERE
    if any(place.code == "global" for place in places):
        return Scope.GLOBAL
    return Scope.PLACES if places else Scope.UNKNOWN


def _since(
    level: Level | None, incident: Incident | None, measured: Iterable[Evidence]
) -> datetime | None:
    if level is None or not level.is_trouble:
        return None
    failing = [e.failing_since for e in measured if e.failing_since is not None]
    if failing:
        return min(failing)
    return incident.started_at if incident else None


def _under_maintenance(report: Report) -> bool:
    return report.level is Level.MAINTENANCE or (
        any(c.level is Level.MAINTENANCE for c in report.components)
        and any(work.state.is_active for work in report.maintenances)
    )
