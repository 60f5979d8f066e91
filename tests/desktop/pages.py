"""Opens every page of the real window on replayed outages; looks, and keeps pictures.

    python -m tests.desktop.pages FOLDER RUN

One process does one run of `RUNS`: it plays each recording through the real engine to
a minute of its outage, opens the window the program makes for it, turns every page and
walks over its widgets; and so it does with a person's own window, and with made-up
worlds. What is wrong goes to ``RUN.json`` in the folder, pictures into a folder of the
run's name. Nothing here knows which pages there are: it asks the tabs.
"""

from __future__ import annotations

import json
import shutil
import sys
import traceback
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from downlight.catalog import words
from downlight.core import speech
from downlight.core.speech import ENGLISH
from downlight.main import _speak_as_well
from downlight.storage.resources import resource
from downlight.ui.settings.quiet import WEEKEND
from downlight.ui.settings.words import LANGUAGES, SECTIONS
from downlight.wiring import whole_catalog
from tests.desktop import worlds
from tests.desktop.windows import BANNERS, Lamp, own, played, rest, settle
from tests.desktop.worlds import MADE_UP, UNEASY
from tests.ui import palettes
from tests.ui.inks import faint
from tests.ui.keys import unreached
from tests.ui.unsaid import Bracketed, unsaid
from tests.ui.walker import Fault, faults
from tests.words.catalogue import gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from PySide6.QtGui import QPalette

    from downlight.core.news import Snapshot
    from downlight.ui.tray import Light
    from downlight.ui.window import Window

LOOKS: Final[dict[str, Callable[[], QPalette]]] = {
    "light": palettes.light,
    "dark": palettes.dark,
    "black": palettes.black,
    "white": palettes.white,
}
"""What the desktop may look like; the last two are of high contrast."""
SMALL, WIDE = QSize(900, 600), QSize(1400, 900)
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

    brief: bool = False
    """Whether further looks are seen in the first size only: colours move nothing."""

    @property
    def views(self) -> tuple[tuple[str, QSize], ...]:
        """Looks and sizes, one after the other."""
        look, size = self.looks[0], self.sizes[0]
        return tuple(
            it
            for it in product(self.looks, self.sizes)
            if not self.brief or it[0] == look or it[1] == size
        )


_PLAIN: Final = ("whatsapp-2022-10-25", BANNERS, OWN)
RUNS: Final = {
    "plain": Run(("light", "dark"), outages=_PLAIN, pixels=True, keys=True),
    "fine": Run(
        ("light", "dark"),
        scale=2,
        outages=("whatsapp-2021-10-04", "github-2026-08-06", OWN),
    ),
    "turkish": Run(("light", "dark"), outages=(*_PLAIN, MADE_UP, UNEASY), words="tr"),
    "made-up": Run(
        ("light", "dark"), outages=(MADE_UP, UNEASY), pixels=True, brief=True
    ),
    "words": Run(
        ("light",),
        sizes=(WIDE,),
        outages=(*_PLAIN, MADE_UP, UNEASY),
        words=BRACKETED,
    ),
    "contrast": Run(
        ("black", "white"), sizes=(SMALL,), outages=(BANNERS, OWN), pixels=True
    ),
    "large": Run(("light",), font=2.0, outages=("github-2026-08-06", OWN), keys=True),
}
"""Those that take longest come first."""


@dataclass(frozen=True, slots=True)
class Room:
    """Something a person comes to see: a page of a window, or a dialog."""

    name: str
    widget: QWidget
    window: Window


def pages(window: Window) -> Iterator[Room]:
    """Turn every page."""
    for key in window.page.tabs._keys:
        window.page.tabs.choose(key)
        rest(window)
        yield Room(key, window, window)
    window.page.tabs.choose("now")


def dialogs(window: Window) -> Iterator[Room]:
    """Open every dialog, one after the other."""
    asking = window.asking
    views = window._views()
    window.pick()
    yield from _dialog("picker", asking.picker, window)
    window.home.other.click()
    yield from _dialog("countries", asking.countries, window)
    asking.choose_parts(views[0].service)
    yield from _dialog("parts", asking.parts, window)
    yield from settings(window)


def settings(window: Window) -> Iterator[Room]:
    """Open every section of the settings."""
    asking = window.asking
    for key, _ in SECTIONS:
        asking.open_settings(window._present, window._snapshot, key)
        assert asking.settings is not None
        rest(asking.settings)
        yield Room(f"settings-{key}", asking.settings, window)
    asking.close_settings()
    settle()


def _dialog(name: str, dialog: QWidget | None, window: Window) -> Iterator[Room]:
    assert dialog is not None
    rest(dialog)
    yield Room(name, dialog, window)
    dialog.close()
    settle()


def rooms(name: str, window: Window, *, first: bool, small: bool) -> Iterator[Room]:
    """Go through all there is to see.

    Args:
        name: Of the outage or the world, or `OWN`.
        window: The program's.
        first: Whether the welcome is up still.
        small: Whether dialogs, too: the size of the window is nothing to them.
    """
    if name in worlds.LOOKED_AT:
        for page in worlds.pages(name, window):
            yield Room(page, window, window)
        if name == MADE_UP and small:
            yield from settings(window)
        return
    if name != OWN:
        yield from pages(window)
        return
    if first:
        rest(window)
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
        self.folder = folder
        self.name = name
        self.shots = folder / name
        self.shots.mkdir(parents=True, exist_ok=True)
        for old in self.shots.glob("*.png"):
            old.unlink()
        self.bracketed: Bracketed | None = None
        """Spoken while what is not in the catalogue is looked for."""
        self.found: list[dict[str, str]] = []
        self.seen: list[str] = []

    def speak(self, app: QApplication) -> None:
        """Speak the language of the run."""
        if self.run.words == BRACKETED:
            self.bracketed = Bracketed(gathered())
            services = whole_catalog().services
            self.bracketed.hear([(it.name, it.owner) for it in services], whole=True)
            ours = app.applicationName(), LANGUAGES, WEEKEND
            self.bracketed.hear(ours, whole=True)
            self.bracketed.hear(services)
            speech.speak(ENGLISH, self.bracketed)
        elif self.run.words != ENGLISH:
            spoken = words.load(resource("words"), self.run.words)
            speech.speak(self.run.words, spoken)
            _speak_as_well(app, self.run.words)

    def note(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Count an error that Qt would pass over, as a fault."""
        sys.__excepthook__(kind, error, trace)
        where = traceback.extract_tb(trace)[-1]
        told = Fault("raised", f"{where.filename}:{where.lineno}", repr(error))
        self.found.append({"place": self.seen[-1] if self.seen else ""} | asdict(told))

    def go(self) -> None:
        """Look at all there is."""
        light = Lamp()
        seen: Snapshot | None = None
        for outage in self.run.outages:
            light.seen = outage != BANNERS
            with self._opened(outage, light, seen) as window:
                self.look_at(outage, window)
                seen = seen or window._snapshot
        told = {"seen": sorted(set(self.seen)), "faults": self.found}
        file = self.folder / f"{self.name}.json"
        file.write_text(json.dumps(told, indent=1), "utf-8")

    def _opened(
        self, outage: str, light: Light, seen: Snapshot | None
    ) -> AbstractContextManager[Window]:
        if outage not in {OWN, *worlds.LOOKED_AT}:
            return played(outage, light)
        data = self.folder / f"{self.name}-data" / outage
        shutil.rmtree(data, ignore_errors=True)
        if outage != OWN:
            return worlds.made(outage, light, data)
        assert seen is not None
        return own(light, seen, data)

    def look_at(self, outage: str, window: Window) -> None:
        """Look at everything in a window, in each size and look."""
        for number, (look, size) in enumerate(self.run.views):
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
                found = self._judged(room, size, keys=with_keys)
                self.found += [{"place": place} | asdict(fault) for fault in found]

    def _judged(self, room: Room, size: QSize, *, keys: bool) -> list[Fault]:
        widget = room.widget
        if self.bracketed is not None:
            worlds.tell(room.window, self.bracketed)
            return unsaid(widget, self.bracketed)
        told = faults(widget)
        if self.run.pixels and size == self.run.sizes[0]:
            told += faint(widget)
        if self.run.keys and keys:
            widget.activateWindow()
            settle()
            told += unreached(widget)
        return told

    def _shoot(self, widget: QWidget, place: str) -> None:
        if self.bracketed is not None:
            return  # nobody wants to look at brackets
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
    font = app.font()
    font.setPointSizeF(10 * walk.run.font)
    app.setFont(font)
    walk.speak(app)
    sys.excepthook = walk.note
    walk.go()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
