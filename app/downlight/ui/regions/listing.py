"""How the table of places is drawn and used."""

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

from downlight.core.countries import country
from downlight.core.speech import mark, number, tr
from downlight.core.words import age
from downlight.ui.kit.theme import GAP, present
from downlight.ui.regions.regions import yours
from downlight.ui.regions.table import (
    FAILING,
    MARK,
    NETWORKS,
    PLACE,
    SOURCE,
    STATE,
    WHEN,
)
from downlight.ui.regions.view import INTERNET_WORDS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from downlight.ui.regions.regions import Row
    from downlight.ui.regions.table import RegionsTable

LEAST: Final = 3
"""So many rows are seen, however small the window is."""
_SPARE: Final = (SOURCE, NETWORKS, WHEN, FAILING)
"""Columns that are left out where there is no room, the first one first: the line
that tells all of a row has them."""
_KEYS: Final = mark(
    "Up and down go from place to place, left and right from column to column; "
    "Space sorts by the column."
)


class RegionsList(QTableView):
    """Shows a `RegionsTable`; one row may be chosen."""

    chosen = Signal(object)
    """Another row is the current one; carries it."""

    def __init__(self, table: RegionsTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._widths: dict[int, int] = {}
        """Of all columns but the first, which takes the rest."""
        self.setModel(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Places, and what is known of each"))
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
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._tell)
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
QTableView::item {{ padding: 0px {GAP}px; border: none; }}
QTableView::item:selected {{ background: {theme.picked}; color: {theme.text}; }}
QTableView::item:focus {{ border-bottom: 2px solid {theme.accent}; }}
QHeaderView, QHeaderView::section {{
    background: {theme.card}; color: {theme.muted}; border: none;
}}
QHeaderView, QHeaderView::section:first {{ border-top-left-radius: 7px; }}
QHeaderView, QHeaderView::section:last {{ border-top-right-radius: 7px; }}
QHeaderView::section {{
    border-bottom: 1px solid {theme.edge}; padding: 5px {GAP + 3}px;
}}
""")

    def sizeHint(self) -> QSize:
        """Return the least; it takes all room there is."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return room for some rows and what the columns are called."""
        row = self.verticalHeader().defaultSectionSize()
        return QSize(240, self.horizontalHeader().sizeHint().height() + LEAST * row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort by the current column with Space; the other keys are Qt's."""
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
            return
        heads, column = self.horizontalHeader(), max(self.currentIndex().column(), 0)
        down = (
            heads.sortIndicatorSection() == column
            and heads.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        )
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

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
        for column in range(PLACE + 1, self._table.columnCount()):
            words = (*widest(column), f"{self._name(column)} ⌄")
            width = max(map(metrics.horizontalAdvance, words)) + 3 * GAP
            self._widths[column] = width
            heads.resizeSection(column, width)
        self._leave_out()

    def _leave_out(self) -> None:
        (place,) = widest(PLACE)
        room = self.width() - self.fontMetrics().horizontalAdvance(place)
        room -= 6 * GAP + sum(self._widths.values())
        for column in _SPARE:
            short = room < 0
            if self.isColumnHidden(column) != short:
                self.setColumnHidden(column, short)
            room += self._widths[column]

    def _name(self, column: int) -> str:
        return str(self._table.headerData(column, Qt.Orientation.Horizontal))

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        row: Row | None = self._table.row(current)
        if row is not None:
            self.chosen.emit(row)


def widest(column: int) -> tuple[str, ...]:
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
