"""The page "About": what a service is, needs, fails of, and where its maker speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.about.program import program_cards
from downlight.ui.about.ties_view import TiesView
from downlight.ui.about.view import about_view
from downlight.ui.kit.card_view import CardView
from downlight.ui.kit.scroll import Scroll
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from downlight.core.about import About
    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView
    from downlight.core.rungs.ladder import Rung
    from downlight.core.service import Service
    from downlight.ui.about.view import AboutView
    from downlight.ui.glance import Glance

_TIES_AT: Final = 1
"""The ties stand below the first card."""


def unwatched(_slug: ServiceSlug) -> ServiceView | None:
    """Return how another service is, where nobody says: not known."""
    return None


class AboutSheet(QWidget):
    """Reads what is written about a service when it is first looked at."""

    opened = Signal(str)
    """A link was clicked."""
    acted = Signal(str)
    """The button of a card was clicked; carries the card's key."""
    chosen = Signal(str)
    """Another service was clicked; carries its slug."""

    def __init__(
        self,
        about: Callable[[ServiceSlug], About | None],
        watched: Callable[[ServiceSlug], ServiceView | None] = unwatched,
        parent: QWidget | None = None,
    ) -> None:
        """Note whom to ask.

        Args:
            about: Returns what is written about a service of the catalog, None when
                nothing is; may raise a `DownlightError`.
            watched: Returns how a service is; None for one that is not watched.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self._about, self._watched = about, watched
        self._read: About | DownlightError | None = None
        self._service: Service | None = None
        self._shown: AboutView | None = None
        self._rung: Rung | None = None
        """Where the ladder ended, as long as a person stays who came from there."""
        self._cards: dict[str, CardView] = {}
        self.ties = TiesView()
        self.ties.opened.connect(self.opened)
        self.ties.chosen.connect(self.chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        self.area = Scroll(tr("About the service"), self.ties)
        self.area.fill(self)
        self._column = self.area.column

    @property
    def cards(self) -> dict[str, CardView]:
        """The cards that are shown, by key."""
        return {k: card for k, card in self._cards.items() if not card.isHidden()}

    def show_glance(self, glance: Glance) -> None:
        """Show one service at one moment; what has not changed is not touched."""
        view = glance.view
        new = self._service is None or view.service.slug != self._service.slug
        if view.service != self._service:
            self._read = self._ask(view.service)
        self._service = view.service
        if new:
            self.ties.fold()
            for card in self._cards.values():
                card.fold()
        self._rung = glance.rung or (None if new else self._rung)
        made = about_view(view, self._read, self._watched, self._rung)
        if made != self._shown:
            self._shown = made
            self._show(made)
        if new:
            self.area.verticalScrollBar().setValue(0)
        if glance.rung is not None:  # once the layout knows where it is
            QTimer.singleShot(0, self, lambda: self._scroll_to("weak"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget where the ladder ended."""
        super().hideEvent(event)
        self._rung = None

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.ties.recolour()
        for card in self._cards.values():
            card.recolour()
        self.update()

    def _ask(self, service: Service) -> About | DownlightError | None:
        if service.own:
            return None  # it may bear the slug of another that is shipped
        try:
            return self._about(service.slug)
        except DownlightError as error:
            return error

    def _show(self, view: AboutView) -> None:
        self.ties.show_ties(view.ties)
        cards = (*view.cards, *program_cards())
        for place, card in enumerate(cards):
            shown = self._cards.get(card.key) or self._make(card.key)
            at = place if place < _TIES_AT else place + 1
            if self._column.indexOf(shown) != at:
                self._column.insertWidget(at, shown)
            if shown.show_card(card):
                shown.settle()
        wanted = {card.key for card in cards}
        for key, shown in self._cards.items():
            shown.setHidden(key not in wanted)
        self._column.activate()

    def _make(self, key: str) -> CardView:
        view = CardView(key)
        view.opened.connect(self.opened)
        view.acted.connect(self.acted)
        self._cards[key] = view
        return view

    def _scroll_to(self, key: str) -> None:
        card = self.cards.get(key)
        if card is not None:
            self.area.verticalScrollBar().setValue(max(0, card.y() - GAP))
