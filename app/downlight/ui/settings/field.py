"""What the sections of the settings are made of: fields, cards, and the pen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.kit.fields import Combo
from downlight.ui.kit.labels import Words, say, tell
from downlight.ui.kit.scroll import Scroll
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.bits import fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.settings import Settings
    from downlight.core.wishes import Wishes
    from downlight.ui.settings.words import Said


WIDTH: Final = 22 * GAP
"""Controls below each other are as wide as each other."""


class Pen(QObject):
    """Writes down what is chosen, at once."""

    changed = Signal()
    """Something was; it holds already."""
    refused = Signal()
    """Something was not taken: what was chosen does not hold."""

    def __init__(self, wishes: Wishes, parent: QObject | None = None) -> None:
        """Note who keeps it.

        Args:
            wishes: Who is asked for everything.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.wishes = wishes
        self.open = True
        """Whether the settings are still there to be told of something."""

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self.wishes.settings()

    def put(self, field: Field, **values: Any) -> bool:  # noqa: ANN401 - of any setting
        """Keep new values of settings; what is refused is said beside the field.

        Args:
            field: Where they were chosen.
            values: By the keys of the settings.

        Returns:
            Whether they hold now.
        """
        now = self.settings
        if all(getattr(now, key) == value for key, value in values.items()):
            field.show_fault("")
            return True
        try:
            self.wishes.change(replace(now, **values))
        except DownlightError as error:
            field.show_fault(error.words)
            self.refused.emit()
            return False
        field.show_fault("")
        self.changed.emit()
        return True


class Field(QWidget):
    """One setting: its name, a sentence about it, its control, and what is wrong."""

    def __init__(self, said: Said, control: QWidget, *, below: bool = False) -> None:
        """Put it together.

        Args:
            said: What it is called, and the sentence.
            control: What it is chosen with.
            below: Whether the control stands below the words, not beside them.
        """
        super().__init__()
        self.said, self.control = said, control
        self.name = Words()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.name.setText(tr(said.name))
        self.name.setBuddy(control)
        self._about = tr(said.help)
        self.help, self.fault = say(self._about, role="muted"), fault()
        control.setAccessibleName(said.plain)
        control.setAccessibleDescription(self._about)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP - 2, 0, GAP - 2)
        column.setSpacing(GAP - 2)
        if below:
            column.addLayout(words)
            column.addWidget(control)
        else:
            line = QHBoxLayout()
            line.setSpacing(2 * GAP)
            line.addLayout(words, 1)
            line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(line)
        column.addWidget(self.fault)

    def show_fault(self, words: str) -> None:
        """Say why what was chosen is not taken; empty: it is."""
        tell(self.fault, words)
        # Who cannot see the sentence below hears it with the field.
        spoken = f"{words} {self._about}" if words else self._about
        self.control.setAccessibleDescription(spoken)


class Choices(Combo):
    """One of a few words; a turn of the wheel scrolls the page, not the choice."""

    picked = Signal(str)
    """A person chose this value."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer some values.

        Args:
            choices: Values, each with the words for it.
        """
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, words in choices:
            self.addItem(words, value)
        self.activated.connect(lambda _: self.picked.emit(self.value))

    @property
    def value(self) -> str:
        """The value that is chosen."""
        return str(self.currentData())

    def show_value(self, value: str) -> None:
        """Choose a value, as it holds already."""
        self.setCurrentIndex(self.findData(value))

    def sizeHint(self) -> QSize:
        """Return the width of the others, or of the longest words."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), WIDTH), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return half of that: large words shall not push the page apart."""
        return QSize(WIDTH // 2, super().minimumSizeHint().height())

    def wheelEvent(self, event: Any) -> None:  # noqa: ANN401 - of Qt
        """Leave the wheel to the page."""
        event.ignore()


class Card(QFrame):
    """Some fields that belong together."""

    def __init__(self, title: str, *widgets: QWidget) -> None:
        """Put them below each other.

        Args:
            title: What they have in common; empty for nothing.
            widgets: The fields.
        """
        super().__init__()
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GAP, GAP + 2, 2 * GAP, GAP + 4)
        self.column.setSpacing(2)
        self.title = say(title, bold=True)
        self.title.setHidden(not title)
        self.column.addWidget(self.title)
        for widget in widgets:
            self.column.addWidget(widget)


class Section(Scroll):
    """One page of the settings."""

    def __init__(self, title: str, pen: Pen) -> None:
        """Begin an empty page.

        Args:
            title: What it is called.
            pen: Writes down what is chosen.
        """
        super().__init__(title)
        self.pen = pen
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)

    def refill(self) -> None:
        """Show what holds now; what a person is writing stays."""
