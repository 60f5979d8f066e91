"""The block that says why: one line while all is well, the whole of it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import link, say, settle, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.now.ground_view import GroundView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from downlight.ui.views import WhyCard

TITLE: Final = mark("Why")
CHANGES: Final = mark("What would change this")
LEAD: Final = mark("Who saw it when")


class Points(QWidget):
    """A heading and short lines below it; nothing where there are none."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[QLabel, QLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(say(title, role="muted"))

    @property
    def says(self) -> tuple[str, ...]:
        """The lines that are shown."""
        return tuple(text.text() for _, text in self._points if not text.isHidden())

    def show_points(self, points: tuple[str, ...]) -> None:
        """Show these lines and no others."""
        while len(self._points) < len(points):
            dot, text = say("•", role="muted"), say()
            dot.setAccessibleName("")
            line = QHBoxLayout()
            line.setSpacing(GAP)
            line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1)
            self._column.addLayout(line)
            self._points.append((dot, text))
        for index, (dot, text) in enumerate(self._points):
            tell(text, points[index] if index < len(points) else "")
            dot.setHidden(index >= len(points))
        self.setHidden(not points)


class WhyView(QFrame):
    """Shows a `WhyCard`; remembers for the run whether a person wants it short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr(TITLE))
        self._card: WhyCard | None = None
        self._wanted: dict[bool, bool] = {}
        """Whether it is to be unfolded while all is well, and while it is not."""
        self.brief, self.summary, self.missing = say(role="muted"), say(), say()
        self.missing.setProperty("role", "muted")
        self.changes, self.lead = Points(tr(CHANGES)), Points(tr(LEAD))
        self.toggle = link("")
        self.toggle.clicked.connect(self._toggle)
        self._grounds: list[GroundView] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._body = QWidget()
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        start = Qt.AlignmentFlag.AlignTop
        top.addWidget(say(tr(TITLE), bold=True), 0, start)
        top.addWidget(self.brief, 1, start)
        top.addStretch(0)
        top.addWidget(self.toggle, 0, start)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP - 3)
        inside.addWidget(self.summary)
        inside.addLayout(self._rows)
        for widget in (self.missing, self.changes, self.lead):
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP + 5, 2 * GAP, GAP + 6)
        column.setSpacing(GAP - 3)
        column.addLayout(top)
        column.addWidget(self._body)

    @property
    def grounds(self) -> tuple[GroundView, ...]:
        """The reasons that are shown."""
        return tuple(view for view in self._grounds if not view.isHidden())

    @property
    def is_unfolded(self) -> bool:
        """Whether all of it is shown."""
        return not self._body.isHidden()

    def show_card(self, card: WhyCard | None) -> bool:
        """Show another state; return whether it is another.

        Args:
            card: What to show; None hides the block.
        """
        other = card != self._card
        if other:
            self._card = card
            self.setHidden(card is None)
            if card is not None:
                self._fill(card)
        return other

    def settle(self) -> None:
        """Find every line's place now, from the inside out, and not bit by bit."""
        for widget in (*self.grounds, self.changes, self.lead, self._body, self):
            settle(widget)

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        for view in self._grounds:
            view.recolour()

    def _fill(self, card: WhyCard) -> None:
        while len(self._grounds) < len(card.grounds):
            view = GroundView(self)
            self._rows.addWidget(view)
            self._grounds.append(view)
        for index, view in enumerate(self._grounds):
            view.setHidden(index >= len(card.grounds))
            if index < len(card.grounds):
                view.show_ground(card.grounds[index])
        tell(self.summary, card.summary)
        tell(self.missing, card.missing)
        self.changes.show_points(card.changes)
        self.lead.show_points(card.lead)
        self._fold(card)

    def _fold(self, card: WhyCard) -> None:
        unfolded = self._wanted.get(card.calm, not card.calm)
        self._body.setHidden(not unfolded)
        tell(self.brief, "" if unfolded else card.brief)
        self.toggle.setText(tr("Show less") if unfolded else tr("Show why"))
        self.toggle.setAccessibleName(
            tr("Show less of why") if unfolded else tr("Show why")
        )

    @Slot()
    def _toggle(self) -> None:
        if self._card is not None:
            self._wanted[self._card.calm] = not self.is_unfolded
            self._fold(self._card)
            self.settle()
