"""One block of the page: a title, its lines, and the rest behind a click."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from downlight.core.speech import number, tr
from downlight.ui.kit.kin_row import KinRow
from downlight.ui.kit.labels import link, say, settle, tell
from downlight.ui.kit.line_view import LineView
from downlight.ui.kit.theme import GAP
from downlight.ui.views import Card


class CardView(QFrame):
    """Shows a `Card`; keeps its lines when only their words change."""

    opened = Signal(str)
    """A link was clicked."""
    acted = Signal(str)
    """The button was clicked; carries the card's key."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.key = key
        self._card = Card(key, "")
        self._unfolded = False
        self._title = say(bold=True)
        self._summary, self._footnote = say(role="muted"), say(role="muted")
        self._lines: list[LineView] = []
        self._more = link("")
        self._more.clicked.connect(self._toggle)
        self.act = link("")
        self.act.clicked.connect(self._do)
        self.kins = KinRow()
        self.kins.picked.connect(self._fill)
        self.kins.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP + 5, 2 * GAP, GAP + 6)
        column.setSpacing(GAP - 3)
        for item in (self._title, self._summary, self.kins):
            column.addWidget(item)
        column.addLayout(self._rows)
        links = QHBoxLayout()
        links.setSpacing(2 * GAP)
        links.addWidget(self._more)
        links.addWidget(self.act)
        links.addStretch(1)
        column.addLayout(links)
        column.addWidget(self._footnote)

    @property
    def lines(self) -> tuple[LineView, ...]:
        """The lines that are there now, hidden ones not."""
        return tuple(line for line in self._lines if not line.isHidden())

    def show_card(self, card: Card) -> bool:
        """Show another state of the same card; return whether it is another."""
        other = card != self._card
        if other:
            self._card = card
            self.setAccessibleName(card.title)
            tell(self._title, card.title)
            tell(self._summary, card.summary)
            tell(self._footnote, card.footnote)
            self.act.setText(card.act)
            self.act.setAccessibleName(f"{card.act}: {card.title}")
            self.act.setHidden(not card.act)
            self.kins.show_kins(card.kins)
            self._fill()
        return other

    def settle(self) -> None:
        """Find every line's place now, from the inside out, and not bit by bit."""
        for line in self.lines:
            settle(line)
        settle(self)

    def fold(self) -> None:
        """Hide again what was behind the click."""
        self.kins.clear()
        for line in self._lines:
            line.fold()
        if self._unfolded:
            self._toggle()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        for line in self._lines:
            line.recolour()

    @Slot()
    def _fill(self) -> None:
        kins, shown = self.kins.chosen, self._card.shown
        lines = [it for it in self._card.lines if not kins or it.kin in kins]
        # One hidden line is no less than the button that would show it.
        folds = shown is not None and len(lines) > shown + 1
        visible = lines if self._unfolded or not folds else lines[:shown]
        while len(self._lines) < len(visible):
            view = LineView(self)
            view.opened.connect(self.opened)
            self._rows.addWidget(view)
            self._lines.append(view)
        for index, view in enumerate(self._lines):
            view.setHidden(index >= len(visible))
            if index < len(visible):
                below = any(
                    line.kind == "update" for line in visible[index + 1 : index + 2]
                )
                view.show_line(visible[index], above=index > 0, below=below)
        count = sum(line.kind != "group" for line in lines)
        rest = tr("Show all {n}", n=number(count))
        rest = tr("Show fewer") if self._unfolded else rest
        self._more.setText(rest)
        self._more.setAccessibleName(f"{rest}: {self._card.title}")
        self._more.setHidden(not folds)

    @Slot()
    def _do(self) -> None:
        self.acted.emit(self.key)

    @Slot()
    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._fill()
