"""Show the window on a made-up world, or save pictures of its states.

    python -m tests.ui.show [FOLDER [STATE …]]

With a folder: one PNG per state, light and dark. Without: the window, to try out.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from downlight.core.errors import DownlightError
from downlight.core.history.past import Past
from downlight.core.model import ServiceSlug
from downlight.core.news import Snapshot
from downlight.core.places.gazetteer import Gazetteer
from downlight.core.places.home import Whereabouts
from downlight.core.text import plain
from downlight.storage.resources import resource
from downlight.ui.now.cards import reports
from downlight.ui.window import Window
from tests.ui import made_up, show_history, uneasy
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from downlight.core.addition import Found
    from downlight.core.service import Service


def window(
    snapshot: Snapshot | None,
    slug: str = "",
    services: Sequence[Service] = (),
    wishes: Granted | None = None,
    **more: object,
) -> Window:
    """Return a window on a state, opened on a service."""
    made = Window(
        lambda: services or made_up.catalog(),
        wishes or Granted(),
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
        for card in made.page.now.cards.values():
            card._more.click()
    return made


def turning(*, unfold: bool = False) -> Window:
    """Return the window on a service of which much was said since the last look."""
    before = made_up.world(services=(made_up.chatter_before(), made_up.cloud()))
    made = window(before, "chatter")
    made.resize(1020, 1500)
    made.side.choose("nimbus")
    made.show_news(made_up.world())
    made.side.choose("chatter")
    if unfold:
        for line in made.page.now.cards["evidence"].lines:
            assert line.more is not None
            line.more.click()
    return made


def picking(words: str) -> Window:
    """Return the window with the picker open."""
    made = window(made_up.world(), "calm", made_up.many())
    made.pick()
    picker = made.asking.picker
    assert picker is not None
    picker.search.setText(words)
    return made


def finding(address: str, answer: Found | DownlightError | None) -> Window:
    """Return the window with an address in the picker, and what came of it."""
    made = picking(address)
    picker = made.asking.picker
    assert picker is not None
    picker.panel.look()
    wishes = picker._wishes
    assert isinstance(wishes, Granted)
    if answer is not None:
        wishes.tell(answer)
    return made


def long_named() -> Window:
    """Return a narrow picker with an address and names that are too long."""
    base = made_up.found()
    service = replace(base.addition.service, name="The Very Long Name of a Company")
    told = replace(
        base,
        addition=replace(base.addition, service=service),
        notes=(made_up.LONG, plain(made_up.HOSTILE)),
    )
    made = finding(made_up.LONG, told)
    picker = made.asking.picker
    assert picker is not None
    picker.resize(320, 560)
    return made


def asking_home(code: str = "") -> Window:
    """Return the window with the question in which country one is."""
    wishes = Granted()
    wishes.where = Whereabouts(code, "zone" if code else "nothing")
    return window(made_up.world(), "calm", wishes=wishes)


def narrow(made: Window) -> Window:
    """Return a window at its smallest."""
    made.resize(made.minimumSize())
    return made


def countries(words: str) -> Window:
    """Return the window with the list of countries open."""
    made = asking_home("TR")
    made.home.other.click()
    dialog = made.asking.countries
    assert dialog is not None
    dialog.search.setText(words)
    return made


def choosing(chosen: tuple[str, ...] = ()) -> Window:
    """Return the window with the parts of a service open."""
    wishes = Granted()
    counting, _ = reports(made_up.network(), made_up.NOW)
    wishes.parts = tuple(part for report in counting for part in report.components)
    wishes.chosen[ServiceSlug("mesh")] = chosen
    made = window(
        made_up.world(services=(made_up.network(),)),
        "mesh",
        wishes=wishes,
        gazetteer=places,
    )
    made.page.acted.emit("parts")
    return made


def meshed(*, unfold: bool = False) -> Window:
    """Return the window on a service with many places and all kinds of sources."""
    wishes = Granted()
    wishes.parts = ()
    snapshot = made_up.world(services=(made_up.network(), made_up.wrong()))
    made = window(snapshot, "mesh", wishes=wishes, gazetteer=places)
    made.resize(1020, 1500)
    if unfold:
        made.page.now.cards["parts"]._more.click()
    return made


def refused(title: str, hint: str) -> DownlightError:
    """Return an error as a page that cannot be read gives it."""
    error = DownlightError(title)
    error.title, error.hint = title, hint
    return error


@cache
def places() -> Gazetteer:
    """Return the places of the world."""
    return Gazetteer.parse(resource("places.tsv").read_text("utf-8"))


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


def uneasily(slug: str, *, calm: bool = False, **more: object) -> Window:
    """Return the window on what is neither well nor plainly down."""
    wishes = Granted()
    wishes.where = Whereabouts(uneasy.HOME, "said", settled=True)
    views = uneasy.world(**more)
    if calm:
        views = replace(views, services=views.services[:3], causes=())
    return window(views, slug, wishes=wishes)


def looking_back(slug: str, past: Past) -> Window:
    """Return the window on a service of which the past was looked up."""
    wishes = Granted()
    made = window(made_up.world(), slug, wishes=wishes)
    made._recall._rest.timeout.emit()
    wishes.tell_past(wishes.make_past(past))
    made.resize(1020, 1700)
    return made


STATES: dict[str, Callable[[], Window]] = {
    "outage": lambda: window(made_up.world(), "chatter"),
    "outage-tall": lambda: scrolled(made_up.world(), "chatter"),
    "cloud-tall": lambda: scrolled(made_up.world(), "nimbus"),
    "cloud-unfolded": lambda: scrolled(made_up.world(), "nimbus", unfold=True),
    "feed": turning,
    "unfolded": lambda: turning(unfold=True),
    "cloud-small": lambda: narrow(scrolled(made_up.world(), "nimbus")),
    "calm": lambda: window(made_up.world(), "calm"),
    "silent": lambda: window(made_up.world(), "hush"),
    "rune": lambda: window(made_up.world(), "rune"),
    "unreached": lambda: window(made_up.world(), "post"),
    "emoji": lambda: window(made_up.world(), "emoji"),
    "small": lambda: small(made_up.world(), "nimbus"),
    "before": lambda: looking_back("calm", show_history.rich()),
    "before-record": lambda: looking_back("chatter", show_history.whatsapp()),
    "before-none": lambda: looking_back("calm", Past(show_history.CHIRP, made_up.NOW)),
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
    "picker-what": lambda: picking("what"),
    "picker-gith": lambda: picking("gith"),
    "picker-aws-fra": lambda: picking("aws fra"),
    "picker-own": lambda: picking("a"),
    "picker-address": lambda: picking("https://status.acme.example/"),
    "picker-busy": lambda: finding("https://status.acme.example/", None),
    "picker-found": lambda: finding("https://status.acme.example/", made_up.found()),
    "picker-failed": lambda: finding(
        "status.acme.example",
        refused(
            "No status page we can read",
            "There is a page, but none of the formats we know. A feed of it may help.",
        ),
    ),
    "picker-long": long_named,
    "parts": choosing,
    "parts-some": lambda: choosing(("DNS", "p2")),
    "home": lambda: asking_home("TR"),
    "home-unknown": asking_home,
    "home-small": lambda: narrow(asking_home("GS")),
    "countries": lambda: countries(""),
    "countries-united": lambda: countries("united"),
    "countries-none": lambda: countries("zzz"),
    "mesh": meshed,
    "mesh-unfolded": lambda: meshed(unfold=True),
    "wrong": lambda: window(made_up.world(services=(made_up.wrong(),)), "parcel"),
    "early": lambda: uneasily("chirp", calm=True),
    "early-unknown": lambda: uneasily("post", calm=True),
    "blocked": lambda: uneasily("wiki"),
    "recovering": lambda: uneasily("pigeon"),
    "your-side": lambda: uneasily("mail", line=uneasy.PORTAL_WORDS),
    "only-you": lambda: uneasily("shop"),
    "crowded": lambda: uneasily("chatty"),
    "crowded-small": lambda: narrow(uneasily("chatty")),
    "together": lambda: uneasily("talk"),
    "why-calm": lambda: uneasily("calm", calm=True),
    "why-calm-small": lambda: narrow(uneasily("calm", calm=True)),
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


def shoot(
    app: QApplication,
    folder: Path,
    only: Sequence[str] = (),
    states: Mapping[str, Callable[[], Window]] = STATES,
) -> None:
    """Save a picture of each state."""
    folder.mkdir(parents=True, exist_ok=True)
    for shade, colours in (("light", light()), ("dark", dark())):
        app.setPalette(colours)
        for name, make in states.items():
            if only and name not in only:
                continue
            made = make()
            for _ in range(5):
                app.processEvents()
            shown = (
                made.asking.picker or made.asking.parts or made.asking.countries or made
            )
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
