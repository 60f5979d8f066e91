"""The places of a service as a table that can be sorted and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from downlight.core.places.countries import bare, find
from downlight.core.speech import mark, number, tr
from downlight.ui.kit.rows import Rows, cell_icon
from downlight.ui.kit.theme import present
from downlight.ui.regions.regions import RANK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.ui.regions.regions import Row

HEADS: Final = (
    *(mark("Place"), mark("State"), mark("Failing"), mark("Measurements")),
    *(mark("Networks"), mark("When"), mark("Who says so")),
)
PLACE, STATE, FAILING, MEASUREMENTS, NETWORKS, WHEN, SOURCE = range(len(HEADS))
NUMBERS: Final = frozenset({FAILING, MEASUREMENTS, NETWORKS})
"""Columns whose cells are set to the right, so that digits stand below digits."""
NONE: Final = "–"
"""Stands where nothing is counted or said."""

_HELP: Final = {
    FAILING: mark("How many of the measurements failed"),
    MEASUREMENTS: mark("How many measurements there were"),
    NETWORKS: mark("In how many networks it was seen so"),
    WHEN: mark("When it was measured or said"),
}


class RegionsTable(Rows["Row"]):
    """Places; only those are shown that match what is searched."""

    HEADS, HELP, NUMBERS = HEADS, _HELP, NUMBERS

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    @staticmethod
    def key(row: Row) -> str:
        """Return the key of a row."""
        return row.key

    def order(self, column: int) -> Callable[[Row], tuple[float, str] | None] | None:
        """Return what a column is sorted by."""
        return _ORDERS.get(column)

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, in its order."""
        return tuple(self._shown)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def find(self, country: str) -> int:
        """Return where the first row of a country stands, or -1."""
        own = (
            n for n, r in enumerate(self._shown) if r.whole and country in r.countries
        )
        any_ = (n for n, row in enumerate(self._shown) if country in row.countries)
        return next(own, next(any_, -1))

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show other rows; return whether others are there, so that a choice is lost.

        Args:
            rows: In the order in which they stand until another is asked for.
        """
        self._all = rows
        return self._arrange()

    def search(self, words: str) -> None:
        """Show only the places that match."""
        self._words = words
        self._arrange()

    def _wanted(self) -> Sequence[Row]:
        return _matching(self._all, self._words)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a cell as text, its mark and colour, or the whole row in words."""
        row = self.row(index)
        if row is None:
            return None
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                # A tip, too: there may be no room for all of it.
                found = _TEXTS[index.column()](row)
            case Qt.ItemDataRole.AccessibleTextRole:
                found = _spoken(row, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == STATE:
                found = cell_icon(row.look)
            case Qt.ItemDataRole.ForegroundRole if index.column() == STATE:
                found = present().word(row.look)
            case Qt.ItemDataRole.FontRole if index.column() == PLACE and row.home:
                found = _bold()
            case Qt.ItemDataRole.TextAlignmentRole:
                found = self.alignment(index.column())
            case _:
                pass
        return found


def _matching(rows: Sequence[Row], words: str) -> Sequence[Row]:
    if not words.strip():
        return rows
    codes, asked = set(find(words)), bare(words).split()
    return [
        row
        for row in rows
        if not codes.isdisjoint(row.countries)
        or all(word in bare(row.name) for word in asked)
    ]


def _by_count(count: int | None) -> tuple[float, str] | None:
    return None if count is None else (count, "")


def _by_age(row: Row) -> tuple[float, str] | None:
    return None if row.at is None else (-row.at.timestamp(), "")


_ORDERS: Final[dict[int, Callable[[Row], tuple[float, str] | None]]] = {
    PLACE: lambda row: (0, bare(row.name)),
    STATE: lambda row: (RANK[row.state], bare(row.name)),
    FAILING: lambda row: _by_count(row.failing),
    MEASUREMENTS: lambda row: _by_count(row.measurements),
    NETWORKS: lambda row: _by_count(row.networks),
    WHEN: _by_age,
    SOURCE: lambda row: (0, bare(row.source)) if row.source else None,
}


def _count(count: int | None) -> str:
    return NONE if count is None else number(count)


_TEXTS: Final[dict[int, Callable[[Row], str]]] = {
    PLACE: lambda row: row.title,
    STATE: lambda row: row.word,
    FAILING: lambda row: _count(row.failing),
    MEASUREMENTS: lambda row: _count(row.measurements),
    NETWORKS: lambda row: _count(row.networks),
    WHEN: lambda row: row.age or NONE,
    SOURCE: lambda row: row.source or NONE,
}


def _spoken(row: Row, column: int) -> str:
    """Return what a reader says of a cell; of the first one the whole row."""
    text = row.spoken if column == PLACE else _TEXTS[column](row)
    return tr("not known") if text == NONE else text


def _bold() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
