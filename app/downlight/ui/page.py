"""The right side of the window: the answer on top, its reasons below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from downlight.core.text import cut
from downlight.ui.card_view import CardView
from downlight.ui.flow import Flow
from downlight.ui.hush_menu import fill
from downlight.ui.labels import MarkView, link, say, settle, tell
from downlight.ui.theme import BIG, GAP
from downlight.ui.views import UNHUSHED
from downlight.ui.why_view import WhyView

if TYPE_CHECKING:
    from downlight.ui.views import Card, Chip, Detail, Hushes, Together

WIDEST: Final = 880
"""Wider text is hard to read, in device-independent pixels."""
BIG_MARK: Final = 40
LONGEST_NAME: Final = 40
"""Longest name of another service, in characters: its button does not wrap."""


class Header(QWidget):
    """The mark, the sentence, the chips, and who is in trouble together with it."""

    chosen = Signal(str)
    """Another service was clicked; carries its slug."""
    hush_wanted = Signal(object)
    """Begin or end a mute; carries a `Hush`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.mute = link("Mute …")
        self.mute.setMenu(QMenu(self.mute))
        self._mark = MarkView(BIG_MARK)
        self.sentence = say(scale=BIG)
        self._chips: list[QLabel] = []
        self._flow = Flow()
        self._hushes = UNHUSHED
        column = QVBoxLayout()
        column.setSpacing(GAP + 4)
        column.addWidget(self.sentence)
        column.addLayout(self._flow)
        self._label, self._more = say(role="muted"), say(role="muted")
        self.others: list[QPushButton] = []
        for label in (self._label, self._more):
            label.setContentsMargins(0, 2, 0, 2)  # on a line with the buttons
        self._peers = Flow(gap=GAP)
        self._peers.addWidget(self._label)
        column.addLayout(self._peers)
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, 2 * GAP + 4, GAP, GAP)
        line.setSpacing(2 * GAP)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)

    @property
    def chips(self) -> tuple[str, ...]:
        """What the chips say."""
        return tuple(chip.text() for chip in self._chips if not chip.isHidden())

    def show_detail(self, detail: Detail) -> None:
        """Show the answer about a service."""
        muted = bool(detail.hushes.said)
        self._mark.show_look(detail.look, early=detail.early, muted=muted)
        tell(self.sentence, detail.sentence)
        while len(self._chips) < len(detail.chips):
            chip = say(role="chip")
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for index, label in enumerate(self._chips):
            tell(label, _chip_text(detail.chips, index))
        self._show_hushes(detail.name, detail.hushes)
        self._show_others(detail.together)

    def _show_hushes(self, name: str, hushes: Hushes) -> None:
        self._flow.removeWidget(self.mute)
        self._flow.addWidget(self.mute)  # behind the chips
        self.mute.setText(hushes.said or "Mute …")
        said = f", {hushes.said}" if hushes.said else ""
        self.mute.setAccessibleName(f"Mute {name}{said}")
        self.mute.setHidden(not (hushes.offers or hushes.end))
        if hushes != self._hushes:
            self._hushes = hushes
            fill(self.mute.menu(), hushes, self.hush_wanted)

    def _show_others(self, found: Together | None) -> None:
        others = found.others if found is not None else ()
        tell(self._label, found.label if found is not None else "")
        while len(self.others) < len(others):
            self.others.append(self._make_other())
        for index, button in enumerate(self.others):
            button.setHidden(index >= len(others))
            if index < len(others):
                slug, name = others[index]
                button.setText(cut(name, LONGEST_NAME).replace("&", "&&"))
                button.setAccessibleName(f"Show {name}")
                button.setProperty("slug", slug)
        self._peers.removeWidget(self._more)
        self._peers.addWidget(self._more)
        tell(self._more, found.more if found is not None else "")

    def _make_other(self) -> QPushButton:
        button = link("")
        button.clicked.connect(lambda: self.chosen.emit(button.property("slug")))
        self._peers.addWidget(button)
        return button


def _chip_text(chips: tuple[Chip, ...], index: int) -> str:
    if index >= len(chips):
        return ""
    return f"{chips[index].label}: {chips[index].value}"


class Page(QWidget):
    """Shows a `Detail`; keeps the scroll place while the service stays the same."""

    opened = Signal(str)
    """A link was clicked."""
    acted = Signal(str)
    """The button of a card was clicked; carries the card's key."""
    chosen = Signal(str)
    """Another service was clicked; carries its slug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._slug = ""
        self.header, self.why = Header(), WhyView()
        self.header.chosen.connect(self.chosen)
        self._cards: dict[str, CardView] = {}
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2 * GAP + 4, 0, 2 * GAP + 4, 3 * GAP)
        self._column.setSpacing(GAP + 4)
        self._column.addWidget(self.header)
        self._column.addWidget(self.why)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("scroll")
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("What is known about the service")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)

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
        self.header.show_detail(detail)
        changed = [self.why.show_card(detail.why)]
        changed += [self._show_card(n, c) for n, c in enumerate(detail.cards, start=2)]
        wanted = {card.key: card for card in detail.cards}
        for key, view in self._cards.items():
            if view.isHidden() == (key in wanted):
                view.setHidden(key not in wanted)
        if any(changed):
            self.why.settle()
            for card in self.cards.values():
                card.settle()
            settle(self.header)
            self._column.activate()
        if new:
            self.area.verticalScrollBar().setValue(0)

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
