"""The real window on made-up worlds: what no recording has, and what is rarely seen."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.gate import Fault, words
from downlight.core.news import News
from tests.desktop.windows import Climber, Still, on, rest, settle
from tests.ui import made_up, uneasy
from tests.ui.show_history import rich
from tests.ui.show_settings import HOOKS, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from downlight.core.errors import DownlightError
    from downlight.core.history.past import Past
    from downlight.core.model import Component, ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.preferences import HooksView
    from downlight.steward import Steward
    from downlight.ui.bridge import Bridge
    from downlight.ui.tray import Light
    from downlight.ui.window import Window
    from downlight.wiring import Home
    from tests.ui.unsaid import Bracketed

    T = TypeVar("T")

MADE_UP, UNEASY = "made-up", "uneasy"
ALL: Final = ("now", "regions", "me", "history", "about")
LOOKED_AT: Final = {
    MADE_UP: {
        "chatter": ALL,
        "nimbus": ("now", "about"),
        "mesh": ("now", "regions"),
        "hush": ("now", "regions"),
        "rune": ("now",),
        "post": ("now",),
        "parcel": ("now",),
    },
    UNEASY: {
        "chirp": ("now", "history"),
        "post": ("now",),
        "wiki": ("now", "regions", "me"),
        "pigeon": ("now",),
        "mail": ("now",),
        "shop": ("now",),
        "chatty": ("now", "regions"),
        "talk": ("now", "about"),
    },
}
"""Of each world the services, and the pages about each, that are looked at."""


class Known(Climber):
    """Knows of made-up services what a steward finds out of real ones."""

    seen: Callable[[str], ServiceView]
    """Returns how a service is."""

    def name_of(self, slug: ServiceSlug) -> str:
        """Return what a service is called."""
        return self.seen(slug).service.name

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        """Tell of a past with something of everything."""
        service = self.seen(slug).service
        self._aside(lambda: make(known or replace(rich(), service=service)), tell)

    def parts_of(
        self,
        slug: ServiceSlug,
        tell: Callable[[tuple[Component, ...] | DownlightError], None],
    ) -> None:
        """Tell of the parts its pages name."""
        reports = (it.standing.report for it in self.seen(slug).evidence)
        parts = [part for told in reports if told for part in told.components]
        self._bridge.carry(tell)(tuple(parts))

    def hooks(self) -> HooksView:
        """Return some of each kind, and what is wrong with one."""
        return HOOKS


class MadeUp(Still):
    """The window of a person who has chosen a few things."""

    def _make_steward(self, home: Home, bridge: Bridge) -> Steward:
        chosen = replace(home, settings=person().chosen_settings)
        made = Known(chosen, bridge, self._complain, self._know)
        made.seen = self._seen
        return made

    def _seen(self, slug: str) -> ServiceView:
        assert self.snapshot is not None
        return next(v for v in self.snapshot.services if v.service.slug == slug)


@contextmanager
def made(name: str, light: Light, data: Path) -> Iterator[Window]:
    """Open the window on a made-up world, of which something was just said."""
    desktop = MadeUp(light, data)
    desktop.begin()
    before, now = _states(name)
    with on(desktop, before) as window:
        window.side.choose(window._views()[0].service.slug)
        desktop._hear(News(now))
        desktop._draw()
        yield window


def _states(name: str) -> tuple[Snapshot, Snapshot]:
    """Return a world a moment ago, and as it is."""
    if name == UNEASY:
        portal = words(Fault.PORTAL, uneasy.PORTAL)
        return uneasy.world(), uneasy.world(line=portal)
    now = made_up.world()
    more = (*now.services, made_up.network(), made_up.wrong())
    return (
        replace(now, services=(made_up.chatter_before(), made_up.cloud())),
        replace(now, services=more),
    )


def tell(window: Window, language: Bracketed) -> None:
    """Tell a language all that others said, as far as a window knows it."""
    views = window._views()
    known = window._pasts._known.values()
    about = window.page._sheets.get("about")
    climbed = getattr(window.page._sheets.get("me"), "_known", {}).values()
    language.hear([getattr(climb, "vpn", "") for climb, _ in climbed], whole=True)
    language.hear([view.service.name for view in views], whole=True)
    language.hear(
        [it.standing.report for view in views for it in view.evidence], whole=True
    )
    language.hear((window._snapshot, [it.past for it in known]))
    language.hear(about._read if about is not None else None)  # type: ignore[attr-defined]  # a Sheet
    language.hear((window._wishes.settings(), window._wishes.hooks()))


def pages(name: str, window: Window) -> Iterator[str]:
    """Turn to each page of each service; yield what is there to be seen."""
    for slug, keys in LOOKED_AT[name].items():
        window.page.tabs.choose("now")
        window.side.choose(slug)
        for key in keys:
            window.page.tabs.choose(key)
            rest(window)
            if key == "history":
                _compare(window)
            yield f"{slug}-{key}"
            if key == "now" and _unfold(window):
                yield f"{slug}-{key}-all"
    window.page.tabs.choose("now")


def _compare(window: Window) -> None:
    """Lay one outage over another, and choose a day."""
    outages = window.page.sheet("history").outages  # type: ignore[attr-defined]  # a Sheet
    if not outages.table.ticked:
        outages.list.choose(2)
        outages.table.tick(1)
        outages.table.tick(5)
    rest(window)


def _unfold(window: Window) -> bool:
    """Show what is behind a click; return whether there is anything."""
    cards = window.page.now.cards.values()
    folded = [card._more for card in cards if not card._more.isHidden()]
    for more in folded:
        more.click()
    settle()
    lines = [line.more for card in cards for line in card.lines if line.more]
    closed = [more for more in lines if not more.isHidden() and not more.isChecked()]
    for tick in closed:
        tick.click()
    rest(window)
    return bool(folded or closed)
