"""The eight marks as paths: told apart by shape alone, sharp at 16 pixels.

Drawn before the icon is up, so nothing here asks for the namespace ``Qt``: its
hundred enumerations cost 30 ms and 1 MB (`decisions/0005`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPixmap,
)

from downlight.ui.kit import signs
from downlight.ui.kit.colours import DARK_MARKS, LIGHT_MARKS
from downlight.ui.kit.look import Look
from downlight.ui.kit.padlock import hollow_padlock, padlock
from downlight.ui.kit.strokes import circle, disc, margin, polygon, rim, ring_width

if TYPE_CHECKING:
    from collections.abc import Callable


SMALLEST: Final = 16
"""Edge length, in pixels, below which a line may be thinner than two."""


def paint(
    painter: QPainter,
    look: Look,
    size: int,
    *,
    dark: bool,
    replay: bool = False,
    early: bool = False,
    muted: bool = False,
) -> None:
    """Draw a mark from (0, 0) to (``size``, ``size``), in whole pixels.

    Args:
        painter: One pixel of it must be one pixel of the device.
        look: Which mark.
        size: Edge length in pixels.
        dark: For a dark background: brighter, with an edge that still shows when
            the guess was wrong.
        replay: Whether to add the sign that this is a replay.
        early: Whether to draw the ring of possible trouble around it.
        muted: Whether to draw only its outline.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inks = DARK_MARKS if dark else LIGHT_MARKS
    width = _halo_width(size) if early else 0
    inner = size - 2 * width
    shape = shape_of(look, inner, muted=muted)
    border = border_of(look, inner)
    # An outline is not to be nearly all edge.
    edge = max(1.0, size / (22 if muted else 16))
    layers = [
        (look, shape.translated(width, width), border.translated(width, width), edge)
    ]
    if early:
        # Nearly all of so thin a ring is edge, or it would not show on the other panel.
        layers.append(
            (Look.DEGRADED, _halo(size), circle(size, 0), max(2.0, 0.65 * width))
        )
    sign, room = _replay_sign(size) if replay else (QPainterPath(), QPainterPath())
    painter.fillPath(sign, _ink(inks[look]))
    for name, whole, outline, wide in layers:
        part = whole.subtracted(room)
        painter.fillPath(part, _ink(inks[name]))
        if dark:
            band = rim(outline.subtracted(room), wide).intersected(part)
            painter.fillPath(band, _ink(LIGHT_MARKS[name]))


def _ink(colour: str) -> QBrush:
    # Not QBrush(QColor): choosing between its forms asks for ``Qt``.
    dot = QPixmap(1, 1)
    dot.fill(QColor(colour))
    return QBrush(dot)


def shape_of(look: Look, size: int, *, muted: bool = False) -> QPainterPath:
    """Return the mark's path with its holes cut out, in pixels.

    Muted it is an outline, and what was a hole is drawn: so no two look alike.
    """
    whole = _SHAPES[look](size)
    if not muted:
        return whole
    if look in _GAPS:
        return whole.subtracted(_GAPS[look](size))
    if look is Look.BLOCKED:  # there is little room in it
        outline = hollow_padlock(size, margin(size), max(1.5, round(size / 10)))
    else:
        outline = rim(border_of(look, size), _outline_width(size))
    return outline.united(_SIGNS[look](size))


def border_of(look: Look, size: int) -> QPainterPath:
    """Return the outer shape of the mark without its holes."""
    match look:
        case Look.DEGRADED:
            return _triangle(size)
        case Look.PARTIAL:
            return _diamond_shape(size, 0)
        case Look.MAJOR:
            return _square_shape(size)
        case Look.BLOCKED:
            return padlock(size, margin(size))
        case _:
            return disc(size, 0)


def _outline_width(size: int) -> float:
    return size / 8 if size < SMALLEST else round(size / 8)


def _halo_width(size: int) -> int:
    return max(2, round(size / 8))


def _halo(size: int) -> QPainterPath:
    """Return the ring of possible trouble; the mark's own margin is the gap in it."""
    return circle(size, 0).subtracted(circle(size, _halo_width(size)))


def _ring(size: int) -> QPainterPath:
    return disc(size, 0).subtracted(disc(size, ring_width(size)))


def _barred_disc(size: int) -> QPainterPath:
    return disc(size, 0).subtracted(signs.crossbar(size))


def _triangle(size: int) -> QPainterPath:
    m = margin(size)
    bottom = size - m - max(0, m - 1)
    return polygon((size / 2, m), (size - m / 2, bottom), (m / 2, bottom))


def _diamond_shape(size: int, inset: float) -> QPainterPath:
    half, tip = size / 2, inset
    return polygon((half, tip), (size - tip, half), (half, size - tip), (tip, half))


def _half_diamond(size: int) -> QPainterPath:
    hollow = _diamond_shape(size, 1.42 * ring_width(size))
    right = QPainterPath()
    right.addRect(QRectF(size / 2, 0, size / 2, size))
    return _diamond_shape(size, 0).subtracted(hollow.intersected(right))


def _square_shape(size: int) -> QPainterPath:
    m = margin(size)
    path = QPainterPath()
    path.addRoundedRect(QRectF(m, m, size - 2 * m, size - 2 * m), 1.5 * m, 1.5 * m)
    return path


def _square(size: int) -> QPainterPath:
    return _square_shape(size).subtracted(signs.call(size))


def _lock(size: int) -> QPainterPath:
    return padlock(size, margin(size)).subtracted(signs.keyhole(size))


def _slashed_ring(size: int) -> QPainterPath:
    width = ring_width(size)
    low = margin(size) + width * 0.3
    band = _slash(low, size - low, width)
    room = _slash(low, size - low, width + 2 * max(1.0, size / 18))
    return _ring(size).subtracted(room).united(band)


def _slash(low: float, high: float, width: float) -> QPainterPath:
    """Return a line from bottom left to top right with round ends."""
    half = width / 2
    aside = half / 2**0.5
    path = polygon(
        (low - aside, high - aside),
        (high - aside, low - aside),
        (high + aside, low + aside),
        (low + aside, high + aside),
    )
    for end in (QPointF(low, high), QPointF(high, low)):
        cap = QPainterPath()
        cap.addEllipse(end, half, half)
        path = path.united(cap)
    return path


def _replay_sign(size: int) -> tuple[QPainterPath, QPainterPath]:
    edge, gap = round(size * 0.34), margin(size)
    left = top = size - edge
    room = QPainterPath()
    room.addRect(QRectF(left - gap, top - gap, edge + gap, edge + gap))
    return polygon((left, top), (size, top + edge / 2), (left, size)), room


_SHAPES: dict[Look, Callable[[int], QPainterPath]] = {
    Look.UNKNOWN: _ring,
    Look.OPERATIONAL: lambda size: disc(size, 0),
    Look.MAINTENANCE: _barred_disc,
    Look.DEGRADED: _triangle,
    Look.PARTIAL: _half_diamond,
    Look.MAJOR: _square,
    Look.BLOCKED: _lock,
    Look.OFFLINE: _slashed_ring,
}
_SIGNS: dict[Look, Callable[[int], QPainterPath]] = {
    Look.OPERATIONAL: signs.dot,
    Look.MAINTENANCE: signs.crossbar,
    Look.DEGRADED: lambda _size: QPainterPath(),
    Look.PARTIAL: signs.halving,
    Look.MAJOR: signs.call,
    Look.BLOCKED: signs.keyhole,
}
"""What stands inside an outline."""

_GAPS: dict[Look, Callable[[int], QPainterPath]] = {
    Look.UNKNOWN: signs.gaps,
    Look.OFFLINE: signs.slanted_gaps,
}
"""What breaks the line of those that are an outline at any time."""
