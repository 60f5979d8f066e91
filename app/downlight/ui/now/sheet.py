"""What goes on with a service: why we say so, and cards with all that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from downlight.core.speech import tr
from downlight.ui.kit.card_view import CardView
from downlight.ui.kit.scroll import Scroll
from downlight.ui.kit.theme import GAP
from downlight.ui.now.before_card import KEY as PAST
from downlight.ui.now.why_view import WhyView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.ui.views import Card, Detail


class NowSheet(QWidget):
    """Shows the cards of a `Detail`; the scroll place stays with the service."""

    opened = Signal(str)
    """A link was clicked."""
    acted = Signal(str)
    """The button of a card was clicked; carries the card's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._slug = ""
        self.why = WhyView()
        self._cards: dict[str, CardView] = {}
        self._low = False
        """Whether the past stands below all else, as it came late."""
        self.area = Scroll(tr("What is known about the service"), self.why)
        self.area.fill(self)
        self._column = self.area.column

    @property
    def cards(self) -> dict[str, CardView]:
        """The cards that are shown, by key, from the top down."""
        return {k: card for k, card in self._cards.items() if not card.isHidden()}

    def show_detail(self, detail: Detail) -> None:
        """Show what is known about a service."""
        new = detail.slug != self._slug
        self._slug = detail.slug
        if new:
            for view in self._cards.values():
                view.fold()
        changed = [self.why.show_card(detail.why)]
        cards = self._in_order(detail.cards, new=new)
        changed += [self._show_card(n, c) for n, c in enumerate(cards, start=1)]
        wanted = {card.key: card for card in detail.cards}
        for key, view in self._cards.items():
            if view.isHidden() == (key in wanted):
                view.setHidden(key not in wanted)
        if any(changed):
            self.why.settle()
            for card in self.cards.values():
                card.settle()
            self._column.activate()
        if new:
            self.area.verticalScrollBar().setValue(0)

    def _in_order(self, cards: Sequence[Card], *, new: bool) -> Sequence[Card]:
        """Return the cards from the top down.

        The past is there later than the rest: it pushes nothing away that is seen.
        """
        place = next((n for n, card in enumerate(cards) if card.key == PAST), -1)
        if new:
            self._low = False
        elif PAST not in self.cards:
            self._low = any(self._is_seen(card.key) for card in cards[place + 1 :])
        if not self._low or place < 0:
            return cards
        return (*cards[:place], *cards[place + 1 :], cards[place])

    def _is_seen(self, key: str) -> bool:
        """Whether a card begins above the lower edge of what is seen."""
        card, bar = self.cards.get(key), self.area.verticalScrollBar()
        bottom = bar.value() + self.area.viewport().height()
        return card is not None and card.y() < bottom

    def _show_card(self, place: int, card: Card) -> bool:
        view = self._cards.get(card.key) or self._make(card.key)
        if self._column.indexOf(view) != place:
            self._column.insertWidget(place, view)
        return view.show_card(card)

    def go_to(self, key: str) -> None:
        """Scroll to a card, once the layout knows where it is."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(key))

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.why.recolour()
        for card in self._cards.values():
            card.recolour()
        self.update()

    def _make(self, key: str) -> CardView:
        view = CardView(key)
        view.opened.connect(self.opened)
        view.acted.connect(self.acted)
        self._cards[key] = view
        return view

    def _scroll_to(self, key: str) -> None:
        card = self._cards.get(key)
        if card is not None and not card.isHidden():
            self.area.verticalScrollBar().setValue(max(0, card.y() - GAP))
