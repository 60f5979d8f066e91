"""What is kept open to each host, and let go when nobody has used it for a while.

Several requests of one poll share a connection; two polls, minutes apart, hardly ever
can. So few are kept, and without a timer: whoever ends a request closes what is too
many or too old. Hundreds of watched hosts do not each hold a connection, with all
that TLS keeps beside it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Hashable
    from datetime import timedelta


class Closable(Protocol):
    """What can be closed."""

    async def aclose(self) -> None:
        """Close every connection of it."""
        ...


_Pool = TypeVar("_Pool", bound=Closable)


@dataclass(slots=True)
class _Busy(Generic[_Pool]):
    pool: _Pool
    users: int = 0


class Pools(Generic[_Pool]):
    """Pools of connections by what leads to them; belongs to one event loop.

    Args:
        keep: How long a pool is kept when unused.
        most: How many unused ones are kept; then the longest unused goes.
    """

    __slots__ = ("_busy", "_idle", "_keep", "_most")

    def __init__(self, keep: timedelta, most: int) -> None:
        self._keep = keep.total_seconds()
        self._most = most
        self._busy: dict[Hashable, _Busy[_Pool]] = {}
        self._idle: OrderedDict[Hashable, tuple[_Pool, float]] = OrderedDict()
        """With when each was last used (the loop's seconds), that moment's order."""

    @asynccontextmanager
    async def lend(
        self, key: Hashable, make: Callable[[], _Pool]
    ) -> AsyncGenerator[_Pool]:
        """Lend the pool of ``key``, made if there is none."""
        busy = self._busy.get(key)
        if busy is None:
            pool, _ = self._idle.pop(key, (None, 0.0))
            busy = self._busy[key] = _Busy(pool or make())
        busy.users += 1
        try:
            yield busy.pool
        finally:
            busy.users -= 1
            if not busy.users:
                del self._busy[key]
                self._idle[key] = busy.pool, asyncio.get_running_loop().time()
            await self._sweep()

    async def aclose(self) -> None:
        """Close all, also those in use."""
        pools = [busy.pool for busy in self._busy.values()]
        pools += [pool for pool, _ in self._idle.values()]
        self._idle.clear()
        for pool in pools:
            await pool.aclose()

    async def _sweep(self) -> None:
        """Close what has been unused too long, and the longest unused of too many."""
        oldest = asyncio.get_running_loop().time() - self._keep
        while self._idle:
            key, (pool, left) = next(iter(self._idle.items()))
            if left >= oldest and len(self._idle) <= self._most:
                return
            del self._idle[key]
            await pool.aclose()
