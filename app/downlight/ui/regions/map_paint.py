"""How countries are filled: each state has a colour and a pattern of its own.

No seven colours keep 3:1 from each other. So a pattern keeps it from its ground, the
lines between countries keep it from what they part, and no two states share a pattern.
A place that is not the whole of a country has its pattern on the ground of land.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import mix
from downlight.ui.regions.regions import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.ui.kit.theme import Theme

TILE: Final = 8
"""Edge of the piece a pattern repeats, in device-independent pixels."""

_SHARP: Final = TILE / 2 - 0.5
"""Where a line along the pixels is not blurred."""

LOOKS: Final = {
    State.DOWN: Look.MAJOR,
    State.TROUBLED: Look.DEGRADED,
    State.BLOCKED: Look.BLOCKED,
    State.FAILING: Look.UNKNOWN,
    State.FEW: Look.UNKNOWN,
    State.FINE: Look.OPERATIONAL,
}
"""Whose colour a state has."""
ON_LAND: Final = frozenset({State.FAILING, State.FEW})
"""States whose ground is that of land: little is known there."""


def sea(theme: Theme) -> QColor:
    """Return the colour between the countries, and of the lines that part them."""
    return QColor(theme.card)


def land(theme: Theme) -> QColor:
    """Return the colour of countries of which nothing is known."""
    share = 0.13 if theme.dark else 0.08
    return QColor(mix(QColor(theme.card), QColor(theme.text), share).name())


def colours(theme: Theme, state: State, *, whole: bool = True) -> tuple[QColor, QColor]:
    """Return the ground of a state, and the colour of the pattern on it.

    Args:
        theme: Light or dark.
        state: What is known of a country.
        whole: Whether of the country, and not of a place in it.
    """
    if state is State.UNKNOWN:
        return land(theme), land(theme)
    if state in ON_LAND or not whole:
        return land(theme), theme.word(LOOKS[state])
    return theme.mark(LOOKS[state]), sea(theme)


def fill(theme: Theme, state: State, ratio: float, *, whole: bool = True) -> QBrush:
    """Return what a country is filled with.

    Args:
        theme: Light or dark.
        state: What is known of it.
        ratio: Device pixels per device-independent pixel.
        whole: Whether it is known of the country, and not of a place in it.
    """
    ground, ink = colours(theme, state, whole=whole)
    draw = PATTERNS.get(state) if whole else PATTERNS.get(state, _pillars)
    if draw is None:
        return QBrush(ground)
    edge = max(round(TILE * ratio), TILE)
    tile = QImage(edge, edge, QImage.Format.Format_RGB32)
    tile.fill(ground)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(edge / TILE, edge / TILE)
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(ink)
    draw(painter)
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(TILE / edge, TILE / edge))
    return brush


def _line(painter: QPainter, x1: float, y1: float, x2: float, y2: float) -> None:
    painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _slashes(painter: QPainter) -> None:
    # Beyond the corners, too, or the line would have gaps where pieces meet.
    for shift in (-TILE, 0, TILE):
        _line(painter, shift - 1, TILE + 1, shift + TILE + 1, -1)


def _backslashes(painter: QPainter) -> None:
    for shift in (-TILE, 0, TILE):
        _line(painter, shift - 1, -1, shift + TILE + 1, TILE + 1)


def _crosses(painter: QPainter) -> None:
    _slashes(painter)
    _backslashes(painter)


def _bars(painter: QPainter) -> None:
    _line(painter, 0, _SHARP, TILE, _SHARP)


def _pillars(painter: QPainter) -> None:
    _line(painter, _SHARP, 0, _SHARP, TILE)


def _dots(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in ((2, 2), (6, 6)):
        painter.drawEllipse(QPointF(x, y), 1.1, 1.1)


PATTERNS: Final[dict[State, Callable[[QPainter], None]]] = {
    State.DOWN: _crosses,
    State.TROUBLED: _bars,
    State.BLOCKED: _slashes,
    State.FAILING: _backslashes,
    State.FEW: _dots,
}
"""What is drawn on the ground of each state; those that are not here are plain."""
