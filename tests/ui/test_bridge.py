"""The crossing from any thread to the window's."""

from __future__ import annotations

import sys
from threading import Thread, current_thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import Shiboken

from downlight.core.news import Act, News
from downlight.core.telling.mute import EVERYTHING, Mute
from downlight.ui.bridge import Bridge
from tests.ui.made_up import NOW, world
from tests.ui.test_tray import MESSAGE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Ear(QObject):
    """Writes down what it hears, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, str]] = []

    @Slot(object)
    def hear(self, news: object) -> None:
        self.heard.append((news, current_thread().name))


def test_news_of_another_thread_arrives_whole_and_on_this_one(qtbot: QtBot) -> None:
    bridge, ear, news = Bridge(), Ear(), News(world())
    bridge.news.connect(ear.hear)
    engine = Thread(target=bridge.publish, args=(news,), name="engine")
    engine.start()
    engine.join()
    qtbot.wait_until(lambda: bool(ear.heard))
    [(heard, thread)] = ear.heard
    assert heard is news
    assert thread == current_thread().name


def test_mutes_of_another_thread_arrive_on_this_one(qtbot: QtBot) -> None:
    bridge, ear, mutes = Bridge(), Ear(), {EVERYTHING: Mute(NOW)}
    bridge.muted.connect(ear.hear)
    courier = Thread(target=bridge.tell_muted, args=(mutes,), name="courier")
    courier.start()
    courier.join()
    qtbot.wait_until(lambda: bool(ear.heard))
    assert ear.heard == [(mutes, current_thread().name)]


def test_a_click_names_the_service_and_its_outage(qtbot: QtBot) -> None:
    bridge = Bridge()
    with qtbot.wait_signal(bridge.clicked) as heard:
        bridge.act(MESSAGE.event, Act.OPEN)
    assert heard.args == ["chatter", "20260304T140200Z"]


def test_that_it_is_me_is_asked_about_the_service(qtbot: QtBot) -> None:
    bridge = Bridge()
    with qtbot.wait_signal(bridge.me_wanted) as heard:
        bridge.act(MESSAGE.event, Act.ME)
    assert heard.args == [MESSAGE.event.service]


def test_notifications_that_fail_are_complained_of(qtbot: QtBot) -> None:
    bridge = Bridge()
    with qtbot.wait_signal(bridge.trouble) as heard:
        bridge.complain("Notifications do not get through.")
    assert heard.args == ["Notifications do not get through."]


def test_news_after_the_end_is_dropped_without_a_sound(qtbot: QtBot) -> None:
    bridge = Bridge()
    Shiboken.delete(bridge)
    bridge.publish(News(world()))
    assert not Shiboken.isValid(bridge)


def test_no_object_everybody_shares_is_used_up_by_telling(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 lost a reference to True with each signal, and
    # the program aborted after some days.
    bridge, news = Bridge(), News(world())
    bridge.publish(news)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(300):
        bridge.publish(news)
    lost_true = before[0] - sys.getrefcount(True)
    lost_none = before[1] - sys.getrefcount(None)
    assert lost_true < 150
    assert lost_none < 150


def test_an_answer_from_another_thread_is_told_on_this_one(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[tuple[object, str]] = []

    def tell(word: str) -> None:
        told.append((word, current_thread().name))

    other = Thread(target=bridge.carry(tell), args=("found",), name="engine")
    other.start()
    other.join()
    assert told == []
    qtbot.wait_until(lambda: bool(told))
    assert told == [("found", current_thread().name)]
