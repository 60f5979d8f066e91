"""What the sources say about one service as it stands, before anything is weighed.

1. The official page's word counts as it stands, when it is fresh.
2. When nothing at all answers, the line is at fault: nothing is known.
3. An outage somebody announced is over when they say so (`judging.hold`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from downlight.core.evidence.verdict import Verdict, Word
from downlight.core.level import Level, worst
from downlight.core.model import WORLD, Place
from downlight.core.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Component, Incident, Report


def gather(
    evidence: Sequence[Evidence], now: datetime, *, online: bool | None
) -> Verdict:
    """Return what is said of one service; its level is left to `judging`.

    Args:
        evidence: Every source that speaks about it.
        now: The present moment (aware, UTC).
        online: Whether the own connection works; None when that is not known.
    """
    pages = [e for e in evidence if e.info.kind == "official"]
    word, heard = _word(pages, now), _word(evidence, now)
    if online is False:
        return Verdict(online=False, word=word, heard=heard)
    official = {e.info.id: r for e in pages if (r := fresh(e, now)) is not None}
    reports = tuple(official.values())
    said = worst(report.level for report in reports)
    trouble = said if said is not None and said.is_trouble else None
    incident = _main_incident(reports, now)
    places = _places(reports, trouble) if trouble else ()
    tried = {e.info.id: fails(e, now) for e in evidence}
    own = {id_: failing for id_, failing in tried.items() if failing is not None}
    since = _since(trouble, incident, reports) if trouble else _since_here(evidence)
    levels = {id_: r.level for id_, r in official.items() if r.level is not None}
    red = {id_ for id_, level in levels.items() if level.is_trouble}
    return Verdict(
        scope=_scope(places),
        places=places,
        since=since,
        official=said,
        word=word,
        read=_lost(pages, now),
        heard=heard,
        incident=incident,
        maintenance=any(_under_maintenance(report) for report in reports),
        online=online,
        parts=_parts(reports),
        measured=said is None and False in own.values(),
        claims=frozenset(red | {id_ for id_, failing in own.items() if failing}),
        sources=frozenset(levels.keys() | own.keys()),
        wrong=any(is_wrong(r) for e in evidence if (r := fresh(e, now)) is not None),
    )


def fresh(e: Evidence, now: datetime) -> Report | None:
    """Return what a source said last, as long as it counts."""
    return e.standing.fresh(now, e.info.shelf_life)


def fails(e: Evidence, now: datetime) -> bool | None:
    """Whether our own check fails wholly or is answered wrongly.

    Returns:
        None when it says neither that nor that all is well: it is no check, or is too
        old; it fails in part, as it would behind a wall that bars one port; or nobody
        else was heard since it fails, so that it may be the line.
    """
    report = fresh(e, now) if e.info.kind == "measured" else None
    if report is None:
        return None
    if e.failing_since is not None or is_wrong(report):
        return True
    return False if report.level is Level.OPERATIONAL else None


def is_wrong(report: Report) -> bool:
    """Whether our own check was answered, but not as it should have been."""
    return any(check.took is not None and check.trouble for check in report.checks)


def _lost(pages: Iterable[Evidence], now: datetime) -> datetime | None:
    """Return when a page was read last that cannot be read now; None if one can."""
    read = [(r.at, e.standing.failure) for e in pages if (r := fresh(e, now))]
    lost = read and all(failure is not None for _, failure in read)
    return max(at for at, _ in read) if lost else None


def _word(evidence: Sequence[Evidence], now: datetime) -> Word:
    if not evidence:
        return Word.NOBODY
    reports = [report for e in evidence if (report := fresh(e, now)) is not None]
    if any(report.level is not None for report in reports):
        return Word.SAID
    if reports:
        return Word.UNCLEAR
    asked = any(e.standing.failure or e.standing.report for e in evidence)
    return Word.FAILED if asked else Word.WAITING


def _main_incident(reports: Iterable[Report], now: datetime) -> Incident | None:
    later = datetime.max.replace(tzinfo=UTC)
    found = [
        incident
        for report in reports
        for incident in report.open_incidents
        if incident.level is not None and incident.level.is_trouble
    ]
    return min(
        found,
        key=lambda i: (-(i.level or 0), _started(i, now) or later),
        default=None,
    )


def _started(incident: Incident, now: datetime) -> datetime | None:
    """Return when it began; what begins in the future has not."""
    at = incident.started_at
    return at if at is not None and at <= now else None


def _places(reports: Iterable[Report], level: Level) -> tuple[Place, ...]:
    """Return where it is as bad as ``level``; nothing when somewhere has no name.

    A place must not be named for trouble that is felt elsewhere too.
    """
    places: dict[str, Place] = {}
    for report in reports:
        incidents = [i for i in report.open_incidents if i.level is level]
        if report.level is level and not (
            incidents or any(c.level is level for c in report.components)
        ):
            return ()  # this page says so of the whole
        # An incident that names no parts may be about any of them.
        told = {id_ for i in incidents for id_ in i.component_ids}
        whole = any(not i.component_ids for i in incidents)
        parts = [
            c
            for c in report.components
            if c.level is level and (c.place or c.region or not (whole or c.id in told))
        ]
        if not all(i.places for i in incidents) or not all(
            c.place or c.region for c in parts
        ):
            return ()
        places |= {place.code: place for i in incidents for place in i.places}
        for part in parts:
            place = part.place or Place(part.region or "", part.region or "")
            places.setdefault(place.code, place)
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


def _scope(places: tuple[Place, ...]) -> Scope:
    if any(place.code == WORLD for place in places):
        return Scope.GLOBAL
    return Scope.PLACES if places else Scope.UNKNOWN


def _since_here(evidence: Iterable[Evidence]) -> datetime | None:
    since = (e.failing_since for e in evidence)
    return min((at for at in since if at is not None), default=None)


def _since(
    level: Level | None, incident: Incident | None, reports: Iterable[Report]
) -> datetime | None:
    """Return when the trouble began, if the main incident is about this trouble."""
    if level is None or incident is None:
        return None
    now = max(report.at for report in reports)
    bad: list[Component] = [
        c for report in reports for c in report.components if c.level is level
    ]
    about = incident.level is level or any(c.id in incident.component_ids for c in bad)
    return _started(incident, now) if about else None


def _under_maintenance(report: Report) -> bool:
    return report.level is Level.MAINTENANCE or (
        any(c.level is Level.MAINTENANCE for c in report.components)
        and any(work.state.is_active for work in report.maintenances)
    )
