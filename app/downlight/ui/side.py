"""The left side of the window: search, list, and the way to add a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from downlight.core.speech import tr
from downlight.ui.hush_menu import fill
from downlight.ui.kit.fields import make_clearable
from downlight.ui.kit.labels import breakable, link, say
from downlight.ui.kit.theme import GAP
from downlight.ui.service_list import RowDelegate, ServiceList

if TYPE_CHECKING:
    from downlight.ui.views import Row

WIDTH: Final = 300
"""Wide enough for a name and its age, in device-independent pixels."""


class Side(QWidget):
    """Finds and chooses a service."""

    hush_wanted = Signal(object)
    """Begin or end a mute; carries a `Hush`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search   Ctrl+F"))
        make_clearable(self.search)
        self.search.setAccessibleName(tr("Search the watched services"))
        self.search.installEventFilter(self)
        self.model = ServiceList()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setAccessibleName(tr("Watched services, worst first"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.menu = QMenu(self.list)
        self.empty = say(role="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(2 * GAP)
        self.add = QPushButton(tr("Add a service …"))
        self.add.setAccessibleName(tr("Add a service"))
        self.settings = link(tr("Settings …"))
        self.settings.setToolTip("Ctrl+,")
        self.middle = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout()
        column.setContentsMargins(0, GAP + 4, 0, GAP + 4)
        column.setSpacing(GAP)
        self.middle.addWidget(self.list)
        self.middle.addWidget(self.empty)
        for widget, edge in (
            (self.search, GAP + 4),
            (self.middle, 0),
            (self.add, GAP + 4),
            (self.settings, GAP + 4),
        ):
            holder = QHBoxLayout()
            holder.setContentsMargins(edge, 0, edge, 0)
            holder.addWidget(widget)
            column.addLayout(holder, 1 if widget is self.middle else 0)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedWidth(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addLayout(column, 1)
        line.addWidget(rule)

    @property
    def chosen(self) -> str:
        """Slug of the chosen service; empty when none is."""
        number = self.list.currentIndex().row()
        return self.model.rows[number].slug if number >= 0 else ""

    @property
    def first(self) -> str:
        """Slug of the worst service; empty when there is none."""
        return self.model.rows[0].slug if self.model.rows else ""

    def choose(self, slug: str) -> None:
        """Choose a service, if it is there."""
        place = self.model.place(slug)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))

    def step(self, by: int) -> None:
        """Choose the next service (1) or the one before (-1)."""
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move through the list while one types a search."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self.step(step)
                return True
        return super().eventFilter(watched, event)

    def show_rows(self, rows: tuple[Row, ...], otherwise: str) -> None:
        """Show the list, something of it chosen; ``otherwise`` when it is empty."""
        chosen = self.chosen
        self.model.show_rows(rows)
        # Of the first rows that come none is chosen yet.
        if rows and (not self.chosen or self.chosen != chosen):
            self.choose(rows[0].slug)
        self.empty.setText(breakable(otherwise))
        self.middle.setCurrentWidget(self.list if rows else self.empty)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        # A key opens it for the service that is chosen, wherever the mouse is.
        found = self.list.indexAt(place)
        shown = found if found.isValid() else self.list.currentIndex()
        if shown.isValid():
            fill(self.menu, self.model.rows[shown.row()].hushes, self.hush_wanted)
            below = self.list.visualRect(shown).center()
            where = place if found.isValid() else below
            self.menu.popup(self.list.viewport().mapToGlobal(where))

    def focus_search(self) -> None:
        """Start a search."""
        self.search.setFocus()
        self.search.selectAll()
