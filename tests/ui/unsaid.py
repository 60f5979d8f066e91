"""Names what a person reads in a window that did not come from the catalogue of words.

`Bracketed` is a language in which each sentence of the catalogue stands in brackets,
without what is put into it.
What is read outside of them was said by somebody else, as `Bracketed.hear` was told,
or was forgotten: put together from pieces, never handed to `tr`, or handed to it
without being in the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from gettext import NullTranslations
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QAccessible, QPainter, QRegion, Qt, QTextDocumentFragment
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)

from downlight.core.fusion.findings import Finding
from downlight.core.fusion.judgement import Judgement
from downlight.core.news import Event, Message
from tests.ui.walker import MOST_ROWS, Fault, columns, inner, path, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from babel.messages.catalog import Catalog
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QAction

BEGIN, END = "⟦", "⟧"
LONG: Final = 24
"""A piece of so many letters is told from any other; a shorter one must be whole."""
_OURS: Final = (Finding, Judgement, Event, Message)
"""What the program itself makes sentences for."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NO_WORDS: Final = re.compile(
    r"\w+://\S+|\b[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?|\b(ctrl|shift|alt)\+\S+|\{\w+\}",
    re.IGNORECASE,
)
"""Addresses, keys to press, and names of fields."""
_JOINTS: Final = tuple(
    map(re.compile, ("[\n\u2060]", "[·;|–→]", ", ", "[,:()]", r"\.(?=\s|$)"))
)
"""What stands between things that are said in one line, the widest first."""
_EDGES: Final = ' \u2026.,:;·()“”"‹›⌄⌃☐☑'
_FIELD: Final = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_AROUND: Final = rf"{END}\g<0>{BEGIN}"
_WRITTEN: Final = re.compile(r'<text[^>]* y="([^"]*)"[^>]*>([^<]*)</text>')
_SEAM: Final = "\u2060"
"""Where a line goes on in another font, or with another word."""
_CUT: Final = "…"
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


_ALL_BUTTONS: Final = sum(it.value for it in QDialogButtonBox.StandardButton if it)
"""Their words are Qt's own, which brings its own translations."""


class Bracketed(NullTranslations):
    """English with each sentence of the catalogue in brackets."""

    def __init__(self, catalogue: Catalog) -> None:
        """Know what is in the catalogue, and nobody else's words."""
        super().__init__()
        ids = (message.id for message in catalogue if message.id)
        self._said = {
            text for it in ids for text in ((it,) if isinstance(it, str) else it)
        }
        self._whole: set[str] = set()
        """What others said, piece by piece."""
        self._long = ""
        """All of it, one below the other."""
        self._heard: list[tuple[object, bool]] = []
        box = QDialogButtonBox(QDialogButtonBox.StandardButton(_ALL_BUTTONS))
        self.hear([button.text() for button in box.buttons()], whole=True)

    def gettext(self, message: str) -> str:
        """Put it in brackets, but its fields; a list of names word by word."""
        if message not in self._said:
            return message
        words = message.split(" ")
        if len(words) in {7, 12} and words[0][:3] in {"Mon", "Jan"}:
            return " ".join(f"{BEGIN}{word}{END}" for word in words)
        return f"{BEGIN}{_FIELD.sub(_AROUND, message)}{END}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Put the one that goes with the number in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Put it in brackets."""
        del context
        return self.gettext(message)

    def hear(self, value: object, *, whole: bool = False) -> None:
        """Note all that others say in a value of ours.

        Args:
            value: Anything that holds texts.
            whole: Whether all of it is of others, as names are; else what stands in
                the catalogue is left out, for that we must say ourselves.
        """
        if (value, whole) in self._heard:
            return
        self._heard.append((value, whole))
        new = {it for it in strings(value) if whole or it not in self._said}
        new = {_even(text) for text in new} - self._whole
        self._long = "\n".join((self._long, *new))
        self._whole |= new | {text.strip(_EDGES) for text in new}

    def knows(self, piece: str) -> bool:
        """Whether others said this, or each part of it."""
        even = _even(piece).strip(_EDGES)
        if not _has_words(even) or even.replace(_SEAM, "") in self._whole:
            return True
        if piece.endswith(_CUT) and f"\n{even}" in self._long:
            return True
        if len(even) >= LONG and even in self._long:
            return True
        even = _NO_WORDS.sub("\n", even)
        return any(
            len(parts) > 1 and all(self.knows(part) for part in parts)
            for parts in (joint.split(even) for joint in _JOINTS)
        )


def _even(text: str) -> str:
    """Return a text without what windows do to it: a break, a large first letter."""
    return text.replace("\u200b", "").replace("&", "").casefold()


def _has_words(text: str) -> bool:
    return bool(_WORD.search(_NO_WORDS.sub("", text)))


def unsaid(window: QWidget, language: Bracketed) -> list[Fault]:
    """Return what is read in a window that neither we say by the catalogue nor others.

    Args:
        window: Shown, while ``language`` is spoken.
        language: Has heard all that others said.
    """
    found = []
    for widget in [window, *shown(window)]:
        if widget is not window and inner(widget):
            continue
        for text in dict.fromkeys(_texts(widget)):
            rest = [piece for piece in bare(text) if not language.knows(piece)]
            found += [Fault("unsaid", path(widget), f"{it[:80]!r}") for it in rest]
    return found


def bare(text: str) -> Iterator[str]:
    """Yield the pieces of a text that stand in no brackets and have a word in them."""
    depth, begun = 0, 0
    for at, letter in enumerate(f"{text}{BEGIN}"):
        if letter == BEGIN:
            if not depth and _has_words(text[begun:at]):
                yield text[begun:at].strip()
            depth += 1
        elif letter == END:
            depth = max(0, depth - 1)
            begun = at + 1


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
    yield from _actions(widget.actions())
    for kind, read in _READ:
        if isinstance(widget, kind):
            yield from read(widget)
    if _paints(widget):
        yield from painted(widget)


def _paints(widget: QWidget) -> bool:
    """Whether what a widget shows is drawn by us, and not by Qt."""
    drawers: tuple[object, ...] = (widget,)
    if isinstance(widget, QAbstractItemView):
        drawers = (widget.itemDelegate(),)
    return any(
        name in vars(kind)
        for it in drawers
        for kind in type(it).__mro__
        if kind.__module__.startswith("downlight.")
        for name in ("paint", "paintEvent")
    )


def painted(widget: QWidget) -> Iterator[str]:
    """Yield what is written in the picture of a widget, its children left out."""
    kept = QBuffer()
    picture = QSvgGenerator()
    picture.setOutputDevice(kept)
    picture.setSize(widget.size())
    target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
    flags = QWidget.RenderFlag.DrawWindowBackground
    painter = QPainter(picture)
    target.render(painter, QPoint(), QRegion(), flags)
    painter.end()
    written = _WRITTEN.findall(bytes(kept.data().data()).decode())
    for _, pieces in groupby(written, key=itemgetter(0)):
        line = _SEAM.join(unescape(text) for _, text in pieces)
        opens = line.find(BEGIN)
        if END in line[: opens if opens >= 0 else None]:
            # It was begun on the line before.
            line = line.partition(END)[2]
        yield line


def _actions(actions: Iterable[QAction]) -> Iterator[str]:
    for action in actions:
        yield action.text()
        if action.toolTip() != action.text().replace("&", ""):
            yield action.toolTip()
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _actions(menu.actions())


def _button(button: QPushButton | QToolButton) -> Iterator[str]:
    yield button.text()
    menu = button.menu()
    if menu is not None:
        menu.aboutToShow.emit()
        yield from _actions(menu.actions())


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    plain = label.textFormat() == Qt.TextFormat.PlainText
    if Qt.mightBeRichText(text) and not plain:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    yield text


def _field(field: QLineEdit) -> Iterator[str]:
    yield field.placeholderText()


def _number(field: QSpinBox | QDoubleSpinBox) -> Iterator[str]:
    yield field.text()
    yield field.specialValueText()


def _choice(choice: QComboBox) -> Iterator[str]:
    yield from _rows(choice.view())


def _tabs(tabs: QTabBar) -> Iterator[str]:
    for number in range(tabs.count()):
        yield tabs.tabText(number)
        yield tabs.tabToolTip(number)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for section in columns(view):
        for role in _ROLES:
            head = model.headerData(section, Qt.Orientation.Horizontal, role)
            if not isinstance(view, QListView):
                yield str(head or "")
    yield from _cells(view, view.rootIndex())


def _cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    """Yield the texts of all rows, those below others included."""
    model = view.model()
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in columns(view, parent):
            index = model.index(row, column, parent)
            if not index.data() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
                continue  # a line between others: Qt has a word of its own for it
            for role in _ROLES:
                yield str(index.data(role) or "")
            if column == 0 and isinstance(view, QTreeView):
                yield from _cells(view, index)


_READ: Final[tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...]] = (
    (QLabel, _label),
    (QPushButton, _button),
    (QToolButton, _button),
    (QLineEdit, _field),
    (QSpinBox, _number),
    (QDoubleSpinBox, _number),
    (QComboBox, _choice),
    (QTabBar, _tabs),
    (QAbstractItemView, _rows),
)
"""What each kind of widget shows besides."""
