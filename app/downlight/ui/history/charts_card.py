"""What outages have in common, and how the provider speaks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from downlight.core.speech import number, tr
from downlight.ui.history.bars import Bars
from downlight.ui.history.rods import Rods
from downlight.ui.kit.box import Box, rule
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLabel

    from downlight.ui.history.figures import Chart
    from downlight.ui.history.score import Score


class ChartView(QWidget):
    """Shows a `Chart`, its bars upright or lying."""

    def __init__(self, *, lying: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self.title, self.says = say(bold=True), say()
        self.bars: Bars | Rods = Rods("") if lying else Bars("")
        if isinstance(self.bars, Bars):
            self.bars.read.connect(self._read)
        self.note = say(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP - 2)
        for widget in (self.title, self.says, self.bars, self.note):
            column.addWidget(widget)
        column.addStretch(1)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        tell(self.title, chart.title)
        tell(self.says, chart.says)
        self._note = chart.note
        tell(self.note, chart.note)
        self.bars.setHidden(not chart.bars)
        if isinstance(self.bars, Bars):
            most = max((bar.size or 0 for bar in chart.bars), default=0)
            self.bars.rename(chart.title)
            self.bars.show_bars(chart.bars, number(most) if most else "")
        else:
            self.bars.setAccessibleName(chart.title)
            self.bars.show_bars(chart.bars)

    @Slot(str)
    def _read(self, words: str) -> None:
        self.note.setText(words or self._note)


class ChartsCard(Box):
    """Shows how long outages were, why they came, how many a year, and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What they have in common"), parent)
        self.views = (
            *(ChartView(lying=True) for _ in range(3)),
            *(ChartView(lying=False) for _ in range(2)),
        )
        *lying, hour, weekday = self.views
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(4 * GAP)
        self._below.addWidget(hour, 3)
        self._below.addWidget(weekday, 2)
        self.few = say(role="muted")
        self._rules = tuple(rule() for _ in lying)
        self.column.addWidget(self.few)
        for view, line in zip(lying, self._rules, strict=True):
            self.column.addWidget(view)
            self.column.addWidget(line)
        self.column.addLayout(self._below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the last two side by side where there is room."""
        super().resizeEvent(event)
        room = 88 * self.fontMetrics().averageCharWidth()
        self._below.setDirection(
            QBoxLayout.Direction.LeftToRight
            if self.width() >= room
            else QBoxLayout.Direction.TopToBottom
        )

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Show these five; one line where there are too few outages for any."""
        some = any(chart.bars for chart in charts)
        tell(self.few, "" if some else charts[0].note)
        for line in (*self.views, *self._rules):
            line.setHidden(not some)
        for view, chart in zip(self.views, charts, strict=True):
            view.show_chart(chart)


class ScoreCard(Box):
    """Shows figures about the provider, or why there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("How the provider did"), parent)
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.column.addLayout(self._grid)

    @property
    def says(self) -> tuple[tuple[str, ...], ...]:
        """What each row says."""
        return tuple(tuple(label.text() for label in row) for row in self._rows)

    def show_scores(self, scores: Sequence[Score], speaker: str) -> None:
        """Show these figures.

        Args:
            scores: From the top down.
            speaker: Who would have to admit an outage.
        """
        self.call(tr("How {speaker} did", speaker=speaker))
        while len(self._rows) < len(scores):
            self._add()
        for row, score in zip(self._rows, scores, strict=True):
            name, value, note = row
            tell(name, score.name)
            tell(value, score.value)
            tell(note, score.note)
            role = "text" if score.is_known else "muted"
            if value.property("role") != role:
                value.setProperty("role", role)
                value.style().unpolish(value)
                value.style().polish(value)
            value.setAccessibleName(f"{score.name}: {score.value}. {score.note}")

    def _add(self) -> None:
        row = say(), say(bold=True), say(role="muted")
        at, top = 2 * len(self._rows), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(row[0], at, 0, 2, 1, top)
        self._grid.addWidget(row[1], at, 1, top)
        self._grid.addWidget(row[2], at + 1, 1, top)
        self._rows.append(row)
