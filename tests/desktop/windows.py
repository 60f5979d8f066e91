"""The real window, opened on something there is to see, and waited for."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from downlight.cli.replay import opened
from downlight.core.news import News
from downlight.desktop import Desktop, Replay
from downlight.steward import Steward
from downlight.storage.resources import resource
from downlight.ui.tray import Light
from downlight.wiring import whole_catalog
from tests.desktop.session import until
from tests.ui.show_me import down
from tests.ui.walker import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from downlight.core.errors import DownlightError
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Snapshot
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.ui.bridge import Bridge
    from downlight.ui.window import Window
    from downlight.wiring import Home

OUTAGES: Final = {
    "whatsapp-2022-10-25": datetime(2022, 10, 25, 8, 0, tzinfo=UTC),
    "whatsapp-2021-10-04": datetime(2021, 10, 4, 18, 0, tzinfo=UTC),
    "google-cloud-2025-06-12": datetime(2025, 6, 12, 20, 30, tzinfo=UTC),
    "github-2026-08-06": datetime(2026, 8, 6, 17, 0, tzinfo=UTC),
}
"""Recordings that come with Downlight, and a minute in the midst of each."""
BANNERS: Final = "google-cloud-2025-06-12"
"""Under this one there is neither a tray nor a bus, and the window says so."""
SOON_MS: Final = 1000
"""What a page does by itself within this time is not waited for, but done."""
TURNS: Final = 50
"""So often a window may change until it must have come to rest."""
PATIENCE: Final = 30
"""Seconds a busy machine may take for what is looked up."""


class Lamp(Light):
    """A light that is seen in a tray, unless it is told that it is not."""

    seen = True

    @property
    def available(self) -> bool:
        """Whether there is a tray: this platform has none."""
        return self.seen


class Climber(Steward):
    """The real steward, up a ladder that is there at once."""

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        """Go up as far as servers of which most do not answer."""
        end = down(self.name_of(slug), f"{slug}.example")
        for rung in end.steps:
            step(rung)
        tell(end)

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        """Say that its page lists nothing of the past: nobody is asked."""
        del slug
        self._bridge.carry(tell)(False)

    def name_of(self, slug: ServiceSlug) -> str:
        """Return what a service is called."""
        service = whole_catalog(self.home).service(slug)
        assert service is not None
        return service.name


class Still(Desktop):
    """A person's own window, with the real steward and nobody who is asked."""

    def _make_steward(self, home: Home, bridge: Bridge) -> Steward:
        return Climber(home, bridge, self._complain, self._know)

    def _begin_engine(self, home: Home) -> None:
        """Begin nothing."""


def settle() -> None:
    """Let everything that waits for the next turn of the loop happen."""
    for _ in range(4):
        QApplication.processEvents()


def rest(window: QWidget) -> None:
    """Wait until nothing is looked up for a window and nothing in it moves.

    What is slow is found out on a passing thread, and an answer may lead to the next
    question; and what is laid out anew may take more than one turn of the loop.

    Raises:
        TimeoutError: It does not come to rest.
    """
    for _ in range(TURNS):
        before = _places(window)
        asked = _hurry(window)
        settle()
        if not asked and not _passing() and _places(window) == before:
            return
    raise TimeoutError(f"{window.objectName() or window} does not come to rest")


def _hurry(window: QWidget) -> bool:
    """Bring about now what comes soon; return whether there was anything."""
    threads = _passing()
    for thread in threads:
        thread.join(PATIENCE)
    timers = [
        timer
        for timer in window.findChildren(QTimer)
        if timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
    ]
    for timer in timers:
        timer.stop()
        timer.timeout.emit()
    return bool(threads or timers)


def _passing() -> list[threading.Thread]:
    """Return the threads on which something is looked up."""
    return [it for it in threading.enumerate() if it.name == "aside"]


def _places(window: QWidget) -> list[tuple[int, int, int, int]]:
    return [widget.geometry().getRect() for widget in shown(window)]  # type: ignore[misc]  # PySide's stubs know it as an object


@contextmanager
def played(name: str, light: Light) -> Iterator[Window]:
    """Open the window of the program on a recording, at its minute."""
    tape, plan = opened(resource("recordings") / name, ())
    desktop = Replay(light, None, tape, plan, float("inf"), OUTAGES[name])
    desktop.begin()
    try:
        assert desktop.engine is not None
        desktop.engine.join()
        _await_the_last(desktop)
        desktop._open("")
        assert desktop.window is not None
        if name != BANNERS:
            desktop._note_trouble("")
        yield desktop.window
    finally:
        desktop.end()  # else its threads keep a run alive that has failed
        _drop(desktop)


def _await_the_last(desktop: Desktop) -> None:
    """Wait until what was told last is drawn, and not only what came before."""

    def is_drawn() -> bool:
        settle()
        return not desktop._pace.rest.isActive()

    until(is_drawn, "the last state to be drawn", PATIENCE)


@contextmanager
def own(light: Light, snapshot: Snapshot, data: Path) -> Iterator[Window]:
    """Open the window a person has the first time, on what was seen in a replay."""
    desktop = Still(light, data)
    desktop.begin()
    desktop.greets = True
    with on(desktop, replace(snapshot, replay="")) as window:
        yield window


@contextmanager
def on(desktop: Desktop, snapshot: Snapshot) -> Iterator[Window]:
    """Open a window on a state, at the moment of that state."""
    desktop._hear(News(snapshot))
    desktop._open("")
    window = desktop.window
    assert window is not None
    window._clock = lambda: snapshot.at
    window._refill()
    try:
        yield window
    finally:
        _drop(desktop)


def _drop(desktop: Desktop) -> None:
    """Let go of a desktop now: its window would go on following the colours."""
    if desktop.window is not None:
        desktop.window.close()
    for gone in (desktop.window, desktop):
        if gone is not None:
            gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
