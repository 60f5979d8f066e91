"""One entry of a card: mark, title, word, aside, text, link, and what unfolds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from downlight.core.speech import tr
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import MarkView, link, say, set_font, tell
from downlight.ui.kit.notes_view import NotesView
from downlight.ui.kit.theme import GAP, SMALL, present
from downlight.ui.views import Line

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QPaintEvent

MARK: Final = 16
"""Edge of the mark in device-independent pixels."""
AIR: Final = 5
"""Room above and below a line, in device-independent pixels."""

MORE: Final = (26, 18)
"""Size of the button that unfolds, in device-independent pixels."""
DOT: Final = 3.5
"""Radius of the dot of a step, in device-independent pixels."""
LARGE: Final = 10
"""Wider letters leave no room beside a title, in device-independent pixels."""
FRESH_DOT: Final = 5.0
"""The same of what came since the person looked last."""


def turn(said: QBoxLayout, metrics: QFontMetrics) -> None:
    """Lay what stands beside a title below it where letters are large."""
    ways = QBoxLayout.Direction
    large = metrics.averageCharWidth() > LARGE
    said.setDirection(ways.TopToBottom if large else ways.LeftToRight)


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
        # Most lines have one or two of these; each is made for the first that has it.
        self._word: QLabel | None = None
        self._aside: QLabel | None = None
        self._tags: QLabel | None = None
        self._text: QLabel | None = None
        self.link: QPushButton | None = None
        """Leads elsewhere; made when it is first wanted."""
        self.more: QToolButton | None = None
        """Unfolds; made for the first line that has something to unfold."""
        self.notes: NotesView | None = None
        """What unfolds; made when it is first wanted."""
        self._lay_out()

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._title, 1)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, AIR, 0, AIR)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(top, 0, 1)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Put word and aside below the title where letters are large."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def _turn(self) -> None:
        turn(self._top, self.fontMetrics())
        for label in filter(None, (self._word, self._aside)):
            self._top.setAlignment(label, self._beside)

    @property
    def _beside(self) -> Qt.AlignmentFlag:
        """Where word and aside stand, as the title runs."""
        if self._top.direction() == QBoxLayout.Direction.LeftToRight:
            return Qt.AlignmentFlag.AlignTop
        return Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading

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
        self._show_beside(line.word, line.aside)
        self._show_text(line.text)
        self._show_tags(", ".join(line.tags))
        if old.title != line.title or not line.notes:
            self.fold()
        self._show_notes()
        if old.kind != line.kind:
            self._set_kind()
        self.recolour()

    def _show_beside(self, word: str, aside: str) -> None:
        if self._word is None and word:
            self._word = _short(say(scale=SMALL))
            self._top.insertWidget(1, self._word, 0, self._beside)
        if self._aside is None and aside:
            self._aside = _short(say(role="muted"))
            self._top.addWidget(self._aside, 0, self._beside)
        if self._word is not None:
            tell(self._word, word)
        if self._aside is not None:
            tell(self._aside, aside)

    def _show_text(self, text: str) -> None:
        if self._text is None and text:
            self._text = say(role="muted", scale=0.96)
            self._grid.addWidget(self._text, 1, 1)
        if self._text is not None:
            tell(self._text, text)

    def _show_tags(self, tags: str) -> None:
        if self._tags is None and tags:
            self._tags = say(role="tag", scale=0.82)
            self._tags.setWordWrap(False)
            # Beside the title, or below it where there is no room.
            flow = Flow(gap=GAP)
            self._top.removeWidget(self._title)
            flow.addWidget(self._title)
            flow.addWidget(self._tags)
            self._top.insertLayout(0, flow, 1)
        if self._tags is not None:
            tell(self._tags, tags)

    def fold(self) -> None:
        """Hide again what was behind the click."""
        if self.more is not None:
            self.more.setChecked(False)

    @Slot()
    def _show_notes(self) -> None:
        line = self._line
        if self.more is None and line.notes:
            self.more = self._make_more()
        wide = self.more is not None and self.more.isChecked()
        if self.more is not None:
            down, right = Qt.ArrowType.DownArrow, Qt.ArrowType.RightArrow
            self.more.setArrowType(down if wide else right)
            said = (
                tr("Less about {title}", title=line.title)
                if wide
                else tr("More about {title}", title=line.title)
            )
            self.more.setAccessibleName(said)
            self.more.setToolTip(said)
            self.more.setHidden(not line.notes)
        if self.notes is None and wide:
            self.notes = NotesView(self)
            self._grid.addWidget(self.notes, 2, 1, 1, 2)
        if self.notes is not None:
            self.notes.show_notes(line.notes)
            self.notes.setHidden(not wide)
        self._show_link(wanted=bool(line.link) and (wide or not line.notes))

    def _show_link(self, *, wanted: bool) -> None:
        if self.link is None and wanted:
            self.link = link("")
            self.link.clicked.connect(self._open)
            self._grid.addWidget(self.link, 3, 1)
            if self.more is not None:  # else Tab would come to it last of all
                self.setTabOrder(self.more, self.link)
        if self.link is not None:
            text = tr(self._line.link_text)
            self.link.setText(f"{text} ↗".replace("&", "&&"))
            self.link.setAccessibleName(f"{text}: {self._line.title}")
            self.link.setHidden(not wanted)

    def _make_more(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.toggled.connect(self._show_notes)
        button.setFixedSize(*MORE)
        self._grid.addWidget(button, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        return button

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        if self._word is not None and self._line.look is not None:
            theme = present()
            palette = self._word.palette()
            palette.setColor(QPalette.ColorRole.WindowText, theme.word(self._line.look))
            self._word.setPalette(palette)
        elif self._word is not None:
            self._word.setPalette(QPalette())
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
        fresh = self._line.fresh
        painter.setBrush(QColor(theme.accent if fresh else theme.muted))
        size = FRESH_DOT if fresh else DOT
        painter.drawEllipse(QPointF(x, y), size, size)
        painter.end()

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._line.link)


def _short(label: QLabel) -> QLabel:
    """Return a label that stands beside a title, on one line."""
    label.setWordWrap(False)
    label.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    label.setContentsMargins(0, 1, 0, 0)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label
