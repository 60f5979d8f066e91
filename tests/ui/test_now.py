"""The page of what goes on, used by hand: unfold a source, narrow, save a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from downlight.ui.views import Line
from downlight.ui.window import Window
from tests.ui import made_up
from tests.ui.made_up import NOW, world
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QToolButton
    from pytestqt.qtbot import QtBot

    from downlight.core.news import Snapshot
    from downlight.ui.kit.card_view import CardView
    from downlight.ui.kit.line_view import LineView


class Stage:
    """A window on a made-up world."""

    def __init__(self, qtbot: QtBot) -> None:
        self.browsed: list[str] = []
        self.qtbot = qtbot
        self.window = Window(
            made_up.catalog,
            Granted(),
            clock=lambda: NOW,
            browse=self.browsed.append,
        )
        qtbot.add_widget(self.window)

    def open(self, slug: str, snapshot: Snapshot | None = None) -> None:
        self.window.show_news(snapshot or world())
        with self.qtbot.wait_active(self.window):
            self.window.open_on(slug)

    def card(self, key: str) -> CardView:
        return self.window.page.now.cards[key]

    @property
    def page(self) -> LineView:
        """The row of the official page."""
        return self.card("evidence").lines[0]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def arrow(line: LineView) -> QToolButton:
    assert line.more is not None
    return line.more


def leads(line: LineView) -> bool:
    return line.link is not None and line.link.isVisible()


def unfolds(line: LineView) -> bool:
    return line.notes is not None and line.notes.isVisible()


def test_a_source_unfolds_by_key_and_leads_to_its_page(stage: Stage) -> None:
    stage.open("chatter")
    row = stage.page
    assert not unfolds(row)
    assert not leads(row)
    assert arrow(row).accessibleName() == "More about Chatter's status page"
    arrow(row).setFocus(Qt.FocusReason.TabFocusReason)
    assert arrow(row).hasFocus()
    QTest.keyClick(arrow(row), Qt.Key.Key_Space)
    assert unfolds(row)
    assert row.notes is not None
    assert row.notes.says["Asked"] == "40 s ago, again in 48 s"
    assert arrow(row).accessibleName() == "Less about Chatter's status page"
    assert row.link is not None
    row.link.click()
    assert stage.browsed == ["https://status.example.org/"]
    QTest.keyClick(arrow(row), Qt.Key.Key_Space)
    assert not unfolds(row)
    assert not leads(row)


def test_the_tab_key_reaches_what_unfolds(stage: Stage) -> None:
    stage.open("chatter")
    wanted = arrow(stage.page)
    for _ in range(40):
        widget = stage.window.focusWidget()
        if widget is wanted:
            break
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert stage.window.focusWidget() is wanted


def test_the_tab_key_goes_on_from_what_unfolds_to_its_link(stage: Stage) -> None:
    stage.open("chatter")
    button = arrow(stage.page)
    button.click()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert stage.page.link is not None
    assert stage.page.link.hasFocus()
    QTest.keyClick(stage.page.link, Qt.Key.Key_Tab)
    assert arrow(stage.card("evidence").lines[1]).hasFocus()


def test_news_leave_what_is_unfolded_and_another_service_folds_it(
    stage: Stage,
) -> None:
    stage.open("chatter")
    arrow(stage.page).click()
    stage.window.show_news(world(services=(*world().services[:4],)))
    assert unfolds(stage.page)
    stage.window.side.choose("calm")
    assert not unfolds(stage.page)
    stage.window.side.choose("chatter")
    assert not unfolds(stage.page)


def test_a_row_that_has_nothing_to_unfold_has_no_button(stage: Stage) -> None:
    stage.open("chatter")
    assert all(line.more is None for line in stage.card("incidents").lines)
    row = stage.page
    arrow(row).click()
    row.show_line(Line("Something else"))
    assert not arrow(row).isVisible()
    assert not unfolds(row)


def test_live_updates_are_narrowed_and_what_is_new_is_marked(stage: Stage) -> None:
    before = world(services=(made_up.chatter_before(), made_up.cloud()))
    stage.open("chatter", before)
    stage.window.side.choose("nimbus")
    stage.window.show_news(world())
    stage.window.side.choose("chatter")
    feed = stage.card("feed")
    assert [line.line.tags for line in feed.lines] == [("new",), ("new",), (), (), ()]
    own, official = feed.kins.buttons["Our checks"], feed.kins.buttons["Official"]
    assert own.accessibleName() == "Show only: Our checks"
    own.setFocus()
    QTest.keyClick(own, Qt.Key.Key_Space)
    assert [line.line.kin for line in feed.lines] == ["Our checks"]
    official.click()
    assert len(feed.lines) == 5
    own.click()
    assert {line.line.kin for line in feed.lines} == {"Official"}
    official.click()
    assert len(feed.lines) == 5
    stage.window.side.choose("nimbus")
    stage.window.side.choose("chatter")
    assert not [line for line in feed.lines if line.line.fresh]


def test_a_choice_of_kinds_ends_with_the_service(stage: Stage) -> None:
    stage.open("chatter", world(services=(made_up.chatter_before(), made_up.cloud())))
    stage.window.show_news(world())
    stage.card("feed").kins.buttons["Our checks"].click()
    stage.window.side.choose("nimbus")
    assert len(stage.card("feed").lines) == 4
    assert not stage.card("feed").kins.isVisible()


def test_a_window_that_was_closed_counts_as_turned_away(stage: Stage) -> None:
    stage.open("chatter", world(services=(made_up.chatter_before(), made_up.cloud())))
    stage.window.hide()
    stage.window.show_news(world())
    stage.open("chatter")
    fresh = [line for line in stage.card("feed").lines if line.line.fresh]
    assert len(fresh) == 2


def test_planned_work_is_saved_for_a_calendar(stage: Stage, tmp_path: Path) -> None:
    stage.open("nimbus")
    works = stage.card("works")
    assert works.act.text() == "Save for your calendar …"
    works.act.click()
    dialog = stage.window.asking.calendar
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "work.ics"))
    written = (tmp_path / "work.ics").read_bytes()
    assert written.count(b"BEGIN:VEVENT") == 2
    assert b"DTSTART:20260304T144440Z\r\n" in written
    dialog.reject()
    assert stage.window.asking.calendar is None


def test_a_calendar_that_cannot_be_saved_says_so(stage: Stage, tmp_path: Path) -> None:
    stage.open("nimbus")
    stage.card("works").act.click()
    dialog = stage.window.asking.calendar
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    assert dialog.complaint is not None
    assert dialog.complaint.textFormat() is Qt.TextFormat.PlainText
    said = dialog.complaint.text()
    assert said.startswith(f"{tmp_path.name} was not saved: ")
    dialog.complaint.close()
    dialog.reject()
