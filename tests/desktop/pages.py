"""Opens every page of the real window on replayed outages; looks, and keeps pictures.

    python -m tests.desktop.pages FOLDER RUN

One process does one run of `RUNS`: it plays each recording through the real engine to
a minute of its outage, opens the window the program makes for it, turns every page and
walks over its widgets. What is wrong goes to ``RUN.json`` in the folder, pictures into
a folder of the run's name. Nothing here knows which pages there are: it asks the tabs.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from downlight.catalog import words
from downlight.cli.replay import opened
from downlight.core import speech
from downlight.core.news import News
from downlight.core.speech import ENGLISH
from downlight.desktop import Desktop, Replay
from downlight.steward import Steward
from downlight.storage.resources import resource
from downlight.ui.settings.words import SECTIONS
from downlight.ui.tray import Light
from downlight.wiring import whole_catalog
from tests.desktop.session import until
from tests.ui import palettes
from tests.ui.inks import faint
from tests.ui.keys import unreached
from tests.ui.show_me import DOWN, grid
from tests.ui.unsaid import Bracketed, strings, unsaid
from tests.ui.walker import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPalette

    from downlight.core.errors import DownlightError
    from downlight.core.ladder import Climb, Step
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Snapshot
    from downlight.ui.bridge import Bridge
    from downlight.ui.settings.keys import Keys
    from downlight.ui.window import Window
    from downlight.wiring import Home

LOOKS: Final[dict[str, Callable[[], QPalette]]] = {
    "light": palettes.light,
    "dark": palettes.dark,
    "black": palettes.black,
    "white": palettes.white,
}
"""What the desktop may look like; the last two are of high contrast."""
SMALL, WIDE = QSize(900, 600), QSize(1400, 900)
OUTAGES: Final = {
    "whatsapp-2022-10-25": datetime(2022, 10, 25, 8, 0, tzinfo=UTC),
    "whatsapp-2021-10-04": datetime(2021, 10, 4, 18, 0, tzinfo=UTC),
    "google-cloud-2025-06-12": datetime(2025, 6, 12, 20, 30, tzinfo=UTC),
    "github-2026-08-06": datetime(2026, 8, 6, 17, 0, tzinfo=UTC),
}
"""Recordings that come with Downlight, and a minute in the midst of each."""
BANNERS: Final = "google-cloud-2025-06-12"
"""Under this one there is neither a tray nor a bus, and the window says so."""
QUICK: Final = 75
"""Of a picture's packing: large files, and soon done."""
BRACKETED: Final = "brackets"
"""In place of a language: English with each sentence in brackets."""
OWN: Final = "own"
"""In place of an outage: a person's own window, in which things can be changed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process looks at."""

    looks: tuple[str, ...]
    sizes: tuple[QSize, ...] = (SMALL, WIDE)
    outages: tuple[str, ...] = ()
    scale: int = 1
    """How fine the screen is."""
    font: float = 1.0
    """How large the system's font is, against the usual."""
    pixels: bool = False
    """Whether contrast is looked at, in the first size."""
    keys: bool = False
    """Whether Tab is pressed, in the first look and size of the own window."""
    words: str = ENGLISH
    """What is spoken; `BRACKETED` finds what is not in the catalogue."""


RUNS: Final = {
    "plain": Run(
        ("light", "dark"),
        outages=("whatsapp-2022-10-25", "google-cloud-2025-06-12", OWN),
        pixels=True,
        keys=True,
    ),
    "fine": Run(
        ("light", "dark"),
        scale=2,
        outages=("whatsapp-2021-10-04", "github-2026-08-06", OWN),
    ),
    "large": Run(("light",), font=2.0, outages=("github-2026-08-06", OWN), keys=True),
    "contrast": Run(
        ("black", "white"),
        sizes=(SMALL,),
        outages=("google-cloud-2025-06-12", OWN),
        pixels=True,
    ),
    "turkish": Run(
        ("light",),
        outages=("whatsapp-2022-10-25", "google-cloud-2025-06-12", OWN),
        words="tr",
    ),
    "words": Run(
        ("light",),
        sizes=(WIDE,),
        outages=("whatsapp-2022-10-25", "google-cloud-2025-06-12", OWN),
        words=BRACKETED,
    ),
}


@dataclass(frozen=True, slots=True)
class Room:
    """Something a person comes to see: a page of a window, or a dialog."""

    name: str
    widget: QWidget
    window: Window


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
        """Go up as far as a server that does not answer."""
        del slug
        for rung in DOWN.steps:
            step(rung)
        readings = [
            replace(reading, target=f"e{n}.whatsapp.net:443")
            for n, reading in enumerate(grid(14), start=1)
        ]
        tell(replace(DOWN, grid=tuple(readings)))


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


@contextmanager
def played(name: str, light: Light) -> Iterator[Window]:
    """Open the window of the program on a recording, at its minute."""
    tape, plan = opened(resource("recordings") / name, ())
    desktop = Replay(light, None, tape, plan, float("inf"), OUTAGES[name])
    desktop.begin()
    assert desktop.engine is not None
    desktop.engine.join()
    _await_the_last(desktop)
    desktop._open("")
    assert desktop.window is not None
    if name != BANNERS:
        desktop._note_trouble("")
    yield desktop.window
    desktop.window.close()
    desktop.end()
    _drop(desktop)


def _await_the_last(desktop: Desktop) -> None:
    """Wait until what was told last is drawn, and not only what came before."""

    def is_drawn() -> bool:
        settle()
        return not desktop._pace.rest.isActive()

    until(is_drawn, "the last state to be drawn", 30)


@contextmanager
def own(light: Light, snapshot: Snapshot, data: Path) -> Iterator[Window]:
    """Open the window a person has the first time, on what was seen in a replay."""
    desktop = Still(light, data)
    desktop.begin()
    desktop.greets = True
    desktop._hear(News(replace(snapshot, replay="")))
    desktop._open("")
    assert desktop.window is not None
    yield desktop.window
    desktop.window.close()
    _drop(desktop)


def _drop(desktop: Desktop) -> None:
    """Let go of a desktop now: its window would go on following the colours."""
    for gone in (desktop.window, desktop):
        if gone is not None:
            gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pages(window: Window) -> Iterator[Room]:
    """Turn every page."""
    for key in window.page.tabs._keys:
        window.page.tabs.choose(key)
        settle()
        yield Room(key, window, window)
    window.page.tabs.choose("now")


def dialogs(window: Window) -> Iterator[Room]:
    """Open every dialog, one after the other."""
    asking = window.asking
    views = window._views()
    asking.pick(window._services, [view.service.slug for view in views[:2]], "")
    yield from _dialog("picker", asking.picker, window)
    window.home.other.click()
    yield from _dialog("countries", asking.countries, window)
    asking.choose_parts(views[0].service)
    yield from _dialog("parts", asking.parts, window)
    for key, _ in SECTIONS:
        asking.open_settings(window._clock, window._snapshot, key)
        settle()
        assert asking.settings is not None
        if (
            key == "keys"
        ):  # what the keyring answers, or that there is none, moves things
            _await_keyring(asking.settings.keys)
        yield Room(f"settings-{key}", asking.settings, window)
    asking.close_settings()
    settle()


def _await_keyring(keys: Keys) -> None:
    def has_answered() -> bool:
        settle()
        return not keys._asking

    until(has_answered, "the keyring", 30)


def _dialog(name: str, dialog: QWidget | None, window: Window) -> Iterator[Room]:
    assert dialog is not None
    settle()
    yield Room(name, dialog, window)
    dialog.close()
    settle()


def rooms(name: str, window: Window, *, first: bool, small: bool) -> Iterator[Room]:
    """Go through all there is to see.

    Args:
        name: Of the outage, or `OWN`.
        window: The program's.
        first: Whether the welcome is up still.
        small: Whether dialogs, too: the size of the window is nothing to them.
    """
    if name != OWN:
        yield from pages(window)
        return
    if first:
        yield Room("welcome", window, window)
        window._part()
        settle()
    yield from pages(window)
    if small:
        yield from dialogs(window)


class Walk:
    """One run; counts what it has seen."""

    def __init__(self, name: str, folder: Path) -> None:
        self.run = RUNS[name]
        self.shots = folder / name
        self.shots.mkdir(parents=True, exist_ok=True)
        for old in self.shots.glob("*.png"):
            old.unlink()
        self.foreign = "\n".join(strings(whole_catalog().services))
        """What others say, as far as windows show it."""
        self.found: list[dict[str, str]] = []
        self.seen: list[str] = []

    def look_at(self, outage: str, window: Window) -> None:
        """Look at everything in a window, in each size and look."""
        self.foreign = "\n".join((self.foreign, *strings(window._snapshot)))
        for number, (look, size) in enumerate(product(self.run.looks, self.run.sizes)):
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            app.setPalette(LOOKS[look]())
            window.resize(size)
            settle()
            small = size == self.run.sizes[0]
            for room in rooms(outage, window, first=number == 0, small=small):
                place = f"{outage}-{room.name}-{look}-{size.width()}"
                self.seen.append(f"{outage} {room.name}")
                self._shoot(room.widget, place)
                with_keys = number == 0 and outage == OWN
                self._judge(room.widget, place, size, keys=with_keys)

    def _judge(self, widget: QWidget, place: str, size: QSize, *, keys: bool) -> None:
        if self.run.words == BRACKETED:
            told = unsaid(widget, self.foreign)
            self.found += [{"place": place} | asdict(fault) for fault in told]
            return
        told = faults(widget)
        if self.run.pixels and size == self.run.sizes[0]:
            told += faint(widget)
        if self.run.keys and keys:
            widget.activateWindow()
            settle()
            told += unreached(widget)
        self.found += [{"place": place} | asdict(fault) for fault in told]

    def _shoot(self, widget: QWidget, place: str) -> None:
        widget.grab().save(str(self.shots / f"{place}.png"), "PNG", QUICK)
        areas = [a for a in widget.findChildren(QScrollArea) if a.isVisible()]
        for number, area in enumerate(areas):
            bar = area.verticalScrollBar()
            if bar.maximum() > 0 and place.endswith("light-900"):
                inside = area.widget()
                assert inside is not None
                whole = inside.grab()
                name = f"{place}-all{number or ''}.png"
                whole.save(str(self.shots / name), "PNG", QUICK)


def main(folder: Path, name: str) -> None:
    """Do one run."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    app.setApplicationName("Downlight")
    app.setQuitOnLastWindowClosed(False)
    walk = Walk(name, folder)
    if walk.run.words == BRACKETED:
        speech.speak(ENGLISH, Bracketed())
    elif walk.run.words != ENGLISH:
        speech.speak(walk.run.words, words.load(resource("words"), walk.run.words))
    font = app.font()
    font.setPointSizeF(10 * walk.run.font)
    app.setFont(font)
    light = Lamp()
    seen: Snapshot | None = None
    for outage in walk.run.outages:
        light.seen = outage != BANNERS
        if outage != OWN:
            with played(outage, light) as window:
                walk.look_at(outage, window)
                seen = seen or window._snapshot
    assert seen is not None
    if OWN in walk.run.outages:
        with own(light, seen, folder / f"{name}-data") as window:
            walk.look_at(OWN, window)
    told = {"seen": sorted(set(walk.seen)), "faults": walk.found}
    (folder / f"{name}.json").write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
