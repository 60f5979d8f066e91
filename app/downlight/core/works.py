"""Planned work that is not over yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from downlight.core.model import MaintenanceState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import Maintenance
    from downlight.core.verdict import Evidence

WORDS: Final = {
    MaintenanceState.SCHEDULED: "planned",
    MaintenanceState.IN_PROGRESS: "going on",
    MaintenanceState.VERIFYING: "being checked",
    MaintenanceState.COMPLETED: "done",
}
"""Where a piece of work stands, for people."""
_DAWN: Final = datetime.min.replace(tzinfo=UTC)


def works(evidence: Iterable[Evidence]) -> tuple[Maintenance, ...]:
    """Return planned work that is not over: what goes on first, then by beginning."""
    reports = [e.standing.report for e in evidence]
    told = [m for report in reports if report is not None for m in report.maintenances]
    left = [work for work in told if work.state is not MaintenanceState.COMPLETED]
    left.sort(key=lambda work: (not work.state.is_active, work.starts_at or _DAWN))
    return tuple(left)
