"""The first start says what this is, once; no later one opens a window by itself."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.desktop.hands import press
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
    """Start the light of a folder, as a menu does."""
    command = (PYTHON, "-m", "downlight", "--data", str(data), *words)
    return box.start("downlight", *command, PYTHONPATH=str(APP))


def end(light: subprocess.Popen[bytes], tray: Tray) -> None:
    """End a light, as the desktop does at logout."""
    light.terminate()
    light.wait(PATIENCE)
    tray.wait("its icon to go", lambda: not tray.items(), PATIENCE)


def test_only_the_first_start_opens_a_window_and_enter_is_enough(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    settings = data / "settings.toml"
    with (
        Desktop(panel="xfce", notify="none") as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        screen = Screen(box.environ)
        first = start(box, data)
        screen.wait_window(TITLE, MOST)
        until(settings.exists, "that it was seen to be kept", PATIENCE)
        screen.shot(tmp_path / "welcome.png")
        kept = tomllib.loads(settings.read_text("utf-8"))
        assert (kept["watch"], kept["country"]) == (["whatsapp", "messenger"], "")
        # The next key is for the page that comes after: Escape closes the window.
        press(box, "Return")
        press(box, "Escape")
        until(lambda: not screen.windows(TITLE), "it to close", PATIENCE)
        end(first, tray)
        second = start(box, data)
        item = tray.item(MOST)
        until(lambda: start(box, data, "--login").wait(MOST) == 0, "an answer", MOST)
        assert screen.windows(TITLE) == ()
        assert second.poll() is None
        item.activate()
        screen.wait_window(TITLE)
        assert len(screen.windows(TITLE)) == 1


def test_at_login_nobody_is_welcomed_before_asking(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with (
        Desktop(panel="xfce", notify="none") as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        screen = Screen(box.environ)
        light = start(box, data, "--login")
        item = tray.item(MOST)
        until(lambda: start(box, data, "--login").wait(MOST) == 0, "an answer", MOST)
        assert screen.windows(TITLE) == ()
        assert not (data / "settings.toml").exists()
        item.activate()
        screen.wait_window(TITLE)
        until((data / "settings.toml").exists, "that it was seen to be kept", PATIENCE)
        assert light.poll() is None
