"""The keys that the README names are all there are, and each does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from downlight.ui.window import Window
from tests.ui import made_up
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(r"^\| ((?:Ctrl\+|F\d|Esc|Menu)[^|]*) \|", re.MULTILINE)


def named() -> set[str]:
    """The keys in the table, as Qt writes them."""
    rows = [row for row in ROW.findall(README.read_text("utf-8")) if row]
    # A comma is a key, too.
    keys = [k for row in rows for k in row.replace("+,", "+Comma").split(", ")]
    written = (key.strip().replace("Comma", ",") for key in keys)
    return {QKeySequence(key).toString() for key in written if key != "Menu key"}


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(made_up.catalog, Granted(), clock=lambda: made_up.NOW)
    qtbot.add_widget(made)
    made.show_news(made_up.world())
    with qtbot.wait_active(made):
        made.open_on("calm")
    return made


def press(window: Window, key: Qt.Key, *, ctrl: bool = True) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier(0)
    QTest.keyClick(window, key, held)


def test_the_readme_names_all_keys_of_the_window_and_no_other(window: Window) -> None:
    found = {it.key().toString() for it in window.findChildren(QShortcut)}
    assert len(found) > 5
    assert named() == found


@pytest.mark.parametrize(
    ("key", "ctrl", "seen"),
    [
        (Qt.Key.Key_F, True, lambda w: w.side.search.hasFocus()),
        (Qt.Key.Key_N, True, lambda w: w.asking.picker.isVisible()),
        (Qt.Key.Key_Comma, True, lambda w: w.asking.settings.isVisible()),
        (Qt.Key.Key_PageDown, True, lambda w: w.page.tabs.bar.currentIndex() == 1),
        (Qt.Key.Key_PageUp, True, lambda w: w.page.tabs.bar.currentIndex() > 1),
        (Qt.Key.Key_F5, False, lambda w: w._wishes.refreshed == 1),
        (Qt.Key.Key_R, True, lambda w: w._wishes.refreshed == 1),
        (Qt.Key.Key_Escape, False, lambda w: not w.isVisible()),
    ],
    ids=["find", "new", "settings", "next", "before", "f5", "refresh", "close"],
)
def test_a_key_does_what_the_readme_says(
    window: Window, key: Qt.Key, ctrl: bool, seen: Callable[[Window], bool]
) -> None:
    press(window, key, ctrl=ctrl)
    QApplication.processEvents()
    assert seen(window)


def test_escape_ends_a_search_before_it_closes_anything(window: Window) -> None:
    window.side.search.setText("cal")
    press(window, Qt.Key.Key_Escape, ctrl=False)
    assert window.side.search.text() == ""
    assert window.isVisible()


def test_ctrl_q_quits(window: Window, qtbot: QtBot) -> None:
    with qtbot.wait_signal(window.quit_wanted):
        press(window, Qt.Key.Key_Q)
