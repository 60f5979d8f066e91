"""Made-up evidence about one service, and what may be asked of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from downlight.core.evidence import seeing
from downlight.core.evidence.facts import gather
from downlight.core.evidence.verdict import Evidence
from downlight.core.fusion.gate import Line
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.seen import Moment
from downlight.core.model import (
    Check,
    Component,
    Incident,
    Maintenance,
    Place,
    Report,
    SourceId,
    Standing,
)
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo

if TYPE_CHECKING:
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.level import Level

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BRAZIL = Place("BR", "Brazil")
GOOD = Line(reached=5, asked=5)


def evidence(
    kind: str, report: Report | None, failing_since: datetime | None = None
) -> Evidence:
    """Return what the one source of a kind says."""
    info = SourceInfo(SourceId(kind), f"The {kind} source", "x", kind, Cadence())
    return Evidence(info, Standing(report=report), failing_since)


def official(
    level: Level | None,
    *incidents: Incident,
    components: tuple[Component, ...] = (),
    at: datetime = NOW,
    works: tuple[Maintenance, ...] = (),
) -> Evidence:
    """Return what an official page says."""
    report = Report(
        SourceId("official"),
        at,
        level,
        components=components,
        incidents=incidents,
        maintenances=works,
    )
    return evidence("official", report)


def own(
    level: Level | None,
    failing_since: datetime | None = None,
    *checks: Check,
    at: datetime = NOW,
) -> Evidence:
    """Return what our own check says."""
    report = Report(SourceId("own"), at, level, checks=checks)
    return evidence("measured", report, failing_since)


def incident(
    level: Level, started: datetime | None = NOW, *places: Place, name: str = "i"
) -> Incident:
    """Return an open incident."""
    return Incident(name, name, level, None, True, started, places=places)


def judged(
    *found: Evidence, home: str = "", line: Line = GOOD, now: datetime = NOW
) -> Judgement:
    """Return what the rule makes of evidence that stands so since a minute ago."""
    seen = Moment(
        now - MINUTE,
        line,
        home,
        page=seeing.page(found, gather(found, now, online=True).places, now),
        checks=seeing.checks(found, now, lambda _: False),
        held=True,
    )
    memory, _ = step(Memory(), seen)
    return step(memory, Moment(now, line, home, seen.page, seen.checks, held=True))[1]
