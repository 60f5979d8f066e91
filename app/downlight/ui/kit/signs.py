"""What stands in a mark: cut out of it, or drawn when it is an outline only."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from downlight.ui.kit.strokes import bar, circle, disc, polygon, ring_width


def crossbar(size: int) -> QPainterPath:
    """Return the bar in the disc of maintenance."""
    thick, inset = bar(size), round(size / 4)
    path = QPainterPath()
    path.addRect(QRectF(inset, (size - thick) / 2, size - 2 * inset, thick))
    return path


def dot(size: int) -> QPainterPath:
    """Return what stands for the whole of a disc that is an outline."""
    # As even as the size is, so that it stands in the middle of whole pixels.
    edge = 2 * (size // 7) + size % 2
    return circle(size, (size - edge) / 2)


def call(size: int) -> QPainterPath:
    """Return the exclamation mark in the square."""
    thick = bar(size)
    left, top = (size - thick) / 2, round(size * 0.22)
    dot = size - top - thick
    path = QPainterPath()
    path.addRect(QRectF(left, top, thick, dot - top - max(1, thick // 2)))
    path.addRect(QRectF(left, dot, thick, thick))
    return path


def keyhole(size: int) -> QPainterPath:
    """Return the keyhole of the padlock."""
    thick = bar(size)
    path = QPainterPath()
    top = round(size * 0.58)
    path.addRect(QRectF((size - thick) / 2, top, thick, round(size * 0.22)))
    return path


def halving(size: int) -> QPainterPath:
    """Return the line between the halves of the diamond."""
    thick, top = bar(size), round(size / 8)
    path = QPainterPath()
    path.addRect(QRectF((size - thick) / 2, top, thick, size - 2 * top))
    return path


def gaps(size: int) -> QPainterPath:
    """Return what breaks a ring in four places."""
    width, upright, across = bar(size), QPainterPath(), QPainterPath()
    upright.addRect(QRectF((size - width) / 2, 0, width, size))
    across.addRect(QRectF(0, (size - width) / 2, size, width))
    return upright.united(across).subtracted(disc(size, ring_width(size) + 0.5))


def slanted_gaps(size: int) -> QPainterPath:
    """Return what breaks a ring in the middle of what a slash leaves of it."""
    aside = bar(size)
    near, far = size - aside, size + aside
    band = polygon((-aside, aside), (aside, -aside), (far, near), (near, far))
    return band.subtracted(disc(size, ring_width(size) + 0.5))
