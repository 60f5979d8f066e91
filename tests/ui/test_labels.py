"""Labels, flow and lines: the small parts of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget

from downlight.ui.kit.card_view import CardView
from downlight.ui.kit.fields import make_clearable
from downlight.ui.kit.flow import Flow
from downlight.ui.kit.labels import (
    LONGEST_WORD,
    MarkView,
    breakable,
    say,
    set_font,
    tell,
)
from downlight.ui.kit.line_view import LineView
from downlight.ui.kit.look import Look
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


def test_text_is_never_rich() -> None:
    assert say("<b>x</b>").textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("room", [0, 1, 2, 3])
@pytest.mark.parametrize("text", ["short", "Longer, so that it is wrapped. " * 3])
def test_text_can_be_selected_where_one_points_and_looks_the_same_then(
    text: str, room: int
) -> None:
    label = say(text)
    label.resize(150, label.heightForWidth(150) + room)
    before, hint = label.grab().toImage(), label.sizeHint()
    place = QPointF(1, 1)
    QApplication.sendEvent(label, QEnterEvent(place, place, place))
    label.updateGeometry()
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert label.sizeHint() == hint
    assert label.grab().toImage() == before


def test_text_that_came_below_a_mouse_at_rest_is_selected_at_once() -> None:
    label = say("Copy me")
    label.resize(150, label.heightForWidth(150))
    left, right = QPoint(0, label.height() // 2), QPoint(149, label.height() // 2)
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(label, button, pos=left)
    QTest.mouseMove(label, right)
    QTest.mouseRelease(label, button, pos=right)
    assert label.selectedText() == "Copy me"


def test_an_empty_label_takes_no_room() -> None:
    label = say("x")
    assert not label.isHidden()
    tell(label, "")
    assert label.isHidden()


def test_short_words_stay_whole_and_long_ones_may_break() -> None:
    assert breakable("a short text") == "a short text"
    address = "https://example.org/" + "a" * 60
    soft = breakable(address)
    assert soft.replace("\u200b", "") == address
    assert max(len(piece) for piece in soft.split("\u200b")) < LONGEST_WORD


def test_a_font_in_pixels_can_grow_too() -> None:
    widget = QWidget()
    font = QFont()
    font.setPixelSize(10)
    widget.setFont(font)
    set_font(widget, 1.5)
    assert widget.font().pixelSize() == 15


def test_a_mark_says_its_word_and_draws_nothing_when_there_is_none() -> None:
    mark = MarkView(16)
    mark.show_look(Look.MAJOR)
    assert mark.accessibleName() == "down"
    drawn = mark.grab().toImage()
    mark.show_look(None)
    assert mark.accessibleName() == ""
    assert mark.grab().toImage() != drawn


def test_the_flow_sets_widgets_like_words(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.add_widget(widget)
    flow = Flow(widget, gap=10)
    labels = [QLabel() for _ in range(4)]
    for label in labels:
        label.setFixedSize(100, 20)
        flow.addWidget(label)
    labels[3].hide()
    flow.setGeometry(QRect(0, 0, 215, 100))
    assert [(x.x(), x.y()) for x in labels[:3]] == [(0, 0), (110, 0), (0, 30)]
    assert flow.heightForWidth(215) == 50
    assert flow.heightForWidth(1000) == 20
    assert (flow.sizeHint().width(), flow.sizeHint().height()) == (320, 20)
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.setGeometry(QRect(0, 0, 215, 100))
    assert labels[0].x() == 115
    assert flow.count() == 4
    assert flow.takeAt(9) is None
    assert flow.itemAt(9) is None
    assert flow.takeAt(3) is not None
    assert flow.count() == 3
    assert flow.expandingDirections() == Qt.Orientation(0)


def test_a_widget_wider_than_the_flow_is_made_to_fit() -> None:
    widget = QWidget()
    flow = Flow(widget)
    label = say("many words " * 20, role="chip")
    flow.addWidget(label)
    flow.setGeometry(QRect(0, 0, 150, 500))
    assert label.width() == 150
    assert label.height() >= label.heightForWidth(150)


def test_a_line_shows_another_line_without_leftovers() -> None:
    view = LineView()
    view.show_line(
        Line(
            "Title",
            look=Look.MAJOR,
            word="down",
            aside="1 s",
            text="Why",
            tags=("a", "b"),
            link="https://x.example/",
        )
    )
    shown = [x.text() for x in view.findChildren(QLabel) if not x.isHidden()]
    assert sorted(shown) == sorted(["Title", "down", "1 s", "Why", "a, b"])
    view.show_line(Line("Group", kind="group"))
    shown = [x.text() for x in view.findChildren(QLabel) if not x.isHidden()]
    assert shown == ["Group"]
    view.show_line(Line("Group", kind="group"))
    assert view.line.title == "Group"


def test_the_steps_of_a_story_hang_on_a_thread() -> None:
    view = LineView()
    view.resize(300, 60)
    view.show_line(Line("Step", kind="update", text="Words"), above=True, below=True)
    tied = view.grab().toImage()
    view.show_line(Line("Step", kind="update", text="Words"))
    assert view.grab().toImage() != tied


def test_one_more_line_is_shown_rather_than_a_button_for_it() -> None:
    lines = tuple(Line(str(n)) for n in range(3))

    def shown(at_once: int | None) -> int:
        card = CardView("x")
        card.show_card(Card("x", "X", lines, shown=at_once))
        return len(card.lines)

    assert [shown(n) for n in (None, 3, 2, 1)] == [3, 3, 3, 1]


def test_an_address_with_an_ampersand_is_shown_whole_on_a_link(qtbot: QtBot) -> None:
    made = LineView()
    qtbot.add_widget(made)
    address = "https://status.example/?a=1&b=2"
    made.show_line(Line("A page", link=address, link_text="status.example/?a=1&b=2"))
    assert made.link is not None
    assert made.link.text() == "status.example/?a=1&&b=2 ↗"


def test_a_word_stands_before_what_was_beside_the_title_first(qtbot: QtBot) -> None:
    made = LineView()
    qtbot.add_widget(made)
    made.resize(400, 40)
    made.show_line(Line("Work", aside="1 min"))
    made.show_line(Line("Work", word="down", aside="1 min", tags=("new",)))
    made.show()
    assert made._word is not None
    assert made._aside is not None
    assert made._tags is not None
    beside = (made._title, made._tags, made._word, made._aside)
    places = [label.mapTo(made, QPoint()).x() for label in beside]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_word_without_a_mark_keeps_no_colour_of_the_line_before(
    qtbot: QtBot,
) -> None:
    made, plain = LineView(), LineView()
    for one in (made, plain):
        qtbot.add_widget(one)
    made.show_line(Line("Work", look=Look.MAJOR, word="down"))
    for one in (made, plain):
        one.show_line(Line("Work", word="planned"))
    ink = QPalette.ColorRole.WindowText
    assert made._word is not None
    assert plain._word is not None
    assert made._word.palette().color(ink) == plain._word.palette().color(ink)


def test_the_button_that_empties_a_field_has_a_name(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.add_widget(field)
    make_clearable(field)
    field.setText("words")
    names = [button.accessibleName() for button in field.findChildren(QToolButton)]
    assert names == ["Empty the field"]
