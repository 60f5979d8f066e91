"""The light without a desktop: what it draws, says and asks for."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QSystemTrayIcon
from shiboken6 import Shiboken

from downlight.core.errors import DeliveryError
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Message, Snapshot, Turn
from downlight.core.telling.mute import EVERYTHING, Mute, Span
from downlight.ui.kit import icons
from downlight.ui.kit.look import Look
from downlight.ui.tray import Light, TrayChannel
from downlight.ui.tray_host import TrayHost
from downlight.ui.views import Hush
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, plainly, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QIcon
    from pytestqt.qtbot import QtBot

# The offscreen platform knows no tray, and says so.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")

HOUR = {EVERYTHING: Mute(NOW, NOW + timedelta(hours=1))}

MESSAGE = Message(
    Event(
        id="e",
        at=NOW,
        service=ServiceSlug("chatter"),
        turn=Turn.BEGAN,
        level=Level.MAJOR,
        scope="worldwide",
        title="Chatter is down",
        sentence="Since 14:02.",
        episode="20260304T140200Z",
    ),
    "Chatter is down",
    "Since 14:02.",
)


@pytest.fixture
def light(qtbot: QtBot) -> Iterator[Light]:
    made = Light("light")
    made.show()
    qtbot.wait_until(lambda: made._host is not None)
    yield made
    made.hide()


def texts(light: Light) -> list[str]:
    return [action.text() for action in light.menu.actions() if action.text()]


def offers(light: Light) -> list[str]:
    return [action.text() for action in light._mute_menu.actions()]


def icon_of(light: Light) -> QIcon:
    assert light._icon is not None
    return light._icon.icon()


def test_before_the_first_answer_it_is_grey_and_says_so(light: Light) -> None:
    assert light.view is None
    assert light._icon is not None
    assert light._icon.toolTip() == "Downlight: asking …"


def test_the_menu_begins_with_open_and_ends_with_quit(light: Light) -> None:
    light.draw(world())
    assert texts(light)[0] == "Open Downlight"
    assert texts(light)[-5:] == [
        "Is it me? …",
        "Refresh now",
        "Mute",
        "Settings …",
        "Quit",
    ]
    assert texts(light)[1].startswith("Nimbus")


def test_an_ampersand_in_a_name_makes_no_shortcut(light: Light) -> None:
    light.draw(Snapshot(NOW, (plainly("x", "Salt & Co", Level.MAJOR),), online=True))
    assert texts(light)[1].startswith("Salt && Co: down")


def test_the_tooltip_is_the_sentence(light: Light) -> None:
    light.draw(Snapshot(NOW, (plainly("x", "X", Level.OPERATIONAL),), online=True))
    assert light._icon is not None
    assert light._icon.toolTip() == "All well: X."


def test_the_same_state_twice_touches_nothing(light: Light) -> None:
    light.draw(world())
    icon, actions = icon_of(light).cacheKey(), light.menu.actions()
    light.draw(world())
    assert icon_of(light).cacheKey() == icon
    assert light.menu.actions() == actions


def test_another_level_or_panel_is_another_icon(light: Light) -> None:
    light.draw(world())
    first = icon_of(light).cacheKey()
    light.draw(world(replay="a day"))
    second = icon_of(light).cacheKey()
    light.set_style("dark")
    assert len({first, second, icon_of(light).cacheKey()}) == 3
    light.set_style("auto")
    assert icon_of(light).cacheKey() == second


def test_possible_trouble_is_another_icon_than_all_well(light: Light) -> None:
    light.draw(Snapshot(NOW, (plainly("x", "X", Level.OPERATIONAL),), online=True))
    well = icon_of(light).cacheKey()
    light.draw(Snapshot(NOW, (uneasy.early(),), online=True))
    assert icon_of(light).cacheKey() != well
    assert texts(light)[1] == "Chirp: possible trouble"
    assert light._icon is not None
    assert light._icon.toolTip().startswith("Possible trouble with Chirp: ")


def test_on_a_dark_desktop_the_icon_is_the_one_for_dark(
    light: Light, qtbot: QtBot
) -> None:
    light.draw(world())
    light.set_style("auto")
    before, bright = icon_of(light).cacheKey(), QGuiApplication.palette()
    try:
        QGuiApplication.setPalette(QPalette(QColor("#202020")))
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        qtbot.wait_until(lambda: icon_of(light).cacheKey() != before)
        assert light.view is not None
        shown = icon_of(light).pixmap(16).toImage()
        assert shown == icons.image(light.view.look, 16, dark=True)
    finally:
        QGuiApplication.setPalette(bright)


def test_whether_it_is_me_is_asked_of_the_worst(light: Light, qtbot: QtBot) -> None:
    light.draw(world())
    [action] = [it for it in light.menu.actions() if it.text() == "Is it me? …"]
    with qtbot.wait_signal(light.me_wanted) as heard:
        action.trigger()
    assert light.view is not None
    assert heard.args == [light.view.worst]


def test_a_left_click_opens_the_worst_service(light: Light, qtbot: QtBot) -> None:
    light.draw(world())
    assert light._icon is not None
    with qtbot.wait_signal(light.open_wanted) as heard:
        light._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert heard.args == ["nimbus"]


def test_a_right_click_belongs_to_the_menu(light: Light, qtbot: QtBot) -> None:
    assert light._icon is not None
    with qtbot.assert_not_emitted(light.open_wanted):
        light._icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)


def test_each_entry_asks_for_what_it_says(light: Light, qtbot: QtBot) -> None:
    light.draw(world())
    actions = {action.text(): action for action in light.menu.actions()}
    for text, signal in (
        ("Refresh now", light.refresh_wanted),
        ("Settings …", light.settings_wanted),
        ("Quit", light.quit_wanted),
    ):
        with qtbot.wait_signal(signal):
            actions[text].trigger()
    with qtbot.wait_signal(light.open_wanted) as heard:
        actions["Open Downlight"].trigger()
    assert heard.args == [""]
    problem = next(a for t, a in actions.items() if t.startswith("Chatter"))
    with qtbot.wait_signal(light.open_wanted) as heard:
        problem.trigger()
    assert heard.args == ["chatter"]


def test_an_icon_made_anew_looks_like_the_old_one(light: Light) -> None:
    light.draw(world())
    before, key = light._icon, icon_of(light).cacheKey()
    light.make_anew()
    assert light._icon is not before
    assert icon_of(light).cacheKey() == key
    assert light._icon is not None
    assert light._icon.contextMenu() is light.menu


def test_a_tray_that_comes_late_gets_a_new_icon(light: Light, qtbot: QtBot) -> None:
    old = light._icon
    assert isinstance(light._host, TrayHost)
    light._host.came.emit()
    qtbot.wait_until(lambda: light._icon is not old)


def test_hidden_it_still_takes_news(light: Light) -> None:
    light.hide()
    light.draw(made_up.offline())
    assert light.view is not None
    assert light.view.look is Look.OFFLINE
    light.show_message(MESSAGE)


def test_without_a_tray_a_message_is_refused_so_that_another_way_is_tried(
    light: Light,
) -> None:
    assert not light.available
    channel = TrayChannel(light)
    assert channel.name == "tray"
    with pytest.raises(DeliveryError):
        channel.deliver(MESSAGE)


def test_a_message_from_another_thread_is_shown_on_this_one(
    light: Light, qtbot: QtBot
) -> None:
    channel = TrayChannel(light)
    light.available_changed.emit(True)
    courier = Thread(target=channel.deliver, args=(MESSAGE,))
    courier.start()
    courier.join()
    qtbot.wait_until(lambda: light._message is MESSAGE)
    assert light._icon is not None
    with qtbot.wait_signal(light.message_clicked) as heard:
        light._icon.messageClicked.emit()
    assert heard.args == ["chatter", "20260304T140200Z"]


def test_after_the_end_a_message_is_refused(light: Light) -> None:
    channel = TrayChannel(light)
    light.available_changed.emit(True)
    Shiboken.delete(channel)
    with pytest.raises(DeliveryError):
        channel.deliver(MESSAGE)


def test_without_problems_the_menu_has_one_line_between(light: Light) -> None:
    light.draw(Snapshot(NOW, (plainly("x", "X", Level.OPERATIONAL),), online=True))
    kinds = [action.isSeparator() for action in light.menu.actions()]
    assert kinds == [False, True, *[False] * 5]


def test_a_click_without_a_message_means_nothing(light: Light, qtbot: QtBot) -> None:
    assert light._icon is not None
    with qtbot.assert_not_emitted(light.message_clicked):
        light._icon.messageClicked.emit()


def test_before_the_first_news_there_is_nothing_to_mute(light: Light) -> None:
    light.show_mutes(HOUR)
    assert texts(light) == [
        "Open Downlight",
        "Is it me? …",
        "Refresh now",
        "Settings …",
        "Quit",
    ]


def test_each_mute_asks_for_what_it_says(light: Light, qtbot: QtBot) -> None:
    light.draw(Snapshot(NOW, (plainly("x", "Salt & Co", Level.MAJOR),), online=True))
    assert offers(light) == [
        "Everything for 1 hour",
        "Everything for 4 hours",
        "Everything until tomorrow",
        "Salt && Co until it ends",
    ]
    asked: list[Hush] = []
    light.hush_wanted.connect(asked.append)
    for action in light._mute_menu.actions():
        action.trigger()
    assert [(hush.span, hush.slugs) for hush in asked] == [
        (Span.HOUR, ()),
        (Span.FOUR_HOURS, ()),
        (Span.TOMORROW, ()),
        (Span.END, ("x",)),
    ]


def test_what_is_muted_is_seen_said_and_ended_with_one_click(
    light: Light, qtbot: QtBot
) -> None:
    light.draw(world())
    plain, tooltip = icon_of(light).cacheKey(), light._icon and light._icon.toolTip()
    light.show_mutes(HOUR)
    assert light.view is not None
    assert icon_of(light).pixmap(16).toImage() == icons.image(
        light.view.look, 16, dark=False, muted=True
    )
    assert light._icon is not None
    said = light.view.hushes.said
    assert said.startswith("Muted until ")
    assert light._icon.toolTip() == f"{tooltip}\n{said}."
    assert texts(light)[-4:] == [said, "Unmute", "Settings …", "Quit"]
    with qtbot.wait_signal(light.hush_wanted) as heard:
        next(a for a in light.menu.actions() if a.text() == "Unmute").trigger()
    assert heard.args == [Hush("Unmute", None)]
    light.show_mutes({})
    assert icon_of(light).cacheKey() == plain
    assert light._icon.toolTip() == tooltip
    assert "Unmute" not in texts(light)


def test_the_menu_keeps_one_entry_for_mutes_however_often_it_is_filled(
    light: Light,
) -> None:
    for mutes in (HOUR, {}, HOUR, {}):
        light.draw(world())
        light.show_mutes(mutes)
    assert texts(light).count("Mute") == 1
    assert len(offers(light)) == 4
