"""When to believe what is seen, and what that would have meant in recorded outages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from downlight.core.errors import DownlightError
from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.bits import Count, button, fault, later
from downlight.ui.settings.field import Card, Field
from downlight.ui.settings.rehearsal_words import lines
from downlight.ui.settings.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.preferences import Rehearsal
    from downlight.ui.settings.field import Pen

MOST_LOOKS = 10
"""More looks than this the settings do not take."""
ABOUT = mark("Plays the outages that come with Downlight by these two numbers.")
BUSY = mark("Playing the recorded outages; this takes some seconds …")


class Belief(Card):
    """The two counts, and a trial of them."""

    def __init__(self, pen: Pen) -> None:
        """Build the card.

        Args:
            pen: Writes down what is chosen.
        """
        super().__init__(tr("When to believe what is seen"))
        self._pen = pen
        self.begin, self.end = Count(MOST_LOOKS), Count(MOST_LOOKS)
        self.fields = {
            "confirm_begin": Field(WORDS["confirm_begin"], self.begin),
            "confirm_end": Field(WORDS["confirm_end"], self.end),
        }
        self.play = button(tr("What would these have &told?"))
        self.play.setAccessibleDescription(tr(ABOUT))
        self.said, self.wrong = later(), fault()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, GAP - 2, 0, 2)
        line.addWidget(self.play)
        line.addStretch(1)
        for widget in (
            *self.fields.values(),
            say(tr(ABOUT), role="muted"),
            row,
            self.said,
            self.wrong,
        ):
            self.column.addWidget(widget)
        it = self.fields
        self.begin.valueChanged.connect(
            lambda count: pen.put(it["confirm_begin"], confirm_begin=count)
        )
        self.end.valueChanged.connect(
            lambda count: pen.put(it["confirm_end"], confirm_end=count)
        )
        self.play.clicked.connect(self._play)

    def refill(self) -> None:
        """Show what holds now."""
        now = self._pen.settings
        for spin, count in (
            (self.begin, now.confirm_begin),
            (self.end, now.confirm_end),
        ):
            spin.blockSignals(True)  # noqa: FBT003 - of Qt
            spin.setValue(count)
            spin.blockSignals(False)  # noqa: FBT003 - of Qt

    def _play(self) -> None:
        self.play.setEnabled(False)
        tell(self.said, tr(BUSY))
        tell(self.wrong, "")
        self._pen.wishes.rehearse(self._heard)

    def _heard(self, answer: Sequence[Rehearsal] | DownlightError) -> None:
        if not self._pen.open:
            return
        self.play.setEnabled(True)
        if isinstance(answer, DownlightError):
            tell(self.wrong, answer.words)
            tell(self.said, "")
        else:
            tell(self.said, "\n\n".join(lines(answer)))
