"""One life of the program after another, each on what the one before left behind.

A life is the real thing: the journal on a real file, the courier with its threads, and
the engine's part: what happened is written before it is published. It goes on where the
journal says that the last one was. Its screen is a file that has a line for each
notification that was shown.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import threading
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

import downlight
from downlight.core.news import News, Snapshot
from downlight.core.telling import quiet
from downlight.notify.courier import Courier
from downlight.storage.journal import Journal
from tests.notify.plot import PLOT, START, WISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Delivery, Message
    from downlight.core.telling.mute import Mute
    from tests.notify.plot import Step

APP: Final = Path(downlight.__file__).parent
ROOMS: Final = (str(APP / "notify"), str(APP / "storage"))
"""The code at whose lines a life may die, but for:"""
PURE: Final = (str(APP / "notify" / "herald.py"), str(APP / "storage" / "wire.py"))
"""Values into values: half of all lines, and nothing happens there."""
JOURNAL: Final = "journal.sqlite"
SCREEN: Final = "screen"
STEP: Final = "step"
"""Under which the journal keeps how many steps of the plot were taken."""

UNDECIDED: Final = """SELECT id FROM events
    WHERE id NOT IN (SELECT event FROM decisions)"""
UNSHOWN: Final = """SELECT fate FROM decisions WHERE event NOT IN (
    SELECT event FROM deliveries WHERE outcome = 'delivered')"""


class Screen:
    """A channel: a file with a line for each notification that was shown."""

    name = "screen"

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def deliver(self, message: Message) -> None:
        shown = " ".join(sorted(event.id for event in message.events))
        os.write(self._file, f"{shown}\n".encode())


class Heard(Journal):
    """The courier's journal; says when something was kept in it."""

    said: SimpleQueue[None]

    def decide(self, *it: Any, **more: Any) -> None:  # noqa: ANN401 - as the journal
        super().decide(*it, **more)
        self.said.put(None)

    def record_delivery(self, *deliveries: Delivery) -> None:
        super().record_delivery(*deliveries)
        self.said.put(None)

    def mute(self, slug: ServiceSlug, it: Mute | None) -> None:
        super().mute(slug, it)
        self.said.put(None)

    def ask_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        super().ask_once(slug, wanted=wanted)
        self.said.put(None)


class Life:
    """One life of the program, from where the journal says that the last one was."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = START
        self._said: SimpleQueue[None] = SimpleQueue()
        self._journal = Journal.open(folder / JOURNAL)
        self._eye = sqlite3.connect(folder / JOURNAL)

    def live(self) -> None:
        """Play what is left of the plot."""
        done = int(self._journal.meta(STEP) or 0)
        self._now = PLOT[done - 1].at if done else START
        courier = Courier(
            lambda _on_act: (Screen(self._folder / SCREEN),),
            self._open,
            lambda: self._now,
            lambda _event, _act: None,
            wishes=WISHES,
        )
        courier.start()
        self._settle()
        for number, step in enumerate(PLOT[done:], done + 1):
            self._take(step, number, courier)
        if not courier.stop():
            raise AssertionError("the courier did not end")
        self._eye.close()
        self._journal.close()

    def _open(self) -> Heard:
        journal = Heard.open(self._folder / JOURNAL)
        assert isinstance(journal, Heard)
        journal.said = self._said
        return journal

    def _take(self, step: Step, number: int, courier: Courier) -> None:
        self._now = step.at
        self._ask(step, courier)
        self._journal.write(
            step.at, (), step.tracks, step.events, meta={STEP: str(number)}
        )
        courier.publish(News(Snapshot(step.at), step.events))
        self._settle()

    def _ask(self, step: Step, courier: Courier) -> None:
        """Ask for what the person wants, unless an earlier life has it already."""
        mute, once = step.mute, step.once
        if mute is not None and mute[0] not in self._journal.mutes(step.at):
            courier.mute(*mute)
            self._await(lambda: mute[0] in self._journal.mutes(step.at))
        if once is not None and once not in self._journal.once():
            courier.tell_once(once)
            self._await(lambda: once in self._journal.once())

    def _settle(self) -> None:
        """Wait until all that happened so far is told, held, or waits rightly."""
        is_quiet = quiet.until(WISHES.quiet, self._now) is not None
        fates = ("told",) if is_quiet else ("told", "later")
        self._await(lambda: not self._look(UNDECIDED) and not self._waiting(fates))

    def _waiting(self, fates: Sequence[str]) -> bool:
        """Whether anything of these fates was not shown."""
        return any(fate in fates for (fate,) in self._look(UNSHOWN))

    def _look(self, query: str) -> list[tuple[str]]:
        # Past the journal, so that a life's lines are those of the program.
        return self._eye.execute(query).fetchall()

    def _await(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._said.get()


def trace(line: int) -> Callable[[], int]:
    """Have this process kill itself at its n-th line of our own; 0: only count.

    Returns:
        What tells how many lines were counted so far.
    """
    numbers = count(1)

    def at(_frame: FrameType, what: str, _: object) -> Any:  # noqa: ANN401 - itself
        if what == "line" and next(numbers) == line:
            os.kill(os.getpid(), signal.SIGKILL)
        return at

    def enter(frame: FrameType, _what: str, _: object) -> Any:  # noqa: ANN401 - the same
        code = frame.f_code
        path, name = code.co_filename, code.co_name
        # What is done for each of many, in a comprehension, is one line, not many.
        is_ours = path.startswith(ROOMS) and path not in PURE
        return at if is_ours and not name.startswith("<") else None

    threading.settrace(enter)
    sys.settrace(enter)
    return lambda: next(numbers) - 1
