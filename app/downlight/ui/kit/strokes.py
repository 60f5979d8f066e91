"""What the marks are drawn with: discs, bars, edges, and how thick they are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF


def margin(size: int) -> int:
    """Return the room around a mark, in pixels."""
    return max(1, round(size / 16))


def bar(size: int) -> int:
    """Return how thick a bar is."""
    # As even as the size is, so that a bar in the middle falls on whole pixels.
    thick = max(2, 2 * round(size / 16))
    return thick if size % 2 == 0 else thick + 1


def ring_width(size: int) -> int:
    """Return how thick a ring is."""
    return max(2, round(size / 7))


def circle(size: int, inset: float) -> QPainterPath:
    """Return a disc that far from the edge."""
    path = QPainterPath()
    path.addEllipse(QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    return path


def disc(size: int, inset: float) -> QPainterPath:
    """Return a disc that far inside the room of a mark."""
    return circle(size, inset + margin(size))


def polygon(*corners: tuple[float, float]) -> QPainterPath:
    """Return what lies between corners."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def rim(border: QPainterPath, width: float) -> QPainterPath:
    """Return the edge of a shape, as wide as that, inside it."""
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * width)
    # How its corners are joined shows only outside, which is cut off.
    return border.intersected(stroker.createStroke(border))
