"""Rows of a table that can be sorted: what every such table has in common."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QIcon

from downlight.core.speech import tr
from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.theme import present

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from downlight.ui.kit.look import Look

T = TypeVar("T")

NOWHERE: Final = QModelIndex()
"""The parent of what has none."""
MARK: Final = 14
"""Edge of a mark in a cell, in device-independent pixels."""


class Rows(QAbstractTableModel, Generic[T]):
    """Rows in the order that was asked for; what is not known stands last."""

    HEADS: ClassVar[Sequence[str]]
    """What the columns are called, in English."""
    HELP: ClassVar[Mapping[int, str]]
    """What they mean, in English, where that is not plain."""
    NUMBERS: ClassVar[frozenset[int]]
    """Columns whose cells are set to the right, so that digits stand below digits."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[T] = ()
        self._shown: list[T] = []
        self._by, self._down = -1, False

    @staticmethod
    def key(row: T) -> str:
        """Return what tells a row from all others."""
        raise NotImplementedError

    def order(self, column: int) -> Callable[[T], tuple[float, str] | None] | None:
        """Return what a column is sorted by; its None is not known."""
        raise NotImplementedError

    def row(self, index: QModelIndex | QPersistentModelIndex) -> T | None:
        """Return a row; None for none."""
        return self._shown[index.row()] if index.isValid() else None

    def place(self, key: str) -> int:
        """Return where the row of this key stands, or -1."""
        keys = (self.key(row) for row in self._shown)
        return next((n for n, other in enumerate(keys) if other == key), -1)

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort by a column; -1 is the order the rows came in."""
        self._by, self._down = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> bool:
        """Show what is wanted now; return whether other rows are there than before."""
        wanted = self._sorted(self._wanted())
        keys, had = list(map(self.key, wanted)), list(map(self.key, self._shown))
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
                last = self.index(at, len(self.HEADS) - 1)
                self.dataChanged.emit(self.index(at, 0), last)
        return False

    def _wanted(self) -> Sequence[T]:
        """Return the rows that are to be seen."""
        return self._all

    def _sorted(self, rows: Sequence[T]) -> list[T]:
        order = self.order(self._by)
        if order is None:
            return list(rows)
        keyed = [(key, row) for row in rows if (key := order(row)) is not None]
        keyed.sort(key=itemgetter(0), reverse=self._down)
        return [
            *(row for _, row in keyed),
            *(row for row in rows if order(row) is None),
        ]

    def _reorder(self, had: Sequence[str], places: Mapping[str, int]) -> None:
        """Put the rows that are shown in another order; a choice goes along."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        self._shown.sort(key=lambda row: places[self.key(row)])
        moved = [self.index(places[had[it.row()]], it.column()) for it in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.HEADS)

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
                return tr(self.HEADS[section])
            case Qt.ItemDataRole.ToolTipRole:
                return tr(self.HELP[section]) if section in self.HELP else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
            case _:
                return None

    def alignment(self, column: int) -> int:
        """Return how a column is set."""
        trailing = Qt.AlignmentFlag.AlignTrailing
        side = trailing if column in self.NUMBERS else Qt.AlignmentFlag.AlignLeading
        return int(side | Qt.AlignmentFlag.AlignVCenter)


def cell_icon(look: Look) -> QIcon:
    """Return a mark for a cell, which a chosen row does not stain."""
    # Of the finest screen there is; on the others it is made smaller.
    ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    drawn = pixmap(look, MARK, ratio, dark=present().dark)
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made
