"""The settings of quiet hours: windows of time, each on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from downlight.core.saying import dates
from downlight.core.speech import mark, tr
from downlight.core.telling import quiet
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.bits import button, fault, quiet_link
from downlight.ui.settings.field import Card, Choices, Field, Section
from downlight.ui.settings.words import QUIET_FLOORS, WORDS, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from downlight.ui.settings.field import Pen

NIGHT: Final = "22:00-07:00"
WEEKEND: Final = "sat-sun 00:00-24:00"
FORM: Final = mark(
    "Write hours such as 22:00-07:00, or with days: mon-fri 22:00-07:00, sat,sun "
    "00:00-24:00."
)
WHY: Final = {
    "a day has 24 hours": mark("A day has 24 hours."),
    "an hour has 60 minutes": mark("An hour has 60 minutes."),
    "it ends when it begins; a whole day is 00:00-24:00": mark(
        "It ends when it begins; a whole day is 00:00-24:00."
    ),
}
ENDLESS: Final = mark(
    "This would leave nothing of the week: what waits would never be told."
)


def wrong_with(text: str, others: Iterable[str] = ()) -> str:
    """Return why a window of time cannot be used; empty when it can.

    Args:
        text: As a person wrote it.
        others: The windows beside it.
    """
    try:
        windows = [quiet.parse(text), *map(quiet.parse, others)]
    except ValueError as error:
        return tr(WHY.get(str(error), FORM))
    return tr(ENDLESS) if quiet.is_endless(windows) else ""


def now_words(windows: Iterable[str], local: datetime) -> str:
    """Return whether it is quiet at a moment in the person's zone, and until when."""
    windows = tuple(windows)
    if not windows:
        return tr("There are no quiet hours.")
    end = quiet.until(map(quiet.parse, windows), local)
    if end is None:
        return tr("It is not quiet just now.")
    time = f"{end:%H:%M}"
    if end.date() == local.date():
        return tr("It is quiet just now, until {time}.", time=time)
    day = dates.weekday(end)
    return tr("It is quiet just now, until {day} {time}.", day=day, time=time)


class Line(QWidget):
    """One window of time, to be written and taken away."""

    def __init__(
        self, text: str, put: Callable[[Line], None], remove: Callable[[Line], None]
    ) -> None:
        """Build the line.

        Args:
            text: The window as it holds; empty for a new one.
            put: Told when another one was written.
            remove: Told when it is to go.
        """
        super().__init__()
        self.kept = text
        self.edit = QLineEdit(text)
        self.edit.setPlaceholderText("mon-fri 22:00-07:00")
        self.edit.setAccessibleName(tr("Quiet hours"))
        self.edit.setAccessibleDescription(tr(FORM))
        self.gone = button(tr("Remove"))
        gone = tr("Remove {name}", name=text) if text else tr("Remove")
        self.gone.setAccessibleName(gone)
        self.fault = fault()
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.edit, 1)
        line.addWidget(self.gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.fault)
        self.edit.editingFinished.connect(lambda: put(self))
        self.gone.clicked.connect(lambda: remove(self))

    def show_fault(self, words: str) -> None:
        """Say why what was written is not taken; empty: it is."""
        tell(self.fault, words)
        self.edit.setAccessibleDescription(f"{words} {tr(FORM)}".strip())


class Quiet(Section):
    """When not to disturb a person."""

    def __init__(self, pen: Pen, local: Callable[[], datetime]) -> None:
        """Build the page.

        Args:
            pen: Writes down what is chosen.
            local: The present moment in the person's zone.
        """
        super().__init__(tr("Quiet hours"), pen)
        self._local = local
        self.lines: list[Line] = []
        self.now = say()
        self.floor = Choices(spoken(QUIET_FLOORS))
        self.floor_field = Field(WORDS["quiet_floor"], self.floor)
        self.field = Field(WORDS["quiet_hours"], QWidget(), below=True)
        self.field.name.hide()
        self.add_one = button(tr("&Add hours"))
        self.night = quiet_link(tr("Every night"))
        self.weekend = quiet_link(tr("The weekend"))
        self.night.setAccessibleDescription(tr("Adds {hours}", hours=NIGHT))
        self.weekend.setAccessibleDescription(tr("Adds {hours}", hours=WEEKEND))
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        for it in (self.add_one, self.night, self.weekend):
            buttons.addWidget(it)
        buttons.addStretch(1)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(GAP)
        card = Card(tr("Do not disturb me"), self.field)
        card.column.setSpacing(GAP - 2)
        card.column.addLayout(self.rows)
        card.column.addLayout(buttons)
        card.column.addWidget(self.now)
        self.add(card, Card("", self.floor_field))
        self.add_one.clicked.connect(self._begin)
        self.night.clicked.connect(lambda: self._offer(NIGHT))
        self.weekend.clicked.connect(lambda: self._offer(WEEKEND))
        self.floor.picked.connect(
            lambda floor: pen.put(self.floor_field, quiet_floor=floor)
        )
        self.refill()

    def refill(self) -> None:
        """Show what holds now; what a person is writing stays."""
        now = self.pen.settings
        self.floor.show_value(now.quiet_floor)
        if tuple(line.kept for line in self.lines if line.kept) != now.quiet_hours:
            for line in tuple(self.lines):
                self._drop(line)
            for text in now.quiet_hours:
                self._new(text)
        tell(self.now, now_words(now.quiet_hours, self._local()))

    def _new(self, text: str = "") -> Line:
        line = Line(text, self._put, self._remove)
        self.lines.append(line)
        self.rows.addWidget(line)
        line.show()  # at once: it may be written in now
        return line

    def _begin(self) -> None:
        self._new().edit.setFocus()

    def _drop(self, line: Line) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()

    def _offer(self, text: str) -> None:
        line = self._new()
        line.edit.setText(text)
        self._put(line)

    def _put(self, line: Line) -> None:
        text = " ".join(line.edit.text().split())
        if not text:
            line.edit.setText(line.kept)  # "Remove" takes it away
        if not text or text == line.kept or line not in self.lines:
            line.show_fault("")
            return
        others = [it.kept for it in self.lines if it.kept and it is not line]
        wrong = wrong_with(text, others)
        if not wrong and text in others:
            wrong = tr("These hours are there already.")
        line.show_fault(wrong)
        if wrong:
            return
        was, line.kept = line.kept, text
        if not self._keep():
            line.kept = was

    def _remove(self, line: Line) -> None:
        place = self.lines.index(line)
        was, line.kept = line.kept, ""
        if was and not self._keep():
            line.kept = was
            return
        self._drop(line)
        near = self.lines[max(place - 1, 0)].gone if self.lines else self.add_one
        near.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> bool:
        hours = tuple(line.kept for line in self.lines if line.kept)
        kept = self.pen.put(self.field, quiet_hours=hours)
        tell(self.now, now_words(self.pen.settings.quiet_hours, self._local()))
        return kept
