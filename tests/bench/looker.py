"""A person who looks at a window, in a process of its own: ``looker.py WHICH PAGES``.

``empty`` is a window with nothing in it, ``ours`` is ours; both are under our style
sheet, and drawn on no screen. Prints a line of JSON: of each thing that was done, the
milliseconds, one by one.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.news import News

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[:0] = [str(root), str(root / "app")]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from downlight.main import _unhook_import
from downlight.ui.bridge import Bridge
from tests.bench import throng
from tests.bench.empty import Empty
from tests.bench.ours import Ours
from tests.bench.turns import Turns
from tests.ui import palettes

NEWS: Final = 1_000
STORM: Final = timedelta(seconds=1)
STEPS: Final = 40
"""Most steps of the mouse wheel on one thing that scrolls."""
NOTCH: Final = 120
"""How far the wheel turns with a step, as Qt counts."""
TIMES: Final = 5
"""How often a short thing is done."""
TICK: Final = timedelta(seconds=5)


class Looker(QObject):
    """Does one thing after the other, and writes down how long each takes."""

    def __init__(self, seen: Ours | Empty, pages: Sequence[str]) -> None:
        """Sit down before a window that is not open yet."""
        super().__init__()
        self._seen, self._pages = seen, pages
        self._calm, self._last = seen.snapshot, 0.0
        self._turns, self._bridge = Turns(), Bridge()
        self._bridge.news.connect(self._hear)
        self.found: dict[str, list[float]] = {}
        """Of each thing that was done: milliseconds."""

    def look(self) -> None:
        """Do it all."""
        for act in (self._open, self._leaf, self._choose, self._wait, self._scroll):
            act()
        for key in self._pages:
            self._stand(key)

    def _open(self) -> None:
        seen = self._seen
        self._do("opening, the first time", seen.make)
        for _ in range(TIMES):
            self._turns.do(seen.window.close)
            self._do("opening, closed just before", seen.open)
        for _ in range(TIMES):
            self._turns.do(seen.window.close)
            self._turns.do(seen.drop)
            self._do("opening, made anew", seen.make)
        self._turns.take()

    def _leaf(self) -> None:
        """Turn to each page, and round again."""
        for key in (*self._pages[1:], self._pages[0]):
            self._do(f"to {key}, the first time", partial(self._seen.turn_to, key))
            self._turns.until(lambda: not self._seen.busy)
        for _ in range(TIMES):
            for key in self._pages:
                self._do(f"to {key}, again", partial(self._seen.turn_to, key))
        self._note("turning")

    def _choose(self) -> None:
        """Go down the list of services, and back to the one that has most to say."""
        shown = self._seen.list
        rows = [shown.model().index(row, 0) for row in range(TIMES)]
        kept = shown.currentIndex()
        for row in (*rows, kept):
            self._do("to another service", partial(shown.setCurrentIndex, row))
        self._note("choosing")

    def _wait(self) -> None:
        for _ in range(TIMES):
            self._do("ages anew", partial(self._seen.pass_, TICK))
        self._note("ages anew")

    def _scroll(self) -> None:
        self._turns.do(self._seen.unfold)
        self._turns.take()
        self._turn_wheel(self._seen.list)
        self._note("scrolling")
        for key in self._pages:
            self._turns.do(partial(self._seen.turn_to, key))
            areas = self._seen.page(key).findChildren(QAbstractScrollArea)
            self._turns.take()
            for area in areas:
                if area.isVisible():
                    self._turn_wheel(area)
            self._note("scrolling")

    def _turn_wheel(self, area: QAbstractScrollArea) -> None:
        """Scroll down as far as there is something, step by step."""
        bar, sight = area.verticalScrollBar(), area.viewport()
        place = QPointF(sight.rect().center())
        for _ in range(STEPS):
            if bar.value() == bar.maximum():
                return
            wheel = QWheelEvent(
                place,
                sight.mapToGlobal(place),
                QPoint(),
                QPoint(0, -NOTCH),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            self._do("scrolling, a step", partial(QApplication.sendEvent, sight, wheel))

    def _stand(self, key: str) -> None:
        """Let a storm of news pass while a page is shown."""
        self._turns.do(partial(self._seen.turn_to, key))
        self._turns.until(lambda: not self._seen.busy)
        news = tuple(throng.storm(self._calm, NEWS, STORM))
        wind = threading.Thread(target=self._blow, args=(news,))
        self._turns.take()
        wind.start()
        begun = time.perf_counter()
        self._turns.until(lambda: self._seen.snapshot is news[-1].snapshot)
        wind.join()
        ended = self._turns.drawn
        late = 1e3 * (ended - self._last)
        self.found[f"storm on {key}, all shown after"] = [late]
        work = self._note(f"storm on {key}")
        self.found[f"storm on {key}, of a core (%)"] = [work / (ended - begun) / 10]

    def _blow(self, news: Sequence[News]) -> None:
        """Publish as the engine does, from another thread."""
        pause, begun = threading.Event(), time.perf_counter()
        for number, one in enumerate(news):
            due = begun + number * STORM.total_seconds() / len(news)
            pause.wait(max(due - time.perf_counter(), 0))
            self._last = time.perf_counter()
            self._bridge.publish(one)

    @Slot(object)
    def _hear(self, news: News) -> None:
        self._seen.hear(news.snapshot)

    def _do(self, name: str, act: Callable[[], object]) -> None:
        self.found.setdefault(name, []).append(self._turns.do(act))

    def _note(self, name: str) -> float:
        """Write down the turns since the last note; return their work in all."""
        took, worked = self._turns.take()
        self.found.setdefault(f"{name}, turn", []).extend(took)
        self.found.setdefault(f"{name}, work", []).extend(worked)
        return sum(worked)


def main() -> None:
    """Look at one of them."""
    which, *pages = sys.argv[1:]
    _unhook_import()
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    app.setPalette(palettes.light())
    snapshot = throng.throng()
    seen = Ours(snapshot) if which == "ours" else Empty(snapshot, pages)
    looker = Looker(seen, pages)
    looker.look()
    print(json.dumps(looker.found))


if __name__ == "__main__":
    main()
