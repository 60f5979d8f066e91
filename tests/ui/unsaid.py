"""Names what a person reads in a window that did not come from the catalogue of words.

`Bracketed` is a language in which each sentence of ours stands in brackets. What is
read outside of them is said by somebody else, or was forgotten.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from gettext import NullTranslations
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible, Qt, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QTabBar

from downlight.core.fusion.findings import Finding
from downlight.core.fusion.judgement import Judgement
from downlight.core.news import Event, Message
from tests.ui.walker import Fault, cells, inner, path, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QWidget

BEGIN, END = "⟦", "⟧"
_LISTS: Final = ("Mon", "Monday", "Jan", "January")
"""What the lists of days and months begin with, of which each word is one name."""
_OURS: Final = (Finding, Judgement, Event, Message)
"""What the program itself makes sentences for."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ADDRESS: Final = re.compile(r"\w+://\S+|\b[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


class Bracketed(NullTranslations):
    """English with each sentence in brackets."""

    def gettext(self, message: str) -> str:
        """Put it in brackets; a list of names word by word."""
        words = message.split(" ")
        if words[0] in _LISTS and len(words) > 1 and "{" not in message:
            return " ".join(f"{BEGIN}{word}{END}" for word in words)
        return f"{BEGIN}{message}{END}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Put the one that goes with the number in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Put it in brackets."""
        del context
        return self.gettext(message)


def unsaid(window: QWidget, foreign: str) -> list[Fault]:
    """Return what is read in a window that neither we say by the catalogue nor others.

    Args:
        window: Shown, while `Bracketed` is spoken.
        foreign: All that others said, in one text.
    """
    found = []
    for widget in [window, *shown(window)]:
        if widget is not window and inner(widget):
            continue
        for text in dict.fromkeys(_texts(widget)):
            rest = [it for it in bare(text) if not _is_known(it, foreign)]
            found += [Fault("unsaid", path(widget), it[:80]) for it in rest]
    return found


def bare(text: str) -> Iterator[str]:
    """Yield the pieces of a text that stand in no brackets and have a word in them."""
    depth, piece = 0, ""
    for letter in f"{text}{BEGIN}":
        if letter == BEGIN:
            if not depth and _WORD.search(_ADDRESS.sub("", piece)):
                yield piece.strip()
            depth, piece = depth + 1, ""
        elif letter == END:
            depth = max(0, depth - 1)
        elif not depth:
            piece += letter


def _is_known(piece: str, foreign: str) -> bool:
    return all(
        part.strip(' ·…:,.()“”"') in foreign for part in re.split(r"[\n·]", piece)
    )


def strings(value: object) -> Iterator[str]:
    """Yield every text in a value of ours that is not our own sentence."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, _OURS):
        return
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from _all((*value.keys(), *value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _all(value)


def _all(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from strings(value)


def _texts(widget: QWidget) -> Iterator[str]:
    """Yield what a widget shows, and what a screen reader or the mouse is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    yield spoken(widget)
    yield interface.text(QAccessible.Text.Description)
    yield widget.toolTip()
    if widget.isWindow():
        yield widget.windowTitle()
    for action in widget.actions():
        yield action.text()
    for kind, read in _READ:
        if isinstance(widget, kind):
            yield from read(widget)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    plain = label.textFormat() == Qt.TextFormat.PlainText
    if Qt.mightBeRichText(text) and not plain:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    yield text


def _field(field: QLineEdit) -> Iterator[str]:
    yield field.placeholderText()


def _choice(choice: QComboBox) -> Iterator[str]:
    for number in range(choice.count()):
        yield choice.itemText(number)


def _tabs(tabs: QTabBar) -> Iterator[str]:
    for number in range(tabs.count()):
        yield tabs.tabText(number)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for section in range(model.columnCount()):
        yield str(model.headerData(section, Qt.Orientation.Horizontal) or "")
    for index in cells(view):
        for role in _ROLES:
            yield str(index.data(role) or "")


_READ: Final[tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...]] = (
    (QLabel, _label),
    (QLineEdit, _field),
    (QComboBox, _choice),
    (QTabBar, _tabs),
    (QAbstractItemView, _rows),
)
"""What each kind of widget shows besides."""
