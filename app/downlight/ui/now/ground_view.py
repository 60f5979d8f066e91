"""One reason of a verdict: which way it pulls, who says what, and how old it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from downlight.core.evidence.why import Leaning
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import GAP, SMALL, present

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from downlight.ui.views import Ground

SIGN: Final = 16
"""Edge of the sign, in device-independent pixels."""
AIR: Final = 4
"""Room above and below a reason, in device-independent pixels."""
_INKS: Final = {
    Leaning.TROUBLE: Look.PARTIAL,
    Leaning.WELL: Look.OPERATIONAL,
    Leaning.NEITHER: Look.UNKNOWN,
}


class SignView(QWidget):
    """A plus for what speaks for trouble, a minus against it, else a dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaning = Leaning.NEITHER
        self.setFixedSize(SIGN, SIGN)

    def show_leaning(self, leaning: Leaning) -> None:
        """Draw another sign."""
        self._leaning = leaning
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        ink = present().word(_INKS[self._leaning])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, arm = SIGN / 2, 4.0
        painter.setPen(QPen(ink, 2))
        if self._leaning is Leaning.NEITHER:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            painter.drawEllipse(QPointF(middle, middle), 2.5, 2.5)
        else:
            left, right = QPointF(middle - arm, middle), QPointF(middle + arm, middle)
            painter.drawLine(left, right)
        if self._leaning is Leaning.TROUBLE:
            top, bottom = QPointF(middle, middle - arm), QPointF(middle, middle + arm)
            painter.drawLine(top, bottom)
        painter.end()


class GroundView(QWidget):
    """Shows a `Ground`; shows another one later without being made anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground: Ground | None = None
        self._sign = SignView()
        self._who, self._text = say(), say(role="muted", scale=0.96)
        self._word, self._age = say(scale=SMALL), say(role="muted")
        for label in (self._word, self._age):
            label.setWordWrap(False)
            label.setAlignment(Qt.AlignmentFlag.AlignTrailing)
            label.setContentsMargins(0, 1, 0, 0)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._who, 1)
        for label in (self._word, self._age):
            top.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, AIR, 0, AIR)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(top, 0, 1)
        grid.addWidget(self._text, 1, 1)

    @property
    def says(self) -> str:
        """The reason as a screen reader says it."""
        return self.accessibleName()

    def show_ground(self, ground: Ground) -> None:
        """Show another reason."""
        if ground == self._ground:
            return
        self._ground = ground
        self._sign.show_leaning(ground.leaning)
        tell(self._who, ground.who)
        tell(self._word, ground.word)
        tell(self._age, ground.age)
        tell(self._text, ground.text)
        self.setAccessibleName(
            f"{ground.who}, {ground.word}, {ground.age}: {ground.text}"
        )
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        if self._ground is not None:
            ink = present().word(_INKS[self._ground.leaning])
            palette = self._word.palette()
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            self._word.setPalette(palette)
        self._sign.update()
