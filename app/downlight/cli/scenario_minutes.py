"""What Downlight says at each minute of a scenario, as it would to a person.

What the table says is seen is put into the form of reports, and goes the way of the
engine: facts, judgement, story, words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from downlight.cli.scenario_moments import moments
from downlight.core.errors import SourceError
from downlight.core.evidence.facts import gather
from downlight.core.evidence.judging import conclude, hold
from downlight.core.evidence.lead import note
from downlight.core.evidence.story import Sighting, Track, tell
from downlight.core.evidence.verdict import Evidence
from downlight.core.evidence.why import why
from downlight.core.fusion import gate
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.seen import Moment, Page, PageWord
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Failure,
    Incident,
    Place,
    Report,
    ServiceSlug,
    SourceId,
    Standing,
)
from downlight.core.places.countries import COUNTRIES
from downlight.core.result import Result
from downlight.core.saying import service_words, words
from downlight.core.schedule import Cadence
from downlight.core.service import Service
from downlight.core.source import SourceInfo
from downlight.engine.events import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from downlight.cli.scenario_table import Scenario
    from downlight.core.evidence.verdict import Verdict
    from downlight.core.evidence.why import Why
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.fusion.seen import Checks
    from downlight.core.news import Event

_LEVELS: Final = {
    PageWord.GREEN: Level.OPERATIONAL,
    PageWord.RESOLVED: Level.OPERATIONAL,
    PageWord.MINOR: Level.DEGRADED,
    PageWord.MAJOR: Level.MAJOR,
    PageWord.MAINTENANCE: Level.MAINTENANCE,
}
_ANSWERED: Final = frozenset(
    {
        Result.OK,
        Result.SLOW,
        Result.TOO_MANY,
        Result.FORBIDDEN,
        Result.CHALLENGE,
        Result.SERVER_ERROR,
    }
)
"""Ends of a check in which somebody answered."""


@dataclass(frozen=True, slots=True)
class Minute:
    """What is said at one minute, and what that rests on."""

    seen: Moment
    verdict: Verdict
    judgement: Judgement
    sentence: str
    why: Why
    events: tuple[Event, ...]
    """What is told at this minute."""


def minutes(scenario: Scenario) -> Iterator[Minute]:
    """Yield what is said at each minute of a scenario; clock times are UTC."""
    service = Service(
        ServiceSlug(scenario.name), scenario.service, "", (), scenario.owner
    )
    memory, track = Memory(), Track()
    for seen in moments(
        scenario.segments,
        scenario.start,
        home=scenario.home,
        real=scenario.real,
        also=scenario.also,
    ):
        now = seen.now
        memory, judgement = step(memory, seen)
        heard = evidence(seen, memory.run.since)
        facts = gather(heard, now, online=_online(seen.line))
        stamps = note(track.stamps, judgement.reasons, seen.home, now, judgement.abroad)
        track = replace(track, stamps=stamps)
        verdict = conclude(facts, judgement, track.level, stamps.first)
        verdict = hold(verdict, track.level, track.by)
        sighting = Sighting(
            verdict.level,
            now,
            verdict.since,
            verdict.maintenance,
            where=words.felt(verdict.scope, verdict.places),
            by=verdict.claims,
            ended=memory.course.since,
        )
        track, changes = tell(track, sighting)
        track, events = told(service, verdict, track, changes, now, UTC)
        spell = track.spell if judgement.unstable else None
        verdict = replace(verdict, spell=spell)
        yield Minute(
            seen,
            verdict,
            judgement,
            service_words.sentence(service, verdict, track.began, now, UTC),
            why(verdict, stamps, now, UTC, seen.home),
            tuple(events),
        )


def evidence(seen: Moment, failing: datetime | None) -> tuple[Evidence, ...]:
    """Return what is seen at a moment as the sources would report it.

    Args:
        seen: The moment.
        failing: Since when our own checks fail, as far as they count.
    """
    now = seen.now
    checks = _tried(seen.checks, now)
    silent = checks is not None and checks.is_silent
    people = Report(_id("people"), now) if seen.posts else None
    countries = Report(_id("regional"), now) if seen.countries else None
    return (
        _evidence("official", _said(seen.page, now), now),
        _evidence("measured", checks, now, failing if silent else None),
        _evidence("people", people, now),
        _evidence("regional", countries, now),
    )


def _id(kind: str) -> SourceId:
    return SourceId(f"scenario:{kind}")


def _evidence(
    kind: str, report: Report | None, now: datetime, failing: datetime | None = None
) -> Evidence:
    id_ = _id(kind)
    failure = None if report else Failure(id_, now, SourceError("not in the table"))
    info = SourceInfo(id_, kind, "scenario", kind, Cadence())
    return Evidence(info, Standing(report, failure), failing)


def _said(page: Page | None, now: datetime) -> Report | None:
    """Return what the official page says, with an incident if it names one."""
    if page is None:
        return None
    level = _LEVELS[page.word]
    places = tuple(Place(code, COUNTRIES.get(code, code)) for code in page.places)
    named = (Incident("1", "", level, None, open=True, places=places),)
    incidents = named if level.is_trouble else ()
    return Report(_id("official"), now, level, incidents=incidents)


def _tried(checks: Checks | None, now: datetime) -> Report | None:
    """Return a round of our own checks, one by one."""
    if checks is None:
        return None
    answered = checks.result in _ANSWERED
    trouble = "Server error" if checks.result is Result.SERVER_ERROR else ""
    if not answered:
        trouble = "No answer"
    failed = checks.failing if trouble else 0
    took = timedelta() if answered else None
    level = None if failed == checks.tried else Level.DEGRADED
    return Report(
        _id("measured"),
        now,
        level if failed else Level.OPERATIONAL,
        checks=(
            *(Check("", took, trouble, checks.result),) * failed,
            *(Check("", timedelta()),) * (checks.tried - failed),
        ),
    )


def _online(line: gate.Line) -> bool | None:
    """Return whether the own connection works; None when nobody can tell."""
    fault = gate.fault(line)
    if fault in gate.DEAD:
        return False
    return True if fault is None else None
