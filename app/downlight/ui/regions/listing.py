"""How the table of places is drawn and used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

from downlight.core.places.countries import country
from downlight.core.saying.words import age
from downlight.core.speech import mark, number, tr
from downlight.ui.kit.table import Table
from downlight.ui.regions.regions import yours
from downlight.ui.regions.table import (
    FAILING,
    NETWORKS,
    PLACE,
    SOURCE,
    STATE,
    WHEN,
)
from downlight.ui.regions.view import INTERNET_WORDS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from downlight.ui.regions.table import RegionsTable

LEAST: Final = 3
"""So many rows are seen, however small the window is."""
_KEYS: Final = mark(
    "Up and down go from place to place, left and right from column to column; "
    "Space sorts by the column."
)


class RegionsList(Table):
    """Shows a `RegionsTable`, in all the room there is."""

    WIDE = PLACE
    SPARE = (SOURCE, NETWORKS, WHEN, FAILING)
    """The line that tells all of a row has them."""

    def __init__(self, table: RegionsTable, parent: QWidget | None = None) -> None:
        name = tr("Places, and what is known of each")
        super().__init__(table, name, tr(_KEYS), parent)

    def sizeHint(self) -> QSize:
        """Return the least; it takes all room there is."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room for some rows and what the columns are called."""
        row = self.verticalHeader().defaultSectionSize()
        return QSize(240, self.horizontalHeader().sizeHint().height() + LEAST * row)

    def widest(self, column: int) -> tuple[str, ...]:
        """Return what is to fit into a column besides its name."""
        match column:
            case _ if column == PLACE:
                return (yours(country("TR")),)
            case _ if column == STATE:
                return tuple(f"{tr(word)} MM" for word in INTERNET_WORDS.values())
            case _ if column == WHEN:
                spans = timedelta(minutes=59), timedelta(days=1, hours=9)
                return tuple(tr("{age} ago", age=age(span)) for span in spans)
            case _ if column == SOURCE:
                return ("Open measurements MMMM",)
            case _:
                return (number(99_999),)
