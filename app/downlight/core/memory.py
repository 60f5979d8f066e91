"""What outlives the program: journal, keyring, and what is on its way to hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from downlight.core.evidence.story import Track
    from downlight.core.health import Kept
    from downlight.core.model import (
        Report,
        ServiceSlug,
        SourceId,
    )
    from downlight.core.news import Delivery, Event
    from downlight.core.telling.decided import Decided
    from downlight.core.telling.hooks import Letter
    from downlight.core.telling.mute import Mute


class Journal(Protocol):
    """The memory that outlives the program.

    Every method raises `StorageError` when the disk refuses.
    """

    trouble: str
    """What a person must know about it, e.g. that it began anew; mostly empty."""

    def tracks(self) -> Mapping[ServiceSlug, Track]:
        """Return what was known about each service when we last wrote."""
        ...

    def last_reports(self) -> Mapping[SourceId, Report]:
        """Return the newest report kept of each source."""
        ...

    def health(self) -> Mapping[SourceId, Kept]:
        """Return how each source stood when that was last written."""
        ...

    def write_health(
        self, health: Mapping[SourceId, Kept], meta: Mapping[str, str] = ...
    ) -> None:
        """Keep how these sources stand, in place of what was kept of them."""
        ...

    def write(
        self,
        at: datetime,
        reports: Sequence[Report],
        tracks: Mapping[ServiceSlug, Track],
        events: Sequence[Event],
        *,
        meta: Mapping[str, str] = ...,
        health: Mapping[SourceId, Kept] = ...,
    ) -> None:
        """Keep all of it, or nothing, in one transaction.

        Events that are already kept (same `Event.id`) are left as they are;
        values of ``meta`` and ``health`` are overwritten.
        """
        ...

    def meta(self, key: str) -> str | None:
        """Return a small remembered value, or None when there is none."""
        ...

    def undelivered(
        self, since: datetime, channel: str | None = None
    ) -> Sequence[Event]:
        """Return events that were not told yet, oldest first.

        Args:
            since: Older ones are left out.
            channel: Those this channel has not taken, of every turn; None: those
                worth a notification that no channel has taken or held.
        """
        ...

    def record_delivery(self, *deliveries: Delivery) -> None:
        """Keep the outcome of one attempt to notify, of all it told or of nothing."""
        ...

    def undecided(self, since: datetime) -> Sequence[Event]:
        """Return events about which nothing was decided, oldest first.

        Args:
            since: Older ones are left out, as is what was told without a decision.
        """
        ...

    def decide(
        self, decisions: Sequence[Decided], *, answered: Collection[ServiceSlug] = ...
    ) -> None:
        """Keep what was decided, all of it or nothing, in place of what was before.

        Args:
            decisions: Each event once.
            answered: Whose next end need not be told in any case any more.
        """
        ...

    def decisions(self, most: int = ...) -> Sequence[Decided]:
        """Return what was decided about so many events, the newest event first."""
        ...

    def mutes(self, at: datetime) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold at a moment."""
        ...

    def mute(self, slug: ServiceSlug, it: Mute | None) -> None:
        """Keep a mute in place of an earlier one; None ends it."""
        ...

    def once(self) -> frozenset[ServiceSlug]:
        """Return of whom the next end is to be told in any case."""
        ...

    def ask_once(self, slug: ServiceSlug, *, wanted: bool = ...) -> None:
        """Keep that the next end of a service is to be told in any case, or not."""
        ...

    def events(self, service: ServiceSlug | None = None) -> Sequence[Event]:
        """Return kept events, newest first, of one service or of all."""
        ...


class Secrets(Protocol):
    """Where tokens are kept. May ask the user, so never call it on a loop."""

    def read(self, name: str) -> str | None:
        """Return a secret, or None when there is none.

        Raises:
            StorageError: The store is locked, missing or broken.
        """
        ...

    def write(self, name: str, secret: str | None) -> None:
        """Keep a secret; None forgets it.

        Raises:
            StorageError: The store is locked, missing or broken.
        """
        ...


class Outbox(Protocol):
    """What is on its way to hooks, kept beyond the end of the program.

    Every method raises `StorageError` when the disk refuses.
    """

    def waiting(self) -> Sequence[Letter]:
        """Return what has not arrived, in the order of the events."""
        ...

    def known(self, hook: str) -> frozenset[str]:
        """Return the ids of all events a hook was meant to be told of lately."""
        ...

    def since(self, hook: str, now: datetime) -> datetime:
        """Return when a hook was first seen: ``now``, if it never was before."""
        ...

    def keep(self, letters: Sequence[Letter]) -> None:
        """Keep letters that are to be sent; those that are known stay as they are."""
        ...

    def postpone(self, letter: Letter, why: str) -> None:
        """Keep how often a letter was tried and when it is due again."""
        ...

    def settle(self, letter: Letter, outcome: str, at: datetime, why: str = "") -> None:
        """Keep what became of a letter: it is not sent again."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
