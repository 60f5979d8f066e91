"""The page History: looked up once, chosen by mouse and keys, and never untrue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from downlight.core.errors import Refused, StorageError
from downlight.core.history.past import DAY, Past
from downlight.core.level import Level
from downlight.ui.glance import Glance
from downlight.ui.history.view import ASKING, LOOKING
from downlight.ui.pasts import FRESH
from tests.ui import made_up
from tests.ui.show_history import CHIRP, NOW, Archivist, many, rich, sheet, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from downlight.ui.history.sheet import HistorySheet


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., HistorySheet]:
    def made(archivist: Archivist, width: int = 900, **more: object) -> HistorySheet:
        page = sheet(archivist, **more)
        qtbot.addWidget(page)
        page.resize(width, 2200)
        page.show()
        qtbot.waitExposed(page)
        return page

    return made


@pytest.fixture
def full(show: Callable[..., HistorySheet]) -> HistorySheet:
    return show(Archivist(rich()))


def glance(level: Level = Level.OPERATIONAL, slug: str = "chirp") -> Glance:
    view = made_up.plainly(slug, slug.title(), level)
    service = CHIRP if slug == "chirp" else view.service
    return Glance(replace(view, service=service), NOW, zone=UTC)


def test_it_says_that_it_looks_things_up_and_then_shows_them(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(None)
    page = show(archivist)
    assert page.head.title.text() == LOOKING
    assert page.days.isHidden()
    page.show_glance(glance())
    assert archivist.asked == ["chirp"]
    archivist.answer(rich())
    assert (
        page.head.title.text() == "24 outages of Chirp are known since February 2025."
    )
    assert not page.days.isHidden()
    assert not page.scores.isHidden()
    assert archivist.filled == ["chirp"]


def test_the_pages_are_asked_once_for_what_they_list_and_then_it_is_shown_again(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(Past(CHIRP, NOW))
    archivist.listed = None
    page = show(archivist)
    assert page.aside.text() == ASKING
    archivist.known = rich()
    archivist.tell_listed(True)
    assert page.aside.isHidden()
    assert archivist.asked == ["chirp", "chirp"]
    assert len(page.outages.table.outages) == 24
    page.show_glance(glance(Level.MAJOR))
    assert archivist.filled == ["chirp"]


@pytest.mark.usefixtures("qapp")
def test_what_is_heard_when_the_window_was_let_go_is_dropped() -> None:
    archivist = Archivist(None)
    page = sheet(archivist)
    page.show_glance(glance())
    delete(page)
    archivist.answer(rich())
    assert archivist.filled == []


def test_a_page_that_does_not_tell_is_named_and_what_is_known_stays(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(rich())
    archivist.listed = Refused(503)
    page = show(archivist)
    assert page.aside.text().startswith("Its status page did not say")
    assert not page.days.isHidden()


def test_another_service_is_looked_up_and_nothing_of_the_first_is_left(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(None)
    archivist.listed = None
    page = show(archivist)
    page.show_glance(glance(slug="other"))
    assert archivist.asked == ["chirp"]
    archivist.answer(rich())
    assert archivist.asked == ["chirp", "other"]
    assert page.head.title.text() == LOOKING
    assert page.days.isHidden()
    other = made_up.service("other", "Other")
    archivist.answer(Past(other, NOW))
    assert page.head.title.text() == "No outage of Other is known here."
    assert archivist.filled == ["other"]
    page.show_glance(glance())
    assert archivist.asked == ["chirp", "other"], "what is known still holds"
    assert not page.days.isHidden()
    assert archivist.filled == ["other"]
    archivist.tell_listed(False)
    assert archivist.filled == ["other", "chirp"]


def test_what_could_not_be_looked_up_is_looked_up_again_when_asked(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(StorageError("no disk"))
    page = show(archivist)
    assert page.head.title.text() == "The past cannot be shown."
    assert not page.again.isHidden()
    page.show_glance(glance())
    assert archivist.asked == ["chirp"]
    archivist.known = rich()
    page.again.click()
    assert page.again.isHidden()
    assert not page.days.isHidden()
    archivist.known = StorageError("no disk")
    page.look_anew()
    assert page.aside.text().startswith("This may be old: ")
    assert not page.days.isHidden()


def test_it_is_looked_up_again_when_the_state_the_day_or_the_hour_is_another(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(rich())
    page = show(archivist)
    page.show_glance(glance())
    assert len(archivist.asked) == 1
    page.show_glance(glance(Level.MAJOR))
    assert len(archivist.asked) == 2
    page.show_glance(replace(glance(Level.MAJOR), now=NOW + FRESH))
    assert len(archivist.asked) == 3
    page.show_glance(replace(glance(Level.MAJOR), now=NOW + FRESH))
    assert len(archivist.asked) == 3


def test_what_turned_while_it_was_looked_up_is_looked_up_once_more(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(None)
    page = show(archivist)
    page.show_glance(glance(Level.MAJOR))
    assert len(archivist.asked) == 1
    archivist.answer(rich())
    assert len(archivist.asked) == 2


def test_an_empty_past_shows_the_days_that_were_watched(
    show: Callable[..., HistorySheet],
) -> None:
    page = show(Archivist(Past(CHIRP, NOW, (), watched(days=9, pause=0))))
    assert not page.days.isHidden()
    assert page.outages.isHidden()
    assert page.charts.isHidden()
    page = show(Archivist(Past(CHIRP, NOW)))
    assert page.days.isHidden()
    assert page.basis.text().endswith("What happens from now on is kept here.")


def test_a_replay_says_whose_past_it_is(show: Callable[..., HistorySheet]) -> None:
    page = show(Archivist(rich()), replay="October 2021")
    assert "This is a replay." in page.basis.text()


def test_field_and_calendar_have_one_day_and_the_answer_is_of_it(
    full: HistorySheet,
) -> None:
    days = full.days
    assert days.day == NOW.date()
    days.field.setDate(QDate(2026, 2, 4))
    assert days.day == date(2026, 2, 4)
    assert days.calendar.day == date(2026, 2, 4)
    assert days.answer.text().startswith("On 4 February 2026 Chirp was down. From")
    assert days.field.accessibleDescription() == days.answer.text()
    assert days.read.text() == "Wednesday, 4 February 2026: one outage, 7 min."
    spot = days.calendar.area(date(2026, 2, 5)).center().toPoint()
    QTest.mouseClick(days.calendar, Qt.MouseButton.LeftButton, pos=spot)
    assert days.field.date() == QDate(2026, 2, 5)
    assert days.answer.text().startswith("No outage of Chirp was seen")


def test_the_keys_go_through_days_weeks_and_years(full: HistorySheet) -> None:
    calendar, days = full.days.calendar, full.days
    calendar.setFocus()
    days.choose(date(2026, 2, 4))
    for key, expected in (
        (Qt.Key.Key_Up, date(2026, 2, 3)),
        (Qt.Key.Key_Left, date(2026, 1, 27)),
        (Qt.Key.Key_Right, date(2026, 2, 3)),
        (Qt.Key.Key_Down, date(2026, 2, 4)),
        (Qt.Key.Key_Home, date(2026, 1, 1)),
        (Qt.Key.Key_Up, date(2025, 12, 31)),
        (Qt.Key.Key_PageDown, NOW.date()),  # the end of this year is still to come
        (Qt.Key.Key_PageUp, date(2025, 3, 4)),
        (Qt.Key.Key_End, date(2025, 12, 31)),
        (Qt.Key.Key_A, date(2025, 12, 31)),
    ):
        QTest.keyClick(calendar, key)
        assert days.day == expected
    assert days.number.text() == "2025"
    assert calendar.accessibleName().startswith("Calendar of 2025. Wednesday, 31 Dec")
    assert calendar.accessibleDescription().startswith("2025: an outage on")


def test_the_year_can_be_turned_as_far_as_anything_is_known(
    full: HistorySheet,
) -> None:
    days = full.days
    assert not days.later.isEnabled()
    days.earlier.click()
    assert (days.number.text(), days.day) == ("2025", date(2025, 3, 4))
    assert not days.earlier.isEnabled()
    assert days.monthly.text() == "Time down in each month of 2025"
    days.later.click()
    assert days.number.text() == "2026"
    days.choose(date(2001, 5, 6))
    assert days.number.text() == "2025"
    assert days.calendar.words(days.day) == ""
    assert days.answer.text().startswith("Not known")
    assert days.earlier.isEnabled() is False


def test_the_mouse_reads_days_and_months(full: HistorySheet) -> None:
    days = full.days
    calendar = days.calendar
    spot = calendar.area(date(2026, 2, 4)).center().toPoint()
    QApplication.sendEvent(calendar, _move(calendar, spot))
    assert days.read.text().startswith("Wednesday, 4 February 2026: one outage")
    event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, calendar.mapToGlobal(spot))
    assert calendar.event(event)
    QApplication.sendEvent(calendar, _leave())
    assert days.read.text().startswith("Wednesday, 4 March 2026")
    february = days.bars.area(1).center().toPoint()
    QApplication.sendEvent(days.bars, _move(days.bars, february))
    assert days.month.text().startswith("February 2026: 2 outages")
    QApplication.sendEvent(days.bars, _leave())
    assert days.month.text() == "Hatched: there may have been more."


def test_a_day_keeps_while_news_come_and_today_moves_on(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(rich())
    page = show(archivist)
    tomorrow = replace(glance(), now=NOW + DAY)
    archivist.known = replace(rich(), now=NOW + DAY)
    page.show_glance(tomorrow)
    assert page.days.day == (NOW + DAY).date()
    page.days.choose(date(2026, 2, 4))
    archivist.known = replace(rich(), now=NOW + 2 * DAY)
    page.show_glance(replace(tomorrow, now=NOW + 2 * DAY))
    assert page.days.day == date(2026, 2, 4)


def test_links_of_a_day_are_opened_and_only_https_ones_are_offered(
    show: Callable[..., HistorySheet],
) -> None:
    last = replace(
        many()[-2], sources=("http://a.example", "https://www.b.example/x?y=1")
    )
    page = show(Archivist(Past(CHIRP, NOW, (last,))))
    page.days.choose(last.begun.date())
    (button,) = page.days.links.buttons
    assert button.text() == "b.example"
    opened: list[str] = []
    page.opened.connect(opened.append)
    button.click()
    assert opened == ["https://www.b.example/x?y=1"]
    page.days.choose(NOW.date())
    assert page.days.links.isHidden()


def _move(over: QWidget, spot: QPoint) -> QMouseEvent:
    """Return the mouse's coming there, whatever windows other tests have left."""
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(spot),
        QPointF(over.mapToGlobal(spot)),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )


def _leave() -> QEvent:
    return QEvent(QEvent.Type.Leave)
