"""How often a host is visited: few at once, with pauses, not at all when it says so.

Many pages may live on one host (``api.status.io``, ``raw.githubusercontent.com``), and
each is a source with a cadence of its own that knows nothing of the others. Here they
meet, by the name of the host alone: neither scheme nor port makes another host of it.

What a host sees of us in the long run is at most 20 requests a minute, by then a
hundred pages of one host at the usual five minutes. Twenty may come before that, four
a second: a person who adds a page waits while its possible forms are tried.

A host that answers 429 with a pause is not asked by anyone before it is over, an hour
at most: the limit is mostly one for all its pages. A 503 speaks for one page only.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused
from downlight.web.manners import is_loopback

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

LONGEST_BAR: Final = timedelta(hours=1)
"""Longest time for which one page's 429 counts for all pages of its host."""
TOO_MANY: Final = 429
AT_ONCE: Final = 24
"""Most requests under way; hosts that hang hold up the others by seconds only."""
MOST_HOSTS: Final = 1024
"""How many hosts are remembered before those at rest are forgotten."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a host is spared."""

    at_once: int = 2
    """Most requests under way."""
    gap: timedelta = timedelta(seconds=0.25)
    """Least time between the beginnings of two requests."""
    burst: int = 20
    """How many may begin, a gap apart, after a long rest."""
    refill: timedelta = timedelta(seconds=3)
    """How long it takes until one more may begin."""


AT_HOME: Final = Terms(gap=timedelta(), refill=timedelta())
"""For this computer, which belongs to the person who asks."""


class Turnstile:
    """Lets requests through to their hosts; belongs to one event loop.

    Of all requests only some are under way at a time: when hundreds of pages are due
    at once, hundreds of answers held at once would be what memory is measured by.

    Args:
        abroad: What other hosts are spared.
        at_home: What this computer is spared.
        at_once: Most requests under way altogether.
    """

    def __init__(
        self,
        abroad: Terms = Terms(),
        at_home: Terms = AT_HOME,
        at_once: int = AT_ONCE,
    ) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._abroad = abroad
        self._at_home = at_home
        self._gates: dict[str, _Gate] = {}

    @asynccontextmanager
    async def admit(self, host: str) -> AsyncGenerator[None]:
        """Wait for the turn of a request to ``host``; it lasts as long as the block.

        Raises:
            Refused: The host said to stay away, and that is not over.
        """
        gate = self._gate(host)
        gate.visitors += 1
        try:
            gate.check(_now())
            async with gate.places:
                await self._turn(gate)
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            gate.visitors -= 1

    async def _turn(self, gate: _Gate) -> None:
        """Wait until the host and all others have room, and take it."""
        while True:
            while _now() < gate.ready:
                await _until(gate.ready)
            await self._all.acquire()
            # While we waited another request to this host may have begun.
            if _now() >= gate.ready:
                break
            self._all.release()
        try:
            gate.check(_now())  # or another page may have been told to stay away
        except Refused:
            self._all.release()
            raise
        gate.begin(_now())

    def bar(self, host: str, pause: timedelta) -> None:
        """Let nobody through to ``host`` for ``pause``, at most `LONGEST_BAR`."""
        seconds = min(pause, LONGEST_BAR).total_seconds()
        self._gate(host).bar(_now() + seconds)

    def _gate(self, host: str) -> _Gate:
        host = host.lower().rstrip(".")
        gate = self._gates.get(host)
        if gate is None:
            if len(self._gates) >= MOST_HOSTS:
                self._forget_those_at_rest()
            gate = _Gate(self._at_home if is_loopback(host) else self._abroad)
            self._gates[host] = gate
        return gate

    def _forget_those_at_rest(self) -> None:
        now = _now()
        self._gates = {h: g for h, g in self._gates.items() if not g.is_at_rest(now)}


class _Gate:
    """The way to one host. Times are the loop's, in seconds.

    Nothing is reserved: whoever stops waiting leaves no trace.
    """

    __slots__ = (
        *("_barred", "_burst", "_gap", "_next", "_refill", "_spent"),
        *("places", "visitors"),
    )

    def __init__(self, terms: Terms) -> None:
        self.places = asyncio.Semaphore(terms.at_once)
        self.visitors = 0
        """Who waits or is inside."""
        self._gap = terms.gap.total_seconds()
        self._refill = terms.refill.total_seconds()
        self._burst = terms.burst * self._refill
        self._next = 0.0
        """When the gap after the last beginning is over."""
        self._spent = 0.0
        """When all that was spent is there again; each request moves it on."""
        self._barred = 0.0

    def check(self, now: float) -> None:
        """Refuse while the host wants nobody.

        Raises:
            Refused: As the host itself said it, with what is left of the pause.
        """
        if now < self._barred:
            raise Refused(TOO_MANY, timedelta(seconds=self._barred - now))

    @property
    def ready(self) -> float:
        """When the next request may begin."""
        return max(self._next, self._spent + self._refill - self._burst)

    def begin(self, now: float) -> None:
        """Count a request."""
        self._next = now + self._gap
        self._spent = max(self._spent, now) + self._refill

    def bar(self, until: float) -> None:
        """Let nobody through before ``until``."""
        self._barred = max(self._barred, until)

    def is_at_rest(self, now: float) -> bool:
        """Whether nothing of it needs to be remembered."""
        last = max(self._next, self._spent, self._barred)
        return not self.visitors and last <= now


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _until(moment: float) -> None:
    """Wait until ``moment`` of the loop's time, or a very little less."""
    bell = asyncio.Event()
    timer = asyncio.get_running_loop().call_at(moment, bell.set)
    try:
        await bell.wait()
    finally:
        timer.cancel()
