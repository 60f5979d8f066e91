"""The settings of notifications: of what to tell, how often, and of which service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.labels import say
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.bits import Count, fault, tick
from downlight.ui.settings.field import Card, Choices, Field, Section
from downlight.ui.settings.words import FLOORS, WHEN, WORDS, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import ServiceSlug
    from downlight.ui.settings.field import Pen

MOST_AN_HOUR = 60
"""More notifications an hour the settings do not take."""


class Notify(Section):
    """What a person is told, and how often at most."""

    def __init__(self, pen: Pen) -> None:
        """Build the page.

        Args:
            pen: Writes down what is chosen.
        """
        super().__init__(tr("Notifications"), pen)
        self.notify, self.hold = tick(), tick()
        self.floor, self.most = Choices(spoken(FLOORS)), Count(MOST_AN_HOUR)
        self.fields = {
            "notify": Field(WORDS["notify"], self.notify),
            "notify_floor": Field(WORDS["notify_floor"], self.floor),
            "most_per_hour": Field(WORDS["most_per_hour"], self.most),
            "hold_while_busy": Field(WORDS["hold_while_busy"], self.hold),
        }
        self.bells = Bells(pen)
        self.add(Card("", *self.fields.values()), self.bells)
        it = self.fields
        self.notify.clicked.connect(lambda on: pen.put(it["notify"], notify=on))
        self.hold.clicked.connect(
            lambda on: pen.put(it["hold_while_busy"], hold_while_busy=on)
        )
        self.floor.picked.connect(
            lambda floor: pen.put(it["notify_floor"], notify_floor=floor)
        )
        self.most.valueChanged.connect(
            lambda count: pen.put(it["most_per_hour"], most_per_hour=count)
        )
        self.refill()

    def show_services(self, names: Mapping[ServiceSlug, str]) -> None:
        """Show a bell for each of these: names by their slugs."""
        self.bells.show_services(names)

    def refill(self) -> None:
        """Show what holds now."""
        now = self.pen.settings
        self.notify.setChecked(now.notify)
        self.hold.setChecked(now.hold_while_busy)
        self.floor.show_value(now.notify_floor)
        self.most.blockSignals(True)  # noqa: FBT003 - of Qt
        self.most.setValue(now.most_per_hour)
        self.most.blockSignals(False)  # noqa: FBT003 - of Qt
        self.bells.refill()


class Bells(Card):
    """A table: each watched service, and when to tell of it."""

    def __init__(self, pen: Pen) -> None:
        """Build the card, empty.

        Args:
            pen: Writes down what is chosen.
        """
        said = WORDS["notify_when"]
        super().__init__(said.plain)
        self._pen = pen
        self._names: Mapping[ServiceSlug, str] = {}
        self.bells: dict[ServiceSlug, Choices] = {}
        self.none = say(tr("Nothing is watched yet."), role="muted")
        self.field = Field(said, QWidget(), below=True)
        self.wrong = fault()
        self.table = QWidget()
        self.table.setAccessibleName(said.plain)
        self.grid = QGridLayout(self.table)
        self.grid.setContentsMargins(0, GAP, 0, 0)
        self.grid.setHorizontalSpacing(2 * GAP)
        self.grid.setVerticalSpacing(GAP - 2)
        self.grid.setColumnStretch(0, 1)
        for widget in (
            say(tr(said.help), role="muted"),
            self.none,
            self.table,
            self.wrong,
        ):
            self.column.addWidget(widget)

    def show_services(self, names: Mapping[ServiceSlug, str]) -> None:
        """Show a row for each of these, sorted by name."""
        if names == self._names:
            return
        self._names = dict(names)
        while (item := self.grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.bells = {}
        order = sorted(names.items(), key=lambda pair: pair[1].casefold())
        for row, (slug, name) in enumerate(order):
            bell = self.bells[slug] = Choices(spoken(WHEN))
            bell.setAccessibleName(tr("Tell me of {name}", name=name))
            bell.picked.connect(lambda when, slug=slug: self._put(slug, when))
            self.grid.addWidget(say(name), row, 0)
            self.grid.addWidget(bell, row, 1)
        self.none.setHidden(bool(names))
        self.refill()

    def refill(self) -> None:
        """Show what holds now."""
        wanted = self._pen.settings.notify_when
        for slug, bell in self.bells.items():
            bell.show_value(wanted.get(slug, "always"))

    def _put(self, slug: ServiceSlug, when: str) -> None:
        kept = self._pen.settings.notify_when
        wanted = {it: said for it, said in kept.items() if it != slug}
        if when != "always":
            wanted[slug] = when
        if not self._pen.put(self.field, notify_when=wanted):
            self.refill()
        self.wrong.setText(self.field.fault.text())
        self.wrong.setHidden(not self.field.fault.text())
