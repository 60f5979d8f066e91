"""One entry of a card: mark, title, word, aside, text and link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from downlight.ui.labels import MarkView, link, say, set_font, tell
from downlight.ui.theme import GAP, SMALL, present
from downlight.ui.views import Line

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

MARK: Final = 16
"""Edge of the mark in device-independent pixels."""
AIR: Final = 5
"""Room above and below a line, in device-independent pixels."""


class LineView(QWidget):
    """Shows a `Line`; shows another one later without being made anew."""

    opened = Signal(str)
    """The link was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = Line("")
        self._ties = (False, False)
        self._mark = MarkView(MARK)
        self._title = say()
        self._word, self._aside = say(scale=SMALL), say(role="muted")
        for label in (self._word, self._aside):
            label.setWordWrap(False)
            label.setAlignment(Qt.AlignmentFlag.AlignTrailing)
            label.setContentsMargins(0, 1, 0, 0)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tags = say(role="tag", scale=0.82)
        self._text = say(role="muted", scale=0.96)
        self._link = link("")
        self._link.clicked.connect(self._open)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._title)
        top.addWidget(self._tags, 0, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        top.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, AIR, 0, AIR)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(top, 0, 1)
        grid.addWidget(self._text, 1, 1)
        grid.addWidget(self._link, 2, 1)

    @property
    def line(self) -> Line:
        """What is shown."""
        return self._line

    def show_line(
        self, line: Line, *, above: bool = False, below: bool = False
    ) -> None:
        """Show another line; what is the same is not touched.

        Args:
            line: What to show.
            above: Whether the line before belongs to the same story.
            below: Whether the line after does.
        """
        if (above, below) != self._ties:
            self._ties = (above, below)
            self.update()
        if line == self._line:
            return
        old, self._line = self._line, line
        self._mark.show_look(line.look)
        has_room = line.look or line.indented or line.kind == "update"
        self._mark.setHidden(not has_room)
        tell(self._title, line.title)
        tell(self._word, line.word)
        tell(self._aside, line.aside)
        tell(self._text, line.text)
        tell(self._tags, ", ".join(line.tags))
        self._link.setText(f"{line.link_text} ↗")
        self._link.setAccessibleName(f"{line.link_text}: {line.title}")
        self._link.setHidden(not line.link)
        if old.kind != line.kind:
            self._set_kind()
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        if self._line.look is not None:
            theme = present()
            palette = self._word.palette()
            palette.setColor(QPalette.ColorRole.WindowText, theme.word(self._line.look))
            self._word.setPalette(palette)
        self.update()

    def _set_kind(self) -> None:
        kind = self._line.kind
        self._title.setFont(self.font())
        set_font(self._title, 1.0, bold=kind in {"head", "update"})
        muted = kind == "group"
        self._title.setProperty("role", "muted" if muted else "text")
        self._title.style().polish(self._title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thread that ties the steps of a story together."""
        if self._line.kind != "update":
            return
        theme = present()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self._mark.geometry().center().x() + 0.5
        y = AIR + self._title.fontMetrics().height() / 2
        painter.setPen(QPen(QColor(theme.edge), 2))
        top, bottom = 0.0 if self._ties[0] else y, y
        if self._ties[1]:
            bottom = float(self.height())
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muted))
        painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
        painter.end()

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._line.link)
