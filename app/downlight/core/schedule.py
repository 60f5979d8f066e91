"""When a source is asked next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a source may be asked."""

    every: timedelta = 5 * MINUTE
    """Pause while all is quiet."""
    quick: timedelta = MINUTE
    """Pause while something is open or has just been; no pause is shorter."""
    ceiling: timedelta = 60 * MINUTE
    """Longest pause after failures."""

    def __post_init__(self) -> None:
        """Refuse a pause that would hammer a server.

        Raises:
            ValueError: A pause is not positive, or quick is slower than every.
        """
        if not timedelta() < self.quick <= self.every:
            raise ValueError(f"cadence out of order: {self}")


def pause(
    cadence: Cadence,
    *,
    lively: bool = False,
    failures: int = 0,
    asked_for: timedelta | None = None,
    spread: float = 0.5,
    frugal: bool = False,
) -> timedelta:
    """Return the pause before the next attempt.

    Args:
        cadence: The polling interval and its ceiling.
        lively: Whether something is open, so that news is likely soon.
        failures: Failures in a row; each one after the first doubles the pause.
        asked_for: A pause the server requested; we never come back earlier, and
            at most a day later.
        spread: 0..1, drawn at random by the caller; moves the result by +-10 %
            so that sources do not fire together, though never below the quick one.
        frugal: Whether power or line is short (battery, metered): twice the pause
            while nothing is open.
    """
    every = cadence.quick if lively else cadence.every * (2 if frugal else 1)
    # A shift, not a power: after a weekend offline 2**failures overflows.
    doubled = every * (1 << min(max(failures - 1, 0), 10))
    wait = min(doubled, max(cadence.ceiling, every))
    wait = max(wait * (0.9 + 0.2 * spread), cadence.quick)
    return max(wait, min(asked_for or timedelta(), timedelta(days=1)))
