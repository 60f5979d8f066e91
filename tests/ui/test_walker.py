"""The checks that walk over the pages can fail: each has a widget it must not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from downlight.ui.kit.labels import MarkView, link, say
from downlight.ui.kit.look import Look
from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.theme import present
from downlight.ui.picking.tick_box import TickBox
from tests.ui import keys
from tests.ui.inks import faint
from tests.ui.keys import unreached
from tests.ui.palettes import light
from tests.ui.walker import faults, shown, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

LONG = "Eleven of the twelve places that were asked do not answer at all"


@pytest.fixture(autouse=True)
def _by_day() -> Iterator[None]:
    before = QApplication.palette()
    QApplication.setPalette(light())
    yield
    QApplication.setPalette(before)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """A window with widgets one below the other, shown and active."""
    kept: list[QWidget] = []

    def make(*widgets: QWidget, width: int = 400) -> QWidget:
        window = QWidget()
        kept.append(window)  # Python would let go of what nobody holds
        window.setObjectName("page")
        window.setStyleSheet(stylesheet(present()))
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(width, 300)
        qtbot.add_widget(window)
        with qtbot.wait_active(window):
            window.show()
        return window

    yield make
    kept.clear()


def named(widget: QWidget, name: str = "Something") -> QWidget:
    widget.setAccessibleName(name)
    return widget


def checks(window: QWidget) -> set[str]:
    return {fault.check for fault in faults(window)}


def a_list(*texts: str) -> QListWidget:
    made = QListWidget()
    made.addItems(texts)
    made.setAccessibleName("Things")
    return made


def fixed(widget: QWidget, width: int, height: int = 30) -> QWidget:
    widget.setFixedSize(width, height)
    return widget


def test_what_is_well_made_passes_every_check(room: Callable[..., QWidget]) -> None:
    mark = MarkView(16)
    mark.show_look(Look.MAJOR)
    window = room(
        say(LONG), link("Read on"), QPushButton("Do it"), mark, TickBox("Tick")
    )
    assert faults(window) == []
    assert faint(window) == []
    assert unreached(window) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: fixed(QLabel(LONG), 90),
        lambda: fixed(say(LONG), 90),
        lambda: fixed(QLabel(f"<b>{LONG}</b>"), 90),
        lambda: fixed(QPushButton(LONG), 90),
        lambda: fixed(named(QLineEdit(placeholderText=LONG)), 90),
        lambda: fixed(QCheckBox(LONG), 90),
        lambda: fixed(QLabel("Tall"), 90, 8),
    ],
    ids=["line", "wrapped", "rich", "button", "field", "tick", "height"],
)
def test_a_text_without_room_is_clipped(
    room: Callable[..., QWidget], make: Callable[[], QWidget]
) -> None:
    assert checks(room(make())) == {"clipped"}


def test_a_chosen_word_without_room_is_clipped(room: Callable[..., QWidget]) -> None:
    choice = QComboBox()
    choice.addItem(LONG)
    window = room(fixed(named(choice), 90))
    assert checks(window) == {"clipped"}
    choice.setFixedWidth(600)
    assert checks(room(choice, width=640)) == set()


def test_a_tab_without_room_is_clipped(room: Callable[..., QWidget]) -> None:
    bar = QTabBar(elideMode=Qt.TextElideMode.ElideRight, usesScrollButtons=False)
    for _ in range(4):
        bar.addTab("Regions of the world")
    window = room(named(bar), width=160)
    assert "clipped" in checks(window)


def test_a_cell_and_a_head_without_room_are_clipped_unless_they_explain(
    room: Callable[..., QWidget],
) -> None:
    model = QStandardItemModel(1, 1)
    model.setHorizontalHeaderLabels([LONG])
    model.setData(model.index(0, 0), LONG)
    table = QTableView()
    table.setAccessibleName("A table")
    table.setModel(model)
    table.setColumnWidth(0, 60)
    window = room(table)
    assert [fault.check for fault in faults(window)] == ["clipped", "clipped"]
    model.setData(model.index(0, 0), LONG, Qt.ItemDataRole.ToolTipRole)
    tip = Qt.ItemDataRole.ToolTipRole
    model.setHeaderData(0, Qt.Orientation.Horizontal, LONG, tip)
    assert faults(window) == []


def test_what_sticks_out_of_its_parent_is_outside(
    room: Callable[..., QWidget],
) -> None:
    holder = fixed(QWidget(), 200)
    child = say("Here", role="chip")
    child.setParent(holder)
    window = room(holder)
    for x, y in ((-9, 0), (190, 0), (0, -9), (0, 25)):
        child.setGeometry(x, y, 60, 20)
        assert "outside" in checks(window), (x, y)
    child.setGeometry(0, 0, 60, 30)
    assert "outside" not in checks(window)


def test_a_page_wider_than_its_area_is_outside(room: Callable[..., QWidget]) -> None:
    area = QScrollArea()
    area.setAccessibleName("A page")
    area.setWidget(fixed(QWidget(), 900))
    assert checks(room(area)) == {"outside"}


def test_siblings_upon_each_other_overlap(room: Callable[..., QWidget]) -> None:
    holder = fixed(QWidget(), 200)
    for x in (0, 50):
        child = QLabel("Hello", holder)
        child.setGeometry(x, 0, 80, 20)
    assert checks(room(holder)) == {"overlap"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: QPushButton("…"),
        lambda: QToolButton(arrowType=Qt.ArrowType.DownArrow),
        QLineEdit,
        QListWidget,
        QComboBox,
        QScrollArea,
    ],
    ids=["button", "tool", "field", "list", "choice", "area"],
)
def test_what_one_can_use_needs_a_name(
    room: Callable[..., QWidget], make: Callable[[], QWidget]
) -> None:
    widget = make()
    window = room(widget)
    assert checks(window) == {"nameless"}
    named(widget)
    assert checks(window) == set()


def test_what_is_painted_and_takes_the_focus_needs_a_role(
    room: Callable[..., QWidget],
) -> None:
    picture = named(fixed(QWidget(), 60))
    picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    [fault] = faults(room(picture))
    assert fault.what == "no accessible role"
    assert spoken(picture) == "Something"


def test_a_pale_text_is_faint(room: Callable[..., QWidget]) -> None:
    label = QLabel("Pale")
    window = room(label)
    assert faint(window) == []
    window.setStyleSheet(window.styleSheet() + "QLabel { color: #999999; }")
    [fault] = faint(window)
    assert fault.check == "faint"
    assert "'Pale' is #999999" in fault.what


def test_a_text_is_judged_by_what_is_really_behind_it(
    room: Callable[..., QWidget],
) -> None:
    window = room(QLabel("Hidden"))
    window.setStyleSheet("QWidget#page { background: #333333; }")
    assert len(faint(window)) == 1


def test_a_text_further_down_a_page_is_judged_too(
    room: Callable[..., QWidget],
) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(40):
        column.addWidget(QLabel(f"Line {number}"))
    pale = QLabel("Pale")
    pale.setStyleSheet("color: #aaaaaa")
    column.addWidget(pale)
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName("A page")
    area.setWidget(inside)
    [fault] = faint(room(area))
    assert "'Pale'" in fault.what
    assert area.verticalScrollBar().value() == 0


class Spot(MarkView):
    """A mark in a colour that is hard to see."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(4, 4, 8, 8, QColor("#dddddd"))
        painter.end()


def test_a_pale_mark_is_faint(room: Callable[..., QWidget]) -> None:
    spot = Spot(16)
    spot.setAccessibleName("down")
    [fault] = faint(room(spot))
    assert "'down'" in fault.what


def test_pale_tabs_and_cells_are_faint(room: Callable[..., QWidget]) -> None:
    bar = QTabBar()
    bar.addTab("Now")
    things = a_list("One")
    window = room(bar, things)
    assert faint(window) == []
    window.setStyleSheet("QTabBar::tab, QListView::item { color: #bbbbbb; }")
    assert len(faint(window)) == 2


def test_a_pale_placeholder_is_faint(room: Callable[..., QWidget]) -> None:
    field = QLineEdit(placeholderText="Search")
    field.setAccessibleName("Search")
    window = room(field, QPushButton("Other"))
    colours = field.palette()
    colours.setColor(QPalette.ColorRole.PlaceholderText, QColor("#cccccc"))
    field.setPalette(colours)
    assert [fault.check for fault in faint(window)] == ["faint"]


@pytest.mark.parametrize("policy", ["NoFocus", "ClickFocus"])
def test_what_tab_does_not_reach_is_told_for_both_ways(
    room: Callable[..., QWidget], policy: str
) -> None:
    button = QPushButton("Here")
    button.setFocusPolicy(Qt.FocusPolicy[policy])
    window = room(QPushButton("There"), button, QPushButton("Everywhere"))
    found = unreached(window)
    assert [fault.what for fault in found] == [
        "Tab does not come here",
        "Shift+Tab does not come here",
    ]


class Trap(QLineEdit):
    """A field that keeps the focus."""

    def event(self, event: QEvent) -> bool:
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.key() in tabs:
            return True
        return super().event(event)


def test_what_keeps_the_focus_is_found_by_those_behind_it(
    room: Callable[..., QWidget],
) -> None:
    trap = Trap()
    window = room(QPushButton("Before"), named(trap), QPushButton("Behind"))
    trap.setFocus()
    assert {fault.check for fault in unreached(window)} >= {"unreached"}


def test_a_focus_that_cannot_be_seen_is_told(room: Callable[..., QWidget]) -> None:
    button = QPushButton("Flat")
    window = room(button, QPushButton("Other"))
    assert unreached(window) == []
    button.setStyleSheet("border: none; outline: none;")
    [fault] = unreached(window)
    assert fault.check == "unfocused"


def test_a_table_that_only_a_click_sorts_is_told(
    room: Callable[..., QWidget],
) -> None:
    table = QTableView()
    table.setAccessibleName("A table")
    table.setTabKeyNavigation(False)
    table.setModel(QStandardItemModel(2, 2))
    window = room(table)
    assert list(keys.unsorted(window)) == []
    table.setSortingEnabled(True)
    assert list(keys.unsorted(window)) == [table]


def test_the_walk_sees_only_what_a_person_can_see(
    room: Callable[..., QWidget],
) -> None:
    hidden = QPushButton("Hidden")
    window = room(QPushButton("Seen"), hidden)
    hidden.hide()
    assert hidden not in shown(window)
    assert not any(isinstance(w, QAbstractScrollArea) for w in shown(window))
