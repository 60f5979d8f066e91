"""The way out for news: at once when something happened, else gathered for a breath."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.news import News

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.news import Event, Snapshot
    from downlight.core.ports import Sink

BREATH: Final = timedelta(milliseconds=500)
"""Shortest time between two states without an event: when hundreds of sources answer
at once, nobody could see more of them, and drawing each would be felt."""


class Outlet:
    """Publishes the state of everything to all sinks."""

    def __init__(
        self, sinks: tuple[Sink, ...], picture: Callable[[], Snapshot]
    ) -> None:
        """Publish what ``picture`` returns at the time."""
        self._sinks = sinks
        self._picture = picture
        self._told = float("-inf")
        """When last, by the loop's clock, in seconds."""
        self._later: asyncio.TimerHandle | None = None

    def tell(self, events: tuple[Event, ...] = ()) -> None:
        """Publish now."""
        self._drop()
        self._told = asyncio.get_running_loop().time()
        news = News(self._picture(), events)
        for sink in self._sinks:
            sink.publish(news)

    def tell_soon(self) -> None:
        """Publish within a `BREATH`: now, unless that was just done."""
        if self._later is not None:
            return
        loop = asyncio.get_running_loop()
        free = self._told + BREATH.total_seconds()
        if free <= loop.time():
            self.tell()
        else:
            self._later = loop.call_at(free, self.tell)

    def close(self) -> None:
        """Publish what still waits to be."""
        if self._later is not None:
            self.tell()

    def _drop(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
