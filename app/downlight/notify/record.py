"""What the courier remembers: what was told, and what is failing just now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from downlight.core.errors import StorageError
from downlight.core.news import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager, ExitStack
    from datetime import datetime

    from downlight.core.memory import Journal
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, Message
    from downlight.core.ports import Clock
    from downlight.core.telling.decided import Decided
    from downlight.core.telling.mute import Mute

log = logging.getLogger(__name__)

T = TypeVar("T")


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

    def undecided(self, since: datetime) -> Sequence[Event]:
        """Return what happened since then and was not decided about, oldest first."""
        return self._ask(lambda journal: journal.undecided(since), ())

    def decisions(self, most: int) -> Sequence[Decided]:
        """Return what was decided about so many events, the newest event first."""
        return self._ask(lambda journal: journal.decisions(most), ())

    def decide(
        self, decided: Sequence[Decided], answered: Collection[ServiceSlug] = ()
    ) -> bool:
        """Write down what was decided, and whose end is not asked for any more.

        Returns:
            Whether it is kept.
        """

        def write(journal: Journal) -> bool:
            journal.decide(decided, answered=answered)
            return True

        return self._ask(write, otherwise=False)

    def mutes(self, at: datetime) -> Mapping[ServiceSlug, Mute] | None:
        """Return who is muted; None when nobody can say."""
        return self._ask(lambda journal: journal.mutes(at), None)

    def mute(self, slug: ServiceSlug, it: Mute | None) -> bool:
        """Write down that a service is muted, or no more; return whether it is kept."""

        def write(journal: Journal) -> bool:
            journal.mute(slug, it)
            return True

        return self._ask(write, otherwise=False)

    def once(self) -> frozenset[ServiceSlug] | None:
        """Return whose next end is to be told in any case; None when nobody can say."""
        return self._ask(lambda journal: journal.once(), None)

    def ask_once(self, slug: ServiceSlug, *, wanted: bool) -> bool:
        """Write down whose next end is to be told; return whether it is kept."""

        def write(journal: Journal) -> bool:
            journal.ask_once(slug, wanted=wanted)
            return True

        return self._ask(write, otherwise=False)

    def episodes(self) -> Mapping[ServiceSlug, str]:
        """Return the outages that are open, of each service that has one."""

        def look(journal: Journal) -> Mapping[ServiceSlug, str]:
            found = journal.tracks().items()
            return {slug: track.episode for slug, track in found if track.episode}

        return self._ask(look, {})

    def is_settled(self, event: Event) -> bool:
        """Whether the journal knows the event, and that it was told or decided."""

        def look(journal: Journal) -> bool:
            kept = {known.id for known in journal.events(event.service)}
            open_ = {other.id for other in journal.undecided(event.at)}
            return event.id in kept - open_

        return self._ask(look, otherwise=False)

    def keep(
        self, message: Message, channel: str, outcome: str, detail: str = ""
    ) -> None:
        """Write down the outcome of one attempt, for all that a message tells."""
        if self._journal is None:
            return
        now = self._clock()
        deliveries = [
            Delivery(event.id, channel, now, outcome, detail)
            for event in message.events
        ]
        try:
            self._journal.record_delivery(*deliveries)
        except StorageError as error:
            self._refused(error)
        else:
            self._turns.worked("journal")

    def _ask(self, what: Callable[[Journal], T], otherwise: T) -> T:
        """Return what the journal says, or what holds when it refuses."""
        if self._journal is None:
            return otherwise
        try:
            return what(self._journal)
        except StorageError as error:
            self._refused(error)
            return otherwise

    def _refused(self, error: StorageError) -> None:
        self._turns.failed("journal", str(error) or error.title)
