"""Where this app looks: every source, how it is doing, the broken ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from downlight.core.places.countries import bare
from downlight.core.speech import tr, trn
from downlight.ui.kit.fields import make_clearable
from downlight.ui.kit.labels import MarkView, say, tell
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.bits import later, quiet_link
from downlight.ui.settings.field import Section
from downlight.ui.settings.source_rows import SourceRow, SourceRows, source_rows

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.news import Snapshot
    from downlight.ui.settings.field import Pen

SHOWN = 60
"""So many sources are shown at once; the search finds the others."""


class SourceView(QFrame):
    """One source."""

    opened = Signal(str)
    """Its page is to be opened."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("card")
        self.row = SourceRow("", "", "", Look.UNKNOWN, "", ())
        self.mark = MarkView(14)
        self.title, self.state = say(bold=True), say(role="muted")
        self.kind = say(role="tag")
        self.text = say(role="muted")
        self.page = quiet_link(tr("Its page"))
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.mark)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        head.addWidget(self.kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP + 2, 2 * GAP, GAP + 2)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.page)
        self.page.clicked.connect(lambda: self.opened.emit(self.row.link))

    def show_row(self, row: SourceRow) -> None:
        """Show a source; what has not changed is not touched."""
        if row == self.row:
            return
        self.row = row
        self.setAccessibleName(f"{row.title}: {row.state}")
        self.mark.show_look(row.look)
        self.mark.setAccessibleName(row.state)
        for label, words in (
            (self.title, row.title),
            (self.state, row.state),
            (self.kind, row.kind),
            (self.text, "\n".join(row.lines)),
        ):
            tell(label, words)
        self.page.setHidden(not row.link)
        self.page.setAccessibleName(tr("The page of {name}", name=row.title))
        self.page.setToolTip(row.link)


class Sources(Section):
    """All of them, with a search."""

    opened = Signal(str)
    """A page is to be opened."""

    def __init__(self, pen: Pen) -> None:
        """Build the page, empty.

        Args:
            pen: Not written with here.
        """
        super().__init__(tr("Where this app looks"), pen)
        self._all = SourceRows("")
        self.views: list[SourceView] = []
        self.said, self.more = later(), later("muted")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the sources"))
        self.search.setAccessibleName(tr("Search the sources"))
        make_clearable(self.search)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(GAP)
        holder = QWidget()
        holder.setLayout(self.rows)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.add(self.said, self.search, holder, self.more)
        self.search.textChanged.connect(self._show)

    def show_news(self, snapshot: Snapshot | None, now: datetime) -> None:
        """Show how the sources are doing at a moment."""
        made = source_rows(snapshot, now)
        if made != self._all:
            self._all = made
            self._show()

    def _show(self) -> None:
        words = bare(self.search.text())
        rows = [
            row
            for row in self._all.rows
            if not words or words in bare(" ".join((row.title, *row.lines)))
        ]
        shown = rows[:SHOWN]
        while len(self.views) < len(shown):
            view = SourceView()
            view.opened.connect(self.opened)
            self.views.append(view)
            self.rows.addWidget(view)
        for number, view in enumerate(self.views):
            view.setHidden(number >= len(shown))
            if number < len(shown):
                view.show_row(shown[number])
        tell(self.said, self._all.said)
        self.search.setHidden(not self._all.rows)
        more = len(rows) - len(shown)
        none = tr("No source matches.") if words and not rows else ""
        if more:
            none = trn("{n} more; search for one.", "{n} more; search for one.", more)
        tell(self.more, none)
