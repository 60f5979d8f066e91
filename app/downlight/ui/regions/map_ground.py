"""The drawn map, kept until something on it changes, and the buttons on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.theme import GAP
from downlight.ui.regions import map_picture as picture
from downlight.ui.regions.map_paint import sea

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import SignalInstance

    from downlight.ui.kit.theme import Theme
    from downlight.ui.regions.regions import Spot


class Ground:
    """The countries as a picture; with lines around two of them as another.

    To draw all takes some milliseconds, and the mouse may go over many countries.
    """

    def __init__(self) -> None:
        self._plain = QPixmap()
        self._lined = QPixmap()
        self._around = ("", "")

    def forget(self) -> None:
        """Draw all anew next time."""
        self._plain = QPixmap()

    def picture(
        self,
        size: QSize,
        ratio: float,
        seen: Sequence[picture.Seen],
        spots: Mapping[str, Spot],
        theme: Theme,
        around: tuple[str, str],
    ) -> QPixmap:
        """Return the map as it is to be seen.

        Args:
            size: Of the widget.
            ratio: Device pixels per device-independent pixel.
            seen: The countries.
            spots: What is known, by code.
            theme: Light or dark.
            around: The codes of the person's country and of the current one.
        """
        fresh = self._plain.isNull() or self._plain.devicePixelRatioF() != ratio
        if fresh:
            self._plain = QPixmap(size * ratio)
            self._plain.setDevicePixelRatio(ratio)
            self._plain.fill(sea(theme))
            painter = QPainter(self._plain)
            picture.draw(painter, seen, spots, theme, QRectF(0, 0, *size.toTuple()))
            painter.end()
        if fresh or around != self._around:
            self._lined, self._around = QPixmap(self._plain), around
            painter = QPainter(self._lined)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _outline(painter, {one.code: one for one in seen}, theme, around)
            painter.end()
        return self._lined


def _outline(
    painter: QPainter,
    seen: Mapping[str, picture.Seen],
    theme: Theme,
    around: tuple[str, str],
) -> None:
    home, current = (seen.get(code) if code else None for code in around)
    if home is not None:
        picture.outline(painter, home, sea(theme), 3.6)
        picture.outline(painter, home, QColor(theme.text), 1.6)
    if current is not None:
        picture.outline(painter, current, sea(theme), 5.0)
        picture.outline(painter, current, QColor(theme.accent), 2.5)


class Buttons(QWidget):
    """Come closer, go back, see it all."""

    closer = Signal()
    farther = Signal()
    whole = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(_button("+", tr("Closer"), self.closer))
        column.addWidget(_button("–", tr("Farther"), self.farther))
        column.addWidget(_button("⤢", tr("Show the whole world"), self.whole))


def _button(text: str, name: str, pressed: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFixedSize(4 * GAP, 4 * GAP)
    button.setStyleSheet("padding: 0px;")
    button.clicked.connect(pressed)
    return button
