"""The outline of a padlock, for what looks like a block."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath


def padlock(size: int, margin: int) -> QPainterPath:
    """Return body and bow, in pixels.

    Args:
        size: Edge length of the square it fills.
        margin: Room above and below it.
    """
    corner = 1.5 * margin
    path = QPainterPath()
    path.addRoundedRect(_body(size, margin), corner, corner)
    return path.united(_bow(size, margin, _top(size)))


def hollow_padlock(size: int, margin: int, width: float) -> QPainterPath:
    """Return it with nothing in its body but an edge of that width."""
    room = QPainterPath()
    room.addRect(_body(size, margin).adjusted(width, width, -width, -width))
    return padlock(size, margin).subtracted(room)


def _body(size: int, margin: int) -> QRectF:
    side, top = max(2, round(size / 9)), _top(size)
    return QRectF(side, top, size - 2 * side, size - margin - top)


def _top(size: int) -> int:
    return round(size * 0.44)


def _bow(size: int, margin: int, foot: int) -> QPainterPath:
    left, width = round(size / 4), max(2, round(size / 8))
    outer = _arch(size, left, margin, foot)
    return outer.subtracted(_arch(size, left + width, margin + width, foot))


def _arch(size: int, left: int, top: int, foot: int) -> QPainterPath:
    """Return a round top on two legs that end just below the height ``foot``."""
    across, end = size - 2 * left, foot + 1
    path, legs, above = QPainterPath(), QPainterPath(), QPainterPath()
    path.addRoundedRect(QRectF(left, top, across, across), across / 2, across / 2)
    legs.addRect(QRectF(left, top + across / 2, across, end - top - across / 2))
    above.addRect(QRectF(0, 0, size, end))
    return path.united(legs).intersected(above)
