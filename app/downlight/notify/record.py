"""What the courier remembers: what was told, and what is failing just now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from downlight.core.errors import StorageError
from downlight.core.news import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager, ExitStack
    from datetime import datetime

    from downlight.core.news import Event
    from downlight.core.ports import Clock, Journal

log = logging.getLogger(__name__)


class Turns:
    """Logs the first failure of a row and its end, not what is in between."""

    def __init__(self) -> None:
        """Begin with everything in order."""
        self._failing: set[str] = set()

    def failed(self, who: str, reason: str) -> bool:
        """Note a failure; return whether it is the first of a row."""
        if who in self._failing:
            return False
        self._failing.add(who)
        log.warning("%s: %s", who, reason)
        return True

    def worked(self, who: str) -> bool:
        """Note a success; return whether it ends a row of failures."""
        if who not in self._failing:
            return False
        self._failing.remove(who)
        log.info("%s: works again", who)
        return True


class Record:
    """The journal as the courier uses it; a disk that refuses stops nothing.

    Without memory what is heard in this run is still told: twice is better than
    not at all.
    """

    def __init__(
        self,
        journal: Callable[[], AbstractContextManager[Journal]],
        at_the_end: ExitStack,
        turns: Turns,
        clock: Clock,
    ) -> None:
        """Open the journal.

        Args:
            journal: Opens it, for this thread.
            at_the_end: Closes it.
            turns: Told when it refuses.
            clock: Tells the time.
        """
        self._turns = turns
        self._clock = clock
        self._journal: Journal | None = None
        try:
            self._journal = at_the_end.enter_context(journal())
        except StorageError as error:
            self._refused(error)

    def backlog(self, since: datetime) -> Sequence[Event]:
        """Return what was decided but not told since then, oldest first."""
        if self._journal is None:
            return ()
        try:
            return self._journal.undelivered(since)
        except StorageError as error:
            self._refused(error)
            return ()

    def was_told(self, event: Event) -> bool:
        """Whether the journal knows the event and that it was delivered."""
        if self._journal is None:
            return False
        try:
            kept = {known.id for known in self._journal.events(event.service)}
            waiting = {other.id for other in self._journal.undelivered(event.at)}
        except StorageError as error:
            self._refused(error)
            return False
        return event.id in kept - waiting

    def keep(self, event: Event, channel: str, outcome: str, detail: str = "") -> None:
        """Write down the outcome of one attempt."""
        if self._journal is None:
            return
        delivery = Delivery(event.id, channel, self._clock(), outcome, detail)
        try:
            self._journal.record_delivery(delivery)
        except StorageError as error:
            self._refused(error)
        else:
            self._turns.worked("journal")

    def _refused(self, error: StorageError) -> None:
        self._turns.failed("journal", str(error) or error.title)
