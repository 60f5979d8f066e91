"""What the rule sees of one service: its evidence, brought into the rule's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fails, fresh
from downlight.core.fusion.seen import Checks, Page, PageWord
from downlight.core.level import Level
from downlight.core.places.countries import COUNTRIES
from downlight.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Check, Place, Report, SourceId, Standing

_OTHERS: Final = frozenset({"measured", "people", "regional"})
_WORDS = {
    Level.OPERATIONAL: PageWord.GREEN,
    Level.MAINTENANCE: PageWord.MAINTENANCE,
    Level.DEGRADED: PageWord.MINOR,
    Level.PARTIAL: PageWord.MAJOR,
    Level.MAJOR: PageWord.MAJOR,
}


def page(
    evidence: Sequence[Evidence], places: Sequence[Place], now: datetime
) -> Page | None:
    """Return what the official pages say together: the worst of them.

    Args:
        evidence: Every source that speaks about the service.
        places: Where the trouble they name is felt, as far as they all say.
        now: The present moment (aware, UTC).
    """
    said = [
        (report.level, e.standing, report)
        for e in evidence
        if e.info.kind == "official"
        and (report := fresh(e, now)) is not None
        and report.level is not None
    ]
    if not said:
        return None
    level = max(level for level, _, _ in said)
    worst = [(standing, report) for found, standing, report in said if found is level]
    if level.is_trouble:
        written = (_written(standing, report, now) for standing, report in worst)
        return Page(
            _WORDS[level],
            # One that does not say when it was written is of now.
            None if None in (moments := tuple(written)) else max(filter(None, moments)),
            _countries(places, [report for _, report in worst]),
        )
    reports = [report for _, report in worst]
    if level is Level.MAINTENANCE:
        return Page(PageWord.MAINTENANCE, planned_end=_planned_end(reports))
    return Page(PageWord.GREEN)


def _written(standing: Standing, report: Report, now: datetime) -> datetime | None:
    """Return when a page last wrote about its trouble; None when it does not say.

    That it says something else than when we looked before is writing, too.
    """
    told = [
        update.at
        for incident in report.open_incidents
        if incident.level is None or incident.level.is_trouble
        for update in incident.updates[:1]
    ]
    if not told:
        return None
    return min(max((*told, *filter(None, (standing.changed,)))), now)


def _countries(places: Iterable[Place], reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the countries trouble is limited to, if its incidents say so.

    A cloud's region limits no person, nor does a part that is named for a country: it
    may be where the servers stand, and not who feels it.
    """
    said = {
        place.code
        for report in reports
        for incident in report.open_incidents
        if not incident.component_ids  # else its places may be those of the parts
        for place in incident.places
    }
    codes = tuple(place.code for place in places)
    return (
        codes if all(code in COUNTRIES for code in codes) and said >= {*codes} else ()
    )


def _planned_end(reports: Iterable[Report]) -> datetime | None:
    ends = [
        work.ends_at
        for report in reports
        for work in report.maintenances
        if work.state.is_active
    ]
    # Of work whose end is not said none can be late.
    return None if not ends or None in ends else max(filter(None, ends))


def checks(
    evidence: Sequence[Evidence], now: datetime, is_slow: Callable[[SourceId], bool]
) -> Checks | None:
    """Return what came of our own checks; None when that says nothing.

    Args:
        evidence: Every source that speaks about the service.
        now: The present moment (aware, UTC).
        is_slow: Whether one of them is slower than it ever was.
    """
    rounds = [
        (e, report)
        for e in evidence
        if e.info.kind == "measured"
        and (report := fresh(e, now)) is not None
        and report.checks
    ]
    if not rounds:
        return None
    ends = [end for _, report in rounds for end in _by_host(report)]
    failed = [end for end in ends if end is not Result.OK]
    at = max(report.at for _, report in rounds)
    if not failed:
        slow = any(is_slow(e.info.id) for e, _ in rounds)
        return Checks(at, 0, len(ends), Result.SLOW if slow else Result.OK)
    lonely = all(r.is_silent and fails(e, now) is None for e, r in rounds)
    since = min((e.failing_since for e, _ in rounds if e.failing_since), default=None)
    worst = max(failed, key=failed.count)
    return Checks(at, len(failed), len(ends), worst, since=since, lonely=lonely)


def _by_host(report: Report) -> list[Result]:
    """Return how each host's checks ended: well if one of its ports answers well."""
    hosts: dict[str, list[Result]] = {}
    for check in report.checks:
        host, _, port = check.target.rpartition(":")
        name = host if port.isdigit() else check.target
        hosts.setdefault(name, []).append(_end(check))
    return [
        Result.OK if Result.OK in ends else max(ends, key=ends.count)
        for ends in hosts.values()
    ]


def _end(check: Check) -> Result:
    """Return how a check ended; reports of an earlier Downlight do not say."""
    if check.result is not Result.OK:
        return check.result
    if check.took is None:
        return Result.TIMEOUT
    return Result.WRONG if check.trouble else Result.OK


def has_others(evidence: Iterable[Evidence]) -> bool:
    """Whether anybody but the official page tells, now or at other times."""
    return any(e.info.kind in _OTHERS for e in evidence)


def people(evidence: Iterable[Evidence], now: datetime) -> tuple[Report, ...]:
    """Return what counts of what people write, of those who answer."""
    answering = (e for e in evidence if e.standing.failure is None)
    return _of_kind("people", answering, now)


def regional(evidence: Iterable[Evidence], now: datetime) -> tuple[Report, ...]:
    """Return what counts of what was measured in countries."""
    return _of_kind("regional", evidence, now)


def _of_kind(
    kind: str, evidence: Iterable[Evidence], now: datetime
) -> tuple[Report, ...]:
    reports = (fresh(e, now) for e in evidence if e.info.kind == kind)
    return tuple(report for report in reports if report is not None)
