"""Planned work that is not over yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.model import MaintenanceState
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Maintenance

WORDS: Final = {
    MaintenanceState.SCHEDULED: mark("planned"),
    MaintenanceState.IN_PROGRESS: mark("going on"),
    MaintenanceState.VERIFYING: mark("being checked"),
    MaintenanceState.COMPLETED: mark("done"),
}
"""Where a piece of work stands, for people."""
SOON: Final = timedelta(hours=24)
"""Work that begins within this is worth a word before it does."""
_DAWN: Final = datetime.min.replace(tzinfo=UTC)


def works(evidence: Iterable[Evidence]) -> tuple[Maintenance, ...]:
    """Return planned work that is not over: what goes on first, then by beginning."""
    reports = [e.standing.report for e in evidence]
    told = [m for report in reports if report is not None for m in report.maintenances]
    left = [work for work in told if work.state is not MaintenanceState.COMPLETED]
    left.sort(key=lambda work: (not work.state.is_active, work.starts_at or _DAWN))
    return tuple(left)


def near(evidence: Iterable[Evidence], now: datetime) -> Maintenance | None:
    """Return the planned work that goes on or begins soon, the first of several.

    Args:
        evidence: Who says so; what is too old to count is left out.
        now: The present (aware).
    """
    told = [e for e in evidence if _has_works(e) and fresh(e, now) is not None]
    return next((work for work in works(told) if _is_near(work, now)), None)


def _has_works(e: Evidence) -> bool:
    return e.standing.report is not None and bool(e.standing.report.maintenances)


def _is_near(work: Maintenance, now: datetime) -> bool:
    begins, ends = work.starts_at, work.ends_at
    if work.state.is_active:
        return True
    if begins is None or begins - now > SOON:
        return False
    # What should have begun may still do so, unless it should be over as well.
    return begins >= now or (ends is not None and ends >= now)
