"""How a table is drawn and used: one row may be chosen, columns may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from downlight.ui.kit.rows import MARK
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from downlight.ui.kit.rows import Rows


class Table(QTableView):
    """Shows `Rows`; Space sorts by the current column."""

    AIR: ClassVar[int] = GAP
    """At either side of a cell, in device-independent pixels."""
    WIDE: ClassVar[int]
    """The column that takes the room that is left."""
    SPARE: ClassVar[Sequence[int]]
    """Columns that are left out where there is no room, the first one first; the wide
    one may be among them."""

    chosen = Signal(object)
    """Another row is the current one; carries it."""

    def __init__(
        self, rows: Rows[Any], name: str, keys: str, parent: QWidget | None = None
    ) -> None:
        """Build it.

        Args:
            rows: What it shows.
            name: What it is, for who does not see it.
            keys: What can be done with keys.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self._rows = rows
        self._widths: dict[int, int] = {}
        """What each column needs; the one that stretches at the least."""
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setAccessibleDescription(keys)
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
        heads.setSectionResizeMode(self.WIDE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.recolour()  # what names of columns need depends on the style
        self.measure()

    def widest(self, column: int) -> tuple[str, ...]:
        """Return what is to fit into a column besides its name."""
        raise NotImplementedError

    def choose(self, number: int) -> None:
        """Choose a row; none when there is no such row."""
        if number < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        column = max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self._rows.index(number, column))

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
QTableView::item {{ padding: 0px {self.AIR}px; border: none; }}
QTableView::item:selected {{ background: {theme.picked}; color: {theme.text}; }}
QTableView::item:focus {{ border-bottom: 2px solid {theme.accent}; }}
QHeaderView, QHeaderView::section {{
    background: {theme.card}; color: {theme.muted}; border: none;
}}
QHeaderView, QHeaderView::section:first {{ border-top-left-radius: 7px; }}
QHeaderView, QHeaderView::section:last {{ border-top-right-radius: 7px; }}
QHeaderView::section {{
    border-bottom: 1px solid {theme.edge}; padding: 5px {self.AIR + 3}px;
}}
QTableView::indicator {{
    width: 12px; height: 12px; border: 1px solid {theme.muted}; border-radius: 3px;
    background: {theme.card};
}}
QTableView::indicator:checked {{
    background: {theme.accent}; border-color: {theme.accent};
}}
""")

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
            self.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._leave_out()

    def measure(self) -> None:
        """Make the columns as wide as what they hold, not as what is shown now."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + GAP + 2)
        heads = self.horizontalHeader()
        for column in range(self._rows.columnCount()):
            widest = max(map(metrics.horizontalAdvance, self.widest(column)), default=0)
            self.showColumn(column)  # of what is hidden Qt says 0
            named = heads.sectionSizeHint(column)  # with room for how it is sorted
            width = max(widest + 2 * self.AIR + GAP, named)
            self._widths[column] = width
            if column != self.WIDE:
                heads.resizeSection(column, width)
        self._leave_out()

    def _leave_out(self) -> None:
        # The bar is counted at all times: else columns would come and go with rows.
        bar, edges = self.verticalScrollBar().sizeHint().width(), 2
        room = self.width() - bar - edges - sum(self._widths.values())
        for column in self.SPARE:
            short = room < 0
            if self.isColumnHidden(column) != short:
                self.setColumnHidden(column, short)
            if short:
                room += self._widths[column]
        lost = self.isColumnHidden(self.WIDE)
        self.horizontalHeader().setStretchLastSection(lost)
        here = self.currentIndex()
        if here.isValid() and self.isColumnHidden(here.column()):
            # Else keys would work on what nobody sees.
            seen = (c for c in range(here.column()) if not self.isColumnHidden(c))
            self.setCurrentIndex(here.siblingAtColumn(max(seen, default=0)))

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self._rows.row(current)
        if row is not None:
            self.chosen.emit(row)
