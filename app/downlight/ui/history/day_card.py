"""Was it down on that day? A date, the answer, and the year around it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from downlight.core.saying.words import age
from downlight.core.speech import tr
from downlight.ui.history.bars import Bars
from downlight.ui.history.days import in_year
from downlight.ui.history.heat_calendar import HeatCalendar
from downlight.ui.history.heat_paint import HeatLegend
from downlight.ui.history.view import day_answer
from downlight.ui.kit.box import Box, rule
from downlight.ui.kit.fields import Day
from downlight.ui.kit.labels import MarkView, say, tell
from downlight.ui.kit.link_row import LinkRow
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from downlight.ui.history.days import Year
    from downlight.ui.history.view import History

EARLIEST: Final = QDate(1995, 1, 1)
"""Before it nothing of what is watched was there."""


class DayCard(Box):
    """One day is chosen, in the field or in the calendar; both show it."""

    opened = Signal(str)
    """A link was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Was it down on that day?"), parent)
        self._shown: History | None = None
        self._day = date.min
        self.field = Day()
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat("d MMMM yyyy")
        self.field.setAccessibleName(tr("Was it down on this day?"))
        self.field.dateChanged.connect(self._ask)
        self.mark, self.answer = MarkView(20), say()
        self.links = LinkRow()
        self.links.opened.connect(self.opened)
        self.earlier = _turner("‹", tr("A year earlier"))
        self.later = _turner("›", tr("A year later"))
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self.number, self.summary = say(bold=True), say(role="muted")
        self.calendar, self.legend = HeatCalendar(), HeatLegend()
        self.calendar.chosen.connect(self.choose)
        self.calendar.pointed.connect(self._point)
        self.read = say()
        self.bars = Bars(tr("Time down in each month"))
        self.bars.read.connect(self._read_month)
        self.month = say(role="muted")
        self._lay_out()

    def _lay_out(self) -> None:
        self.number.setWordWrap(False)
        asked = QHBoxLayout()
        asked.setSpacing(GAP)
        asked.addWidget(self.field)
        asked.addStretch(1)
        answered = QHBoxLayout()
        answered.setSpacing(GAP)
        answered.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        answered.addWidget(self.answer, 1)
        turning = QHBoxLayout()
        turning.setSpacing(GAP)
        turning.addWidget(self.earlier)
        turning.addWidget(self.number)
        turning.addWidget(self.later)
        turning.addStretch(1)
        # Room for a line, so that nothing moves while the mouse wanders about.
        for label in (self.read, self.month):
            label.setMinimumHeight(label.fontMetrics().lineSpacing())
        self.column.addLayout(asked)
        self.column.addLayout(answered)
        self.column.addWidget(self.links)
        self.column.addWidget(rule())
        self.column.addLayout(turning)
        around: tuple[QWidget, ...] = (self.summary, self.calendar, self.read)
        for widget in (*around, self.legend, rule()):
            self.column.addWidget(widget)
        self.monthly = say(bold=True)
        below: tuple[QWidget, ...] = (self.monthly, self.bars, self.month)
        for widget in below:
            self.column.addWidget(widget)

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._day

    @property
    def year(self) -> Year | None:
        """The year that is shown; the next one there is for a day without one."""
        if self._shown is None:
            return None
        years = self._shown.years
        number = min(max(self._day.year, years[0].number), years[-1].number)
        return years[number - years[0].number]

    def show_history(self, shown: History, *, new: bool) -> None:
        """Show the past of a service.

        Args:
            shown: What is known.
            new: Whether it is another service, so that today is the day.
        """
        was_today = self._shown is not None and self._day == self._shown.today
        self._shown = shown
        self.call(tr("Was {name} down on …?", name=shown.name))
        day = shown.today if new or was_today else min(self._day, shown.today)
        # What is ahead can be asked for by nobody; the field is told first.
        with QSignalBlocker(self.field):
            self.field.setDateRange(EARLIEST, _qt(shown.today))
        self._show(day)

    @Slot(object)
    def choose(self, day: date) -> None:
        """Choose a day; the nearest one there is for one that cannot be asked for."""
        if self._shown is not None:
            first = date(EARLIEST.year(), EARLIEST.month(), EARLIEST.day())
            self._show(min(max(day, first), self._shown.today))

    @Slot()
    def _ask(self) -> None:
        asked = self.field.date()
        self.choose(date(asked.year(), asked.month(), asked.day()))

    def _show(self, day: date) -> None:
        shown = self._shown
        if shown is None:
            return
        self._day = day
        if self.field.date() != _qt(day):
            with QSignalBlocker(self.field):
                self.field.setDate(_qt(day))
        found = day_answer(shown, day)
        self.mark.show_look(found.look)
        tell(self.answer, found.sentence)
        self.field.setAccessibleDescription(found.sentence)
        self.links.show_links(found.sources)
        self._show_year()
        self._point(None)

    def _show_year(self) -> None:
        shown, year = self._shown, self.year
        if shown is None or year is None:
            return
        years = shown.years
        tell(self.number, f"{year.number}")
        tell(self.summary, year.summary)
        self.earlier.setEnabled(year.number > years[0].number)
        self.later.setEnabled(year.number < years[-1].number)
        self.calendar.show_year(year, shown.name, self._day)
        self.legend.show_heats(year.legend)
        monthly = tr("Time down in each month of {year}", year=year.number)
        tell(self.monthly, monthly)
        self.bars.rename(monthly)
        most = max(year.down, default=None)
        self.bars.show_bars(year.months, age(most) if most else "")
        self._read_month("")

    def _turn(self, by: int) -> None:
        year = self.year
        if year is not None and self._shown is not None:
            self.choose(in_year(self._day, year.number + by))

    @Slot(object)
    def _point(self, day: date | None) -> None:
        words = self.calendar.words(day if day is not None else self._day)
        self.read.setText(words)
        self.read.setAccessibleName(words)

    @Slot(str)
    def _read_month(self, words: str) -> None:
        self.month.setText(words or tr("Hatched: there may have been more."))


def _turner(sign: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setText(sign)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
