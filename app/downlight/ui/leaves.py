"""The pages of the window beside the one about what goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from downlight.core.speech import mark
from downlight.ui.page import Leaf
from downlight.ui.pasts import Pasts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QWidget

    from downlight.core.about import About
    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView
    from downlight.core.places.worldmap import Land
    from downlight.core.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Shelf:
    """What pages read when they are first shown."""

    lands: Callable[[], Iterable[Land]] = tuple
    """Returns the shapes of the countries."""
    about: Callable[[ServiceSlug], About | None] = lambda _slug: None
    """Returns what is written about a service; may raise a `DownlightError`."""


EMPTY = Shelf()


# ruff: noqa: PLC0415 - a page is imported when it is first wanted
def leaves(
    wishes: Wishes,
    shelf: Shelf,
    watched: Callable[[ServiceSlug], ServiceView | None],
    pasts: Pasts | None = None,
) -> Mapping[str, Leaf]:
    """Return the pages by key, in the order of their tabs.

    Args:
        wishes: Whom they ask.
        shelf: What they read.
        watched: Returns how a service is; None for one that is not watched.
        pasts: Looks up what was, for others as well; None: for these pages alone.
    """

    def regions() -> QWidget:
        from downlight.ui.regions.sheet import RegionsSheet

        return RegionsSheet(shelf.lands)

    def me() -> QWidget:
        from downlight.ui.me.sheet import MeSheet

        return MeSheet(wishes, shelf.about)

    def past() -> QWidget:
        from downlight.ui.history.sheet import HistorySheet

        return HistorySheet(wishes, pasts or Pasts(wishes))

    def about() -> QWidget:
        from downlight.ui.about.sheet import AboutSheet

        return AboutSheet(shelf.about, watched)

    return {
        "regions": Leaf(mark("Regions"), regions),
        "me": Leaf(mark("Is it me?"), me),
        "history": Leaf(mark("History"), past),
        "about": Leaf(mark("About"), about),
    }
