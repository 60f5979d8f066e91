"""Small pieces every part of the window is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.theme import SMALL, is_dark
from downlight.ui.views import EARLY_WORD, LOOK_WORDS, MUTED_WORD

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from downlight.ui.kit.look import Look

Role: TypeAlias = Literal["text", "muted", "chip", "tag"]

LONGEST_WORD: Final = 28
"""Longer words, such as addresses, may break anywhere; else they would be cut off."""

KEPT: Final = 50
"""Heights a label remembers."""

_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD},}}")
_JOINT: Final = re.compile(r"[/_.,;:?&=-]+")
_SPACE: Final = "\u200b"


class Words(QLabel):
    """A label that wraps only when it has to, and can become narrow."""

    def __init__(self) -> None:
        super().__init__()
        # Layouts ask for the same heights over and over, and each is a typesetting.
        self._heights: dict[tuple[str, int], int] = {}

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the text be selected: it costs much, and most labels nobody points at."""
        self._be_selectable()
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let it be selected where it came below a mouse that rests, as it scrolls."""
        self._be_selectable()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let it be selected from the first where it would move up by half a pixel."""
        super().resizeEvent(event)
        if (self.height() - self.heightForWidth(self.width())) % 2:
            self._be_selectable()

    def _be_selectable(self) -> None:
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def changeEvent(self, event: QEvent) -> None:
        """Forget what was measured with another font."""
        self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size on as few lines as the text has."""
        metrics, margins = self.fontMetrics(), self.contentsMargins()
        lines = self.text().split("\n")[:40]
        width = max(metrics.horizontalAdvance(line[:400]) for line in lines) + 4
        width += margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return room for a short word on one line."""
        metrics, margins = self.fontMetrics(), self.contentsMargins()
        if not self.wordWrap():
            return self.sizeHint()
        width = min(self.sizeHint().width(), 8 * metrics.averageCharWidth())
        height = metrics.height() + margins.top() + margins.bottom()
        return QSize(width, height)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text, wrapped at ``width`` pixels."""
        key = (self.text(), width)
        if key not in self._heights:
            if len(self._heights) > KEPT:
                self._heights.clear()
            height = super().heightForWidth(width)
            self._heights[key] = height if height >= 0 else super().sizeHint().height()
        return self._heights[key]


def say(
    text: str = "", *, role: Role = "text", scale: float = 1.0, bold: bool = False
) -> QLabel:
    """Return a label for text that may come from outside: plain, selectable, wrapped.

    Args:
        text: What it says at first.
        role: Decides the colour and the frame.
        scale: Size relative to the system's font.
        bold: Whether it stands out.
    """
    label = Words()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setIndent(0)
    if role in {"chip", "tag"}:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if role == "chip":
        label.setContentsMargins(10, 3, 10, 3)
    elif role == "tag":
        label.setContentsMargins(6, 1, 6, 1)
    set_font(label, SMALL if scale == 1.0 and role != "text" else scale, bold=bold)
    tell(label, text)
    return label


def tell(label: QLabel, text: str) -> None:
    """Put ``text`` on a label, if it is another; hide the label when empty."""
    soft = breakable(text)
    if label.text() != soft:
        label.setText(soft)
        label.setAccessibleName(text)
    if label.isHidden() == bool(text):
        label.setHidden(not text)


def breakable(text: str) -> str:
    """Return ``text`` with invisible break points in words too long for a line."""
    return _LONG_WORD.sub(lambda word: _broken(word.group()), text)


def _broken(word: str) -> str:
    softer = _JOINT.sub(rf"\g<0>{_SPACE}", word)
    pieces = softer.split(_SPACE)
    long = LONGEST_WORD
    return _SPACE.join(p if len(p) < long else _SPACE.join(p) for p in pieces)


def set_font(widget: QWidget, scale: float, *, bold: bool = False) -> None:
    """Make a widget's font larger or smaller than the system's."""
    font = widget.font()
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * scale)
    else:
        font.setPixelSize(round(font.pixelSize() * scale))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    widget.setFont(font)


def settle(widget: QWidget) -> None:
    """Have a widget's layout take account of all changes now."""
    layout = widget.layout()
    if layout is not None:
        layout.activate()


def link(text: str) -> QPushButton:
    """Return a button that looks like a link and takes the keyboard's focus."""
    button = QPushButton(text)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    set_font(button, SMALL)
    return button


class MarkView(QWidget):
    """One of the eight marks, sharp at any scale of the screen."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._look: Look | None = None
        self._early = self._muted = False
        self.setFixedSize(size, size)

    def show_look(
        self, look: Look | None, *, early: bool = False, muted: bool = False
    ) -> None:
        """Draw this mark; None draws nothing.

        Args:
            look: Which mark.
            early: Whether it bears the ring of possible trouble.
            muted: Whether it is an outline only.
        """
        if (look, early, muted) != (self._look, self._early, self._muted):
            self._look, self._early, self._muted = look, early, muted
            said = (
                tr(LOOK_WORDS[look]) if look else "",
                tr(EARLY_WORD) if early else "",
                tr(MUTED_WORD) if muted else "",
            )
            self.setAccessibleName(", ".join(filter(None, said)))
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the mark."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark in whole device pixels."""
        if self._look is None:
            return
        painter = QPainter(self)
        dark = is_dark(self.palette())
        ratio = self.devicePixelRatioF()
        picture = pixmap(
            self._look,
            self._size,
            ratio,
            dark=dark,
            early=self._early,
            muted=self._muted,
        )
        painter.drawPixmap(QPointF(0, 0), picture)
        painter.end()
