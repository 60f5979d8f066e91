"""When the ladder "is it me?" is climbed unasked: only when something looks wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

FIRST: Final = timedelta(minutes=2)
"""Least time between two climbs: those who are asked owe us nothing. Assumed."""
LONGEST: Final = timedelta(minutes=5)
"""Most time between two climbs while it goes on looking wrong. Assumed."""


class Scout:
    """Says whether it is time to look at the own line."""

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        self._last: datetime | None = None
        self._gap = timedelta()
        self._out = False

    def wants(self, now: datetime, *, doubtful: bool) -> bool:
        """Whether to climb now; then it has set out, until `back`.

        Args:
            now: The present moment (aware, UTC).
            doubtful: Whether something looks wrong that may be the own line.
        """
        if not doubtful:
            if self._last is None or abs(now - self._last) >= LONGEST:
                self._gap = timedelta()
            return False
        if self._out or (self._last is not None and abs(now - self._last) < self._gap):
            return False
        self._out, self._last = True, now
        self._gap = min(max(2 * self._gap, FIRST), LONGEST)
        return True

    def back(self) -> None:
        """Say that the climb is over."""
        self._out = False
