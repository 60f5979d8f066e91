"""The eight marks as paths: told apart by shape alone, sharp at 16 pixels.

Drawn before the icon is up, so nothing here asks for the namespace ``Qt``: its
hundred enumerations cost 30 ms and 1 MB (`decisions/0005`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPixmap,
    QPolygonF,
)

from downlight.ui.colours import DARK_MARKS, LIGHT_MARKS
from downlight.ui.look import Look
from downlight.ui.padlock import padlock

if TYPE_CHECKING:
    from collections.abc import Callable


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
    edge = max(1.0, size / 16)
    layers = [
        (look, shape.translated(width, width), border.translated(width, width), edge)
    ]
    if early:
        # Nearly all of so thin a ring is edge, or it would not show on the other panel.
        layers.append(
            (Look.DEGRADED, _halo(size), _circle(size, 0), max(2.0, 0.65 * width))
        )
    sign, room = _replay_sign(size) if replay else (QPainterPath(), QPainterPath())
    painter.fillPath(sign, _ink(inks[look]))
    for name, whole, outline, rim in layers:
        part = whole.subtracted(room)
        painter.fillPath(part, _ink(inks[name]))
        if dark:
            band = _rim(outline.subtracted(room), rim).intersected(part)
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
    outline = _rim(border_of(look, size), _outline_width(size))
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
            return padlock(size, _margin(size))
        case _:
            return _disc(size, 0)


def _margin(size: int) -> int:
    return max(1, round(size / 16))


def _bar(size: int) -> int:
    # As even as the size is, so that a bar in the middle falls on whole pixels.
    bar = max(2, 2 * round(size / 16))
    return bar if size % 2 == 0 else bar + 1


def _ring_width(size: int) -> int:
    return max(2, round(size / 7))


def _outline_width(size: int) -> float:
    return max(1.5, size // 8)


def _gaps(size: int) -> QPainterPath:
    """Return what breaks a ring in four places."""
    width, upright, across = _bar(size), QPainterPath(), QPainterPath()
    upright.addRect(QRectF((size - width) / 2, 0, width, size))
    across.addRect(QRectF(0, (size - width) / 2, size, width))
    return upright.united(across).subtracted(_disc(size, _ring_width(size) + 0.5))


def _slanted_gaps(size: int) -> QPainterPath:
    """Return what breaks a ring in the middle of what a slash leaves of it."""
    aside = _bar(size)
    near, far = size - aside, size + aside
    band = _polygon((-aside, aside), (aside, -aside), (far, near), (near, far))
    return band.subtracted(_disc(size, _ring_width(size) + 0.5))


def _halo_width(size: int) -> int:
    return max(2, round(size / 8))


def _halo(size: int) -> QPainterPath:
    """Return the ring of possible trouble; the mark's own margin is the gap in it."""
    return _circle(size, 0).subtracted(_circle(size, _halo_width(size)))


def _circle(size: int, inset: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    return path


def _disc(size: int, inset: float) -> QPainterPath:
    return _circle(size, inset + _margin(size))


def _ring(size: int) -> QPainterPath:
    return _disc(size, 0).subtracted(_disc(size, _ring_width(size)))


def _barred_disc(size: int) -> QPainterPath:
    return _disc(size, 0).subtracted(_crossbar(size))


def _crossbar(size: int) -> QPainterPath:
    bar, inset = _bar(size), round(size / 4)
    path = QPainterPath()
    path.addRect(QRectF(inset, (size - bar) / 2, size - 2 * inset, bar))
    return path


def _dot(size: int) -> QPainterPath:
    # As even as the size is, so that it stands in the middle of whole pixels.
    edge = 2 * (size // 7) + size % 2
    return _circle(size, (size - edge) / 2)


def _triangle(size: int) -> QPainterPath:
    m = _margin(size)
    bottom = size - m - max(0, m - 1)
    return _polygon((size / 2, m), (size - m / 2, bottom), (m / 2, bottom))


def _diamond_shape(size: int, inset: float) -> QPainterPath:
    half, tip = size / 2, inset
    return _polygon((half, tip), (size - tip, half), (half, size - tip), (tip, half))


def _half_diamond(size: int) -> QPainterPath:
    hollow = _diamond_shape(size, 1.42 * _ring_width(size))
    right = QPainterPath()
    right.addRect(QRectF(size / 2, 0, size / 2, size))
    return _diamond_shape(size, 0).subtracted(hollow.intersected(right))


def _halving(size: int) -> QPainterPath:
    """Return the line between the halves of the diamond."""
    bar, top = _bar(size), round(size / 8)
    path = QPainterPath()
    path.addRect(QRectF((size - bar) / 2, top, bar, size - 2 * top))
    return path


def _square_shape(size: int) -> QPainterPath:
    m = _margin(size)
    path = QPainterPath()
    path.addRoundedRect(QRectF(m, m, size - 2 * m, size - 2 * m), 1.5 * m, 1.5 * m)
    return path


def _square(size: int) -> QPainterPath:
    return _square_shape(size).subtracted(_call(size))


def _call(size: int) -> QPainterPath:
    """Return the exclamation mark in the square."""
    bar = _bar(size)
    left, top = (size - bar) / 2, round(size * 0.22)
    dot = size - top - bar
    path = QPainterPath()
    path.addRect(QRectF(left, top, bar, dot - top - max(1, bar // 2)))
    path.addRect(QRectF(left, dot, bar, bar))
    return path


def _lock(size: int) -> QPainterPath:
    return padlock(size, _margin(size)).subtracted(_keyhole(size))


def _keyhole(size: int) -> QPainterPath:
    bar = _bar(size)
    path = QPainterPath()
    top = round(size * 0.58)
    path.addRect(QRectF((size - bar) / 2, top, bar, round(size * 0.22)))
    return path


def _slashed_ring(size: int) -> QPainterPath:
    width = _ring_width(size)
    low = _margin(size) + width * 0.3
    band = _slash(low, size - low, width)
    room = _slash(low, size - low, width + 2 * max(1.0, size / 18))
    return _ring(size).subtracted(room).united(band)


def _slash(low: float, high: float, width: float) -> QPainterPath:
    """Return a line from bottom left to top right with round ends."""
    half = width / 2
    aside = half / 2**0.5
    path = _polygon(
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
    edge, gap = round(size * 0.34), _margin(size)
    left = top = size - edge
    room = QPainterPath()
    room.addRect(QRectF(left - gap, top - gap, edge + gap, edge + gap))
    return _polygon((left, top), (size, top + edge / 2), (left, size)), room


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _rim(border: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * width)
    # How its corners are joined shows only outside, which is cut off.
    return border.intersected(stroker.createStroke(border))


_SHAPES: dict[Look, Callable[[int], QPainterPath]] = {
    Look.UNKNOWN: _ring,
    Look.OPERATIONAL: lambda size: _disc(size, 0),
    Look.MAINTENANCE: _barred_disc,
    Look.DEGRADED: _triangle,
    Look.PARTIAL: _half_diamond,
    Look.MAJOR: _square,
    Look.BLOCKED: _lock,
    Look.OFFLINE: _slashed_ring,
}
_SIGNS: dict[Look, Callable[[int], QPainterPath]] = {
    Look.OPERATIONAL: _dot,
    Look.MAINTENANCE: _crossbar,
    Look.DEGRADED: lambda _size: QPainterPath(),
    Look.PARTIAL: _halving,
    Look.MAJOR: _call,
    Look.BLOCKED: _keyhole,
}
"""What stands inside an outline."""

_GAPS: dict[Look, Callable[[int], QPainterPath]] = {
    Look.UNKNOWN: _gaps,
    Look.OFFLINE: _slanted_gaps,
}
"""What breaks the line of those that are an outline at any time."""
