"""The marks as icons and pixmaps, each drawn once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from downlight.ui.kit import marks

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from downlight.ui.kit.look import Look

SIZES: Final = (16, 22, 24, 32, 48, 64)
"""What tray hosts ask for, in pixels."""


def image(
    look: Look,
    size: int,
    *,
    dark: bool,
    replay: bool = False,
    early: bool = False,
    muted: bool = False,
) -> QImage:
    """Return a mark of ``size`` pixels on a clear ground."""
    return _drawn(
        look, size, dark=dark, replay=replay, early=early, muted=muted
    ).toImage()


def _drawn(
    look: Look, size: int, *, dark: bool, replay: bool, early: bool, muted: bool
) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    marks.paint(painter, look, size, dark=dark, replay=replay, early=early, muted=muted)
    painter.end()
    return drawn


@lru_cache(maxsize=64)
def icon(
    look: Look,
    *,
    dark: bool,
    replay: bool = False,
    early: bool = False,
    muted: bool = False,
) -> QIcon:
    """Return a mark as an icon, drawn for each size of its own."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(
            _drawn(look, size, dark=dark, replay=replay, early=early, muted=muted)
        )
    return made


@lru_cache(maxsize=128)
def pixmap(
    look: Look,
    size: int,
    ratio: float,
    *,
    dark: bool,
    early: bool = False,
    muted: bool = False,
) -> QPixmap:
    """Return a mark for a widget.

    Args:
        look: Which mark.
        size: Edge length in device-independent pixels.
        ratio: Device pixels per device-independent pixel.
        dark: For a dark background.
        early: Whether it bears the ring of possible trouble.
        muted: Whether it is an outline only.
    """
    edge = round(size * ratio)
    drawn = _drawn(look, edge, dark=dark, replay=False, early=early, muted=muted)
    drawn.setDevicePixelRatio(ratio)
    return drawn
