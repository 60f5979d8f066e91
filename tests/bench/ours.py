"""Our window as the bench opens it, with somebody who grants its wishes."""

from __future__ import annotations

import gc
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from downlight.ui.bridge import Bridge
from downlight.ui.now.diary import Diary
from downlight.ui.pace import Pace
from downlight.ui.tray import Light
from tests.bench import throng
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QListView, QWidget

    from downlight.core.errors import DownlightError
    from downlight.core.history.past import Past
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Snapshot
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.ui.window import Window

T = TypeVar("T")


class Knowing(Granted):
    """Looks up the past on another thread, as the program does."""

    def __init__(self, snapshot: Snapshot, bridge: Bridge) -> None:
        """Know what this tells; answer through ``bridge``."""
        super().__init__()
        self._views = {view.service.slug: view for view in snapshot.services}
        self._bridge = bridge
        self.busy = 0
        """How many look-ups go on."""

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        """Look it up."""
        self.busy += 1

        def hear(answer: T) -> None:
            self.busy -= 1
            tell(answer)

        carried = self._bridge.carry(hear)
        view = self._views[slug]

        def work() -> None:
            carried(make(known or throng.past(view)))

        threading.Thread(target=work).start()

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        """Say that there was nobody to ask."""
        del slug
        self._bridge.carry(tell)(False)

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        """Climb the whole ladder at once."""
        del step
        name = self._views[slug].service.name
        self._bridge.carry(tell)(_well(name))


def _well(name: str) -> Climb:
    """Return the way up to a service that answers; nothing else is imported for it."""
    from downlight.core.rungs.ladder import Climb, Rung, fine
    from downlight.core.rungs.readings import Reading

    took = timedelta(milliseconds=30)
    servers = tuple(
        Reading(f"e{n}.chatter.example:443", connected=took, secured=took)
        for n in range(16)
    )
    return Climb(name, tuple(fine(rung, took) for rung in Rung), grid=servers)


class Ours:
    """The window and the light, as `desktop` holds them."""

    name = "downlight"

    def __init__(self, snapshot: Snapshot) -> None:
        """Have news already, and a light."""
        self.bridge = Bridge()
        self.wishes = Knowing(snapshot, self.bridge)
        self._light = Light()
        self.snapshot = snapshot
        self._ahead = throng.NOW - snapshot.at
        self._window: Window | None = None
        self._diary = Diary()
        self._pace = Pace(self._draw, self.bridge)

    @property
    def window(self) -> Window:
        """The window, opened."""
        assert self._window is not None
        return self._window

    @property
    def busy(self) -> bool:
        """Whether somebody else is at work for it."""
        return self.wishes.busy > 0

    @property
    def list(self) -> QListView:
        """The list of services."""
        return self.window.side.list

    def make(self) -> None:
        """Make the window and open it, as `desktop` does."""
        gc.freeze()
        from downlight import wiring
        from downlight.ui.leaves import Shelf
        from downlight.ui.window import Window

        self._window = Window(
            tuple,
            self.wishes,
            clock=self._now,
            gazetteer=wiring.gazetteer,
            shelf=Shelf(wiring.world_map, wiring.about_service),
            diary=self._diary,
        )
        self._window.show_news(self.snapshot)
        self.open()

    def open(self) -> None:
        """Open the window that is there."""
        self.window.open_on(throng.LOOKED_AT)

    def drop(self) -> None:
        """Do away with the window."""
        self.window.deleteLater()
        self._window = None
        gc.unfreeze()

    def hear(self, snapshot: Snapshot) -> None:
        """Show a new state."""
        self.snapshot = snapshot
        self._diary.note(snapshot)
        self._pace.ask()

    def _draw(self) -> None:
        self._light.draw(self.snapshot)
        self.window.show_news(self.snapshot)

    def turn_to(self, key: str) -> None:
        """Turn to a page."""
        self.window.page.tabs.choose(key)

    def page(self, key: str) -> QWidget:
        """Return a page."""
        return self.window.page.sheet(key)

    def unfold(self) -> None:
        """Unfold what can be, on the page that is shown first."""
        for card in self.window.page.now.cards.values():
            card._more.click()

    def pass_(self, time: timedelta) -> None:
        """Let time go by, and write ages anew."""
        self._ahead += time
        self.window._tick.timeout.emit()

    def _now(self) -> datetime:
        return self.snapshot.at + self._ahead
