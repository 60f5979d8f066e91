"""Choosing what is watched: search, keys, an address, one's own services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
)

from downlight.core.model import ServiceSlug
from downlight.core.parts import outline
from downlight.core.places.gazetteer import Gazetteer
from downlight.ui.picking.catalog_list import CatalogList
from downlight.ui.picking.picker import Picker
from downlight.ui.picking.tick_delegate import remove_area
from tests.ui import made_up
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from downlight.core.model import Component
    from downlight.core.parts import Group
    from downlight.core.service import Service

WATCHED = (ServiceSlug("calm"), ServiceSlug("chatter"))
ADDRESS = "https://status.acme.example/"
CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = Gazetteer.parse("")


def grouped(parts: Sequence[Component]) -> Sequence[Group]:
    return outline(parts, PLACES.continent)


class Stage:
    """A picker and whoever grants its wishes."""

    def __init__(self, qtbot: QtBot, services: Sequence[Service]) -> None:
        self.qtbot = qtbot
        self.wishes = Granted()
        self.picker = Picker(services, WATCHED, self.wishes, grouped)
        qtbot.add_widget(self.picker)
        with qtbot.wait_active(self.picker):
            self.picker.open()

    @property
    def ok(self) -> str:
        return self.picker.ok.text()

    @property
    def names(self) -> list[str]:
        model = self.picker.model
        return [str(model.index(n).data()) for n in range(model.rowCount())]

    @property
    def picked(self) -> list[str]:
        return [str(slug) for slug in self.picker.model.picked]

    @property
    def gone(self) -> list[str]:
        return [str(slug) for slug in self.picker.model.gone]

    @property
    def current(self) -> str:
        return str(self.picker.list.currentIndex().data())

    def type(self, words: str) -> None:
        QTest.keyClicks(self.picker.search, words)

    def key(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.picker.focusWidget(), key, held)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot, (*made_up.catalog(), *made_up.many()))


def test_it_shows_what_is_watched_and_counts_it(stage: Stage) -> None:
    total = len(made_up.catalog()) + len(made_up.many())
    assert stage.picker.count.text().startswith(f"2 of {total} services ticked.")
    assert stage.ok == "Watch these 2"


def test_the_button_says_what_it_will_do(stage: Stage) -> None:
    for words, says in (("calm", "Watch this one"), ("chatter", "Watch nothing")):
        stage.picker.search.setText(words)
        stage.picker.delegate.toggle_wanted.emit(stage.picker.model.index(0))
        assert stage.ok == says


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("what", "WhatsApp"),
        ("wa", "WhatsApp"),
        ("gith", "GitHub"),
        ("aws fra", "AWS Frankfurt"),
    ],
)
def test_what_is_meant_stands_on_top_and_enter_ticks_it(
    stage: Stage, words: str, first: str
) -> None:
    stage.type(words)
    assert stage.names[0] == stage.current == first
    stage.key(Qt.Key.Key_Return)
    assert len(stage.picker.model.picked) == 3
    stage.key(Qt.Key.Key_Return, CTRL)
    [watched] = stage.wishes.watched
    assert watched[:2] == WATCHED
    assert not stage.picker.isVisible()


def test_the_arrows_move_in_the_list_while_one_types(stage: Stage) -> None:
    stage.type("git")
    stage.key(Qt.Key.Key_Down)
    assert stage.current == stage.names[1]
    stage.key(Qt.Key.Key_Up)
    stage.key(Qt.Key.Key_Up)
    assert stage.current == stage.names[0]
    assert stage.picker.focusWidget() is stage.picker.search
    stage.key(Qt.Key.Key_PageDown)
    assert stage.current == stage.names[-1]


def test_the_list_takes_the_keyboard_too(stage: Stage) -> None:
    stage.picker.list.setFocus()
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_Space)
    assert len(stage.picker.model.picked) == 3
    stage.key(Qt.Key.Key_Return)
    assert stage.picked == [*WATCHED]
    stage.key(Qt.Key.Key_G)
    assert stage.picker.search.text() == "g"
    assert stage.picker.focusWidget() is stage.picker.search
    stage.picker.list.setFocus()
    stage.key(Qt.Key.Key_Tab)
    assert stage.picker.focusWidget() is not stage.picker.list


def test_escape_empties_the_search_and_then_closes(stage: Stage) -> None:
    stage.type("calm")
    stage.key(Qt.Key.Key_Escape)
    assert stage.picker.search.text() == ""
    assert stage.picker.isVisible()
    stage.key(Qt.Key.Key_Escape)
    assert not stage.picker.isVisible()
    assert stage.wishes.watched == []


def test_when_nothing_matches_it_says_what_can_be_done(stage: Stage) -> None:
    stage.type("zzzzqq")
    assert stage.picker.empty.text() == (
        "Nothing in the catalog matches “zzzzqq”.\n"
        "Paste the address of its status page or feed here."
    )
    assert stage.picker.empty.isVisible()
    assert not stage.picker.list.isVisible()
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_Return)
    stage.picker.search.clear()
    assert stage.picker.list.isVisible()
    assert not stage.picker.empty.isVisible()
    assert stage.picked == [*WATCHED]


def test_an_empty_catalog_is_called_empty(qtbot: QtBot) -> None:
    made = Picker((), (), Granted(), grouped)
    qtbot.add_widget(made)
    assert made.empty.text() == "The catalog is empty."


def test_cancel_changes_nothing(stage: Stage) -> None:
    stage.picker.delegate.toggle_wanted.emit(stage.picker.model.index(0))
    stage.picker.buttons.rejected.emit()
    assert not stage.picker.isVisible()
    assert stage.wishes.watched == []


def test_what_has_not_changed_is_not_asked_for(stage: Stage) -> None:
    stage.picker.buttons.accepted.emit()
    assert stage.wishes.watched == []


def test_a_service_says_by_which_other_name_it_was_found(stage: Stage) -> None:
    model = CatalogList(made_up.many(), ())
    for words, aside in (("wapp", "wapp"), ("whats", "messaging"), ("meta", "Meta")):
        model.search(words)
        assert str(model.index(0).data(Qt.ItemDataRole.UserRole)).startswith(aside)


def test_ones_own_service_can_be_removed_and_kept_after_all(stage: Stage) -> None:
    stage.type("acme mail")
    stage.picker.list.setFocus()
    index = stage.picker.model.index(0)
    heard = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(heard) == "Acme Mail, other, added by you, not watched"
    stage.key(Qt.Key.Key_Delete)
    assert index.data(heard) == "Acme Mail, other, added by you, to be removed"
    assert "1 to be removed" in stage.picker.count.text()
    stage.key(Qt.Key.Key_Space)
    assert index.data(heard) == "Acme Mail, other, added by you, watched"
    stage.key(Qt.Key.Key_Delete)
    assert stage.wishes.removed == []
    stage.key(Qt.Key.Key_Return, CTRL)
    assert stage.wishes.removed == ["acme-mail"]
    assert stage.wishes.watched == []


def test_delete_removes_from_the_search_field_when_it_has_no_other_use(
    stage: Stage,
) -> None:
    stage.type("acme maill")
    stage.key(Qt.Key.Key_Left)
    stage.key(Qt.Key.Key_Delete)
    assert (stage.picker.search.text(), stage.gone) == ("acme mail", [])
    stage.key(Qt.Key.Key_Delete)
    assert (stage.picker.search.text(), stage.gone) == ("acme mail", ["acme-mail"])


def test_a_service_of_the_catalog_cannot_be_removed(stage: Stage) -> None:
    stage.type("github")
    stage.picker.list.setFocus()
    stage.key(Qt.Key.Key_Delete)
    assert stage.gone == []


def test_a_click_on_remove_removes_and_one_beside_it_ticks(stage: Stage) -> None:
    stage.type("acme mail")
    index, view = stage.picker.model.index(0), stage.picker.list
    option = QStyleOptionViewItem()
    option.rect, option.font = view.visualRect(index), view.font()
    left = Qt.MouseButton.LeftButton
    place = remove_area(option, index).center()
    QTest.mouseClick(view.viewport(), left, pos=place)
    assert stage.gone == ["acme-mail"]
    QTest.mouseClick(view.viewport(), left, pos=place)
    assert stage.gone == []
    QTest.mouseClick(view.viewport(), left, pos=place - QPoint(200, 0))
    assert stage.picker.model.picked[-1] == "acme-mail"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert stage.gone == []


def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(stage: Stage) -> None:
    stage.type("acme mail")
    stage.picker.model.toggle_gone(stage.picker.model.index(0))
    stage.wishes.refuse("Storage failed", "The disk is full.")
    stage.picker.buttons.accepted.emit()
    assert stage.picker.isVisible()
    assert "Storage failed. The disk is full." in stage.picker.panel.text
    assert stage.picker.search.text() == "acme mail"
    assert stage.gone == ["acme-mail"]


def test_an_ampersand_in_an_address_is_shown_and_is_no_key(stage: Stage) -> None:
    stage.type("acme.example/?a=1&b=2")
    assert stage.picker.panel.buttons["look"].text().endswith("?a=1&&b=2")


def test_an_address_is_looked_at_named_and_added_with_enter_alone(
    stage: Stage,
) -> None:
    stage.type(ADDRESS)
    panel = stage.picker.panel
    assert panel.buttons["look"].text() == "Look at status.acme.example"
    stage.key(Qt.Key.Key_Return)
    assert stage.wishes.looks == [(ADDRESS, False)]
    assert panel.title == "Looking at status.acme.example …"
    stage.key(Qt.Key.Key_Return)
    assert len(stage.wishes.looks) == 1
    stage.wishes.tell(made_up.found())
    assert panel.title == "Read as a Statuspage page."
    assert panel.text == (
        "Now: partly down\n"
        "Going on: Mail is late.\n"
        "5 parts; all of them count.\n"
        "The page has moved here from www.acme.example."
    )
    panel.name.setFocus()
    panel.name.setText(" Our Acme ")
    stage.key(Qt.Key.Key_Left)
    stage.key(Qt.Key.Key_Return)
    [(found, parts)] = stage.wishes.added
    assert found.addition.service.name == "Our Acme"
    assert parts == ()
    assert not stage.picker.isVisible()


def test_the_parts_of_what_was_found_can_be_chosen_before_it_is_added(
    stage: Stage,
) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    stage.wishes.tell(made_up.found())
    stage.picker.panel.name.setText("Mine")
    stage.picker.panel.buttons["parts"].click()
    dialog = stage.picker.parts
    assert dialog is not None
    assert dialog.windowTitle() == "Parts of Mine"
    dialog.all.setChecked(False)
    dialog.search.setText("chat")
    dialog.model.toggle(dialog.model.first)
    dialog.buttons.accepted.emit()
    assert "1 of 5 parts count." in stage.picker.panel.text
    assert stage.picker.panel.name.text() == "Mine"
    stage.picker.panel.buttons["add"].click()
    [(_, parts)] = stage.wishes.added
    assert parts == ("Chat",)


def test_typing_on_gives_up_what_is_being_looked_at(stage: Stage) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    late = stage.wishes.tell
    stage.type("x")
    late(made_up.found())
    assert stage.picker.panel.title == "This looks like an address."
    assert stage.picker.panel.found is None


def test_an_answer_that_comes_after_the_end_is_not_heard(stage: Stage) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    stage.picker.reject()
    stage.wishes.tell(made_up.found())
    assert stage.picker.panel.found is None


def test_what_cannot_be_read_says_why_and_leaves_two_ways_on(stage: Stage) -> None:
    stage.type("acme.example")
    stage.key(Qt.Key.Key_Return)
    stage.wishes.tell(stage.wishes.refuse("No page we can read", "Try its feed."))
    panel = stage.picker.panel
    assert panel.title == "acme.example: no page we can read."
    assert panel.text == "Try its feed."
    with stage.qtbot.wait_signal(stage.picker.page_wanted) as opened:
        panel.buttons["page"].click()
    assert opened.args == ["https://acme.example"]
    panel.buttons["check"].click()
    assert stage.wishes.looks[-1] == ("acme.example", True)
    assert panel.title == "Trying acme.example …"
    stage.wishes.tell(stage.wishes.refuse("Name not found"))
    assert not panel.buttons["check"].isVisible()
    assert panel.buttons["page"].isVisible()


def test_what_the_catalog_knows_is_ticked_and_shown(stage: Stage) -> None:
    stage.type("https://status.whatsapp.example")
    stage.key(Qt.Key.Key_Return)
    whatsapp = next(s for s in made_up.many() if s.slug == "whatsapp")
    stage.wishes.tell(made_up.known(whatsapp))
    assert stage.names == ["WhatsApp"]
    assert stage.picker.panel.title == "WhatsApp: it is in the catalog, and ticked."
    stage.key(Qt.Key.Key_Return, CTRL)
    assert stage.wishes.added == []
    assert stage.wishes.watched == [(*WATCHED, "whatsapp")]


def test_a_name_with_a_dot_is_no_address(stage: Stage) -> None:
    stage.type("net.mai")
    assert stage.picker.panel.isVisible()
    stage.picker.search.setText("net.mail")
    assert not stage.picker.panel.isVisible()
    assert stage.names[0] == "Net.Mail"


def test_it_can_be_drawn(
    stage: Stage,
) -> None:
    stage.type("a")
    stage.picker.model.toggle_gone(stage.picker.model.index(6))
    stage.picker.list.setCurrentIndex(stage.picker.model.index(1))
    drawn = stage.picker.grab().toImage()
    middle = drawn.width() // 4
    column = {drawn.pixelColor(middle, y).name() for y in range(drawn.height())}
    assert len(column) > 3


def test_nothing_that_was_found_is_clipped_however_narrow_it_is(stage: Stage) -> None:
    base = made_up.found()
    notes = (made_up.LONG, "A page that has a lot to say. " * 8)
    stage.picker.resize(10, 10)
    stage.type(made_up.LONG)
    stage.key(Qt.Key.Key_Return)
    stage.wishes.tell(replace(base, notes=notes))
    QCoreApplication.processEvents()
    labels = [x for x in stage.picker.panel.findChildren(QLabel) if x.isVisible()]
    assert len(labels) == 4
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in stage.picker.panel.findChildren(QPushButton):
        if button.isVisible():
            assert button.geometry().right() < stage.picker.panel.width()


def test_tab_goes_from_the_address_through_what_was_found(stage: Stage) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    stage.wishes.tell(made_up.found())
    panel = stage.picker.panel
    for wanted in (panel.name, panel.buttons["add"], panel.buttons["parts"]):
        stage.key(Qt.Key.Key_Tab)
        assert stage.picker.focusWidget() is wanted


def test_what_was_found_is_added_whichever_way_one_finishes(stage: Stage) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    assert stage.ok == "Watch these 2"
    stage.wishes.tell(made_up.found())
    assert stage.ok == "Add, and watch these 3"
    stage.key(Qt.Key.Key_Return, CTRL)
    assert len(stage.wishes.added) == 1
    assert not stage.picker.isVisible()


def test_what_was_found_and_is_not_wanted_goes_with_the_address(stage: Stage) -> None:
    stage.type(ADDRESS)
    stage.key(Qt.Key.Key_Return)
    stage.wishes.tell(made_up.found())
    stage.key(Qt.Key.Key_Escape)
    assert stage.ok == "Watch these 2"
    stage.picker.buttons.accepted.emit()
    assert stage.wishes.added == []
