"""Show the window on a made-up world, or save pictures of its states.

    python -m tests.ui.show [FOLDER [STATE …]]

With a folder: one PNG per state, light and dark. Without: the window, to try out.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from downlight.core.news import Snapshot
from downlight.ui.window import Window
from tests.ui import made_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.model import ServiceSlug


class Deaf:
    """Wishes nobody grants."""

    def refresh(self) -> None:
        """Do nothing."""

    def watch(self, slugs: Sequence[ServiceSlug]) -> None:
        """Do nothing."""


def window(snapshot: Snapshot | None, slug: str = "", **more: object) -> Window:
    """Return a window on a state, opened on a service."""
    made = Window(
        made_up.catalog(),
        Deaf(),
        clock=lambda: made_up.NOW,
        **more,  # type: ignore[arg-type]  # passed on
    )
    if snapshot is not None:
        made.show_news(snapshot)
    made.open_on(slug)
    return made


def small(snapshot: Snapshot, slug: str) -> Window:
    """Return the window at its smallest."""
    made = window(snapshot, slug)
    made.resize(made.minimumSize())
    return made


def scrolled(snapshot: Snapshot, slug: str, *, unfold: bool = False) -> Window:
    """Return the window far down a page."""
    made = window(snapshot, slug)
    made.resize(1020, 1500)
    if unfold:
        for card in made.page.cards.values():
            card._more.click()
    return made


def picking(words: str) -> Window:
    """Return the window with the picker open."""
    made = window(made_up.world(), "calm")
    made.pick()
    picker = made._picker
    assert picker is not None
    picker.search.setText(words)
    return made


def searching(words: str) -> Window:
    """Return the window with a search."""
    made = window(made_up.world(), "calm")
    made.side.search.setText(words)
    return made


def stripes() -> Window:
    """Return the window with every banner there is."""
    snapshot = made_up.offline()
    snapshot = replace(
        snapshot,
        replay="the outage of 2022",
        trouble="Memory is not kept: the disk is full.",
    )
    return window(
        snapshot,
        complaints=("Settings, line 3: confirm_begin = 99 is not 1 to 10; 1 is used.",),
        tray_here=lambda: False,
    )


STATES: dict[str, Callable[[], Window]] = {
    "outage": lambda: window(made_up.world(), "chatter"),
    "outage-tall": lambda: scrolled(made_up.world(), "chatter"),
    "cloud-tall": lambda: scrolled(made_up.world(), "nimbus"),
    "cloud-unfolded": lambda: scrolled(made_up.world(), "nimbus", unfold=True),
    "calm": lambda: window(made_up.world(), "calm"),
    "silent": lambda: window(made_up.world(), "hush"),
    "rune": lambda: window(made_up.world(), "rune"),
    "unreached": lambda: window(made_up.world(), "post"),
    "emoji": lambda: window(made_up.world(), "emoji"),
    "small": lambda: small(made_up.world(), "nimbus"),
    "offline": lambda: window(made_up.offline()),
    "stripes": stripes,
    "asking": lambda: window(None),
    "first": lambda: window(
        replace(
            made_up.world(),
            asking=True,
            services=(made_up.plainly("calm", "Calm", None),),
        ),
        "calm",
    ),
    "nothing": lambda: window(Snapshot(made_up.NOW, online=True)),
    "stopped": lambda: window(
        Snapshot(made_up.NOW, trouble="Monitoring stopped because of an error.")
    ),
    "search": lambda: searching("c"),
    "search-none": lambda: searching("zzz"),
    "picker": lambda: picking(""),
    "picker-none": lambda: picking("zzz"),
}


def light() -> QPalette:
    """Return the palette of Fusion by day."""
    return QPalette(QColor("#efefef"), QColor("#efefef"))


def dark() -> QPalette:
    """Return a palette as dark desktops have it."""
    made = QPalette(QColor("#3a3d41"), QColor("#2a2c30"))
    made.setColor(QPalette.ColorRole.Base, QColor("#1f2124"))
    made.setColor(QPalette.ColorRole.PlaceholderText, QColor("#8b9097"))
    return made


def shoot(app: QApplication, folder: Path, only: Sequence[str] = ()) -> None:
    """Save a picture of each state."""
    folder.mkdir(parents=True, exist_ok=True)
    for shade, colours in (("light", light()), ("dark", dark())):
        app.setPalette(colours)
        for name, make in STATES.items():
            if only and name not in only:
                continue
            made = make()
            for _ in range(5):
                app.processEvents()
            shown = made._picker if made._picker is not None else made
            shown.grab().save(str(folder / f"{name}-{shade}.png"))
            made.close()
            made.deleteLater()


def main() -> None:
    """Run it."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    if len(sys.argv) > 1:
        shoot(app, Path(sys.argv[1]), sys.argv[2:])
        return
    shown = window(made_up.world(), "chatter")
    shown.quit_wanted.connect(app.quit)
    app.exec()


if __name__ == "__main__":
    main()
