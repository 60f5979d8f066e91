"""One event is one report, however often a detector sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP: Final = timedelta(minutes=60)
"""Two sightings further apart are two events (as the study counted them)."""
BURNING: Final = 0.005
"""Who is on for a larger share of quiet time is no alarm at all (as in the study)."""

LAST: Final = 4e9
"""Seconds since 1970 of the last moment that is believed: in 2096."""


@dataclass(frozen=True, slots=True)
class Episode:
    """The event that is going on, or was the last."""

    began: datetime | None = None
    """When it was first seen; None when there never was one."""
    seen: datetime | None = None
    """When it was last seen."""

    def after(self, at: datetime, *, exceeds: bool) -> Episode:
        """Take one more moment into account.

        Args:
            at: The moment.
            exceeds: Whether the detector is above its threshold.
        """
        if not exceeds:
            return self
        if self.is_open(at):
            return replace(self, seen=at)
        return Episode(at, at)

    def is_open(self, at: datetime) -> bool:
        """Whether something seen now belongs to it."""
        # A clock set back must not keep it open for as long as it was set back.
        return self.seen is not None and abs(at - self.seen) <= GAP

    def numbers(self) -> tuple[float, float]:
        """Return both moments in seconds since 1970, for the journal; 0 is never."""
        began, seen = (at.timestamp() if at else 0.0 for at in (self.began, self.seen))
        return began, seen

    @classmethod
    def of(cls, began: float, seen: float) -> Episode:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are no moments.
        """
        if not 0 <= began <= LAST or not 0 <= seen <= LAST:
            raise ValueError("not the numbers of an episode")
        return cls(
            *(datetime.fromtimestamp(n, UTC) if n else None for n in (began, seen))
        )


def false_alarms(quiet: Iterable[tuple[datetime, bool]]) -> int | None:
    """Count the events a detector reports where there is nothing to report.

    Args:
        quiet: Each moment of a time without outages, in order, and whether the
            detector was above its threshold.

    Returns:
        The number of events, or None for a detector that is on for more than
        `BURNING` of the time. Its alarms melt into few events, or one that never
        ends: counting those would make the worst detector look perfect.
    """
    episode = Episode()
    moments = exceeded = events = 0
    for at, exceeds in quiet:
        moments += 1
        exceeded += exceeds
        events += exceeds and not episode.is_open(at)
        episode = episode.after(at, exceeds=exceeds)
    return None if exceeded > BURNING * moments else events
