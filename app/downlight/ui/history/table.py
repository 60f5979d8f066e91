"""All known outages of a service as a table that can be sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from downlight.core.speech import mark
from downlight.ui.history import rows
from downlight.ui.history.rows import NONE
from downlight.ui.kit.rows import Rows, cell_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from downlight.core.history.past import Outage

HEADS: Final = (
    *(mark("Began"), mark("How bad"), mark("Lasted"), mark("Where"), mark("Cause")),
    *(mark("First word"), mark("Known from")),
)
BEGAN, STATE, LASTED, WHERE, CAUSE, WORD, KNOWN = range(len(HEADS))
LAID: Final = 2
"""So many can be laid over each other."""
_HELP: Final = {
    BEGAN: mark(
        "When it began, as exactly as that is known. Tick two to compare them."
    ),
    LASTED: mark("How long it was, as far as anybody says"),
    CAUSE: mark("Why it came, as far as that was published"),
    WORD: mark("How long after the first sign the provider first spoke"),
    KNOWN: mark("Who knows of it, and how far the sources of the public record agree"),
}


class HistoryTable(Rows["Outage"]):
    """Outages, two of which may be ticked."""

    HEADS, HELP, NUMBERS = HEADS, _HELP, frozenset({LASTED, WORD})

    laid = Signal()
    """Others are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self._zone: tzinfo | None = None
        self._ticked: list[str] = []
        """The ids of those that are ticked, in the order of the ticks."""

    @staticmethod
    def key(row: Outage) -> str:
        """Return the id of an outage."""
        return row.id

    def order(self, column: int) -> Callable[[Outage], tuple[float, str] | None] | None:
        """Return what a column is sorted by."""
        return _ORDERS.get(column)

    @property
    def outages(self) -> Sequence[Outage]:
        """What is shown, in its order."""
        return tuple(self._shown)

    @property
    def ticked(self) -> tuple[Outage, ...]:
        """Those that are ticked, in the order in which that was done."""
        by_id = {it.id: it for it in self._all if it.id in self._ticked}
        return tuple(by_id[id_] for id_ in self._ticked if id_ in by_id)

    def show_outages(self, outages: Sequence[Outage], zone: tzinfo | None) -> bool:
        """Show other outages; return whether a choice among them is lost.

        Args:
            outages: In the order in which they stand until another is asked for.
            zone: Zone for clock times; None for the system's.
        """
        if outages == self._all and zone == self._zone:
            return False
        self.beginResetModel()
        self._all, self._zone = outages, zone
        self._shown = self._sorted(outages)
        self.endResetModel()
        return True

    def tick(self, number: int) -> None:
        """Tick an outage, or take its tick away; of three the oldest tick goes."""
        id_ = self._shown[number].id
        before = tuple(self._ticked)
        if id_ in self._ticked:
            self._ticked.remove(id_)
        else:
            # One that is not known any more must push out none that is.
            seen = [it.id for it in self.ticked]
            self._ticked = [*seen, id_][-LAID:]
        for changed in {*before, *self._ticked} - (set(before) & set(self._ticked)):
            cell = self.index(self.place(changed), BEGAN)
            self.dataChanged.emit(cell, cell)
        self.laid.emit()

    def forget(self) -> None:
        """Take all ticks away: another service is shown."""
        self._ticked = []
        self.laid.emit()

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return that the first column of a row can be ticked."""
        found = super().flags(index)
        if index.isValid() and index.column() == BEGAN:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: object,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tick an outage."""
        del value
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(index.row())
        return True

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a cell as text, its mark or tick, or the whole row in words."""
        outage = self.row(index)
        if outage is None:
            return None
        column = index.column()
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = self._text(outage, column)
            case Qt.ItemDataRole.ToolTipRole if column in {WHERE, KNOWN}:
                found = self._text(outage, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == BEGAN:
                found = rows.spoken(outage, self._zone)
            case Qt.ItemDataRole.CheckStateRole if column == BEGAN:
                on = outage.id in self._ticked
                found = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == STATE:
                found = cell_icon(rows.look_of(outage))
            case Qt.ItemDataRole.TextAlignmentRole:
                found = self.alignment(column)
            case _:
                pass
        return found

    def _text(self, outage: Outage, column: int) -> str:
        if column == BEGAN:
            return rows.date_of(outage, self._zone)
        return _TEXTS[column](outage)


def _seconds(outage: Outage) -> tuple[float, str] | None:
    return None if outage.length is None else (outage.length.total_seconds(), "")


def _delay(outage: Outage) -> tuple[float, str] | None:
    if outage.delay is not None:
        return outage.delay.total_seconds(), ""
    return (float("inf"), "") if outage.silent else None


def _word(words: str) -> tuple[float, str] | None:
    return None if words in {"", NONE} else (0, words.casefold())


_ORDERS: Final[dict[int, Callable[[Outage], tuple[float, str] | None]]] = {
    BEGAN: lambda it: (it.begun.timestamp(), ""),
    STATE: lambda it: (it.level.value if it.level is not None else -1, it.kind.value),
    LASTED: _seconds,
    WHERE: lambda it: _word(it.where),
    CAUSE: lambda it: _word(rows.cause_of(it)),
    WORD: _delay,
    KNOWN: lambda it: _word(rows.known_from(it)),
}
_TEXTS: Final[dict[int, Callable[[Outage], str]]] = {
    STATE: rows.state_of,
    LASTED: rows.length_of,
    WHERE: lambda it: it.where or NONE,
    CAUSE: rows.cause_of,
    WORD: rows.word_of,
    KNOWN: rows.known_from,
}
