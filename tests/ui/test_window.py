"""The window as a person uses it: keys, clicks, search, closing, news."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Snapshot
from downlight.core.telling.mute import EVERYTHING, Mute, Span
from downlight.ui.about.sheet import AboutSheet
from downlight.ui.kit.theme import present
from downlight.ui.outside import now, open_in_browser
from downlight.ui.views import Hush
from downlight.ui.window import Window
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, plainly, world
from tests.ui.opener import Opener
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from downlight.core.service import Service
    from downlight.ui.page import Page


class Stage:
    """A window and everything around it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.wishes = Granted()
        self.tray = True
        self.time = NOW
        self.browsed: list[str] = []
        self.window = Window(
            made_up.catalog,
            self.wishes,
            tray_here=lambda: self.tray,
            clock=lambda: self.time,
            browse=self.browsed.append,
        )
        qtbot.add_widget(self.window)

    def open(self, snapshot: Snapshot | None = None, slug: str = "") -> Window:
        self.window.show_news(world() if snapshot is None else snapshot)
        with self.qtbot.wait_active(self.window):
            self.window.open_on(slug)
        return self.window

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.window.side.model.rows]

    @property
    def facts(self) -> str:
        return self.window.page.header.facts.text().replace("\u00a0", " ")

    def key(self, key: Qt.Key, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier(0)
        QTest.keyClick(self.window, key, held)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


@pytest.fixture
def palette() -> Iterator[Callable[[QPalette], None]]:
    before = QGuiApplication.palette()
    yield QGuiApplication.setPalette
    QGuiApplication.setPalette(before)


def all_text(widget: QWidget) -> str:
    labels = [x for x in widget.findChildren(QLabel) if x.isVisible()]
    return "\n".join(label.text().replace("\u200b", "") for label in labels)


def test_it_opens_on_the_worst_service(stage: Stage) -> None:
    window = stage.open()
    assert window.side.chosen == "nimbus"
    assert "is down in" in window.page.header.sentence.text()


def test_it_opens_on_the_service_that_was_asked_for(stage: Stage) -> None:
    assert stage.open(slug="chatter").side.chosen == "chatter"
    assert stage.facts.startswith("Brazil and Spain · since 14:02")


def test_a_service_that_is_not_watched_opens_the_worst(stage: Stage) -> None:
    assert stage.open(slug="gone").side.chosen == "nimbus"


def test_a_click_on_a_notification_shows_what_is_going_on(stage: Stage) -> None:
    window = stage.open(slug="calm")
    window.resize(800, 460)
    window.open_on("chatter", "20260304T140200Z")
    bar = window.page.now.area.verticalScrollBar()
    stage.qtbot.wait_until(lambda: bar.value() > 0)
    card = window.page.now.cards["incidents"]
    top = card.mapTo(window.page.now.area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < window.page.now.area.viewport().height() / 2


def test_before_the_first_news_it_says_that_it_asks(stage: Stage) -> None:
    stage.window.open_on("")
    assert stage.window.blank.says.startswith("Asking …")
    assert not stage.window.side.add.isEnabled()


def test_the_first_news_opens_the_worst_in_a_window_that_waited(stage: Stage) -> None:
    stage.window.open_on("")
    stage.window.show_news(Snapshot(NOW, online=True, asking=True))
    stage.window.show_news(world())
    assert stage.window.side.chosen == "nimbus"
    assert stage.window.page.isVisible()


def test_with_nothing_watched_it_says_what_to_do(stage: Stage) -> None:
    window = stage.open(Snapshot(NOW, online=True))
    assert window.blank.says.startswith("Nothing is watched yet.")
    assert window.blank.add.isVisible()


def test_when_monitoring_stopped_it_says_so_and_not_that_nothing_is_watched(
    stage: Stage,
) -> None:
    window = stage.open(Snapshot(NOW, trouble="Monitoring stopped."))
    assert window.blank.says == (
        "Nothing is known now. Monitoring stopped. Ctrl+Q quits Downlight; starting "
        "it again may help."
    )
    assert not window.blank.add.isVisible()
    window.show_news(Snapshot(NOW, asking=True))
    assert window.blank.says.startswith("Asking …")


def test_news_keeps_the_choice_the_scroll_place_and_the_widgets(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    window.resize(900, 500)
    bar = window.page.now.area.verticalScrollBar()
    stage.qtbot.wait_until(lambda: bar.maximum() > 200)
    bar.setValue(180)
    lines = window.page.now.cards["parts"].lines
    later = tuple(
        plainly("calm", "Calm", Level.MAJOR) if v.service.slug == "calm" else v
        for v in world().services
    )
    window.show_news(world(services=later))
    assert stage.names[0] == "Calm"
    assert (window.side.chosen, bar.value()) == ("chatter", 180)
    assert window.page.now.cards["parts"].lines == lines


def test_another_service_starts_at_the_top_and_folded(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    window.resize(900, 500)
    checks = window.page.now.cards["checks"]
    more, few = checks._more, len(checks.lines)
    more.click()
    assert len(checks.lines) > few
    window.page.now.area.verticalScrollBar().setValue(100)
    window.side.choose("nimbus")
    assert window.page.now.area.verticalScrollBar().value() == 0
    window.side.choose("chatter")
    assert len(window.page.now.cards["checks"].lines) == few


def test_a_service_that_is_gone_gives_way_to_the_worst(stage: Stage) -> None:
    window = stage.open(slug="calm")
    window.show_news(world(services=world().services[1:]))
    assert window.side.chosen == "nimbus"


def test_ages_grow_while_somebody_looks_and_only_then(stage: Stage) -> None:
    window = stage.open(slug="calm")
    assert stage.facts.endswith("checked 32 s ago")
    assert window._tick.isActive()
    stage.time = NOW + timedelta(minutes=2)
    window._tick.timeout.emit()
    assert stage.facts.endswith("checked 2 min ago")
    window.hide()
    assert not window._tick.isActive()


def test_news_that_nobody_sees_is_drawn_when_the_window_opens(stage: Stage) -> None:
    window = stage.open(slug="calm")
    window.hide()
    window.show_news(world(services=(plainly("calm", "Calm", Level.MAJOR),)))
    assert len(stage.names) == len(world().services)
    window.show()
    assert stage.names == ["Calm"]


def test_in_a_replay_time_is_that_of_the_recording(stage: Stage) -> None:
    stage.time = datetime(2031, 1, 1, tzinfo=NOW.tzinfo)
    window = stage.open(world(replay="a day"), "calm")
    assert stage.facts.endswith("checked 32 s ago")
    assert "Replay of a day" in all_text(window.strips)
    assert not window.side.add.isEnabled()
    window.pick()
    assert window.asking.picker is None


def test_the_search_narrows_the_list_and_escape_widens_it(stage: Stage) -> None:
    window = stage.open()
    stage.key(Qt.Key.Key_F, ctrl=True)
    assert window.focusWidget() is window.side.search
    QTest.keyClicks(window.side.search, "chat")
    assert stage.names == ["Chatter"]
    assert window.side.chosen == "chatter"
    stage.key(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert len(stage.names) == len(world().services)


def test_a_search_that_finds_nothing_says_so_and_leaves_the_page(stage: Stage) -> None:
    window = stage.open(slug="calm")
    window.side.search.setText("zzz")
    assert "No watched service matches “zzz”." in all_text(window.side)
    assert "Calm: all well" in window.page.header.sentence.text()
    window.side.search.clear()
    assert window.side.chosen == "calm"


def test_the_arrows_walk_the_list_even_from_the_search(stage: Stage) -> None:
    window = stage.open()
    window.side.focus_search()
    QTest.keyClick(window.side.search, Qt.Key.Key_Down)
    assert window.side.chosen == "chatter"
    QTest.keyClick(window.side.search, Qt.Key.Key_Up)
    QTest.keyClick(window.side.search, Qt.Key.Key_Up)
    assert window.side.chosen == "nimbus"
    window.side.list.setFocus()
    QTest.keyClick(window.side.list, Qt.Key.Key_Down)
    assert window.side.chosen == "chatter"


@pytest.mark.parametrize(
    ("key", "ctrl"), [(Qt.Key.Key_F5, False), (Qt.Key.Key_R, True)]
)
def test_refreshing_is_one_key(stage: Stage, key: Qt.Key, ctrl: bool) -> None:
    stage.open()
    stage.key(key, ctrl=ctrl)
    assert stage.wishes.refreshed == 1


def test_control_q_asks_to_quit(stage: Stage) -> None:
    window = stage.open()
    with stage.qtbot.wait_signal(window.quit_wanted):
        stage.key(Qt.Key.Key_Q, ctrl=True)


def test_escape_hides_the_window_behind_the_tray(stage: Stage) -> None:
    window = stage.open()
    stage.key(Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_without_a_tray_escape_minimises_and_a_strip_offers_to_quit(
    stage: Stage,
) -> None:
    stage.tray = False
    window = stage.open()
    assert "no tray" in all_text(window.strips)
    [button] = [it for it in window.strips.findChildren(QPushButton) if it.isVisible()]
    with stage.qtbot.wait_signal(window.quit_wanted):
        button.click()
    stage.key(Qt.Key.Key_Escape)
    assert window.isMinimized()
    assert window.isVisible()
    assert not window._tick.isActive()
    window.open_on("calm")
    assert not window.isMinimized()
    assert window._tick.isActive()


class OutsideClose(QCloseEvent):
    """A close event as a click on the window's own cross makes it."""

    def spontaneous(self) -> bool:
        return True


def test_a_click_on_the_cross_hides_with_a_tray_and_minimises_without(
    stage: Stage,
) -> None:
    window, cross = stage.open(), OutsideClose()
    window.closeEvent(cross)
    assert cross.isAccepted()
    stage.tray = False
    window.closeEvent(cross)
    assert not cross.isAccepted()
    assert window.isMinimized()


def test_a_program_that_quits_is_not_kept_alive_by_its_window(stage: Stage) -> None:
    stage.tray = False
    window = stage.open()
    assert window.close()
    assert not window.isVisible()


def test_only_https_is_opened_and_only_after_a_click(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    assert stage.browsed == []
    head = window.page.now.cards["incidents"].lines[0]
    button = head.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()
    window.page.opened.emit("file:///etc/passwd")
    window.page.opened.emit("http://plain.example/")
    assert stage.browsed == ["https://status.example.org/i1"]


def test_the_browser_is_never_handed_anything_but_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROWSER", "/bin/false")
    open_in_browser("javascript:alert(1)")
    assert now().tzinfo is not None


def test_foreign_text_is_never_taken_for_markup(stage: Stage) -> None:
    window = stage.open(slug="emoji")
    assert "Party 🎉 line & <b>Co</b>: all well" in window.page.header.sentence.text()
    window.side.choose("nimbus")
    labels = window.findChildren(QLabel)
    assert labels
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_everything_one_can_use_has_a_name_to_be_heard(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget


@pytest.mark.parametrize("width", [720, 1020, 1800])
def test_nothing_is_clipped_at_any_width(stage: Stage, width: int) -> None:
    window = stage.open()
    window.resize(width, 700)
    for slug in ("nimbus", "chatter", "calm", "hush", "post", "emoji"):
        window.side.choose(slug)
        QCoreApplication.processEvents()
        look_for_clipping(window.page)


def look_for_clipping(page: Page) -> None:
    inside = page.now.area.widget()
    assert inside is not None
    assert inside.width() <= page.now.area.viewport().width()
    for label in page.findChildren(QLabel):
        if label.isVisible():
            left = label.mapTo(page, QPoint(0, 0)).x()
            assert left >= 0
            assert left + label.width() <= page.width(), label.text()
            need = label.heightForWidth(label.width())
            assert label.height() >= need, label.text()


def test_all_banners_can_be_up_at_once_and_go_again(stage: Stage) -> None:
    window = stage.open()
    assert not window.strips.isVisible()
    window.show_complaints(["Line 3 is odd."])
    window.show_news(replace(made_up.offline(), trouble="The disk is full."))
    kinds = [banner.kind for banner in window.strips.shown]
    assert kinds == ["trouble", "offline", "settings"]
    window.show_complaints([])
    window.show_news(world())
    assert not window.strips.isVisible()


def test_who_is_offline_is_led_to_the_page_that_looks_where(stage: Stage) -> None:
    window = stage.open(made_up.offline())
    [button] = [it for it in window.strips.findChildren(QPushButton) if it.isVisible()]
    assert button.text() == "Is it me?"
    button.click()
    assert window.page.tabs.key == "me"
    assert window.page.tabs.bar.hasFocus()


def test_it_follows_the_system_from_light_to_dark(
    stage: Stage, palette: Callable[[QPalette], None]
) -> None:
    window = stage.open(slug="chatter")
    palette(QPalette(QColor("#efefef"), QColor("#efefef")))
    QCoreApplication.processEvents()
    light = window.grab().toImage().pixelColor(window.width() - 30, window.height() - 8)
    palette(QPalette(QColor("#3a3d41"), QColor("#2a2c30")))
    QCoreApplication.processEvents()
    assert present().dark
    dark = window.grab().toImage().pixelColor(window.width() - 30, window.height() - 8)
    assert dark.lightness() < 80
    assert light.lightness() > 180


def test_it_can_be_drawn_from_right_to_left(stage: Stage) -> None:
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = stage.open(slug="chatter")
        picture = window.grab()
        assert picture.size() == window.size() * picture.devicePixelRatio()
        side = window.side.mapTo(window, QPoint(0, 0)).x()
        assert side > window.width() / 2
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_window_wears_the_mark_of_the_worst(stage: Stage) -> None:
    window = stage.open()
    first = window.windowIcon().cacheKey()
    window.show_news(made_up.offline())
    assert window.windowIcon().cacheKey() != first


def test_the_picker_changes_the_watch_list_only_when_told(stage: Stage) -> None:
    window = stage.open()
    window.side.add.click()
    picker = window.asking.picker
    assert picker is not None
    picker.search.setText("beacon")
    picker.model.toggle(picker.model.index(0))
    assert stage.wishes.watched == []
    picker.buttons.accepted.emit()
    [slugs] = stage.wishes.watched
    assert slugs[-1] == "beacon"
    assert set(slugs[:-1]) == {v.service.slug for v in world().services}


def test_what_was_searched_in_vain_is_looked_for_in_the_catalog(stage: Stage) -> None:
    window = stage.open()
    window.side.search.setText("beacon")
    stage.key(Qt.Key.Key_N, ctrl=True)
    picker = window.asking.picker
    assert picker is not None
    assert picker.search.text() == "beacon"
    assert picker.model.rowCount() == 1
    picker.reject()
    assert stage.wishes.watched == []


def test_the_catalog_is_read_for_the_picker_and_again_when_it_is_another(
    qtbot: QtBot,
) -> None:
    read: list[int] = []

    def catalog() -> Sequence[Service]:
        read.append(len(read))
        return made_up.catalog()

    window = Window(catalog, Granted(), clock=lambda: NOW)
    qtbot.add_widget(window)
    window.show_news(world())
    window.open_on("")
    assert read == []
    for _ in range(2):
        window.pick()
        assert window.asking.picker is not None
        window.asking.picker.reject()
    assert read == [0]
    window.know()
    window.pick()
    assert read == [0, 1]


def test_it_never_gets_smaller_than_it_can_be_read(stage: Stage) -> None:
    window = stage.open()
    window.resize(QSize(10, 10))
    assert window.width() >= 720
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.StyleChange))
    assert window.side.width() < window.width() / 2


def test_what_was_added_is_shown_as_soon_as_something_is_known_of_it(
    stage: Stage,
) -> None:
    window = stage.open(slug="nimbus")
    window.pick()
    picker = window.asking.picker
    assert picker is not None
    QTest.keyClicks(picker.search, "https://status.acme.example")
    picker.panel.look()
    stage.wishes.tell(made_up.found())
    picker.panel.buttons["add"].click()
    assert len(stage.wishes.added) == 1
    window.show_news(world())
    assert window.side.chosen == "nimbus"
    acme = plainly("acme", "Acme", Level.OPERATIONAL)
    window.know()
    window.show_news(world(services=(*world().services, acme)))
    assert window.side.chosen == "acme"
    window.side.choose("calm")
    window.show_news(world(services=(*world().services, acme)))
    assert window.side.chosen == "calm"


def test_who_is_in_trouble_too_can_be_turned_to(stage: Stage) -> None:
    window = stage.open(uneasy.world(), "talk")
    shown = [it for it in window.page.header.others if it.isVisible()]
    assert [it.text() for it in shown] == ["Pictures", "Walkie"]
    assert shown[1].accessibleName() == "Show Walkie"
    shown[1].click()
    assert window.side.chosen == "walkie"
    assert [it.text() for it in window.page.header.others if it.isVisible()] == [
        "Pictures",
        "Talk && More",
    ]
    window.side.choose("calm")
    assert not any(it.isVisible() for it in window.page.header.others)


def test_a_search_does_not_hide_who_is_turned_to(stage: Stage) -> None:
    window = stage.open(uneasy.world(), "talk")
    window.side.search.setText("talk")
    window.page.header.others[0].click()
    assert (window.side.search.text(), window.side.chosen) == ("", "pictures")


def test_the_page_shows_the_ring_and_says_what_it_means(stage: Stage) -> None:
    window = stage.open(uneasy.world(), "chirp")
    mark = window.page.header._mark
    assert mark.accessibleName() == "all well, possible trouble"
    window.side.choose("calm")
    assert mark.accessibleName() == "all well"


def test_the_country_a_person_settles_counts_at_once(stage: Stage) -> None:
    window = stage.open(uneasy.world(), "wiki")
    assert window.asking.land == ""
    window.home.settled.emit("TR")
    assert window.asking.land == "TR"


HOUR = Mute(NOW, NOW + timedelta(hours=1))


def test_a_service_is_muted_from_its_page(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    button = window.page.header.mute
    assert (button.text(), button.accessibleName()) == ("Mute …", "Mute Chatter")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    asked: list[Hush] = []
    window.hush_wanted.connect(asked.append)
    for action in button.menu().actions():
        action.trigger()
    assert [hush.span for hush in asked] == list(Span)
    assert {hush.slugs for hush in asked} == {("chatter",)}


def test_what_is_muted_says_so_on_page_and_list_and_offers_the_end(
    stage: Stage,
) -> None:
    window = stage.open(slug="chatter")
    worn = window.windowIcon().cacheKey()
    window.show_mutes({ServiceSlug("chatter"): HOUR})
    button = window.page.header.mute
    assert button.text().startswith("Muted until ")
    assert button.accessibleName() == f"Mute Chatter, {button.text()}"
    assert button.menu().actions()[0].text() == "Unmute"
    assert window.page.header._mark.accessibleName() == "partly down, muted"
    muted = {row.slug for row in window.side.model.rows if row.hushes.said}
    assert muted == {"chatter"}
    assert window.windowIcon().cacheKey() == worn
    window.show_mutes({EVERYTHING: HOUR})
    assert window.windowIcon().cacheKey() != worn
    window.show_mutes({})
    assert button.text() == "Mute …"
    assert window.windowIcon().cacheKey() == worn


def test_a_mute_of_a_hidden_window_is_seen_when_it_opens(stage: Stage) -> None:
    stage.window.show_mutes({EVERYTHING: HOUR})
    assert stage.open(slug="calm").page.header.mute.text().startswith("Muted until ")


def test_a_row_has_a_menu_for_the_mouse_and_for_the_key(stage: Stage) -> None:
    window = stage.open(slug="calm")
    rows, menu = window.side.list, window.side.menu
    place = window.side.model.place("chatter")
    centre = rows.visualRect(window.side.model.index(place)).center()
    asked: list[Hush] = []
    window.hush_wanted.connect(asked.append)
    for where, slug in ((centre, "chatter"), (QPoint(-1, -1), "calm")):
        rows.customContextMenuRequested.emit(where)
        assert menu.isVisible()
        menu.actions()[0].trigger()
        assert asked.pop() == Hush("Mute for 1 hour", Span.HOUR, (ServiceSlug(slug),))
        menu.close()


def test_a_catalog_that_cannot_be_read_any_more_is_said_so(qtbot: QtBot) -> None:
    broken = [True]

    def services() -> Sequence[Service]:
        if broken:
            raise CatalogError
        return made_up.catalog()

    window = Window(services, Granted(), clock=lambda: NOW)
    qtbot.add_widget(window)
    window.show_news(made_up.world())
    window.open_on("calm")
    window.pick()
    box = window.asking.complaint
    assert box is not None
    assert box.text() == (
        "Catalog not readable. The file came with Downlight and is damaged: install it "
        "again."
    )
    box.reject()
    assert window.asking.picker is None
    broken.clear()
    window.pick()
    assert window.asking.picker is not None, "once it can be read, it is"


def test_an_empty_list_has_no_menu(stage: Stage) -> None:
    window = stage.open()
    window.side.search.setText("zzz")
    window.side.list.customContextMenuRequested.emit(QPoint(5, 5))
    assert not window.side.menu.isVisible()


def test_the_file_of_an_own_service_is_opened_from_the_page_about_it(
    qtbot: QtBot,
) -> None:
    own = made_up.plainly("mine", "Mine", None, own=True)
    wishes, opener = Granted(), Opener()
    window = Window(made_up.catalog, wishes, clock=lambda: NOW)
    qtbot.add_widget(window)
    window.show_news(Snapshot(NOW, (own,)))
    window.open_on("mine")
    window.page.tabs.choose("about")
    about = window.page.sheet("about")
    assert isinstance(about, AboutSheet)

    def complaint() -> QMessageBox | None:
        return window.asking.complaint

    qtbot.wait_until(lambda: "more" in about.cards)
    with opener.opens():
        about.cards["more"].act.click()
    assert opener.paths == ["/nowhere/services.toml"]
    assert complaint() is None
    wishes.refuse("The disk is full", "Make room.")
    about.cards["more"].act.click()
    box = complaint()
    assert box is not None
    assert box.text() == "The disk is full. Make room."
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.reject()
    assert complaint() is None
