"""Killed anywhere between decision, sending and record: nothing lost, one window."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import ExitStack, nullcontext
from datetime import UTC, timedelta
from threading import Event as Flag
from typing import TYPE_CHECKING, Any

import pytest

from downlight.core.news import Turn
from downlight.core.policy import Wishes
from downlight.core.quiet import parse
from downlight.notify.desk import Desk
from downlight.notify.record import Record, Turns
from downlight.notify.ways import Ways
from downlight.storage.journal import Journal
from tests.notify.events import NOON, event
from tests.notify.person import Notebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.decided import Decided
    from downlight.core.news import Delivery, Event, Message

MINUTE = timedelta(minutes=1)
WISHES = Wishes(quiet=(parse("12:05-12:10"),), most=60)


class Killed(BaseException):
    """The program is no more."""


class Mortal:
    """A journal whose program is killed before or after its n-th write."""

    def __init__(self, journal: Journal, point: int) -> None:
        self._journal = journal
        self._left = point
        self.noting = False
        """Whether it died between what was shown and its being noted."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the journal has it
        return getattr(self._journal, name)

    def decide(self, decisions: Sequence[Decided]) -> None:
        self._die()
        self._journal.decide(decisions)
        self._die()

    def record_delivery(self, *deliveries: Delivery) -> None:
        self.noting = True
        self._die()
        self._journal.record_delivery(*deliveries)
        self.noting = False
        self._die()

    def _die(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed


class Run:
    """One life of the program after another, on one journal and one screen."""

    def __init__(self, point: int) -> None:
        self.kept = Journal.in_memory()
        self.mortal = Mortal(self.kept, point)
        self.screen = Notebook()
        self.now = NOON
        self.lives = 0
        self.live(self.mortal)

    def live(self, journal: Any) -> None:  # noqa: ANN401 - one that is mortal, or not
        self.lives += 1
        self.record = Record(
            lambda: nullcontext(journal), ExitStack(), Turns(), lambda: self.now
        )
        self.desk = Desk(self.record, WISHES, lambda: self.now, UTC)
        channels = (self.screen,)
        self.ways = Ways(lambda _click: channels, Turns(), Flag(), print, print)

    def hear(self, minute: float, *events: Event) -> None:
        """Go on as the program does: the engine writes first, then publishes."""
        self.now = NOON + minute * MINUTE
        self.kept.write(self.now, (), {}, events)
        try:
            self.tell(self.desk.round(deque(events)))
        except Killed:
            self.live(self.kept)
            self.tell(self.desk.left())
            self.tell(self.desk.round(deque()))

    def tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.ways.tell(message, self.record)


def play(point: int) -> tuple[Run, tuple[Event, ...]]:
    """Play some outages, of which two wait for the end of quiet hours."""
    began = [event(service=name, at=NOON + MINUTE) for name in "ab"]
    quiet = [event(service=name, at=NOON + 6 * MINUTE) for name in "cd"]
    ended = [event(Turn.ENDED, service=name, at=NOON + 20 * MINUTE) for name in "abcd"]
    run = Run(point)
    run.hear(1, *began)
    run.hear(6, *quiet)
    run.hear(10)
    run.hear(20, *ended)
    return run, (*began, *quiet, *ended)


MESSAGES = 7
"""Two beginnings, the two that waited in one, four ends."""
POINTS = range(1, 51)
"""More than there are writes to die at; the last are lives nobody ended."""


@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_lost_and_only_what_was_shown_and_not_noted_is_shown_again(
    point: int,
) -> None:
    run, events = play(point)
    shown = Counter(it.id for message in run.screen.shown for it in message.events)
    assert set(shown) == {it.id for it in events}
    messages = Counter(message.events for message in run.screen.shown)
    assert len(messages) == MESSAGES
    again = sum(messages.values()) - MESSAGES
    assert again == (1 if run.mortal.noting else 0)


def test_every_write_was_died_at() -> None:
    lives = [play(point)[0].lives for point in POINTS]
    assert set(lives) == {1, 2}
    assert lives == sorted(lives, reverse=True)
