"""The page that a person sees first, once: one screen, nothing to get wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from downlight import wiring
from downlight.core.level import Level
from downlight.core.news import Snapshot
from downlight.core.places.home import Whereabouts
from downlight.desktop import Live, Replay
from downlight.storage import settings_file
from downlight.ui.first import welcome_view
from downlight.ui.kit.look import Look
from downlight.ui.tray import Light
from downlight.ui.window import Window
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, plainly
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from downlight.core.preferences import Document
    from downlight.ui.first.welcome import Welcome

TURKEY = Whereabouts("TR", "zone")
CALM = Snapshot(
    NOW,
    (
        plainly("whatsapp", "WhatsApp", Level.OPERATIONAL),
        plainly("messenger", "Messenger", Level.MAJOR),
    ),
    online=True,
)
UNHEARD = replace(
    CALM, asking=True, services=tuple(replace(v, evidence=()) for v in CALM.services)
)


class Stage:
    """A first window, and everything around it."""

    def __init__(
        self,
        qtbot: QtBot,
        where: Whereabouts = TURKEY,
        *,
        wishes: Granted | None = None,
        tray: bool = True,
    ) -> None:
        self.qtbot, self.tray = qtbot, tray
        self.wishes = wishes or Granted()
        self.wishes.where = where
        self.window = Window(
            made_up.catalog,
            self.wishes,
            tray_here=lambda: self.tray,
            clock=lambda: NOW,
            first=True,
        )
        qtbot.add_widget(self.window)
        self.window.show_news(CALM)
        with qtbot.wait_active(self.window):
            self.window.open_on("")

    @property
    def page(self) -> Welcome:
        assert self.window.welcome is not None
        return self.window.welcome

    @property
    def rows(self) -> list[tuple[str, str]]:
        shown = [row for row in self.page.rows if row.isVisible()]
        return [(row.name.text(), row.word.text()) for row in shown]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_what_is_watched_stands_in_its_own_order_with_how_it_is() -> None:
    view = welcome_view.welcome(CALM, tray_here=True)
    assert [(it.name, it.word) for it in view.watched] == [
        ("WhatsApp", "all well"),
        ("Messenger", "down"),
    ]
    assert (view.aside, view.look, view.seen) == ("", Look.MAJOR, welcome_view.SEEN)


def test_before_the_first_answer_it_says_that_it_asks() -> None:
    view = welcome_view.welcome(None, tray_here=True)
    assert (view.watched, view.aside, view.look) == ((), "Asking …", Look.UNKNOWN)
    view = welcome_view.welcome(UNHEARD, tray_here=True)
    assert [it.word for it in view.watched] == ["asking …", "asking …"]
    assert welcome_view.welcome(Snapshot(NOW, asking=True), tray_here=True).aside == (
        "Asking …"
    )


def test_many_services_are_counted_and_possible_trouble_bears_its_ring() -> None:
    view = welcome_view.welcome(uneasy.world(), tray_here=True)
    assert len(view.watched) == welcome_view.NAMED
    rest = len(uneasy.world().services) - welcome_view.NAMED
    assert view.aside == f"and {rest} more"
    assert {it.name for it in view.watched if it.early} == {"Chirp", "Post"}


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (Snapshot(NOW, online=True), "Nothing is watched yet."),
        (Snapshot(NOW, trouble="Monitoring stopped."), "Nothing is known now."),
    ],
)
def test_with_nothing_to_show_it_says_why(snapshot: Snapshot, words: str) -> None:
    assert welcome_view.welcome(snapshot, tray_here=True).aside == words


def test_without_a_tray_it_says_that_it_is_an_ordinary_window() -> None:
    view = welcome_view.welcome(CALM, tray_here=False)
    assert (view.seen, view.look) == (welcome_view.UNSEEN, None)


@pytest.mark.parametrize(
    ("found", "text", "change"),
    [
        (
            TURKEY,
            "You seem to be in Turkey, going by the time zone of this computer.",
            "Change …",
        ),
        (
            Whereabouts("NL", "locale"),
            (
                "You seem to be in the Netherlands, going by language and region of "
                "this computer."
            ),
            "Change …",
        ),
        (Whereabouts("BR", "said", settled=True), "You are in Brazil.", "Change …"),
        (Whereabouts(), "In which country are you?", "Choose …"),
        (
            Whereabouts(ground="withheld", settled=True),
            "You would rather not say. Trouble anywhere counts.",
            "Choose …",
        ),
    ],
)
def test_the_country_is_said_with_its_ground(
    found: Whereabouts, text: str, change: str
) -> None:
    said = welcome_view.place(found)
    assert (said.text, said.change) == (text, change)
    assert said.may_withhold is bool(said.why) is (found.ground != "withheld")


def test_it_stands_alone_and_nothing_asks_twice(stage: Stage) -> None:
    window = stage.window
    assert stage.page.isVisible()
    for other in (window.side, window.page, window.blank, window.home, window.strips):
        assert not other.isVisible()
    assert stage.rows == [("WhatsApp", "all well"), ("Messenger", "down")]
    assert not stage.page.login.isChecked()


def test_news_comes_in_while_it_stands(stage: Stage) -> None:
    [first, *_] = CALM.services
    stage.window.show_news(replace(CALM, services=(first,)))
    assert stage.rows == [("WhatsApp", "all well")]
    before = stage.page.mark.accessibleName()
    stage.window.show_news(replace(CALM, online=False))
    assert stage.page.mark.accessibleName() != before
    assert stage.window.strips.isVisible()


def test_the_tray_may_come_and_go(stage: Stage) -> None:
    stage.tray = False
    stage.window.show_complaints([])
    assert stage.page.seen.text() == welcome_view.UNSEEN
    assert not stage.page.mark.isVisible()
    assert not stage.window.strips.isVisible()
    stage.page.finish.click()
    assert [it.kind for it in stage.window.strips.shown] == ["no tray"]


def test_enter_leads_to_the_page_of_the_first_service(stage: Stage) -> None:
    assert stage.page.finish.hasFocus()
    QTest.keyClick(stage.page.finish, Qt.Key.Key_Return)
    window = stage.window
    assert window.welcome is None
    assert window.side.chosen == "whatsapp"
    assert window.page.isVisible()
    assert window.side.list.hasFocus()
    window.close()
    window.open_on("")
    assert window.page.isVisible()


def test_enter_means_done_wherever_it_means_nothing_else(stage: Stage) -> None:
    page = stage.page
    page.login.setFocus()
    QTest.keyClick(page.login, Qt.Key.Key_A)
    assert page.isVisible()
    QTest.keyClick(page.login, Qt.Key.Key_Enter)
    assert stage.window.welcome is None


def test_enter_on_another_button_presses_that(stage: Stage) -> None:
    stage.page.leave.setFocus()
    QTest.keyClick(stage.page.leave, Qt.Key.Key_Return)
    assert stage.wishes.settled == ["none"]
    assert not stage.page.leave.isEnabled()
    assert stage.page.place.text().startswith("You would rather not say.")


def test_a_guess_that_was_left_standing_counts_from_then_on(stage: Stage) -> None:
    stage.page.finish.click()
    assert stage.wishes.settled == ["auto"]
    assert not stage.window.home.isVisible()


def test_another_country_is_chosen_from_the_list(stage: Stage) -> None:
    stage.page.change.click()
    dialog = stage.window.asking.countries
    assert dialog is not None
    QTest.keyClicks(dialog.search, "spain")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert stage.page.place.text() == "You are in Spain."
    stage.page.finish.click()
    assert stage.wishes.settled == ["ES"]
    assert stage.window.asking.land == "ES"


def test_where_nothing_could_be_guessed_the_question_stays_open(qtbot: QtBot) -> None:
    stage = Stage(qtbot, Whereabouts())
    stage.page.finish.click()
    assert stage.wishes.settled == []
    assert stage.window.home.isVisible()


def test_start_at_login_is_off_until_it_is_switched_on(stage: Stage) -> None:
    QTest.mouseClick(stage.page.login, Qt.MouseButton.LeftButton)
    assert stage.wishes.at_login
    QTest.keyClick(stage.page.login, Qt.Key.Key_Space)
    assert not stage.wishes.at_login


def test_a_switch_that_is_refused_says_so_beside_it_and_stays_off(stage: Stage) -> None:
    stage.wishes.refuse("The disk is full", "Make room.")
    stage.page.login.click()
    assert not stage.page.login.isChecked()
    assert stage.page.login_fault.text() == "The disk is full. Make room."
    stage.wishes.refusal = None
    stage.page.login.click()
    assert stage.page.login.isChecked()
    assert not stage.page.login_fault.isVisible()


class Blind(Granted):
    """Cannot find out what happens at login."""

    def starts_at_login(self) -> bool:
        raise self.refuse("The disk is broken")


def test_a_switch_nobody_can_read_is_not_offered(qtbot: QtBot) -> None:
    page = Stage(qtbot, wishes=Blind()).page
    assert not page.login.isEnabled()
    assert page.login_fault.text() == "The disk is broken."


class Noting(Granted):
    """Notes which files were wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def file_of(self, what: Document) -> str:
        self.files.append(what)
        return super().file_of(what)


def test_that_it_was_seen_is_kept_as_soon_as_it_is_seen(qtbot: QtBot) -> None:
    wishes = Noting()
    stage = Stage(qtbot, wishes=wishes)
    qtbot.wait_until(lambda: wishes.files == ["settings"])
    assert not stage.page.fault.isVisible()


def test_what_cannot_be_kept_is_said_on_the_page(stage: Stage) -> None:
    stage.wishes.refuse("The disk is full", "Make room.")
    stage.page.remember()
    assert stage.page.fault.text() == (
        "Your choices hold until you quit, and this page comes again: The disk is "
        "full. Make room."
    )
    stage.wishes.refusal = None
    stage.page.remember()
    assert not stage.page.fault.isVisible()


def test_what_one_depends_on_is_picked_from_here(stage: Stage) -> None:
    stage.page.add.click()
    assert stage.window.asking.picker is not None


def test_while_nothing_can_be_picked_that_is_not_offered(stage: Stage) -> None:
    stage.window.show_news(Snapshot(NOW, trouble="Monitoring stopped."))
    assert not stage.page.add.isEnabled()


def test_closing_it_is_an_answer_too(stage: Stage) -> None:
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert not stage.window.isVisible()
    stage.window.open_on("")
    assert stage.window.welcome is None
    assert stage.wishes.settled == []
    assert stage.window.home.isVisible()


def test_a_second_call_of_the_window_leaves_it_up(stage: Stage) -> None:
    stage.window.open_on("messenger")
    assert stage.page.isVisible()
    assert stage.page.finish.hasFocus()


def test_a_click_on_a_notification_goes_past_it(stage: Stage) -> None:
    stage.page.change.click()
    stage.window.open_on("messenger", "20260304T140200Z")
    assert stage.window.welcome is None
    assert stage.window.asking.countries is None
    assert stage.window.side.chosen == "messenger"
    assert stage.window.page.isVisible()


def test_a_question_from_the_tray_goes_past_it(stage: Stage) -> None:
    stage.window.open_page("whatsapp", "me")
    assert stage.window.welcome is None
    assert stage.window.page.tabs.key == "me"


def test_offline_it_leads_on_to_the_page_that_looks_where(stage: Stage) -> None:
    stage.window.show_news(replace(CALM, online=False))
    [strip] = [
        it
        for it in stage.window.strips.findChildren(QPushButton)
        if it.text() == "Is it me?"
    ]
    strip.click()
    assert stage.window.welcome is None
    assert stage.window.page.tabs.key == "me"


def test_a_window_that_is_not_the_first_shows_no_welcome(qtbot: QtBot) -> None:
    window = Window(made_up.catalog, Granted())
    qtbot.add_widget(window)
    assert window.welcome is None


def test_only_a_live_light_without_settings_welcomes_anybody(
    qtbot: QtBot, tmp_path: Path
) -> None:
    del qtbot
    light = Light()
    live = Live(light, tmp_path)
    nothing: Any = None  # what is played does not matter
    replay = Replay(light, tmp_path, nothing, nothing, 1.0, None)
    home = wiring.open_home(tmp_path)
    assert live._is_first(home)
    assert not replay._is_first(home)
    settings_file.save(home.places.settings, home.settings)
    assert not live._is_first(home)
    light.deleteLater()


def test_settings_that_lead_nowhere_were_written_by_somebody(tmp_path: Path) -> None:
    link = tmp_path / "settings.toml"
    assert not settings_file.is_written(link)
    link.symlink_to(tmp_path / "gone.toml")
    assert settings_file.is_written(link)


def test_tab_reaches_everything_in_the_order_it_stands(stage: Stage) -> None:
    page, reached = stage.page, []
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [page.add, page.change, page.leave, page.login, page.finish]


def test_everything_on_it_has_a_name_to_be_heard(stage: Stage) -> None:
    for widget in stage.page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    assert stage.page.mark.accessibleName() == "down"


@pytest.mark.parametrize("width", [720, 900, 1400])
def test_nothing_on_it_is_cut_off(stage: Stage, width: int) -> None:
    stage.window.resize(width, 460 if width == 720 else 600)
    QCoreApplication.processEvents()
    page = stage.page
    for label in page.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in (page.add, page.change, page.leave, page.finish):
        assert button.width() >= button.sizeHint().width(), button.text()
        bottom = button.mapTo(page, QPoint(0, button.height())).y()
        assert bottom <= page.height(), button.text()
