"""What is known about a service, as it is shown: cards and ties. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.about import cards
from downlight.ui.state import look_of, word_of
from downlight.ui.views import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.about import About, Tie
    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView
    from downlight.core.rungs.ladder import Rung
    from downlight.ui.kit.look import Look
    from downlight.ui.views import Card


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that a service depends on, or that depends on it."""

    line: Line
    """Its name, how it is, and how they hang together."""
    text: str
    """How they hang together."""
    slug: ServiceSlug | None = None
    """Set when it is a watched service, and only then."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.line.title


@dataclass(frozen=True, slots=True)
class Ties:
    """What a service depends on, and what depends on it; the nearest first."""

    name: str
    look: Look
    word: str
    needs: tuple[Node, ...] = ()
    needed: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutView:
    """The whole page."""

    ties: Ties | None
    """None when nothing is known of them."""
    cards: tuple[Card, ...]
    """From the top down; the ties stand below the first."""


def about_view(
    view: ServiceView,
    about: About | DownlightError | None,
    watched: Callable[[ServiceSlug], ServiceView | None],
    rung: Rung | None = None,
) -> AboutView:
    """Return what is known about a service.

    Args:
        view: The service.
        about: What is written about it beyond the catalog, or why that could not be
            read; None when nothing is.
        watched: Returns how another service is; None for one that is not watched.
        rung: Where the ladder "is it me?" ended, if a person comes from there.
    """
    service = view.service
    if about is None or isinstance(about, DownlightError):
        found: tuple[Card | None, ...] = (
            cards.facts_card(service, ()),
            cards.outlets_card(service, ()),
            cards.sources_card(view.evidence),
            cards.more_card(service, about),
        )
    else:
        found = (
            cards.facts_card(service, about.facts),
            cards.weak_card(about.weaknesses, service.name, rung),
            cards.questions_card(about.questions),
            cards.uses_card(about.uses),
            cards.outlets_card(service, about.outlets),
            cards.sources_card(view.evidence),
        )
    return AboutView(
        _ties(view, about, watched),
        tuple(card for card in found if card is not None),
    )


def _ties(
    view: ServiceView,
    about: About | DownlightError | None,
    watched: Callable[[ServiceSlug], ServiceView | None],
) -> Ties | None:
    if about is None or isinstance(about, DownlightError):
        return None
    if not (about.needs or about.needed):
        return None

    def node(tie: Tie) -> Node:
        other = watched(tie.slug) if tie.slug is not None else None
        name = tr(tie.name)
        line = Line(name)
        if other is not None:
            look, word = look_of(other), word_of(other)
            line = Line(name, look=look, word=word, indented=True)
        how = tr(tie.text)
        line = cards.sourced(line, tie.ground, (tr("How"), how), aside=False)
        return Node(line, how, tie.slug if other is not None else None)

    return Ties(
        view.service.name,
        look_of(view),
        word_of(view),
        tuple(map(node, about.needs)),
        tuple(map(node, about.needed)),
    )
