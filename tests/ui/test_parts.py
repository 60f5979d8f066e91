"""Choosing which parts of a page count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from downlight.core.level import Level
from downlight.core.model import Component, Place, ServiceSlug
from downlight.core.parts import outline
from downlight.core.places.gazetteer import Gazetteer
from downlight.storage.resources import resource
from downlight.ui.now.cards import reports
from downlight.ui.picking.part_tree import PartTree
from downlight.ui.picking.parts_dialog import PartsDialog
from downlight.ui.window import Window
from tests.ui import made_up
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from downlight.core.parts import Group

PLACES = Gazetteer.parse(resource("places.tsv").read_text("utf-8"))
MESH = ServiceSlug("mesh")
SHOWN = Qt.ItemDataRole.DisplayRole
HEARD = Qt.ItemDataRole.AccessibleTextRole
TICK = Qt.ItemDataRole.CheckStateRole


def office() -> Sequence[Group]:
    return outline(made_up.found().report.components, PLACES.continent)


def whole() -> tuple[Component, ...]:
    counting, _ = reports(made_up.network(), made_up.NOW)
    return tuple(part for report in counting for part in report.components)


class Stage:
    """A dialog with five parts, and what it keeps."""

    def __init__(self, qtbot: QtBot) -> None:
        self.kept: list[tuple[str, ...]] = []
        self.wishes = Granted()
        self.dialog = PartsDialog("Acme", self.save)
        qtbot.add_widget(self.dialog)
        with qtbot.wait_active(self.dialog):
            self.dialog.open()

    def save(self, parts: tuple[str, ...]) -> None:
        if self.wishes.refusal is not None:
            raise self.wishes.refusal
        self.kept.append(parts)

    def show(self, *chosen: str) -> PartsDialog:
        self.dialog.show_groups(office(), chosen)
        return self.dialog

    def tick(self, words: str) -> None:
        self.dialog.search.setText(words)
        self.dialog.model.toggle(self.dialog.model.first)

    def can_save(self) -> bool:
        return self.dialog.ok.isEnabled()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_it_waits_for_the_parts_in_words(stage: Stage) -> None:
    assert stage.dialog.words.text() == "Asking for the parts …"
    assert not stage.can_save()
    stage.dialog.show_groups((), ())
    assert stage.dialog.words.text() == "This page names no parts."
    assert not stage.can_save()
    QTest.keyClick(stage.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stage.kept == []


def test_parts_that_cannot_be_had_are_explained(stage: Stage) -> None:
    stage.dialog.complain(stage.wishes.refuse("No answer in time"))
    assert stage.dialog.words.text() == "No answer in time."


def test_at_first_all_parts_count(stage: Stage) -> None:
    dialog = stage.show()
    assert dialog.all.isChecked()
    assert dialog.count.text() == "All 5 parts count."
    dialog.buttons.accepted.emit()
    assert stage.kept == [()]
    assert not dialog.isVisible()


def test_unticking_one_of_all_leaves_the_others(stage: Stage) -> None:
    dialog = stage.show()
    stage.tick("chat")
    assert not dialog.all.isChecked()
    assert dialog.count.text() == "4 of 5 parts count."
    dialog.buttons.accepted.emit()
    assert set(stage.kept[0]) == {"Mail", "Calendar", "Interface", "Website"}


def test_a_few_are_ticked_after_all_is_switched_off(stage: Stage) -> None:
    dialog = stage.show()
    dialog.all.click()
    assert dialog.count.text() == ("Tick at least one part, or let all of them count.")
    assert not stage.can_save()
    stage.tick("office cal")
    stage.tick("website")
    assert dialog.count.text() == "2 of 5 parts count."
    dialog.buttons.accepted.emit()
    assert stage.kept == [("Calendar", "Website")]


def test_what_was_chosen_before_is_ticked(stage: Stage) -> None:
    dialog = stage.show("Chat", "1")
    assert list(dialog.chosen) == ["Calendar", "Chat"]
    dialog.all.click()
    assert list(dialog.chosen) == []
    dialog.all.click()
    assert list(dialog.chosen) == ["Calendar", "Chat"]


def test_ticking_all_is_the_same_as_letting_all_count(stage: Stage) -> None:
    dialog = stage.show("Chat")
    for row in range(dialog.model.rowCount()):
        index = dialog.model.index(row, 0)
        while dialog.model.data(index, TICK) != Qt.CheckState.Checked:
            dialog.model.toggle(index)
    assert dialog.model.total == len(dialog.model.chosen) == 5
    assert list(dialog.chosen) == []


def test_it_can_be_used_without_a_mouse(stage: Stage) -> None:
    dialog = stage.show("Chat")
    assert dialog.focusWidget() is dialog.search
    QTest.keyClicks(dialog.search, "interf")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen == ("Chat", "Interface")
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.search.text() == ""
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.tree
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert dialog.count.text() == "4 of 5 parts count."
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.kept) == 1


def test_escape_closes_and_keeps_nothing(stage: Stage) -> None:
    stage.show("Chat")
    QTest.keyClick(stage.dialog, Qt.Key.Key_Escape)
    assert not stage.dialog.isVisible()
    assert stage.kept == []


def test_what_cannot_be_kept_is_said_and_the_ticks_stay(stage: Stage) -> None:
    dialog = stage.show("Chat")
    stage.wishes.refuse("Storage failed", "The disk is full.")
    dialog.buttons.accepted.emit()
    assert dialog.isVisible()
    assert dialog.count.text() == "Storage failed. The disk is full."
    assert dialog.chosen == ("Chat",)


def test_a_search_that_finds_nothing_shows_nothing(stage: Stage) -> None:
    dialog = stage.show("Chat")
    dialog.search.setText("zzz")
    assert dialog.model.rowCount() == 0
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.chosen == ("Chat",)


@pytest.mark.usefixtures("qapp")
def test_the_tree_is_a_sound_one_and_can_be_heard() -> None:
    model = PartTree()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_groups(office(), ("Mail",))
    group = model.index(0, 0)
    assert model.data(group, HEARD) == "Office, 1 of 3 partly down, does not count"
    assert model.data(group, TICK) == Qt.CheckState.PartiallyChecked
    assert model.data(model.first, HEARD) == "Mail, partly down, counts"
    others = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert set(others) == {"Office", "For programs", "Others"}
    assert model.data(group, Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.first) == 0
    assert model.columnCount() == 1
    model.toggle(QModelIndex())
    assert model.chosen == ("Mail",)
    model.search("zzz")
    assert not model.first.isValid()


@pytest.mark.usefixtures("qapp")
def test_two_parts_of_one_name_are_told_apart() -> None:
    twins = tuple(
        Component(id_, "API", Level.OPERATIONAL, group) for id_, group in ("aA", "bB")
    )
    model = PartTree()
    model.show_groups(outline(twins, PLACES.continent), ("b",))
    assert model.chosen == ("b",)


@pytest.mark.usefixtures("qapp")
def test_many_places_are_folded_by_continent_and_found_by_country() -> None:
    model = PartTree()
    model.show_groups(outline(whole(), PLACES.continent), ())
    folded = {
        model.index(row, 0).data()
        for row in range(model.rowCount())
        if model.starts_folded(model.index(row, 0))
    }
    assert {"Europe", "Asia", "Africa"} <= folded
    assert "Products" not in folded
    model.search("ireland")
    assert model.first.data() == "API (eu-west-1)"
    assert model.data(model.first, HEARD) == (
        "API (eu-west-1), Ireland · troubled, does not count"
    )
    assert not model.starts_folded(model.index(0, 0))


def test_it_can_be_drawn(stage: Stage) -> None:
    place = Place("FRA", "Frankfurt", ("DE",))
    part = Component("x", "West", None, place=place)
    stage.dialog.show_groups(outline((part, *whole()), PLACES.continent), ("DNS",))
    tree = stage.dialog.tree
    picture = tree.grab().toImage()
    row = tree.visualRect(stage.dialog.model.index(0, 0)).center().y()
    colours = {picture.pixelColor(x, row).name() for x in range(picture.width())}
    assert len(colours) > 3


def opened(qtbot: QtBot, wishes: Granted) -> Window:
    window = Window(
        made_up.catalog, wishes, clock=lambda: made_up.NOW, gazetteer=lambda: PLACES
    )
    qtbot.add_widget(window)
    window.show_news(made_up.world(services=(made_up.network(),)))
    with qtbot.wait_active(window):
        window.open_on("mesh")
    return window


def test_the_page_opens_the_choice_and_says_how_many_parts_count(
    qtbot: QtBot,
) -> None:
    wishes = Granted()
    wishes.parts = whole()
    window = opened(qtbot, wishes)
    card = window.page.now.cards["parts"]
    assert wishes.asked_parts == []
    card.act.click()
    dialog = window.asking.parts
    assert dialog is not None
    dialog.all.setChecked(False)
    dialog.search.setText("dns")
    dialog.model.toggle(dialog.model.first)
    dialog.buttons.accepted.emit()
    assert wishes.chosen == {MESH: ("DNS",)}
    assert card._summary.text().startswith(f"{len(whole())} of {len(whole())} parts")
    assert window.asking.parts is None


def test_how_many_parts_there_are_is_asked_once(qtbot: QtBot) -> None:
    wishes = Granted()
    wishes.chosen[MESH] = ("DNS",)
    window = opened(qtbot, wishes)
    window.side.choose("mesh")
    assert wishes.asked_parts == [MESH]
    said = window.page.now.cards["parts"]._summary
    assert said.text().startswith("62 parts count, as you chose.")
    wishes.tell_parts((*whole(), *whole()))
    assert said.text().startswith("62 of 124 parts count, as you chose.")
    window._refill()
    assert wishes.asked_parts == [MESH]


def test_how_many_parts_there_are_may_stay_unknown(qtbot: QtBot) -> None:
    wishes = Granted()
    wishes.chosen[MESH] = ("DNS",)
    wishes.parts = wishes.refuse("No answer in time")
    window = opened(qtbot, wishes)
    said = window.page.now.cards["parts"]._summary.text()
    assert said.startswith("62 parts count, as you chose.")
    window.page.now.cards["parts"].act.click()
    dialog = window.asking.parts
    assert dialog is not None
    assert dialog.words.text() == "No answer in time."
    dialog.reject()


def test_parts_that_come_after_the_dialog_is_closed_are_not_shown(
    qtbot: QtBot,
) -> None:
    wishes = Granted()
    window = opened(qtbot, wishes)
    window.page.now.cards["parts"].act.click()
    dialog = window.asking.parts
    assert dialog is not None
    dialog.reject()
    wishes.tell_parts(whole())
    assert dialog.model.total == 0


def test_in_a_replay_nothing_can_be_chosen(qtbot: QtBot) -> None:
    window = opened(qtbot, Granted())
    window.show_news(made_up.world(services=(made_up.network(),), replay="a day"))
    assert not window.page.now.cards["parts"].act.isVisible()
    window.page.acted.emit("parts")
    assert window.asking.parts is None
