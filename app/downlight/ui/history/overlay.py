"""Two outages laid over each other, both from their beginning on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from downlight.core.saying.words import age
from downlight.core.speech import mark, tr
from downlight.ui.history.bars import paint
from downlight.ui.history.tracks import Part
from downlight.ui.kit.labels import set_font
from downlight.ui.kit.theme import GAP, SMALL, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from downlight.ui.history.tracks import Track
    from downlight.ui.kit.theme import Theme

NAME: Final = mark("Outages laid over each other, from the beginning of each")
THICK: Final = 14
_START: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_END: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_STEPS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
)
_WIDEST: Final = timedelta(hours=10, minutes=30)
"""What takes the most room below the bars."""
_TICKS: Final = 6
"""At most so many marks of time."""


class Overlay(QWidget):
    """Shows up to two of `Track`; the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracks: Sequence[Track] = ()
        set_font(self, SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(NAME))

    def show_tracks(self, tracks: Sequence[Track]) -> None:
        """Show these, from the top down."""
        if tracks != self._tracks:
            self._tracks = tracks
            self.setAccessibleDescription(" ".join(it.words for it in tracks))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for names, bars and the time below."""
        return QSize(60 * GAP, len(self._tracks) * self._row() + self._line() + 8)

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(24 * GAP, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the time, then the outages."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = present()
        longest = max((it.length for it in self._tracks), default=timedelta())
        longest = max(longest, timedelta(minutes=1))
        self._scale(painter, theme, longest)
        for number, track in enumerate(self._tracks):
            self._draw(painter, theme, number, track, longest)
        painter.end()

    def _scale(self, painter: QPainter, theme: Theme, longest: timedelta) -> None:
        bottom = len(self._tracks) * self._row()
        line = self._line()
        wide = self.fontMetrics().horizontalAdvance(age(_WIDEST)) + 8
        # The last one is moved inwards, so that two need more than their own width.
        most = max(1, min(_TICKS, int(self.width() / (1.5 * wide))))
        step = next((it for it in _STEPS if longest / it <= most), longest)
        for number in range(int(longest / step) + 1):
            x = self._x(number * step, longest)
            painter.setPen(QPen(QColor(theme.edge), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom + 3))
            painter.setPen(QColor(theme.muted))
            area = QRectF(x - wide / 2, bottom + 4, wide, line)
            words, side = age(number * step) if number else tr("begin"), _MIDDLE
            if area.left() < 0:
                area.moveLeft(0)
                side = _START
            if area.right() > self.width():
                area.moveRight(self.width())
                side = _END
            painter.drawText(area, side, words)

    def _draw(
        self,
        painter: QPainter,
        theme: Theme,
        number: int,
        track: Track,
        longest: timedelta,
    ) -> None:
        top, line = number * self._row(), self._line()
        painter.setPen(QColor(theme.text))
        name = self.fontMetrics().elidedText(
            track.name, Qt.TextElideMode.ElideRight, self.width()
        )
        # What lies behind the name must not run through it.
        wide = self.fontMetrics().horizontalAdvance(name) + 4
        painter.fillRect(QRectF(0, top, wide, line), QColor(theme.card))
        painter.drawText(QRectF(0, top, self.width(), line), _START, name)
        y = top + line + 3
        for begin, end, part in track.parts:
            left, right = self._x(begin, longest), self._x(end, longest)
            shape = QRectF(left, y, max(right - left, 2), THICK)
            if part is Part.OPEN:
                pen = QPen(QColor(theme.muted), 1.4, Qt.PenStyle.DotLine)
                painter.setPen(pen)
                middle = y + THICK / 2
                painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            elif part is Part.PLAIN:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.muted))
                painter.drawRect(shape)
            else:
                paint(painter, shape, theme, hatched=part is Part.UNHEARD)
        painter.setPen(QPen(QColor(theme.text), 1.4))
        for at in track.messages:
            x = self._x(at, longest)
            painter.drawLine(QPointF(x, y - 2), QPointF(x, y + THICK + 2))

    def _x(self, at: timedelta, longest: timedelta) -> float:
        return 1 + (self.width() - 3) * (at / longest)

    def _row(self) -> int:
        return self._line() + THICK + 2 * GAP

    def _line(self) -> int:
        return self.fontMetrics().height()
