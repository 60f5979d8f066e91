"""The loop around one source."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from downlight.core.errors import (
    DownlightError,
    SourceError,
    Unreachable,
    Unreadable,
)
from downlight.core.model import Failure, Outcome, Report
from downlight.engine.meter import Meter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from downlight.core.health import Usage
    from downlight.core.ports import Clock, Source, Web

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_LIMIT: Final = timedelta(minutes=1)
"""How long a person waits to be told what stands at an address."""


class Desk(Protocol):
    """Where outcomes go, and where the next pause comes from."""

    def last(self, source: Source) -> Report | None:
        """Return the last report of ``source``."""
        ...

    def take(self, source: Source, outcome: Outcome, usage: Usage) -> timedelta:
        """Take over an outcome, and what it cost; return how long to wait."""
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


async def look(
    detect: Callable[[Web], Awaitable[T]],
    web: Web,
    tell: Callable[[T | DownlightError], None],
) -> None:
    """Ask what no source asks, once, and tell what came of it.

    A bug in ``detect`` counts as an unreadable answer, one in ``tell`` is logged.

    Args:
        detect: Asks; given `LOOK_LIMIT` for it.
        web: The network.
        tell: Told the result or what went wrong; not told when this is cancelled.
    """
    found: T | DownlightError
    try:
        async with asyncio.timeout(LOOK_LIMIT.total_seconds()):
            found = await detect(web)
    except DownlightError as error:
        found = error
    except TimeoutError:
        found = Unreachable("no result in time", "timeout")
    except Exception as error:  # a supervised edge: one source (HOUSE 11)
        log.exception("bug in looking at an address")
        found = Unreadable(f"bug: {type(error).__name__}")
    try:
        tell(found)
    except Exception:  # the same edge: whoever asked may be gone
        log.exception("what was found could not be told")


class Alarm:
    """A sleep that can be cut short."""

    def __init__(self) -> None:
        """Set it to silence."""
        self._event = asyncio.Event()
        self._sleeping = False

    def ring(self) -> bool:
        """End the present sleep; nothing while an attempt is under way.

        Returns:
            Whether that woke somebody.
        """
        if not self._sleeping or self._event.is_set():
            return False
        self._event.set()
        return True

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
        meter = Meter(web)
        # No name for the outcome: it would be held until the next one.
        pause = desk.take(
            source, await ask(source, meter, clock, desk.last(source)), meter.usage
        )
        await alarm.sleep(pause)
