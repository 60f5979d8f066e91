"""One light on the desktop: a second start from a menu, and a start at login."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from downlight.storage.instance import LOCK
from tests.desktop.program import APP, PYTHON, TITLE, explained
from tests.desktop.screen import Screen
from tests.desktop.session import Desktop, until
from tests.desktop.watch import PATIENCE, Tray

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

MOST = 60.0
"""Seconds a start may take on a machine busy with other things."""


def start(box: Desktop, data: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the light of a folder, as a menu does: nobody reads what it prints."""
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text('watch = []\nproxy = "none"\n', "utf-8")
    command = (PYTHON, "-m", "downlight", "--data", str(data), *words)
    return box.start("downlight", *command, PYTHONPATH=str(APP))


def start_first(box: Desktop, data: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the first light of a folder and wait until it listens."""
    light = start(box, data, *words)
    lock, begins = data / LOCK, f"{light.pid}\n"
    until(lambda: lock.exists() and lock.read_text().startswith(begins), "it", MOST)
    until(lambda: start(box, data, "--login").wait(MOST) == 0, "an answer", MOST)
    return light


def test_a_second_start_brings_the_window_of_the_first(tmp_path: Path) -> None:
    with Desktop(panel="xfce", notify="none") as box, explained(box):
        screen = Screen(box.environ)
        first = start_first(box, tmp_path / "data")
        assert screen.windows(TITLE) == ()
        for _ in range(2):
            assert start(box, tmp_path / "data").wait(MOST) == 0
            screen.wait_window(TITLE)
            assert len(screen.windows(TITLE)) == 1
            screen.close_window(TITLE)
        assert first.poll() is None


def test_one_that_hangs_is_told_of_on_the_screen(tmp_path: Path) -> None:
    with Desktop(panel="xfce", notify="none") as box, explained(box):
        screen = Screen(box.environ)
        first = start_first(box, tmp_path / "data")
        first.send_signal(signal.SIGSTOP)
        second = start(box, tmp_path / "data")
        screen.wait_window(TITLE, MOST)
        assert second.poll() is None
        screen.close_window(TITLE)
        assert second.wait(PATIENCE) == 1
        first.send_signal(signal.SIGCONT)
        screen.wait_window(TITLE)  # it was asked for, and it comes


def test_at_login_a_tray_may_come_late_and_no_window_opens(tmp_path: Path) -> None:
    with (
        Desktop(panel="none", notify="none") as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        screen = Screen(box.environ)
        login = start_first(box, tmp_path / "login", "--login")
        # One that began later, and not at login, finds no tray and says so.
        other = start(box, tmp_path / "other")
        screen.wait_window(TITLE, MOST)
        assert len(screen.windows(TITLE)) == 1
        other.kill()
        until(lambda: not screen.windows(TITLE), "its window to go", PATIENCE)
        box.start_panel("xfce")
        assert tray.item().wait_colour("grey").colour == "grey"
        assert screen.windows(TITLE) == ()
        assert login.poll() is None
