"""How long the turns of Qt's event loop take.

While a turn goes on, nobody is listened to and nothing is drawn: the longest one is
the longest a person may have to wait.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QThread, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

BREATH_US: Final = 300
"""Microseconds of rest where nothing is to be done, as a loop waits."""
NOTHING: Final = 0.1
"""Milliseconds of work in which nothing can be drawn."""
QUIET: Final = 0.5
"""Seconds in which nothing may come, where something may be put off."""


class Turns:
    """Turns the event loop in place of Qt, and takes the time of each turn."""

    def __init__(self) -> None:
        """Begin with none; there is a program already."""
        self._loop = QAbstractEventDispatcher.instance()
        self.took: list[float] = []
        """Milliseconds of each turn that did something, whatever stopped it."""
        self.worked: list[float] = []
        """The same, but of processor time of this thread alone."""
        self.ended = 0.0
        """When the last of them ended, by `time.perf_counter`."""
        self.drawn = 0.0
        """The same of the last that did more than `NOTHING`."""

    def take(self) -> tuple[list[float], list[float]]:
        """Return the milliseconds of all turns so far, and forget them."""
        taken = self.took, self.worked
        self.took, self.worked = [], []
        return taken

    def do(self, act: Callable[[], object]) -> float:
        """Do something in a turn; return the milliseconds until all of it is drawn.

        What other threads are asked may come later.
        """
        QTimer.singleShot(0, act)
        begun = time.perf_counter()
        while self._turn():
            pass
        return (self.ended - begun) * 1e3

    def until(self, done: Callable[[], bool]) -> None:
        """Turn until something is done, and for a while nothing more comes of it."""
        while not done() or time.perf_counter() - self.ended < QUIET:
            self._turn()

    def _turn(self) -> bool:
        """Turn once; return whether there was anything to do."""
        begun, work = time.perf_counter(), time.thread_time()
        busy = self._loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        if busy:
            self.ended = time.perf_counter()
            self.took.append((self.ended - begun) * 1e3)
            self.worked.append((time.thread_time() - work) * 1e3)
            if self.worked[-1] > NOTHING:
                self.drawn = self.ended
        else:
            QThread.usleep(BREATH_US)
        return busy
