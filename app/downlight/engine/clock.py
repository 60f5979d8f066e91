"""Time as an argument: the system's, and a virtual one that runs as fast as told."""

from __future__ import annotations

import asyncio
import selectors
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectors import SelectorKey


def system_clock() -> datetime:
    """Return the present moment (UTC)."""
    return datetime.now(UTC)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer instead of waiting.

    The same coroutines that poll for real run on it unchanged, which is how a
    recorded outage is replayed.
    """

    def __init__(self, start: datetime, speed: float | None = None) -> None:
        """Make a loop.

        Args:
            start: The moment the virtual clock begins at (aware).
            speed: Virtual seconds per real second, > 0; None: never wait.
        """
        self._selector_of_time = _TimeSelector(speed)
        super().__init__(self._selector_of_time)
        self._start = start

    def time(self) -> float:
        """Return virtual seconds since the start."""
        return self._selector_of_time.now()

    def clock(self) -> datetime:
        """Return the virtual moment (UTC)."""
        passed = timedelta(seconds=round(self.time(), 3))
        return (self._start + passed).astimezone(UTC)


class _TimeSelector(selectors.DefaultSelector):
    """Waits for sockets as usual, and for timers by moving the virtual clock."""

    def __init__(self, speed: float | None) -> None:
        super().__init__()
        self._speed = speed
        self._skipped = 0.0
        self._born = time.monotonic()

    def now(self) -> float:
        """Return virtual seconds since birth."""
        if self._speed is None:
            return self._skipped
        return (time.monotonic() - self._born) * self._speed

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait for a socket, or let ``timeout`` virtual seconds go by."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if self._speed is not None:
            return super().select(timeout / self._speed)
        ready = super().select(0)
        if not ready:
            self._skipped += timeout
        return ready
