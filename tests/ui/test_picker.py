"""Choosing what is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from downlight.core.model import ServiceSlug
from downlight.ui.picker import Picker
from tests.ui.made_up import catalog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WATCHED = (ServiceSlug("calm"), ServiceSlug("chatter"))


@pytest.fixture
def picker(qtbot: QtBot) -> Picker:
    made = Picker(catalog(), WATCHED)
    qtbot.add_widget(made)
    made.open()
    return made


def ok(picker: Picker) -> str:
    return picker.buttons.button(QDialogButtonBox.StandardButton.Ok).text()


def test_it_shows_what_is_watched_and_counts_it(picker: Picker) -> None:
    assert picker.count.text() == f"2 of {len(catalog())} services ticked"
    assert ok(picker) == "Watch these 2"


def test_the_button_says_what_it_will_do(picker: Picker) -> None:
    for words, says in (("calm", "Watch this one"), ("chatter", "Watch nothing")):
        picker.search.setText(words)
        picker.list.clicked.emit(picker.model.index(0))
        assert ok(picker) == says


def test_it_says_plainly_when_nothing_matches(picker: Picker) -> None:
    picker.search.setText("zzz")
    assert picker.empty.text() == "Nothing in the catalog matches “zzz”."
    assert picker.empty.isVisible()
    assert not picker.list.isVisible()
    picker.search.clear()
    assert picker.list.isVisible()
    assert not picker.empty.isVisible()


def test_an_empty_catalog_is_called_empty(qtbot: QtBot) -> None:
    made = Picker((), ())
    qtbot.add_widget(made)
    assert made.empty.text() == "The catalog is empty."


def test_it_can_be_used_without_a_mouse(picker: Picker, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.search, "atlas")
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.focusWidget() is picker.list
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    with qtbot.wait_signal(picker.picked) as heard:
        picker.buttons.accepted.emit()
    assert heard.args == [("calm", "chatter", "atlas")]


def test_down_has_nowhere_to_go_when_nothing_matches(picker: Picker) -> None:
    picker.search.setText("zzz")
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    QTest.keyClick(picker.search, Qt.Key.Key_A)
    assert picker.search.text() == "zzza"


def test_cancel_changes_nothing(picker: Picker, qtbot: QtBot) -> None:
    picker.list.clicked.emit(picker.model.index(0))
    with qtbot.assert_not_emitted(picker.picked):
        picker.buttons.rejected.emit()
    assert not picker.isVisible()


def test_it_can_be_drawn(picker: Picker) -> None:
    picker.list.setCurrentIndex(picker.model.index(1))
    drawn = picker.grab().toImage()
    middle = drawn.width() // 4
    column = {drawn.pixelColor(middle, y).name() for y in range(drawn.height())}
    assert len(column) > 3
