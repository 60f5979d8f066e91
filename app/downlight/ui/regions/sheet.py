"""Where a service is in trouble: a map, and below it who says what of which place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from downlight.core.speech import mark, tr, trn
from downlight.ui.kit.card_view import CardView
from downlight.ui.kit.fields import make_clearable
from downlight.ui.kit.labels import link, say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.regions.listing import RegionsList
from downlight.ui.regions.map_legend import Legend
from downlight.ui.regions.regions import Regions, Row, as_csv
from downlight.ui.regions.table import RegionsTable
from downlight.ui.regions.view import regions
from downlight.ui.regions.world_map import WorldMap
from downlight.ui.views import Card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from downlight.core.places.worldmap import Land
    from downlight.ui.glance import Glance

SAID_FOR: Final = 4000
"""How long it says that something was copied, in milliseconds."""
HINT: Final = mark("Choose a place, on the map or below, to read what is known of it.")


class RegionsSheet(QWidget):
    """Shows `Regions`; map and table have one choice between them."""

    opened = Signal(str)
    """A link was clicked."""

    def __init__(
        self, lands: Callable[[], Iterable[Land]], parent: QWidget | None = None
    ) -> None:
        """Put the page together.

        Args:
            lands: Reads the shapes of the countries.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self._slug, self._shown = "", Regions()
        self._key = ""
        """The chosen row."""
        self.empty = CardView("empty")
        self.said, self.notes = say(), say(role="muted")
        self.map, self.legend = WorldMap(lands()), Legend()
        self.readout = say()
        self.table = RegionsTable()
        self.list = RegionsList(self.table)
        self.search, self.copy = QLineEdit(), link(tr("Copy as CSV"))
        self.copied, self.none = say(role="muted"), say(role="muted")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(SAID_FOR)
        self._quiet.timeout.connect(lambda: tell(self.copied, ""))
        self._arrange()
        self.map.chosen.connect(self._choose_country)
        self.map.pointed.connect(self._read)
        self.list.chosen.connect(self._choose_row)
        self.search.textChanged.connect(self._search)
        self.copy.clicked.connect(self._copy)

    def _arrange(self) -> None:
        self.search.setPlaceholderText(tr("Find a place"))
        self.search.setAccessibleName(tr("Find a place in the table"))
        make_clearable(self.search)
        self.search.setMaximumWidth(28 * GAP)
        self.copy.setAccessibleDescription(
            tr("Puts the rows of the table on the clipboard, for a spreadsheet.")
        )
        tools = QHBoxLayout()
        tools.setSpacing(2 * GAP)
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        tools.addWidget(self.copied)
        tools.addWidget(self.copy)
        # Room for two lines, so that nothing moves when another place has more to say.
        self.readout.setMinimumHeight(2 * self.readout.fontMetrics().lineSpacing())
        self.full = QWidget()
        inside = QVBoxLayout(self.full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.map, 6)
        inside.addWidget(self.legend)
        inside.addWidget(self.readout)
        inside.addLayout(tools)
        inside.addWidget(self.none)
        inside.addWidget(self.list, 5)
        inside.addWidget(self.notes)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GAP + 4, 2 * GAP, 2 * GAP + 4, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.said)
        column.addWidget(self.empty)
        column.addWidget(self.full, 1)
        column.addStretch()
        self.full.hide()
        self.empty.hide()
        # All of it has room; only a very small window, or a large font, has to scroll.
        area = QScrollArea()
        area.setObjectName("scroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def show_glance(self, glance: Glance) -> None:
        """Show one service at one moment; what has not changed is not touched."""
        made, slug = regions(glance), glance.view.service.slug
        if slug != self._slug:
            self._forget(slug)
        if made == self._shown:
            return
        self._shown = made
        tell(self.said, "\n".join(made.said) if made.rows else "")
        first, *more = made.said or ("",)
        self.empty.show_card(Card("empty", first, summary="\n".join(more)))
        self.empty.setHidden(bool(made.rows))
        self.full.setHidden(not made.rows)
        self.map.show_spots(made.spots, made.home)
        part = any(not spot.whole for spot in made.spots)
        self.legend.show_states(made.states, part=part, home=bool(made.home))
        tell(self.notes, "\n".join(made.notes))
        place = self.list.verticalScrollBar().value()
        if self.table.show_rows(made.rows):
            self._find_again()
            self.list.verticalScrollBar().setValue(place)
        self._count()
        self._read(self.map.under)

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.map.recolour()
        self.list.recolour()
        self.update()

    def _forget(self, slug: str) -> None:
        """Begin anew, for another service."""
        self._slug, self._key = slug, ""
        self.search.clear()
        self.map.reset()
        self.list.choose(-1)
        tell(self.copied, "")

    def _choose_row(self, row: Row) -> None:
        self._key = row.key
        if self.map.current not in row.countries:
            self.map.choose(next(iter(row.countries), ""))
        self._read("")

    def _choose_country(self, code: str) -> None:
        if self.table.find(code) < 0 and self.search.text():
            self.search.clear()
        number = self.table.find(code)
        if number < 0:
            self._key = ""
        self.list.choose(number)
        self._read("")

    def _search(self, words: str) -> None:
        self.table.search(words)
        self._find_again()
        self._count()

    def _find_again(self) -> None:
        """Choose the row again that was chosen before the table changed."""
        number = self.table.place(self._key)
        if number >= 0:
            self.list.choose(number)

    def _count(self) -> None:
        missed = bool(self.table.total) and not self.table.rows
        none = tr("No place of this name is in the table.")
        tell(self.none, none if missed else "")

    def _read(self, code: str) -> None:
        """Tell what is known of a country below the mouse, else of the chosen row."""
        row = self._row_of(code)
        if row is not None:
            words = row.spoken
        elif code or self.map.current:
            words = f"{self.map.said(code or self.map.current)}."
        else:
            words = tr(HINT)
        tell(self.readout, words)

    def _row_of(self, code: str) -> Row | None:
        """Return the chosen row, or the first one of a country."""
        if not code:
            return next((r for r in self._shown.rows if r.key == self._key), None)
        rows = [row for row in self._shown.rows if code in row.countries]
        return min(rows, key=lambda row: not row.whole, default=None)

    def _copy(self) -> None:
        rows = self.table.rows
        QGuiApplication.clipboard().setText(as_csv(rows))
        copied = trn("One row copied.", "{n} rows copied.", len(rows))
        tell(self.copied, copied)
        self._quiet.start()
