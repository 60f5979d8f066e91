"""What the colours and patterns of the map mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import say
from downlight.ui.kit.theme import GAP, present
from downlight.ui.regions.map_paint import fill
from downlight.ui.regions.regions import LEGEND, State

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QPaintEvent

PATCH: Final = QSize(26, 16)
"""What a country looks like, in device-independent pixels."""


class Patch(QWidget):
    """A piece of a country in one state."""

    def __init__(self, state: State, *, whole: bool = True) -> None:
        super().__init__()
        self._state, self._whole = state, whole
        self.setFixedSize(PATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, with a line around."""
        theme = present()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.muted), 1.0))
        ratio = self.devicePixelRatioF()
        painter.setBrush(fill(theme, self._state, ratio, whole=self._whole))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3
        )
        painter.end()


class Home(QWidget):
    """A piece of the person's country, of which nothing is known."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(PATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line around it."""
        theme = present()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.text), 1.6))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()


class Legend(QWidget):
    """One patch and its word for each state that is on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = Flow(self, gap=GAP + 4)
        self._items = {state: _item(Patch(state), tr(LEGEND[state])) for state in State}
        self._part = _item(Patch(State.DOWN, whole=False), tr("Only somewhere in it"))
        self._home = _item(Home(), tr("Your country"))
        for item in (*self._items.values(), self._part, self._home):
            flow.addWidget(item)

    def show_states(self, states: Collection[State], *, part: bool, home: bool) -> None:
        """Explain these.

        Args:
            states: What is on the map.
            part: Whether something is known of places that are no countries.
            home: Whether the person's country is known.
        """
        wanted = {item: state in states for state, item in self._items.items()}
        for item, on in (*wanted.items(), (self._part, part), (self._home, home)):
            if item.isHidden() == on:
                item.setHidden(not on)

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        items = (*self._items.values(), self._part, self._home)
        return tuple(i.accessibleName() for i in items if not i.isHidden())


def _item(patch: QWidget, words: str) -> QWidget:
    made = QWidget()
    made.setAccessibleName(words)
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP - 2)
    line.addWidget(patch)
    label: QLabel = say(words, role="muted")
    label.setWordWrap(False)
    line.addWidget(label)
    return made
