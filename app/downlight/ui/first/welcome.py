"""The page that a person sees first, once: what is watched, and what may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from downlight.core.errors import DownlightError
from downlight.core.settings import NOT_SAID
from downlight.core.speech import tr
from downlight.ui.first import welcome_view
from downlight.ui.kit.labels import MarkView, say, tell
from downlight.ui.kit.theme import BIG, GAP
from downlight.ui.picking.tick_box import TickBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from downlight.core.places.home import Whereabouts
    from downlight.core.wishes import Wishes
    from downlight.ui.first.welcome_view import Watched, WelcomeView

WIDEST: Final = 104
"""Few lines, read at leisure: narrower than a page, in letters."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Welcome(QWidget):
    """Stands in place of list and page until it is done with."""

    settled = Signal(str)
    """A country was settled; carries what `Settings.country` is to hold."""
    choice_wanted = Signal()
    """A person wants to see the countries."""
    pick_wanted = Signal()
    """A person wants to choose what is watched."""
    done = Signal()

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        """Build it.

        Args:
            wishes: Starts the program at login, and keeps what is chosen.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wishes = wishes
        self._view: WelcomeView | None = None
        self.rows: list[WatchedRow] = []
        self.aside = say(role="muted")
        self.add = QPushButton(tr("Add what you depend on …"))
        self.place, self.why = say(), say(role="muted")
        self.change = QPushButton()
        self.leave = QPushButton(tr("Rather not say"))
        self.login = TickBox(tr("Start Downlight when I log in"))
        self.login_fault, self.fault = say(), say()
        for label in (self.aside, self.login_fault, self.fault):
            label.hide()  # before there is anything to say
        self.mark, self.seen = MarkView(24), say()
        self.finish = QPushButton(tr("Done"))
        self.finish.setDefault(True)
        for button in (self.add, self.change, self.leave, self.finish):
            button.setAutoDefault(True)  # Enter presses the one that has the focus
        self._lay_out()
        self.setFocusProxy(self.finish)
        self.add.clicked.connect(self.pick_wanted)
        self.change.clicked.connect(self.choice_wanted)
        self.leave.clicked.connect(lambda: self.settled.emit(NOT_SAID))
        self.login.clicked.connect(self._switch_login)
        self.finish.clicked.connect(self.done)
        self._show_login()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP + 4)
        column.addStretch(2)
        column.addWidget(say(tr(welcome_view.TITLE), scale=BIG, bold=True))
        column.addWidget(say(tr(welcome_view.TEXT)))
        column.addSpacing(GAP)
        watched, land = Card(tr("Watched now")), Card(tr("Your country"))
        here = Card("")
        self._watched = QVBoxLayout()
        self._watched.setSpacing(GAP)
        watched.offer(self.add)
        watched.column.addLayout(self._watched)
        watched.column.addWidget(self.aside)
        land.offer(self.change, self.leave)
        land.column.addWidget(self.place)
        land.column.addWidget(self.why)
        seen = QHBoxLayout()
        seen.setSpacing(GAP + 4)
        seen.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        seen.addWidget(self.seen, 1)
        here.column.addLayout(seen)
        here.column.addWidget(self.login)
        here.column.addWidget(self.login_fault)
        for card in (watched, land, here):
            column.addWidget(card)
        column.addWidget(self.fault)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.finish)
        column.addLayout(end)
        column.addStretch(3)
        inside.setMaximumWidth(WIDEST * self.fontMetrics().averageCharWidth())
        self.area = QScrollArea()
        self.area.setObjectName("scroll")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(tr(welcome_view.TITLE))
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be done at Enter, wherever it means nothing else."""
        if event.key() in _ENTER:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def show_view(self, view: WelcomeView) -> None:
        """Show how things are now."""
        if view == self._view:
            return
        self._view = view
        self.add.setEnabled(view.may_pick)
        while len(self.rows) < len(view.watched):
            self.rows.append(WatchedRow())
            self._watched.addWidget(self.rows[-1])
        for number, row in enumerate(self.rows):
            row.setHidden(number >= len(view.watched))
            if number < len(view.watched):
                row.show_watched(view.watched[number])
        tell(self.aside, view.aside)
        tell(self.seen, view.seen)
        self.mark.show_look(view.look, early=view.early)
        self.mark.setHidden(view.look is None)

    def show_question(self, found: Whereabouts) -> None:
        """Say in which country the person seems to be, or ask."""
        said = welcome_view.place(found)
        tell(self.place, said.text)
        tell(self.why, said.why)
        self.change.setText(said.change)
        self.change.setAccessibleName(tr("Change your country"))
        self.leave.setEnabled(said.may_withhold)

    @Slot()
    def remember(self) -> None:
        """Keep that a person has seen this page: there are settings from now on."""
        try:
            self._wishes.file_of("settings")
        except DownlightError as error:
            tell(self.fault, welcome_view.unkept(error))
        else:
            tell(self.fault, "")

    def _show_login(self) -> None:
        try:
            self.login.setChecked(self._wishes.starts_at_login())
        except DownlightError as error:
            self.login.setEnabled(False)
            tell(self.login_fault, error.words)

    @Slot(bool)
    def _switch_login(self, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        try:
            self._wishes.start_at_login(on=on)
        except DownlightError as error:
            self.login.setChecked(not on)
            tell(self.login_fault, error.words)
        else:
            tell(self.login_fault, "")


class Card(QFrame):
    """A frame with a title and a column in it."""

    def __init__(self, title: str) -> None:
        """Begin an empty one.

        Args:
            title: What it is about; empty for none.
        """
        super().__init__()
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GAP, GAP + 4, 2 * GAP, GAP + 4)
        self.column.setSpacing(GAP)
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP)
        if title:
            self._head.addWidget(say(title, bold=True), 1)
            self.column.addLayout(self._head)

    def offer(self, *buttons: QPushButton) -> None:
        """Put buttons beside the title."""
        for button in buttons:
            self._head.addWidget(button)


class WatchedRow(QWidget):
    """One service: its mark, its name, how it is."""

    def __init__(self) -> None:
        super().__init__()
        self.mark, self.name, self.word = MarkView(18), say(), say(role="muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.mark)
        line.addWidget(self.name, 1)
        self.word.setAlignment(
            Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        )
        line.addWidget(self.word)

    def show_watched(self, it: Watched) -> None:
        """Show another state."""
        self.mark.show_look(it.look, early=it.early)
        tell(self.name, it.name)
        tell(self.word, it.word)
