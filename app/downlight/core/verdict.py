"""What all evidence about one service says together, and why.

The rule of this version is deliberately plain:

1. The official page's word counts as it stands, when it is fresh.
2. Our own check alone never says "down". When nothing answers it for
   `OWN_CHECK_PATIENCE` while other hosts do answer, the service is *troubled*,
   and the scope is "here". At once, when something answers it, but wrongly.
3. Measurements from a country colour that country; they raise nothing.
4. When nothing at all answers, the line is at fault: the level is not known.
5. An outage somebody announced is over when they say so (`hold`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level, worst
from downlight.core.model import WORLD, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.model import Component, Incident, Report, SourceId, Standing
    from downlight.core.source import SourceInfo

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


@unique
class Word(StrEnum):
    """What came of asking: about the official page, or about all sources."""

    NOBODY = "nobody"
    """There is nobody to ask."""
    WAITING = "waiting"
    """Nobody has been asked yet."""
    FAILED = "failed"
    """Asked, and could not be read; or what was read is too old."""
    UNCLEAR = "unclear"
    """Answered, but said nothing we understand."""
    SAID = "said"
    """Gave a level."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source as it speaks about one service."""

    info: SourceInfo
    standing: Standing
    """With the report cut down to what speaks about the service."""
    failing_since: datetime | None = None
    """For our own check: since when nothing answered it while others were heard."""


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
    word: Word = Word.NOBODY
    """What came of asking the official page."""
    heard: Word = Word.NOBODY
    """What came of asking anyone."""
    incident: Incident | None = None
    """The worst open incident that is trouble, the oldest of equals."""
    maintenance: bool = False
    """Whether planned work is going on."""
    online: bool | None = True
    """Whether the own connection works; None when that is not known."""
    parts: tuple[str, ...] = ()
    """Names of the parts in trouble, the worst first."""
    measured: bool = False
    """The level rests on our own check alone, and on whether anything answers it."""
    claims: frozenset[SourceId] = frozenset()
    """Who says that there is trouble."""
    sources: frozenset[SourceId] = frozenset()
    """Who gave a level that counts."""
    last: Level | None = None
    """The level that was announced, while whoever claimed it is not heard."""

    @property
    def offline(self) -> bool:
        """Whether nothing answers, so that the own connection is at fault."""
        return self.online is False

    @property
    def has_official(self) -> bool:
        """Whether there is an official page at all."""
        return self.word is not Word.NOBODY

    @property
    def title(self) -> str:
        """The title of the main incident; empty when there is none."""
        return self.incident.title if self.incident else ""


def weigh(
    evidence: Sequence[Evidence], now: datetime, *, online: bool | None
) -> Verdict:
    """Weigh all evidence about one service.

    Args:
        evidence: Every source that speaks about it.
        now: The present moment (aware, UTC).
        online: Whether the own connection works; None when that is not known.
    """
    pages = [e for e in evidence if e.info.kind == "official"]
    word, heard = _word(pages, now), _word(evidence, now)
    if online is False:
        return Verdict(online=False, word=word, heard=heard)
    official = {e.info.id: r for e in pages if (r := _fresh(e, now)) is not None}
    own = {
        e.info.id: level
        for e in evidence
        if e.info.kind == "measured" and (level := _own_level(e, now)) is not None
    }
    said = worst(report.level for report in official.values())
    level = worst((said, *own.values()))
    reports = tuple(official.values())
    incident = _main_incident(reports, now)
    trouble = level if level is not None and level.is_trouble else None
    here = trouble is not None and not (said and said.is_trouble)
    wrong = any(_is_wrong(e.standing.report) for e in evidence if e.info.id in own)
    places = _places(reports, trouble) if trouble and not here else ()
    gave = {id_: r.level for id_, r in official.items() if r.level is not None} | own
    return Verdict(
        level=level,
        scope=Scope.HERE if here else _scope(places),
        places=places,
        since=_since_here(evidence, own)
        if here
        else _since(trouble, incident, reports),
        official=said,
        word=word,
        heard=heard,
        incident=incident,
        maintenance=any(_under_maintenance(report) for report in reports),
        online=online,
        parts=_parts(reports),
        measured=not wrong and (here or (said is None and bool(own))),
        claims=frozenset(id_ for id_, by in gave.items() if by.is_trouble),
        sources=frozenset(gave),
    )


def hold(verdict: Verdict, announced: Level | None, by: frozenset[SourceId]) -> Verdict:
    """Keep an announced outage open while those who claimed it are not heard.

    Args:
        verdict: What the evidence says now.
        announced: The level that was announced last.
        by: Who claimed it, as far as they are still asked.
    """
    if announced is None or not announced.is_trouble or by <= verdict.sources:
        return verdict
    if verdict.level is not None and verdict.level >= announced:
        return verdict
    return replace(verdict, level=None, last=announced, scope=Scope.UNKNOWN, places=())


def _fresh(e: Evidence, now: datetime) -> Report | None:
    return e.standing.fresh(now, e.info.shelf_life)


def _word(evidence: Sequence[Evidence], now: datetime) -> Word:
    if not evidence:
        return Word.NOBODY
    fresh = [report for e in evidence if (report := _fresh(e, now)) is not None]
    if any(report.level is not None for report in fresh):
        return Word.SAID
    if fresh:
        return Word.UNCLEAR
    asked = any(e.standing.failure or e.standing.report for e in evidence)
    return Word.FAILED if asked else Word.WAITING


def _own_level(e: Evidence, now: datetime) -> Level | None:
    """Return what our own check says: well, troubled, or nothing.

    A check that fails in part says nothing: a firewall that bars one port would
    look like an outage for ever. It is shown with the evidence. A wrong answer is
    trouble, but no worse: what it means for others is not ours to claim.
    """
    report = _fresh(e, now)
    if report is None:
        return None
    if e.failing_since is not None and now - e.failing_since >= OWN_CHECK_PATIENCE:
        return Level.DEGRADED
    if _is_wrong(report):
        return Level.DEGRADED
    return Level.OPERATIONAL if report.level is Level.OPERATIONAL else None


def _is_wrong(report: Report | None) -> bool:
    """Whether our own check was answered, but not as it should have been."""
    return report is not None and any(
        check.took is not None and check.trouble for check in report.checks
    )


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


def _since_here(
    evidence: Iterable[Evidence], own: Iterable[SourceId]
) -> datetime | None:
    ours = set(own)
    since = [e.failing_since for e in evidence if e.info.id in ours]
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
