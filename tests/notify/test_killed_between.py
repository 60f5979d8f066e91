"""Killed before or after any write of the courier: nothing lost, one window."""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack, nullcontext
from datetime import UTC
from functools import cache
from itertools import groupby
from threading import Event as Flag
from typing import TYPE_CHECKING, Any

import pytest

from downlight.notify.desk import Desk
from downlight.notify.record import Record, Turns
from downlight.notify.ways import Ways
from downlight.storage.journal import Journal
from tests.notify.person import Notebook
from tests.notify.plot import PLOT, START, TOLD, WISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from downlight.core.news import Message
    from tests.notify.plot import Step


class Killed(BaseException):
    """The program is no more."""


class Mortal:
    """A journal whose program is killed before or after its n-th write."""

    def __init__(self, journal: Journal, point: int) -> None:
        self._journal = journal
        self._point = point
        self.passed = 0
        """How many points it has come to."""
        self.noting = False
        """Whether it died between what was shown and its being noted."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the journal has it
        found = getattr(self._journal, name)
        if name in {"decide", "mute", "ask_once"}:
            return self._deadly(found)
        return found

    def record_delivery(self, *deliveries: Any) -> None:  # noqa: ANN401 - the same
        self.noting = True
        self._die()
        self._journal.record_delivery(*deliveries)
        self.noting = False
        self._die()

    def _deadly(self, write: Callable[..., None]) -> Callable[..., None]:
        def writing(*it: object, **more: object) -> None:
            self._die()
            write(*it, **more)
            self._die()

        return writing

    def _die(self) -> None:
        self.passed += 1
        if self.passed == self._point:
            raise Killed


class Run:
    """One life of the program after another, on one journal and one screen."""

    def __init__(self, point: int) -> None:
        self.kept = Journal.in_memory()
        self.mortal = Mortal(self.kept, point)
        self.screen = Notebook()
        self.now = START
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

    def take(self, step: Step) -> None:
        """Go on as the program does: the engine writes first, then publishes."""
        self.now = step.at
        self.kept.write(self.now, (), step.tracks, step.events)
        try:
            self.ask(step)
            self.tell(self.desk.round(deque(step.events)))
        except Killed:
            self.live(self.kept)
            self.ask(step)
            self.tell(self.desk.left())
            self.tell(self.desk.round(deque()))

    def ask(self, step: Step) -> None:
        """Ask for what the person wants."""
        if step.mute is not None:
            self.desk.mute(*step.mute)
        if step.once is not None:
            self.desk.tell_once(step.once)

    def tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.ways.tell(message, self.record)

    @property
    def shown(self) -> list[tuple[str, ...]]:
        """What stands on the screen."""
        found = [message.events for message in self.screen.shown]
        return [tuple(sorted(event.id for event in events)) for events in found]

    @property
    def fates(self) -> dict[str, tuple[str, str]]:
        """What was decided about each event in the end, and why."""
        found = self.kept.decisions()
        return {it.event.id: (it.fate.value, it.reason) for it in found}


def play(point: int) -> Run:
    """Play the plot; the first life is killed at its n-th point."""
    run = Run(point)
    for step in PLOT:
        run.take(step)
    return run


@cache
def undisturbed() -> Run:
    """Play the plot with nobody killed."""
    return play(0)


POINTS = range(1, 151)
"""More than there are writes to die at; the last are lives nobody ended."""


@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_lost_and_only_what_was_shown_and_not_noted_is_shown_again(
    point: int,
) -> None:
    run = play(point)
    assert run.lives == (2 if point <= undisturbed().mortal.passed else 1)
    assert [ids for ids, _ in groupby(run.shown)] == list(TOLD)
    assert len(run.shown) - len(TOLD) == (1 if run.mortal.noting else 0)
    assert run.fates == undisturbed().fates
    assert run.kept.once() == frozenset()


def test_every_write_is_died_at() -> None:
    assert undisturbed().mortal.passed < POINTS.stop
