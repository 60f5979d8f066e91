"""The loop around one source."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol

from downlight.core.errors import SourceError, Unreadable
from downlight.core.model import Failure, Outcome, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from downlight.core.ports import Clock, Source, Web

log = logging.getLogger(__name__)


class Desk(Protocol):
    """Where outcomes go, and where the next pause comes from."""

    def last(self, source: Source) -> Report | None:
        """Return the last report of ``source``."""
        ...

    def take(self, source: Source, outcome: Outcome) -> timedelta:
        """Take over an outcome; return how long to wait."""
        ...


async def ask(source: Source, web: Web, clock: Clock, last: Report | None) -> Outcome:
    """Ask once. Always returns; a bug in a source counts as an unreadable answer."""
    try:
        return await source.read(web, last)
    except SourceError as error:
        # Kept for as long as the source fails: without the frames, which may hold
        # a whole answer.
        error.__cause__ = error.__context__ = None
        return Failure(source.info.id, clock(), error.with_traceback(None))
    except Exception as error:  # a supervised edge: one source (HOUSE 11)
        log.exception("bug in source %s", source.info.id)
        trouble = Unreadable(f"bug: {type(error).__name__}")
        return Failure(source.info.id, clock(), trouble)


class Alarm:
    """A sleep that can be cut short."""

    def __init__(self) -> None:
        """Set it to silence."""
        self._event = asyncio.Event()
        self._sleeping = False

    def ring(self) -> None:
        """End the present sleep; nothing while an attempt is under way."""
        if self._sleeping:
            self._event.set()

    async def sleep(self, pause: timedelta) -> None:
        """Wait for ``pause`` or for the ring, whichever comes first."""
        self._event.clear()
        self._sleeping = True
        try:
            async with asyncio.timeout(pause.total_seconds()):
                await self._event.wait()
        except TimeoutError:
            pass  # slept to the end
        finally:
            self._sleeping = False


async def poll(
    source: Source,
    web: Web,
    desk: Desk,
    clock: Clock,
    alarm: Alarm,
    first: Callable[[Source], timedelta],
) -> None:
    """Ask ``source`` again and again, until cancelled.

    Args:
        source: Whom to ask.
        web: The network.
        desk: Where outcomes go.
        clock: The time.
        alarm: Rings when a person wants an answer now.
        first: Says how long to wait before the first attempt.
    """
    await alarm.sleep(first(source))
    while True:
        outcome = await ask(source, web, clock, desk.last(source))
        await alarm.sleep(desk.take(source, outcome))
