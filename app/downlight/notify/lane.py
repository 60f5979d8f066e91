"""The way of events to one hook: in order, tried again with growing pauses."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from downlight.core.errors import DeliveryError, StorageError
from downlight.core.speech import mark
from downlight.core.text import line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from downlight.core.memory import Outbox
    from downlight.core.ports import Clock
    from downlight.core.telling.hooks import Letter
    from downlight.notify.record import Turns

log = logging.getLogger(__name__)

T = TypeVar("T")

WHY_LENGTH: Final = 200
"""Characters of a reason that are kept."""
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=15)
FARTHEST: Final = timedelta(days=1)
"""Nothing is put off longer; if it seems so, the clock was set back."""


class Later(Exception):
    """It may have been in vain, and is to be tried again."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after
        """How long the receiver asked us to wait."""


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries in vain: 5 s, 15 s, … 15 min."""
    return min(FIRST_PAUSE * (1, 3, 9, 27, 81, 243)[min(tries, 6) - 1], LONGEST_PAUSE)


class Book:
    """The outbox as the lanes use it; a disk that refuses stops nothing.

    What is on its way is known without it: it is there for the next start.
    """

    def __init__(self, outbox: Outbox, turns: Turns) -> None:
        """Take over; ``turns`` is told when it refuses."""
        self._outbox = outbox
        self._turns = turns

    def waiting(self) -> Sequence[Letter]:
        """Return what an earlier run could not bring."""
        return self._try(self._outbox.waiting, ())

    def known(self, hook: str) -> frozenset[str]:
        """Return the ids of the events it was meant to be told of."""
        return self._try(lambda: self._outbox.known(hook), frozenset())

    def since(self, hook: str, now: datetime) -> datetime:
        """Return when a hook was first seen."""
        return self._try(lambda: self._outbox.since(hook, now), now)

    def keep(self, letter: Letter) -> None:
        """Keep a letter."""
        self._try(lambda: self._outbox.keep([letter]), None)

    def postpone(self, letter: Letter, why: str) -> None:
        """Keep when it is due again."""
        self._try(lambda: self._outbox.postpone(letter, why), None)

    def settle(self, letter: Letter, outcome: str, at: datetime, why: str = "") -> None:
        """Keep what became of it."""
        self._try(lambda: self._outbox.settle(letter, outcome, at, why), None)

    def _try(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            found = ask()
        except StorageError as error:
            self._turns.failed("outbox", str(error) or error.title)
            return otherwise
        self._turns.worked("outbox")
        return found


class Lane:
    """Brings one hook what it is to be told, one event at a time.

    Events of one service, and of one common cause, keep their order: while one of
    them has to wait, so do those after it. Others may pass.
    """

    def __init__(
        self,
        name: str,
        send: Callable[[Letter], Awaitable[object]],
        book: Book,
        clock: Clock,
        turns: Turns,
        *,
        patience: timedelta,
        once: bool = False,
        pauses: Callable[[int], timedelta] = pause,
    ) -> None:
        """Begin with what an earlier run could not bring.

        Args:
            name: Of the hook.
            send: Hands a letter over; raises `Later` to be asked again, and
                `DeliveryError` when that is useless.
            book: What is kept of it all.
            clock: Tells the time.
            turns: Logs the first failure of a row and its end.
            patience: An older event is not told any more.
            once: Whether what may have been begun is not begun again.
            pauses: How long to wait after so many tries in vain.
        """
        self.name = name
        self._send = send
        self._book = book
        self._clock = clock
        self._turns = turns
        self._patience = patience
        self._once = once
        self._pauses = pauses
        self._letters = [it for it in book.waiting() if it.hook == name]
        self._known = set(book.known(name))
        self._bell = asyncio.Event()
        self._finishing = False

    def add(self, letter: Letter) -> None:
        """Take a letter, unless it is or was here already."""
        if letter.id in self._known:
            return
        self._known.add(letter.id)
        self._book.keep(letter)
        self._letters.append(letter)
        self._bell.set()

    def finish(self) -> None:
        """End as soon as nothing is due."""
        self._finishing = True
        self._bell.set()

    async def run(self) -> None:
        """Bring letters until told to finish."""
        while True:
            letter, wait = self._next()
            if letter is not None:
                await self._bring(letter)
            elif self._finishing:
                return
            else:
                await self._sleep(wait)

    async def _sleep(self, wait: timedelta | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(wait.total_seconds() if wait else None):
                await self._bell.wait()
        self._bell.clear()

    def _next(self) -> tuple[Letter | None, timedelta | None]:
        """Return the letter whose turn it is, or how long until one's is.

        Neither when there is nothing to wait for.
        """
        now = self._clock()
        held: set[tuple[str, str]] = set()
        waits = []
        for letter in self._letters:
            kin = {("service", letter.service)}
            if letter.cause:
                kin.add(("cause", letter.cause))
            wait = letter.due - now if letter.due else timedelta()
            if not kin & held:
                if not timedelta() < wait <= FARTHEST:
                    return letter, None
                waits.append(wait)
            held |= kin
        return None, min(waits, default=None)

    async def _bring(self, letter: Letter) -> None:
        if self._clock() - letter.at > self._patience:
            self._settle(letter, "given up", mark("it is too old by now"))
            return
        if self._once:
            self._book.settle(letter, "begun", self._clock())
        try:
            await self._send(letter)
        except Later as error:
            self._postpone(letter, error)
        except DeliveryError as error:
            self._settle(letter, "failed", str(error) or error.title)
        except Exception as error:
            log.exception("%s", self.name)
            self._settle(letter, "failed", type(error).__name__)
        else:
            self._settle(letter, "delivered")

    def _postpone(self, letter: Letter, error: Later) -> None:
        why = line(str(error), length=WHY_LENGTH)
        self._turns.failed(self.name, why)
        wait = max(self._pauses(letter.tries + 1), error.after or timedelta())
        later = replace(
            letter,
            tries=letter.tries + 1,
            due=self._clock() + min(wait, FARTHEST),
        )
        self._letters[self._letters.index(letter)] = later
        self._book.postpone(later, why)

    def _settle(self, letter: Letter, outcome: str, why: str = "") -> None:
        why = line(why, length=WHY_LENGTH)
        if outcome == "delivered":
            self._turns.worked(self.name)
        else:
            self._turns.failed(self.name, f"{outcome}: {why}")
        self._letters.remove(letter)
        self._book.settle(letter, outcome, self._clock(), why)
