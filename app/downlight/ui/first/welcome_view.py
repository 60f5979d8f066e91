"""What a person reads who sees Downlight for the first time. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.places.countries import with_article
from downlight.core.speech import mark, number, tr
from downlight.ui.kit.look import Look
from downlight.ui.light_view import tray
from downlight.ui.state import is_early, look_of, word_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.errors import DownlightError
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.places.home import Ground, Whereabouts

ASKED: Final = mark("In which country are you?")
WHY: Final = mark("Downlight tells trouble there from trouble elsewhere.")
NAMED: Final = 5
"""Of more watched services the rest is counted."""
TITLE: Final = mark("Welcome to Downlight")
TEXT: Final = mark(
    "It tells you when something you depend on breaks, where, and when it works again."
)
SEEN: Final = mark(
    "This mark stands in the tray and shows how things are. A click on it opens this "
    "window; closing the window leaves Downlight watching."
)
UNSEEN: Final = mark(
    "This desktop shows no tray, so Downlight stays an ordinary window: closing it "
    "keeps it in the task bar."
)
_THERE: Final[Mapping[Ground, str]] = {
    "said": mark("You are in {country}."),
    "zone": mark(
        "You seem to be in {country}, going by the time zone of this computer."
    ),
    "locale": mark(
        "You seem to be in {country}, going by language and region of this computer."
    ),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """One watched service, as it is now."""

    look: Look
    name: str
    word: str
    early: bool = False
    """Whether the mark bears the ring of possible trouble."""


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """Everything on the page that changes by itself."""

    watched: tuple[Watched, ...]
    aside: str
    """How many more are watched, or why none is named; empty for nothing."""
    seen: str
    """Where Downlight will be seen."""
    look: Look | None
    """The mark that is in the tray now; None without a tray."""
    early: bool = False
    """Whether that mark bears the ring of possible trouble."""
    may_pick: bool = True
    """Whether what is watched can be chosen now."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is said about a person's country."""

    text: str
    change: str
    """What the button that offers the countries says."""
    why: str
    """What it is good for; empty where that is of no use."""
    may_withhold: bool = True
    """Whether there is something left that need not be said."""


def welcome(
    snapshot: Snapshot | None, *, tray_here: bool, may_pick: bool = True
) -> WelcomeView:
    """Return what the page shows.

    Args:
        snapshot: The state of everything; None before the first news.
        tray_here: Whether the light can be seen in a tray.
        may_pick: Whether what is watched can be chosen now.
    """
    views = snapshot.services if snapshot is not None else ()
    light = tray(snapshot) if snapshot is not None else None
    seen = light.look if light is not None else Look.UNKNOWN
    return WelcomeView(
        watched=tuple(_watched(view, snapshot) for view in views[:NAMED]),
        aside=_aside(snapshot),
        seen=tr(SEEN if tray_here else UNSEEN),
        look=seen if tray_here else None,
        early=light is not None and light.early,
        may_pick=may_pick,
    )


def place(found: Whereabouts) -> Place:
    """Return what is said about the country a person is in."""
    if found.ground == "withheld":
        text = tr("You would rather not say. Trouble anywhere counts.")
        return Place(text, tr("Choose …"), why="", may_withhold=False)
    if not found.code:
        return Place(tr(ASKED), tr("Choose …"), tr(WHY))
    text = tr(_THERE[found.ground], country=with_article(found.code))
    return Place(text, tr("Change …"), tr(WHY))


def unkept(error: DownlightError) -> str:
    """Return what it means that nothing chosen here can be kept."""
    return tr(
        "Your choices hold until you quit, and this page comes again: {why}",
        why=error.words,
    )


def _watched(view: ServiceView, snapshot: Snapshot | None) -> Watched:
    known = any(e.standing.report is not None for e in view.evidence)
    asking = snapshot is not None and snapshot.asking
    waiting = asking and not known and not view.verdict.offline
    word = tr("asking …") if waiting else word_of(view)
    return Watched(look_of(view), view.service.name, word, is_early(view))


def _aside(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return tr("Asking …")
    more = len(snapshot.services) - NAMED
    if more > 0:
        return tr("and {n} more", n=number(more))
    if snapshot.services:
        return ""
    if snapshot.trouble:
        return tr("Nothing is known now.")
    return tr("Asking …") if snapshot.asking else tr("Nothing is watched yet.")
