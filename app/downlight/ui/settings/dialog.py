"""The settings: sections at the left, and what is chosen holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from downlight.core.speech import tr
from downlight.ui.kit.labels import tell
from downlight.ui.kit.theme import GAP, present
from downlight.ui.settings.bits import button, later
from downlight.ui.settings.field import Pen
from downlight.ui.settings.general import General
from downlight.ui.settings.hooks import Hooks
from downlight.ui.settings.keys import Keys
from downlight.ui.settings.look import settings_sheet
from downlight.ui.settings.notify import Notify
from downlight.ui.settings.quiet import Quiet
from downlight.ui.settings.sources import Sources
from downlight.ui.settings.words import FROZEN, SECTIONS

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from downlight.core.news import Snapshot
    from downlight.core.ports import Clock
    from downlight.core.wishes import Wishes
    from downlight.ui.kit.theme import Theme
    from downlight.ui.settings.field import Section

_SIDE: Final = 22 * GAP
"""Width of the list of the sections."""


class SettingsDialog(QDialog):
    """Every setting; nothing waits for an "OK", and all is undone by changing back."""

    opened = Signal(str)
    """A page is to be opened in a browser."""
    pick_wanted = Signal()
    """The services that are watched are to be chosen."""
    changed = Signal()
    """Something was chosen; it holds already."""

    def __init__(
        self, wishes: Wishes, clock: Clock, parent: QWidget | None = None
    ) -> None:
        """Build it, hidden.

        Args:
            wishes: Who keeps what is chosen.
            clock: The present moment, for ages.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Settings · Downlight"))
        self.setMinimumSize(720, 520)
        self.resize(820, 620)
        self._clock = clock
        self._theme: Theme | None = None
        self._snapshot: Snapshot | None = None
        self._pen = pen = Pen(wishes, self)
        self.general, self.notify = General(pen), Notify(pen)
        self.quiet = Quiet(pen, lambda: clock().astimezone())
        self.hooks, self.sources, self.keys = Hooks(pen), Sources(pen), Keys(pen)
        sections = (
            self.general,
            self.notify,
            self.quiet,
            self.hooks,
            self.sources,
            self.keys,
        )
        keys = (key for key, _ in SECTIONS)
        self.sections: dict[str, Section] = dict(zip(keys, sections, strict=True))
        self.list, self.stack = QListWidget(), QStackedWidget()
        self.frozen, self.close_it = later("muted"), button(tr("&Close"))
        self._lay_out()
        pen.changed.connect(self._tell)
        pen.refused.connect(self._refill)
        self.general.pick_wanted.connect(self.pick_wanted)
        self.sources.opened.connect(self.opened)
        self.list.currentRowChanged.connect(self._turn)
        self.close_it.clicked.connect(self.close)
        for combination, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(combination), self)
            shortcut.activated.connect(lambda by=by: self._step(by))
        self.list.setCurrentRow(0)
        self._recolour()

    def _lay_out(self) -> None:
        self.list.setObjectName("sections")
        self.list.setAccessibleName(tr("Sections of the settings"))
        metrics = self.list.fontMetrics()
        titles = [tr(title) for _, title in SECTIONS]
        room = max(map(metrics.horizontalAdvance, titles))
        self.list.setFixedWidth(max(_SIDE, room + 5 * GAP))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for title in titles:
            self.list.addItem(title)
            item = self.list.item(self.list.count() - 1)
            height = metrics.height() + 2 * GAP
            item.setSizeHint(QSize(_SIDE - 2 * GAP, height))
        for section in self.sections.values():
            self.stack.addWidget(section)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        foot.setSpacing(2 * GAP)
        foot.addWidget(self.frozen, 1)
        foot.addStretch()
        foot.addWidget(self.close_it)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(rule)
        right.addLayout(foot)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.list)
        line.addLayout(right, 1)

    def open_on(self, key: str = "") -> None:
        """Come to the front.

        Args:
            key: Of a section; empty: the one that was looked at last.
        """
        if key:
            self.list.setCurrentRow([name for name, _ in SECTIONS].index(key))
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_news(self, snapshot: Snapshot | None) -> None:
        """Show how the sources are doing, and which services there are."""
        self._snapshot = snapshot
        if self.isVisible():
            self._show_news()

    def tick(self) -> None:
        """Write ages anew."""
        if self.isVisible():
            self._show_news()

    def _show_news(self) -> None:
        snapshot = self._snapshot
        replay = snapshot is not None and bool(snapshot.replay)
        now = snapshot.at if snapshot is not None and replay else self._clock()
        views = snapshot.services if snapshot is not None else ()
        self.notify.show_services({v.service.slug: v.service.name for v in views})
        if self.stack.currentWidget() is self.sources:
            self.sources.show_news(snapshot, now)
        tell(self.frozen, tr(FROZEN) if replay else "")
        for key, section in self.sections.items():
            section.inside.setEnabled(not replay or key == "sources")

    def showEvent(self, event: QShowEvent) -> None:
        """Show what holds now: it may have been changed elsewhere."""
        super().showEvent(event)
        self._pen.open = True
        self._refill()
        self._show_news()
        self._look()

    def done(self, result: int) -> None:
        """Close; what is told later has nobody to hear it."""
        self._pen.open = False
        super().done(result)

    def event(self, event: QEvent) -> bool:
        """Follow the system from light to dark and back."""
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._recolour()
        return super().event(event)

    def _recolour(self) -> None:
        theme = present()
        if theme != self._theme:
            self._theme = theme
            self.setStyleSheet(settings_sheet(theme))

    def _refill(self) -> None:
        for section in self.sections.values():
            section.refill()

    @Slot()
    def _tell(self) -> None:
        self._refill()
        self.changed.emit()

    def _step(self, by: int) -> None:
        self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())

    @Slot(int)
    def _turn(self, row: int) -> None:
        key = SECTIONS[row][0]
        self.stack.setCurrentWidget(self.sections[key])
        self.sections[key].refill()
        if self.isVisible():
            self._show_news()
            self._look()

    def _look(self) -> None:
        """Ask the keyring when the keys are looked at, and not before."""
        if self.stack.currentWidget() is self.keys:
            self.keys.look()
