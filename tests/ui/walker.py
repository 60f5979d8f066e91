"""Walks over every widget of a window and names what a person would stumble over.

Here is what can be told from sizes and names; `inks` looks at the pixels and `keys`
presses Tab.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QModelIndex

SLACK: Final = 1
"""What rounding may take from a width or a height, in device-independent pixels."""
ENDLESS: Final = 1 << 20
"""Higher than any text, in device-independent pixels."""
MOST_ROWS: Final = 400
"""So many rows of a list are looked at: no screen shows more."""

ACTIONABLE: Final = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one widget."""

    check: str
    """``clipped``, ``outside``, ``overlap``, ``nameless``, ``faint``, …"""
    where: str
    """The widget, from the window down."""
    what: str

    def __str__(self) -> str:
        """Return it on one line."""
        return f"{self.check}: {self.what} [{self.where}]"


def faults(window: QWidget) -> list[Fault]:
    """Return what is wrong with the sizes and the names in a window that is shown."""
    found = []
    for widget in shown(window):
        for check, told in (
            ("clipped", clipped(widget)),
            ("outside", outside(widget)),
            ("overlap", overlapped(widget)),
            ("nameless", nameless(widget)),
        ):
            found += [Fault(check, path(widget), what) for what in told]
    return found


def shown(window: QWidget) -> list[QWidget]:
    """Return the widgets a person can come to see, those scrolled away included."""
    inside = window.findChildren(QWidget)
    return [w for w in inside if w.isVisible() and w.window() is window]


def path(widget: QWidget) -> str:
    """Return where a widget is, in words that help to find it."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        names.insert(0, f"{type(at).__name__} {at.objectName()}".strip())
        at = at.parentWidget()
    return " / ".join([*names, repr(spoken(widget)[:50])])


def spoken(widget: QWidget) -> str:
    """Return the name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def inner(widget: QWidget) -> bool:
    """Whether Qt made it as a part of another widget, whose matter it is."""
    parent = widget.parentWidget()
    if isinstance(parent, QLineEdit | QTabBar | QComboBox | QAbstractSpinBox):
        return True
    if isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return True
    # The button in the corner of a table.
    return isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton)


def actionable(widget: QWidget) -> bool:
    """Whether a person can do something with it."""
    if inner(widget) or not widget.isEnabled():
        return False
    if isinstance(widget, QHeaderView):
        return False  # what sorts by a click is `unsorted`'s matter
    tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return isinstance(widget, ACTIONABLE) or tabs


def nameless(widget: QWidget) -> Iterator[str]:
    """Say when a screen reader would not know what to call a widget, or what it is."""
    if not actionable(widget):
        return
    if not any(letter.isalnum() for letter in spoken(widget)):
        yield f"no accessible name ({spoken(widget)!r})"
    interface = QAccessible.queryAccessibleInterface(widget)
    unknown = interface.role() in _NO_ROLES
    if unknown and not isinstance(widget, QAbstractScrollArea):
        yield "no accessible role"


_NO_ROLES: Final = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def outside(widget: QWidget) -> Iterator[str]:
    """Say when a widget sticks out of the one it is in."""
    parent = widget.parentWidget()
    if parent is None or inner(widget):
        return
    area = parent.parentWidget()
    if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
        over = widget.width() - parent.width()
        if isinstance(area, QScrollArea) and over > SLACK:
            yield f"{over} px wider than the area it scrolls in"
        return
    place, room = widget.geometry(), parent.rect()
    for side, over in (
        ("left", room.left() - place.left()),
        ("right", place.right() - room.right()),
        ("top", room.top() - place.top()),
        ("bottom", place.bottom() - room.bottom()),
    ):
        if over > SLACK:
            yield f"{over} px out of its parent at the {side}"


def overlapped(widget: QWidget) -> Iterator[str]:
    """Say which children of a widget lie upon each other."""
    children = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
        if not inner(child)
    ]
    for one, other in combinations(children, 2):
        common = one.geometry().intersected(other.geometry())
        if min(common.width(), common.height()) > SLACK:
            size = f"{common.width()} x {common.height()}"
            yield f"{path(one)} and {path(other)} share {size} px"


def clipped(widget: QWidget) -> Iterator[str]:
    """Say which of a widget's texts do not fit into it."""
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            yield from look(widget)
            return


def _fits(text: str, need: tuple[int, int], room: tuple[int, int]) -> Iterator[str]:
    """Say when ``need``, width and height, is more than ``room``."""
    for what, wanted, there in zip(("wide", "high"), need, room, strict=True):
        if wanted > there + SLACK:
            yield f"{text[:60]!r} is {wanted} px {what} and has {there}"


def _has_buddy(label: QLabel) -> bool:
    """Whether an ampersand in a label is a mark for a key."""
    buddy: QWidget | None = label.buddy()
    return buddy is not None


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text.strip():
        return
    edge = label.margin()
    room = label.contentsRect().adjusted(edge, edge, -edge, -edge)
    rich = label.textFormat() == Qt.TextFormat.RichText or (
        label.textFormat() == Qt.TextFormat.AutoText and Qt.mightBeRichText(text)
    )
    if rich:
        written = QTextDocument()
        written.setDefaultFont(label.font())
        written.setDocumentMargin(0)
        written.setHtml(text)
        written.setTextWidth(room.width() if label.wordWrap() else -1)
        size = written.size().toSize()
        need = (size.width(), size.height())
    else:
        flags = int(label.alignment())
        flags |= int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
        flags |= int(Qt.TextFlag.TextShowMnemonic) if _has_buddy(label) else 0
        width = room.width() if label.wordWrap() else ENDLESS
        field = QRect(0, 0, width, ENDLESS)
        taken = label.fontMetrics().boundingRect(field, flags, text)
        need = (taken.width(), taken.height())
    yield from _fits(text, need, (room.width(), room.height()))


def _button(button: QPushButton) -> Iterator[str]:
    option = QStyleOptionButton()
    option.initFrom(button)
    option.text = button.text()
    which = QStyle.SubElement.SE_PushButtonContents
    room = button.style().subElementRect(which, option, button)
    flags = int(Qt.TextFlag.TextShowMnemonic)
    need = button.fontMetrics().size(flags, button.text())
    # A line's leading may lie on the padding: nothing of a letter is in it.
    height = button.fontMetrics().tightBoundingRect(button.text()).height()
    yield from _fits(
        button.text(), (need.width(), height), (room.width(), room.height())
    )


def _field(field: QLineEdit) -> Iterator[str]:
    if not field.text():
        words = field.placeholderText()
        need = field.fontMetrics().horizontalAdvance(words)
        edges = field.sizeHint().width() - 17 * field.fontMetrics().horizontalAdvance(
            "x"
        )
        yield from _fits(words, (need, 0), (field.width() - max(0, edges), 0))
    height = field.fontMetrics().height()
    yield from _fits(field.text() or "a field", (0, height), (0, field.height()))


def _choice(choice: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    option.initFrom(choice)
    room = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        choice,
    )
    metrics, text = choice.fontMetrics(), choice.currentText()
    need = metrics.horizontalAdvance(text), metrics.tightBoundingRect(text).height()
    yield from _fits(text, need, (room.width(), room.height()))


def _tabs(bar: QTabBar) -> Iterator[str]:
    for number in range(bar.count()):
        place, text = bar.tabRect(number), bar.tabText(number)
        need = bar.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), text)
        if not bar.tabToolTip(number):
            yield from _fits(
                text,
                (need.width(), need.height()),
                (place.width(), place.height()),
            )


def _heads(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        said = header.model().headerData(section, header.orientation())
        tip = header.model().headerData(
            section, header.orientation(), Qt.ItemDataRole.ToolTipRole
        )
        if header.orientation() is Qt.Orientation.Horizontal and not tip:
            need, has = header.sectionSizeHint(section), header.sectionSize(section)
            yield from _fits(str(said), (need, 0), (has, 0))


def _cells(view: QAbstractItemView) -> Iterator[str]:
    for index in cells(view):
        need, place = view.sizeHintForIndex(index), view.visualRect(index)
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        width = 0 if tip else need.width()
        text = str(index.data() or "")
        yield from _fits(text, (width, need.height()), (place.width(), place.height()))


def cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Return the cells that are in sight."""
    model = view.model()
    room = view.viewport().rect()
    for row in range(min(model.rowCount(view.rootIndex()), MOST_ROWS)):
        for column in columns(view):
            index = model.index(row, column, view.rootIndex())
            place = view.visualRect(index)
            if not place.isEmpty() and room.intersects(place):
                yield index


def columns(view: QAbstractItemView, parent: QModelIndex | None = None) -> range:
    """Return the columns of what is below an index; None: of the view itself."""
    if isinstance(view, QListView):
        return range(view.modelColumn(), view.modelColumn() + 1)
    return range(view.model().columnCount(parent or view.rootIndex()))


def _marked(button: QAbstractButton) -> Iterator[str]:
    if button.text() and not inner(button):
        need, has = button.sizeHint(), button.size()
        size = (need.width(), need.height())
        yield from _fits(button.text(), size, (has.width(), has.height()))


_LOOKS: Final[tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...]] = (
    (QLabel, _label),
    (QPushButton, _button),
    (QAbstractButton, _marked),
    (QLineEdit, _field),
    (QComboBox, _choice),
    (QTabBar, _tabs),
    (QHeaderView, _heads),
    (QAbstractItemView, _cells),
)
"""How each kind of widget is looked at; the first that fits."""
