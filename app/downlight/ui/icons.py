"""The marks as icons and pixmaps, each drawn once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from downlight.ui import marks

if TYPE_CHECKING:
    from downlight.ui.look import Look

SIZES: Final = (16, 22, 24, 32, 48, 64)
"""What tray hosts ask for, in pixels."""


def image(look: Look, size: int, *, dark: bool, replay: bool = False) -> QImage:
    """Return a mark of ``size`` pixels on a clear ground."""
    drawn = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    marks.paint(painter, look, size, dark=dark, replay=replay)
    painter.end()
    return drawn


@lru_cache(maxsize=64)
def icon(look: Look, *, dark: bool, replay: bool = False) -> QIcon:
    """Return a mark as an icon, drawn for each size of its own."""
    drawn = QIcon()
    for size in SIZES:
        picture = image(look, size, dark=dark, replay=replay)
        drawn.addPixmap(QPixmap.fromImage(picture))
    return drawn


@lru_cache(maxsize=128)
def pixmap(look: Look, size: int, ratio: float, *, dark: bool) -> QPixmap:
    """Return a mark for a widget.

    Args:
        look: Which mark.
        size: Edge length in device-independent pixels.
        ratio: Device pixels per device-independent pixel.
        dark: For a dark background.
    """
    drawn = QPixmap.fromImage(image(look, round(size * ratio), dark=dark))
    drawn.setDevicePixelRatio(ratio)
    return drawn
