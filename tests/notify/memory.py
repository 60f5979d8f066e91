"""A journal in memory and channels of several kinds: real ones, as the ports say."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Event as Flag
from types import MappingProxyType
from typing import TYPE_CHECKING

from downlight.core.errors import DeliveryError, StorageError
from downlight.core.news import Act
from downlight.core.telling.decided import TURNS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from downlight.core.evidence.story import Track
    from downlight.core.health import Kept
    from downlight.core.model import Report, ServiceSlug, SourceId
    from downlight.core.news import Delivery, Event, Message
    from downlight.core.ports import Channel
    from downlight.core.telling.decided import Decided
    from downlight.core.telling.mute import Mute

PATIENCE = 20.0
"""Seconds until a test gives up on what must come."""


@dataclass
class Memory:
    """A journal that keeps events and deliveries, and refuses on demand."""

    kept: list[Event] = field(default_factory=list)
    trouble: str = ""
    deliveries: list[Delivery] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    """Names of the methods that raise."""
    since: list[datetime] = field(default_factory=list)
    """Since when it was asked for what was not decided or not told."""
    is_open: bool = False
    decided: dict[str, Decided] = field(default_factory=dict)
    checked: SimpleQueue[Decided] = field(default_factory=SimpleQueue)
    """The decisions again, to wait for."""
    muted: dict[ServiceSlug, Mute] = field(default_factory=dict)
    wanted: set[ServiceSlug] = field(default_factory=set)
    """Whose next end is to be told once."""
    known: dict[ServiceSlug, Track] = field(default_factory=dict)
    recorded: SimpleQueue[Delivery] = field(default_factory=SimpleQueue)
    """The deliveries again, to wait for."""

    def outcomes(self) -> list[tuple[str, str, str]]:
        return [(d.event, d.channel, d.outcome) for d in self.deliveries]

    @contextmanager
    def opened(self) -> Iterator[Memory]:
        self._try("open")
        self.is_open = True
        yield self
        self.is_open = False

    def tracks(self) -> Mapping[ServiceSlug, Track]:
        self._try("tracks")
        return self.known

    def last_reports(self) -> Mapping[SourceId, Report]:
        return {}

    def write(
        self,
        at: datetime,
        reports: Sequence[Report],
        tracks: Mapping[ServiceSlug, Track],
        events: Sequence[Event],
        *,
        meta: Mapping[str, str] = MappingProxyType({}),
        health: Mapping[SourceId, Kept] = MappingProxyType({}),
    ) -> None:
        known = {event.id for event in self.kept}
        self.kept += [event for event in events if event.id not in known]

    def health(self) -> Mapping[SourceId, Kept]:
        return {}

    def write_health(
        self, health: Mapping[SourceId, Kept], meta: Mapping[str, str] | None = None
    ) -> None:
        del health

    def meta(self, key: str) -> str | None:
        return None

    def undelivered(
        self, since: datetime, channel: str | None = None
    ) -> Sequence[Event]:
        self._try("undelivered")
        self.since.append(since)
        taken = {
            delivery.event
            for delivery in self.deliveries
            if delivery.outcome in {"delivered", "held"}
            and channel in {None, delivery.channel}
        }
        waiting = [
            event
            for event in self.kept
            if (channel is not None or event.turn.is_worth_telling)
            and event.at >= since
            and event.id not in taken
        ]
        return sorted(waiting, key=lambda event: event.at)

    def record_delivery(self, *deliveries: Delivery) -> None:
        self._try("record_delivery")
        for delivery in deliveries:
            self.deliveries.append(delivery)
            self.recorded.put(delivery)

    def undecided(self, since: datetime) -> Sequence[Event]:
        self._try("undecided")
        self.since.append(since)
        taken = {
            delivery.event
            for delivery in self.deliveries
            if delivery.outcome in {"delivered", "held"}
        }
        waiting = [
            event
            for event in self.kept
            if event.turn in TURNS
            and event.at >= since
            and event.id not in taken | self.decided.keys()
        ]
        return sorted(waiting, key=lambda event: event.at)

    def decide(
        self, decisions: Sequence[Decided], *, answered: Collection[ServiceSlug] = ()
    ) -> None:
        self._try("decide")
        self.wanted -= set(answered)
        known = {event.id for event in self.kept}
        for it in decisions:
            if it.event.id in known:
                self.decided[it.event.id] = it
                self.checked.put(it)

    def decisions(self, most: int = 1000) -> Sequence[Decided]:
        self._try("decisions")
        shown: dict[str, bool] = {}
        for delivery in self.deliveries:
            was = shown.get(delivery.event, False)
            shown[delivery.event] = was or delivery.outcome == "delivered"
        found = [replace(d, shown=shown.get(id_)) for id_, d in self.decided.items()]
        return sorted(found, key=lambda it: it.event.at)[::-1][:most]

    def mutes(self, at: datetime) -> Mapping[ServiceSlug, Mute]:
        self._try("mutes")
        return {slug: m for slug, m in self.muted.items() if m.lasts(at, m.episode)}

    def mute(self, slug: ServiceSlug, it: Mute | None) -> None:
        self._try("mute")
        self.muted.pop(slug, None)
        if it is not None:
            self.muted[slug] = it

    def once(self) -> frozenset[ServiceSlug]:
        self._try("once")
        return frozenset(self.wanted)

    def ask_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        self._try("ask_once")
        (self.wanted.add if wanted else self.wanted.discard)(slug)

    def events(self, service: ServiceSlug | None = None) -> Sequence[Event]:
        self._try("events")
        kept = reversed(self.kept)
        return [event for event in kept if service in {None, event.service}]

    def _try(self, method: str) -> None:
        if method in self.refused:
            raise StorageError(f"the disk refuses to {method}")


@dataclass
class Screen:
    """Shows everything, or fails when told to."""

    name: str = "screen"
    failure: Exception | None = None
    shown: SimpleQueue[Message] = field(default_factory=SimpleQueue)

    def deliver(self, message: Message) -> None:
        if self.failure is not None:
            raise self.failure
        self.shown.put(message)

    def next(self) -> Message:
        return self.shown.get(timeout=PATIENCE)


@dataclass
class Tar:
    """Hangs until it is let go."""

    name: str = "tar"
    stuck: Flag = field(default_factory=Flag)
    """Set while somebody hangs."""
    let_go: Flag = field(default_factory=Flag)

    def deliver(self, message: Message) -> None:
        self.stuck.set()
        self.let_go.wait()


class Phone:
    """A wired channel: what is put into ``line`` is heard as a click.

    "m" and "?" are the buttons, all else a click on the message itself.
    """

    name = "phone"

    def __init__(
        self, on_act: Callable[[Event, Act], None], *, hangs: bool = False
    ) -> None:
        self.line, self._ear = socket.socketpair()
        self.on_act = on_act
        self.hangs = hangs
        self.shown: SimpleQueue[Message] = SimpleQueue()
        self.last: Message | None = None
        self.broken = False
        self.stuck = Flag()
        self.closed = Flag()
        self._over = Flag()

    def deliver(self, message: Message) -> None:
        if self.hangs:
            self.stuck.set()
            self._over.wait()
            raise DeliveryError("interrupted")
        self.last = message
        self.shown.put(message)

    def fileno(self) -> int | None:
        return None if self.closed.is_set() else self._ear.fileno()

    def receive(self) -> None:
        act = {b"m": Act.MUTE, b"?": Act.ME}.get(self._ear.recv(1), Act.OPEN)
        if self.broken:
            raise OSError("crackles")
        if self.last is not None:
            self.on_act(self.last.event, act)

    def interrupt(self) -> None:
        self._over.set()

    def close(self) -> None:
        self.closed.set()
        self.line.close()
        self._ear.close()


class Exchange:
    """One phone, made when the courier asks for its channels."""

    def __init__(self, *, hangs: bool = False) -> None:
        self._made: SimpleQueue[Phone] = SimpleQueue()
        self._phone: Phone | None = None
        self._hangs = hangs

    def __call__(self, on_act: Callable[[Event, Act], None]) -> Sequence[Channel]:
        phone = Phone(on_act, hangs=self._hangs)
        self._made.put(phone)
        return [phone]

    @property
    def phone(self) -> Phone:
        """The phone, as soon as it is there."""
        self._phone = self._phone or self._made.get(timeout=PATIENCE)
        return self._phone
