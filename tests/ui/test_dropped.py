"""A closed window costs nothing: it rests while hidden and is gone soon after."""

from __future__ import annotations

import gc
import logging
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from downlight.core.news import News
from downlight.desktop import Live
from downlight.ui.tray import Light
from tests.ui import made_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from downlight.ui.window import Window
    from downlight.wiring import Home

NEVER_MS = 10**8


class Deaf(Live):
    """A light without an engine: what it shows is said by the test."""

    def _begin_engine(self, home: Home) -> None:
        del home


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Deaf]:
    """A light with settings, whose window was not opened yet."""
    del qtbot
    (tmp_path / "settings.toml").write_text("", "utf-8")
    log = logging.getLogger("downlight")
    before = list(log.handlers)
    light = Light()
    made = Deaf(light, tmp_path)
    made.tray_ms = NEVER_MS
    made.begin()
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    light.deleteLater()
    dispose()
    gc.unfreeze()
    for handler in [it for it in log.handlers if it not in before]:
        log.removeHandler(handler)
        handler.close()


def dispose() -> None:
    """Let Qt delete what is to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()  # and hear that it is gone


def look_around(desktop: Deaf) -> Window:
    """Open the window, look at every page, and leave a dialog behind."""
    desktop._open("chatter")
    window = desktop.window
    assert window is not None
    window.show_news(made_up.world())
    for _ in range(window.page.tabs.bar.count()):
        window.page.tabs.step(1)
        QCoreApplication.processEvents()
    window.side.choose("nimbus")
    window.open_settings()
    return window


def restless(window: QWidget) -> list[str]:
    """Return the timers and movements of a window that go on."""
    timers = [f"{it.parent()}" for it in window.findChildren(QTimer) if it.isActive()]
    running = QAbstractAnimation.State.Running
    moves = window.findChildren(QAbstractAnimation)
    return timers + [f"{it}" for it in moves if it.state() is running]


def test_a_hidden_window_waits_for_nothing(desktop: Deaf) -> None:
    window = look_around(desktop)
    assert restless(window)
    window.close()
    assert restless(window) == []


def test_a_closed_window_is_gone_after_a_minute_with_all_that_was_in_it(
    desktop: Deaf,
) -> None:
    dispose()
    count = len(QApplication.allWidgets())
    kept = weakref.ref(look_around(desktop))
    assert len(QApplication.allWidgets()) > count + 100
    window = kept()
    assert window is not None
    window.close()
    del window
    assert desktop._dropping.isActive()
    assert desktop._dropping.interval() == 60_000
    desktop._dropping.timeout.emit()
    dispose()
    assert desktop.window is None
    assert len(QApplication.allWidgets()) <= count
    assert kept() is None


def test_what_was_there_before_a_window_is_left_alone_while_it_is(
    desktop: Deaf,
) -> None:
    window = look_around(desktop)
    assert gc.get_freeze_count() > 0
    window.close()
    desktop._dropping.timeout.emit()
    dispose()
    assert gc.get_freeze_count() == 0


def test_a_window_that_is_opened_again_in_time_stays(desktop: Deaf) -> None:
    window = look_around(desktop)
    window.close()
    desktop._open("calm")
    assert desktop.window is window
    assert not desktop._dropping.isActive()
    desktop._dropping.timeout.emit()
    assert desktop.window is window


def test_of_fast_news_all_is_noted_and_the_last_is_drawn(desktop: Deaf) -> None:
    desktop._open("chatter")
    assert desktop.window is not None
    assert desktop.diary is not None
    shown = desktop.window.page.header.sentence
    before, after = made_up.chatter_before(), made_up.chatter()
    for view in (before, after, before, made_up.plainly("calm", "Calm", None)):
        desktop._hear(News(made_up.world(services=(view,))))
    assert desktop.window.side.first == "chatter"
    assert len(desktop.diary.turns(before.service.slug)) == 2
    assert "Chatter" in shown.text()
    desktop._pace.rest.timeout.emit()
    assert desktop.window.side.first == "calm"
    assert "Chatter" not in shown.text()


def test_what_was_seen_is_known_to_the_next_window(desktop: Deaf) -> None:
    window = look_around(desktop)
    known = window._diary
    window.close()
    desktop._dropping.timeout.emit()
    desktop._open("")
    assert desktop.window is not None
    assert desktop.window is not window
    assert desktop.window._diary is known
