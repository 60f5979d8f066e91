"""How long our own checks of one source take, and whether that is longer than ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from downlight.core.detectors.latency import Latency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.detectors.latency import Marks
    from downlight.core.model import Report


@dataclass(frozen=True, slots=True)
class Pace:
    """All that is remembered of it, and how it went the last time."""

    latency: Latency = field(default_factory=Latency)
    answered: bool = False
    """Whether every check of the last round was answered as it should be."""

    @property
    def is_slow(self) -> bool:
        """Whether the last round was answered, and slower than any before.

        False while too little was measured to know.
        """
        return self.answered and self.latency.is_slow is True

    def after(self, report: Report) -> Pace:
        """Take one round of checks into account: the one in the middle.

        A round in which one failed, or was answered wrongly, says nothing of the pace.
        """
        times = [
            check.took.total_seconds()
            for check in report.checks
            if check.took is not None and not check.trouble
        ]
        if not times or len(times) < len(report.checks):
            return Pace(self.latency)
        return Pace(self.latency.after(median(times), report.at), answered=True)

    def numbers(self) -> Marks:
        """Return what is worth keeping in the journal."""
        return self.latency.numbers()

    @classmethod
    def of(cls, numbers: Sequence[float | None]) -> Pace:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a pace gives.
        """
        return cls(Latency.of(numbers))
