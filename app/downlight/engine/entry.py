"""What is to be kept and told of one outcome, or of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.evidence.story import Track
    from downlight.core.model import Report, ServiceSlug
    from downlight.core.news import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """What outcomes changed."""

    reports: tuple[Report, ...] = ()
    """The newest of each source that said something else."""
    tracks: Mapping[ServiceSlug, Track] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def then(self, later: Entry) -> Entry:
        """Return both as one; of reports and tracks the later ones."""
        reports = {report.source: report for report in (*self.reports, *later.reports)}
        return Entry(
            tuple(reports.values()),
            {**self.tracks, **later.tracks},
            self.events + later.events,
        )
