"""A person at a computer: the real engine, desk, ways and journal, in virtual time.

Nothing in here decides anything. The courier's thread is left out; what it does in each
round (`Desk.round`, `Ways.tell`) is done as soon as the engine publishes, and when time
alone brings something about.
"""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event as Flag
from typing import TYPE_CHECKING

from downlight.core.telling.decided import TURNS
from downlight.core.telling.policy import Wishes
from downlight.engine.engine import Plan
from downlight.notify.desk import Desk
from downlight.notify.record import Record, Turns
from downlight.notify.ways import Ways
from downlight.storage.journal import Journal
from tests.engine.world import START, World

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.news import Event, Message, News
    from downlight.core.ports import Source
    from downlight.core.service import Service


@dataclass
class Notebook:
    """A channel that notes what it is to show; refuses on demand."""

    name: str = "notebook"
    shown: list[Message] = field(default_factory=list)
    failure: Exception | None = None

    def deliver(self, message: Message) -> None:
        if self.failure is not None:
            raise self.failure
        self.shown.append(message)


@dataclass
class Person:
    """Whom the engine of a world tells something."""

    world: World
    wishes: Wishes = field(default_factory=Wishes)
    zone: tzinfo = UTC
    screen: Notebook = field(default_factory=Notebook)
    busy: str = ""
    now: datetime = START

    def __post_init__(self) -> None:
        self.sit_down()

    def sit_down(self) -> None:
        """Begin, as a program that has just been started."""
        journal = self.world.journal
        self.record = Record(
            lambda: nullcontext(journal), ExitStack(), Turns(), self._clock
        )
        self.desk = Desk(
            self.record, self.wishes, self._clock, self.zone, lambda: self.busy
        )
        self.ways = Ways(
            lambda _click: (self.screen,), Turns(), Flag(), print, lambda _words: None
        )
        for message in self.desk.left():
            self.ways.tell(message, self.record)

    def _clock(self) -> datetime:
        return self.now

    def wait(self, until: datetime) -> None:
        """Let time pass; what is told when its time comes is told then."""
        while (wake := self.desk.wake()) is not None and wake <= until:
            self.now = max(self.now, wake)
            self._round(deque())
        self.now = until

    def hear(self, news: News) -> None:
        """Take what the engine publishes."""
        self.wait(news.snapshot.at)
        self._round(deque(event for event in news.events if event.turn in TURNS))

    def _round(self, queue: deque[Event]) -> None:
        for message in self.desk.round(queue):
            self.ways.tell(message, self.record)

    @property
    def told(self) -> list[str]:
        """The titles of what was shown, in order."""
        return [message.title for message in self.screen.shown]

    @property
    def reasons(self) -> list[str]:
        """Why what was not told was not, oldest first."""
        decisions = self.world.journal.decisions()
        return [it.reason for it in reversed(decisions) if it.reason]


@dataclass
class Inhabited(World):
    """A world with a person in it."""

    person: Person = field(init=False)

    def publish(self, news: News) -> None:
        super().publish(news)
        self.person.hear(news)


def inhabited(
    services: tuple[Service, ...],
    sources: tuple[Source, ...],
    wishes: Wishes,
    **about: object,
) -> Inhabited:
    """Return a world with a person, of these services."""
    journal = Journal.in_memory()
    world = Inhabited(Plan(services, sources), journal, **about)  # type: ignore[arg-type]  # handed on as it came
    world.person = Person(world, wishes, now=world.start)
    return world
