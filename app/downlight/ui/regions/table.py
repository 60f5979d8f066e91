"""The places of a service as a table that can be sorted and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QIcon

from downlight.core.countries import bare, find
from downlight.core.speech import mark, number, tr
from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.theme import present
from downlight.ui.regions.regions import RANK
from downlight.ui.service_list import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from downlight.ui.regions.regions import Row

HEADS: Final = (
    *(mark("Place"), mark("State"), mark("Failing"), mark("Measurements")),
    *(mark("Networks"), mark("When"), mark("Who says so")),
)
PLACE, STATE, FAILING, MEASUREMENTS, NETWORKS, WHEN, SOURCE = range(len(HEADS))
NUMBERS: Final = frozenset({FAILING, MEASUREMENTS, NETWORKS})
"""Columns whose cells are set to the right, so that digits stand below digits."""
MARK: Final = 14
NONE: Final = "–"
"""Stands where nothing is counted or said."""

_HELP: Final = {
    FAILING: mark("How many of the measurements failed"),
    MEASUREMENTS: mark("How many measurements there were"),
    NETWORKS: mark("In how many networks it was seen so"),
    WHEN: mark("When it was measured or said"),
}


class RegionsTable(QAbstractTableModel):
    """Rows in the order that was asked for; what is not known stands last."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Row] = ()
        self._shown: list[Row] = []
        self._words = ""
        self._by, self._down = -1, False

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, in its order."""
        return tuple(self._shown)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def row(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """Return a row; None for none."""
        return self._shown[index.row()] if index.isValid() else None

    def place(self, key: str) -> int:
        """Return where the row of this key stands, or -1."""
        return next((n for n, row in enumerate(self._shown) if row.key == key), -1)

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

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort by a column; -1 is the order the rows came in."""
        self._by, self._down = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> bool:
        wanted = _sorted(_matching(self._all, self._words), self._by, down=self._down)
        keys, had = [row.key for row in wanted], [row.key for row in self._shown]
        if sorted(keys) != sorted(had):
            self.beginResetModel()
            self._shown = wanted
            self.endResetModel()
            return True
        if keys != had:
            self._reorder(had, {key: place for place, key in enumerate(keys)})
        for at, row in enumerate(wanted):
            if row != self._shown[at]:
                self._shown[at] = row
                last = self.index(at, len(HEADS) - 1)
                self.dataChanged.emit(self.index(at, 0), last)
        return False

    def _reorder(self, had: Sequence[str], places: Mapping[str, int]) -> None:
        """Put the rows that are shown in another order; a choice goes along."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        self._shown.sort(key=lambda row: places[row.key])
        moved = [self.index(places[had[it.row()]], it.column()) for it in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what a column is called, how it is set, and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(HEADS[section])
            case Qt.ItemDataRole.ToolTipRole:
                return tr(_HELP.get(section, "")) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
            case _:
                return None

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
                found = _mark(row)
            case Qt.ItemDataRole.ForegroundRole if index.column() == STATE:
                found = present().word(row.look)
            case Qt.ItemDataRole.FontRole if index.column() == PLACE and row.home:
                found = _bold()
            case Qt.ItemDataRole.TextAlignmentRole:
                found = _alignment(index.column())
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


def _sorted(rows: Sequence[Row], column: int, *, down: bool) -> list[Row]:
    """Return the rows in order; those that have nothing to sort by stand last."""
    order = _ORDERS.get(column)
    if order is None:
        return list(rows)
    keyed = [(key, row) for row in rows if (key := order(row)) is not None]
    keyed.sort(key=lambda pair: pair[0], reverse=down)
    return [*(row for _, row in keyed), *(row for row in rows if order(row) is None)]


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


def _alignment(column: int) -> int:
    side = (
        Qt.AlignmentFlag.AlignTrailing
        if column in NUMBERS
        else Qt.AlignmentFlag.AlignLeading
    )
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _mark(row: Row) -> QIcon:
    # Of the finest screen there is; on the others it is made smaller.
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    drawn = pixmap(row.look, MARK, ratio, dark=present().dark)
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)  # else Qt would stain it
    return made


def _bold() -> QFont:
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font
