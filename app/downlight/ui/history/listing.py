"""How the table of outages is drawn and used."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from downlight.core.history.past import Origin, Root
from downlight.core.speech import mark, tr
from downlight.core.words import age
from downlight.ui.history import rows
from downlight.ui.history.table import (
    BEGAN,
    CAUSE,
    KNOWN,
    LASTED,
    MARK,
    STATE,
    WHERE,
    WORD,
)
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from downlight.core.history.past import Outage
    from downlight.ui.history.table import HistoryTable

MOST: Final = 9
"""So many rows are seen at once."""
_SPARE: Final = (KNOWN, CAUSE, WORD, STATE)
"""Columns that are left out where there is no room, the first one first: what stands
below the table has them all."""
_KEYS: Final = mark(
    "Up and down go from outage to outage, left and right from column to column. "
    "Enter ticks an outage, to lay it over another one; Space sorts by the column."
)


def _widest() -> dict[int, tuple[str, ...]]:
    """Return by column what it must have room for."""
    long = age(timedelta(hours=11, minutes=59))
    return {
        BEGAN: ("☐ 2026-08-28 08:28 m",),
        STATE: tuple(f"{tr(word)} mmm" for word in rows.STATES),
        LASTED: (long, tr(rows.LASTS)),
        CAUSE: tuple(map(rows.supposed, Root)),
        WORD: (long, tr(rows.AT_ONCE), tr(rows.SILENT)),
        KNOWN: (rows.known_by((Origin.SEEN, Origin.RECORD), "medium"),),
    }


class HistoryList(QTableView):
    """Shows a `HistoryTable`; one row may be chosen."""

    chosen = Signal(object)
    """Another outage is the current one; carries it."""

    def __init__(self, table: HistoryTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._widths: dict[int, int] = {}
        """Of all columns but the places, which take the rest."""
        self.setModel(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Outages, and what is known of each"))
        self.setAccessibleDescription(tr(_KEYS))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(MARK, MARK))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(WHERE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._tell)
        table.modelReset.connect(self.fit)
        self._measure()
        self.recolour()

    def choose(self, number: int) -> None:
        """Choose a row; none when there is no such row."""
        if number < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        column = max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self._table.index(number, column))

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        theme = present()
        self.setStyleSheet(f"""
QTableView {{
    background: {theme.card}; color: {theme.text}; border: 1px solid {theme.edge};
    border-radius: 8px; selection-background-color: {theme.picked};
    selection-color: {theme.text}; outline: none;
}}
QTableView:focus {{ border-color: {theme.accent}; }}
QTableView::item {{ padding: 0px {GAP - 2}px; border: none; }}
QTableView::item:selected {{ background: {theme.picked}; color: {theme.text}; }}
QTableView::item:focus {{ border-bottom: 2px solid {theme.accent}; }}
QHeaderView, QHeaderView::section {{
    background: {theme.card}; color: {theme.muted}; border: none;
}}
QHeaderView, QHeaderView::section:first {{ border-top-left-radius: 7px; }}
QHeaderView, QHeaderView::section:last {{ border-top-right-radius: 7px; }}
QHeaderView::section {{
    border-bottom: 1px solid {theme.edge}; padding: 5px {GAP}px;
}}
QTableView::indicator {{
    width: 12px; height: 12px; border: 1px solid {theme.muted}; border-radius: 3px;
    background: {theme.card};
}}
QTableView::indicator:checked {{
    background: {theme.accent}; border-color: {theme.accent};
}}
""")

    def fit(self) -> None:
        """Be as high as the rows, up to `MOST`."""
        rows = min(max(self._table.rowCount(), 1), MOST)
        row = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + rows * row + 4
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Enter, sort by the current column with Space; the rest is Qt's."""
        key, current = event.key(), self.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self._table.tick(current.row())
        elif key == Qt.Key.Key_Space:
            heads, column = self.horizontalHeader(), max(current.column(), 0)
            down = (
                heads.sortIndicatorSection() == column
                and heads.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            )
            up, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
            self.sortByColumn(column, falling if down else up)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._leave_out()

    def _measure(self) -> None:
        """Make the columns as wide as what they hold, not as what is shown now."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + GAP + 2)
        heads = self.horizontalHeader()
        for column, words in _widest().items():
            name = str(self._table.headerData(column, Qt.Orientation.Horizontal))
            texts = (*words, f"{name} ⌄")
            width = max(map(metrics.horizontalAdvance, texts)) + 2 * GAP + 4
            self._widths[column] = width
            heads.resizeSection(column, width)
        self.fit()
        self._leave_out()

    def _leave_out(self) -> None:
        room = self.width() - self.fontMetrics().horizontalAdvance("United King")
        room -= 5 * GAP + sum(self._widths.values())
        for column in _SPARE:
            short = room < 0
            if self.isColumnHidden(column) != short:
                self.setColumnHidden(column, short)
            if short:
                room += self._widths[column]

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        outage: Outage | None = self._table.outage(current)
        if outage is not None:
            self.chosen.emit(outage)
