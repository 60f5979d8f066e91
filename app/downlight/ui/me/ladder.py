"""The rungs of the ladder, one below the other, on a rail that ends where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from downlight.core.speech import tr
from downlight.ui.kit.labels import MarkView, link, say, tell
from downlight.ui.kit.line_view import turn
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from downlight.ui.me.view import Cell, RungView

MARK: Final = 20
SMALL_MARK: Final = 12
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
COLUMNS: Final = 3
"""Servers beside each other, where there is room."""


class RungLine(QWidget):
    """One rung: a mark, what it claims, whether it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = MarkView(MARK)
        self._claim, self._word = say(), say(role="muted")
        self._details = say(role="muted")
        self.look: Look | None = None
        said = self._said = QHBoxLayout()
        said.setSpacing(GAP + 4)
        said.addWidget(self._claim, 1)
        said.addWidget(self._details)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP + 4)
        line.addWidget(self.mark)
        line.addLayout(said, 1)
        line.addWidget(self._word)
        self._word.setMinimumWidth(8 * GAP)
        self._word.setAlignment(_RIGHT)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Put the details below the claim where letters are large."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def _turn(self) -> None:
        turn(self._said, self.fontMetrics())

    def show_rung(self, rung: RungView) -> None:
        """Show it; what was not looked at is pale."""
        self.look = rung.look
        self.mark.show_look(rung.look)
        tell(self._claim, rung.claim)
        tell(self._details, rung.details)
        tell(self._word, rung.word)
        self.setAccessibleName(rung.spoken)
        self._paint_word(rung.look)
        role = "text" if rung.word else "muted"
        if self._claim.property("role") != role:
            self._claim.setProperty("role", role)
            self._claim.style().unpolish(self._claim)
            self._claim.style().polish(self._claim)

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self._paint_word(self.look)

    def _paint_word(self, look: Look | None) -> None:
        theme = present()
        colour = theme.word(look).name() if look is not None else theme.muted
        self._word.setStyleSheet(f"color: {colour};")


class LadderView(QWidget):
    """All rungs, the nearest on top, parted into the own line and the service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rungs: list[RungLine] = []
        self._heads = say(role="muted"), say(role="muted")
        for head in self._heads:  # beside the rail
            head.setContentsMargins(MARK + GAP + 4, 0, 0, 0)
        self.fails = link("")
        """Leads to how the service fails when it ends where it does."""
        self._below = QWidget()
        beside = QHBoxLayout(self._below)
        beside.setContentsMargins(MARK + GAP + 4, 0, 0, 0)
        beside.addWidget(self.fails)
        beside.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP + 4)
        self._column.addWidget(self._below)

    def show_rungs(self, rungs: Sequence[RungView], service: str) -> None:
        """Show the rungs.

        Args:
            rungs: The nearest first.
            service: What the upper ones lead to.
        """
        if len(self.rungs) != len(rungs):
            self._make(rungs)
        tell(self._heads[0], tr("Your side"))
        tell(self._heads[1], service)
        for line, rung in zip(self.rungs, rungs, strict=True):
            line.show_rung(rung)
        self._show_link(rungs)
        self.update()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        for line in self.rungs:
            line.recolour()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rail: whole as far as it holds, dotted beyond."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = present()
        for upper, lower in zip(self.rungs, self.rungs[1:], strict=False):
            holds = Look.MAJOR not in (upper.look, lower.look) and lower.look
            pen = QPen(QColor(theme.thumb), 2)
            if not holds:
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            begin, end = _foot(upper, self), _head(lower, self)
            if end.y() > begin.y():
                painter.drawLine(begin, end)
        for line in self.rungs:
            if line.look is None:
                painter.setPen(QPen(QColor(theme.thumb), 2))
                painter.drawEllipse(_middle(line, self), MARK / 5, MARK / 5)
        painter.end()

    def _show_link(self, rungs: Sequence[RungView]) -> None:
        """Put the link below the rung that has one."""
        linked = (pair for pair in zip(self.rungs, rungs, strict=True) if pair[1].link)
        line, rung = next(linked, (None, None))
        self._below.setHidden(rung is None)
        if line is not None and rung is not None:
            self.fails.setText(rung.link.replace("&", "&&"))
            self.fails.setAccessibleName(rung.link)
            self._column.removeWidget(self._below)
            self._column.insertWidget(self._column.indexOf(line) + 1, self._below)

    def _make(self, rungs: Sequence[RungView]) -> None:
        for line in self.rungs:
            line.deleteLater()
        self.rungs = [RungLine() for _ in rungs]
        for index, (line, rung) in enumerate(zip(self.rungs, rungs, strict=True)):
            if index == 0:
                self._column.addWidget(self._heads[0])
            elif not rung.own and rungs[index - 1].own:
                self._column.addWidget(self._heads[1])
            self._column.addWidget(line)


def _middle(line: RungLine, inside: QWidget) -> QPointF:
    return QPointF(line.mark.mapTo(inside, line.mark.rect().center())) + QPointF(
        0.5, 0.5
    )


def _foot(line: RungLine, inside: QWidget) -> QPointF:
    return _middle(line, inside) + QPointF(0, MARK / 2 + 3)


def _head(line: RungLine, inside: QWidget) -> QPointF:
    return _middle(line, inside) - QPointF(0, MARK / 2 + 3)


class CellsView(QWidget):
    """The servers of a service, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[tuple[MarkView, QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP - 2)
        self._columns = 0
        self._spread()

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show these servers; the rest of the room goes."""
        while len(self.cells) < len(cells):
            self._make(len(self.cells))
        for index, (mark, name, text) in enumerate(self.cells):
            cell = cells[index] if index < len(cells) else None
            mark.setHidden(cell is None)
            mark.show_look(cell.look if cell else None)
            tell(name, cell.name if cell else "")
            tell(text, cell.text if cell else "")
        self.setHidden(not cells)
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fewer beside each other where there is less room."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        names = [name.sizeHint().width() for _, name, _ in self.cells]
        # A name has three fifths of what the mark leaves.
        widest = max(names, default=0) * 5 // 3 + SMALL_MARK + 3 * GAP
        columns = max(1, min(COLUMNS, (self.width() + GAP) // widest))
        if columns != self._columns:
            self._columns = columns
            for column in range(COLUMNS):
                wanted = column < columns
                self._grid.setColumnStretch(3 * column + 1, 3 if wanted else 0)
                self._grid.setColumnStretch(3 * column + 2, 2 if wanted else 0)
            for index in range(len(self.cells)):
                self._place(index)

    def _make(self, index: int) -> None:
        self.cells.append((MarkView(SMALL_MARK), say(), say(role="muted")))
        self._place(index)

    def _place(self, index: int) -> None:
        row, column = divmod(index, self._columns)
        for place, widget in enumerate(self.cells[index]):
            self._grid.addWidget(widget, row, 3 * column + place)
