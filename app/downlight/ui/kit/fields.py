"""Fields: what a person writes in, and those with a choice of few values.

A style sheet takes the arrows of the latter away, as it has no shapes of its own: they
are drawn here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from downlight.core.speech import tr
from downlight.ui.kit.theme import GAP, present

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

FROM_RIGHT: Final = 12
"""Middle of an arrow, in device-independent pixels."""
HALF: Final = 4
"""Half an arrow's width."""


class Combo(QComboBox):
    """One of a few words."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the arrow that opens it."""
        super().paintEvent(event)
        _draw(self, 0)


class Day(QDateEdit):
    """A day; its arrow opens a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(GAP // 2, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Return room for the longest day, and for the margin."""
        return super().sizeHint() + QSize(GAP, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the arrow that opens the calendar."""
        super().paintEvent(event)
        _draw(self, 0)


class Number(QSpinBox):
    """A number of few."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(GAP - 2, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the arrows for more and less."""
        super().paintEvent(event)
        _draw(self, -1, 1)


def make_clearable(field: QLineEdit) -> None:
    """Offer to empty a field; Qt's button for it has no name of its own."""
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(tr("Empty the field"))


def _draw(field: QWidget, *places: int) -> None:
    """Draw arrows: -1 is above and points up, 0 and 1 point down."""
    theme = present()
    painter = QPainter(field)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.text if field.isEnabled() else theme.muted
    painter.setPen(QPen(QColor(ink), 1.5))
    for place in places:
        tip = -HALF / 2 if place < 0 else HALF / 2
        middle = QPointF(
            field.width() - FROM_RIGHT, field.height() / 2 + place * field.height() / 5
        )
        painter.drawPolyline(
            [
                middle + QPointF(-HALF, -tip),
                middle + QPointF(0, tip),
                middle + QPointF(HALF, -tip),
            ]
        )
    painter.end()
