"""How the table of outages is drawn and used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from downlight.core.history.past import Origin, Root
from downlight.core.saying.words import age
from downlight.core.speech import mark, tr
from downlight.ui.history import rows
from downlight.ui.history.table import BEGAN, CAUSE, KNOWN, LASTED, STATE, WHERE, WORD
from downlight.ui.kit.table import Table
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from downlight.ui.history.table import HistoryTable

MOST: Final = 9
"""So many rows are seen at once."""
_KEYS: Final = mark(
    "Up and down go from outage to outage, left and right from column to column. "
    "Enter ticks an outage, to lay it over another one; Space sorts by the column."
)


class HistoryList(Table):
    """Shows a `HistoryTable`, as high as its rows."""

    AIR = GAP - 2
    WIDE = WHERE
    SPARE = (KNOWN, CAUSE, WORD, STATE, WHERE, LASTED)
    """What stands below the table has them all."""

    def __init__(self, table: HistoryTable, parent: QWidget | None = None) -> None:
        self._table = table
        name = tr("Outages, and what is known of each")
        super().__init__(table, name, tr(_KEYS), parent)
        table.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the rows, up to `MOST`."""
        rows = min(max(self._table.rowCount(), 1), MOST)
        row = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + rows * row + 4
        )

    def measure(self) -> None:
        """Make room in width and height."""
        super().measure()
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Enter; the rest is as in other tables."""
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self._table.tick(current.row())
        else:
            super().keyPressEvent(event)

    def widest(self, column: int) -> tuple[str, ...]:
        """Return what is to fit into a column besides its name."""
        long = age(timedelta(hours=11, minutes=59))
        return {
            BEGAN: ("☐ 2026-08-28 08:28 m",),
            STATE: tuple(f"{tr(word)} mmm" for word in rows.STATES),
            LASTED: (long, tr(rows.LASTS)),
            WHERE: ("United King",),
            CAUSE: tuple(map(rows.supposed, Root)),
            WORD: (long, tr(rows.AT_ONCE), tr(rows.SILENT)),
            KNOWN: (rows.known_by((Origin.SEEN, Origin.RECORD), "medium"),),
        }[column]
