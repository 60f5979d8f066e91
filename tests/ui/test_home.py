"""The line that asks once in which country a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from downlight.core.places.home import Whereabouts
from downlight.ui.picking.country_list import CountryList
from downlight.ui.window import Window
from tests.ui import made_up
from tests.ui.made_up import NOW
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from downlight.ui.picking.country_dialog import CountryDialog

TURKEY = Whereabouts("TR", "zone")


class Stage:
    """A window that does not know yet where the person is."""

    def __init__(self, qtbot: QtBot, where: Whereabouts) -> None:
        self.qtbot = qtbot
        self.wishes = Granted()
        self.wishes.where = where
        self.window = Window(made_up.catalog, self.wishes, clock=lambda: NOW)
        qtbot.add_widget(self.window)
        self.window.show_news(made_up.world())
        with qtbot.wait_active(self.window):
            self.window.open_on("calm")
        self.line = self.window.home

    def choose(self) -> CountryDialog:
        QTest.mouseClick(self.line.other, Qt.MouseButton.LeftButton)
        dialog = self.window.asking.countries
        assert dialog is not None
        return dialog


def names(dialog: CountryDialog) -> list[str]:
    model = dialog.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_it_asks_whether_the_guess_is_right_and_takes_no_focus(qtbot: QtBot) -> None:
    stage = Stage(qtbot, TURKEY)
    assert stage.line.isVisible()
    assert stage.line.text.text() == (
        "You seem to be in Turkey. Downlight tells trouble there from trouble "
        "elsewhere."
    )
    assert stage.line.accessibleName() == "You seem to be in Turkey."
    assert stage.window.side.list.hasFocus()
    QTest.mouseClick(stage.line.right, Qt.MouseButton.LeftButton)
    assert stage.wishes.settled == ["TR"]
    assert not stage.line.isVisible()


def test_nobody_has_to_say(qtbot: QtBot) -> None:
    stage = Stage(qtbot, TURKEY)
    stage.line.leave.setFocus()
    QTest.keyClick(stage.line.leave, Qt.Key.Key_Space)
    assert stage.wishes.settled == ["none"]
    assert not stage.line.isVisible()


def test_who_was_heard_is_not_asked_again(qtbot: QtBot) -> None:
    stage = Stage(qtbot, Whereabouts("TR", "said", settled=True))
    assert not stage.line.isVisible()


def test_without_a_guess_it_asks_where_one_is(qtbot: QtBot) -> None:
    stage = Stage(qtbot, Whereabouts())
    assert stage.line.text.text().startswith("In which country are you? ")
    assert not stage.line.right.isVisible()
    dialog = stage.choose()
    assert not dialog.ok.isEnabled()
    dialog._finish()
    assert dialog.isVisible()
    QTest.keyClicks(dialog.search, "spa")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert stage.wishes.settled == ["ES"]
    assert not stage.line.isVisible()
    assert stage.window.asking.countries is None


def test_the_list_begins_with_the_guess_and_the_arrows_move_in_it(
    qtbot: QtBot,
) -> None:
    stage = Stage(qtbot, TURKEY)
    dialog = stage.choose()
    assert dialog.list.currentIndex().data() == "Turkey"
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().data() == "Turkmenistan"
    QTest.keyClick(dialog.search, Qt.Key.Key_PageUp)
    QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    dialog.ok.click()
    assert stage.wishes.settled == ["TW"]


def test_a_country_is_found_in_its_own_language_and_chosen_with_the_mouse(
    qtbot: QtBot,
) -> None:
    stage = Stage(qtbot, TURKEY)
    dialog = stage.choose()
    QTest.keyClicks(dialog.search, "deutsch")
    assert names(dialog) == ["Germany"]
    dialog.list.doubleClicked.emit(dialog.model.index(0))
    assert stage.wishes.settled == ["DE"]


def test_a_search_that_finds_nothing_says_so_and_chooses_nothing(
    qtbot: QtBot,
) -> None:
    dialog = Stage(qtbot, TURKEY).choose()
    QTest.keyClicks(dialog.search, "zzz")
    assert dialog.empty.text() == "No country matches “zzz”."
    assert not dialog.list.isVisible()
    assert not dialog.ok.isEnabled()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert not dialog.list.currentIndex().isValid()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.list.isVisible()
    assert len(names(dialog)) > 200
    assert dialog.isVisible()


def test_closing_the_list_answers_nothing(qtbot: QtBot) -> None:
    stage = Stage(qtbot, TURKEY)
    dialog = stage.choose()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert stage.window.asking.countries is None
    assert stage.wishes.settled == []
    assert stage.line.isVisible()


@pytest.mark.parametrize("code", ["TR", "GS"])
def test_nothing_is_cut_off_in_the_smallest_window(qtbot: QtBot, code: str) -> None:
    stage = Stage(qtbot, Whereabouts(code, "zone"))
    stage.window.resize(stage.window.minimumSize())
    line = stage.line
    qtbot.wait_until(lambda: line.width() == stage.window.width())
    text = line.text
    assert text.height() >= text.heightForWidth(text.width())
    for button in (line.right, line.other, line.leave):
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() < line.width()


@pytest.mark.usefixtures("qapp")
def test_the_list_of_countries_is_a_sound_model() -> None:
    model = CountryList()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.search("united")
    model.search("")
    assert model.place("ZZ").isValid() is False
