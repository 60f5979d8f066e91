"""What has the focus is in sight, pictures are told as such, narrow rows turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from downlight.core.places.home import Whereabouts
from downlight.ui.first.home_line import HomeLine
from downlight.ui.kit.line_view import LineView
from downlight.ui.kit.look import Look
from downlight.ui.kit.picture import Picture
from downlight.ui.kit.sight import Sight
from downlight.ui.me.ladder import COLUMNS, CellsView
from downlight.ui.me.view import Cell
from downlight.ui.views import Line

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WAYS = QBoxLayout.Direction


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A field above a long page with a button at its end."""
    window, inside = QWidget(), QWidget()
    column = QVBoxLayout(inside)
    for number in range(60):
        column.addWidget(QLabel(f"Line {number}"))
    column.addWidget(QPushButton("Last"))
    area = QScrollArea(widgetResizable=True)
    area.setWidget(inside)
    whole = QVBoxLayout(window)
    whole.addWidget(QLineEdit())
    whole.addWidget(area)
    window.resize(300, 300)
    qtbot.add_widget(window)
    with qtbot.wait_active(window):
        window.show()
    return window


def parts(page: QWidget) -> tuple[QLineEdit, QScrollArea, QPushButton]:
    field, area = page.findChild(QLineEdit), page.findChild(QScrollArea)
    button = page.findChild(QPushButton)
    assert field is not None
    assert area is not None
    assert button is not None
    return field, area, button


@pytest.mark.parametrize("followed", [True, False])
def test_what_takes_the_focus_from_elsewhere_is_scrolled_to(
    page: QWidget, followed: bool
) -> None:
    if followed:
        Sight(page)
    field, area, button = parts(page)
    field.setFocus()
    button.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert (area.verticalScrollBar().value() > 0) is followed
    assert button.visibleRegion().isEmpty() is not followed


def test_what_is_seen_already_is_left_where_it_is(page: QWidget) -> None:
    Sight(page)
    _, area, button = parts(page)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    button.setFocus()
    assert bar.value() == bar.maximum()


def test_a_picture_is_told_as_one(qtbot: QtBot) -> None:
    picture, plain = Picture(), QWidget()
    for widget in (picture, plain):
        qtbot.add_widget(widget)
    roles = [QAccessible.queryAccessibleInterface(w).role() for w in (picture, plain)]
    assert roles == [QAccessible.Role.Graphic, QAccessible.Role.Client]


def test_the_question_turns_where_its_buttons_would_press_the_words(
    qtbot: QtBot,
) -> None:
    line = HomeLine()
    qtbot.add_widget(line)
    line.show_question(Whereabouts("TR", "zone"))
    for width, way in ((900, WAYS.LeftToRight), (420, WAYS.TopToBottom)):
        line.resize(width, 120)
        QApplication.processEvents()
        assert line._line.direction() is way


def test_fewer_servers_stand_beside_each_other_where_there_is_less_room(
    qtbot: QtBot,
) -> None:
    cells = CellsView()
    qtbot.add_widget(cells)
    cells.show_cells([Cell(f"e{n}.chatter.example", Look.MAJOR, "") for n in range(6)])
    seen = []
    for width in (1000, 400, 120, 1000):
        cells.resize(width, 200)
        QApplication.processEvents()
        seen.append(len({name.x() for _, name, _ in cells.cells}))
    assert seen[0] == seen[3] == COLUMNS
    assert seen[1] < COLUMNS
    assert seen[2] == 1


def test_large_letters_put_the_aside_of_a_line_below_its_title(qtbot: QtBot) -> None:
    view = LineView()
    qtbot.add_widget(view)
    view.show_line(Line("A title", word="down", aside="5 min ago"))
    assert view._top.direction() is WAYS.LeftToRight
    font = view.font()
    font.setPointSizeF(2.5 * font.pointSizeF())
    view.setFont(font)
    assert view._top.direction() is WAYS.TopToBottom
