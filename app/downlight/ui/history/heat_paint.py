"""How a day of the calendar is drawn: each state has a shape of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from downlight.core.speech import tr
from downlight.ui.history.days import LEGEND, Heat
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import say
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QPaintEvent

    from downlight.ui.kit.theme import Theme

PATCH: Final = 16
"""How large a day is in the legend, in device-independent pixels."""
_LINE: Final = 1.3
_FILLED: Final = {
    Heat.SHORT: (Look.DEGRADED, 0.5),
    Heat.MIDDLE: (Look.PARTIAL, 0.66),
    Heat.LONG: (Look.MAJOR, 0.82),
    Heat.LONGEST: (Look.MAJOR, 1.0),
}
"""Squares that grow with the time it was down, and how much of a day they fill."""


def draw(painter: QPainter, area: QRectF, heat: Heat, theme: Theme) -> None:
    """Draw a day into a square: not known is a stroke, well a dot, down a square."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = area.center()
    if heat in _FILLED:
        look, share = _FILLED[heat]
        painter.setBrush(theme.mark(look))
        painter.drawRoundedRect(_shrunk(area, share), 1.5, 1.5)
    elif heat is Heat.UNSEEN:
        painter.setPen(QPen(QColor(theme.muted), 1))
        part = _shrunk(area, 0.42)
        painter.drawLine(part.bottomLeft(), part.topRight())
    elif heat is Heat.FINE:
        painter.setBrush(theme.mark(Look.OPERATIONAL))
        painter.drawEllipse(_shrunk(area, 0.5))
    elif heat is Heat.PART:
        painter.setPen(QPen(theme.mark(Look.OPERATIONAL), _LINE))
        painter.drawEllipse(_shrunk(area, 0.46))
    elif heat is Heat.UNTIMED:
        painter.setPen(QPen(theme.mark(Look.MAJOR), _LINE))
        painter.drawRect(_shrunk(area, 0.66))
    elif heat is Heat.OTHER:
        painter.setPen(QPen(QColor(theme.muted), 1))
        reach = area.width() * 0.3
        corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        painter.drawPolygon(QPolygonF([middle + QPointF(*it) for it in corners]))


def _shrunk(area: QRectF, share: float) -> QRectF:
    side = area.width() * share
    found = QRectF(0, 0, side, side)
    found.moveCenter(area.center())
    return found


class Patch(QWidget):
    """One day, as it is drawn."""

    def __init__(self, heat: Heat) -> None:
        super().__init__()
        self._heat = heat
        self.setFixedSize(PATCH, PATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        draw(painter, area, self._heat, present())
        painter.end()


class HeatLegend(QWidget):
    """One day and its meaning for each state that is in the calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = Flow(self, gap=GAP + 4)
        self._items = {heat: _item(heat) for heat in LEGEND}
        for item in self._items.values():
            flow.addWidget(item)

    def show_heats(self, heats: Collection[Heat]) -> None:
        """Explain these."""
        for heat, item in self._items.items():
            if item.isHidden() == (heat in heats):
                item.setHidden(heat not in heats)

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        shown = (item for item in self._items.values() if not item.isHidden())
        return tuple(item.accessibleName() for item in shown)


def _item(heat: Heat) -> QWidget:
    made = QWidget()
    made.setAccessibleName(tr(LEGEND[heat]))
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP - 3)
    line.addWidget(Patch(heat))
    label = say(tr(LEGEND[heat]), role="muted")
    label.setWordWrap(False)
    line.addWidget(label)
    return made
