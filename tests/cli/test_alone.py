"""The light started twice, as people do it: in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight import alone
from downlight.storage.instance import DOOR, LOCK, claim
from tests.desktop.session import until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="it stops and kills processes"),
    pytest.mark.timeout(180),
]

APP = Path(__file__).parents[2] / "app"
WITHIN = 60.0
"""Seconds a start may take on a machine busy with other things."""
RUNNING = "Downlight is running already."
OPENED = f"{RUNNING} Its window is open.\n"


class House:
    """A folder, and the lights started for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lights: list[subprocess.Popen[str]] = []
        (folder / "settings.toml").write_text('watch = []\nproxy = "none"\n', "utf-8")

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        environ = os.environ | {
            "PYTHONPATH": str(APP),
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all",
        }
        light = subprocess.Popen(
            [sys.executable, "-m", "downlight", "--data", str(self.folder), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ | more,
            text=True,
        )
        self.lights.append(light)
        return light

    def start_first(self) -> subprocess.Popen[str]:
        """Start one and wait until it answers."""
        light = self.start()
        until(lambda: self.holder == light.pid, "it to hold the lock", WITHIN)
        until(lambda: self.ask("--login")[0] == 0, "an answer", WITHIN)
        return light

    @property
    def holder(self) -> int:
        """Who has written into the lock last; 0 when nobody has."""
        lock = self.folder / LOCK
        first = lock.read_text().partition("\n")[0] if lock.exists() else ""
        return int(first or 0)

    def ask(self, *words: str) -> tuple[int, str, str]:
        """Start one more, once there is a door, and return how that ended."""
        until((self.folder / DOOR).exists, "a door", WITHIN)
        light = self.start(*words)
        out, err = light.communicate(timeout=WITHIN)
        return light.returncode, out, err

    @property
    def on(self) -> list[subprocess.Popen[str]]:
        return [light for light in self.lights if light.poll() is None]

    def clear(self) -> None:
        for light in self.lights:
            light.kill()
            light.communicate()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.clear()


def test_the_second_start_opens_the_window_of_the_first_and_ends(house: House) -> None:
    first = house.start_first()
    assert house.ask() == (0, OPENED, "")
    assert house.ask("--login") == (0, f"{RUNNING}\n", "")
    first.terminate()
    assert first.wait(WITHIN) == 0
    assert not (house.folder / DOOR).exists()


def test_another_folder_has_a_light_of_its_own(house: House, tmp_path: Path) -> None:
    house.start_first()
    other = tmp_path / "other"
    other.mkdir()
    neighbour = House(other)
    try:
        assert neighbour.start_first().poll() is None
    finally:
        neighbour.clear()


def test_what_the_terminal_shows_is_not_limited(house: House) -> None:
    house.start_first()
    for words in (("status",), ("services", "whatsapp")):
        assert RUNNING not in house.ask(*words)[1]
    assert len(house.on) == 1


def test_of_twenty_starts_at_once_one_stays(house: House) -> None:
    for _ in range(20):
        house.start()
    until(lambda: len(house.on) == 1, "nineteen to end", WITHIN)
    [first] = house.on
    assert house.holder == first.pid
    for light in house.lights:
        if light is not first:
            out, err = light.communicate()
            # On a machine this busy the first may not have come to answer in time.
            busy = f"process {first.pid} holds" in err and light.returncode == 1
            assert busy or (light.returncode, out, err) == (0, OPENED, "")
    until(lambda: house.ask("--login")[0] == 0, "an answer", WITHIN)


def test_after_a_killed_one_the_next_is_the_first(house: House) -> None:
    for _ in range(3):
        first = house.start_first()
        first.kill()
        first.wait(WITHIN)
        assert (house.folder / DOOR).exists()
    house.start_first()
    assert house.ask() == (0, OPENED, "")


def test_of_one_that_hangs_it_is_said_what_to_do(house: House) -> None:
    first = house.start_first()
    first.send_signal(signal.SIGSTOP)
    status, out, err = house.ask()
    assert (status, out) == (1, "")
    words = "downlight: Downlight is running already, but does not answer: process "
    assert err.startswith(f"{words}{first.pid} holds {house.folder / LOCK}\n")
    assert f"kill -9 {first.pid}" in err
    first.send_signal(signal.SIGCONT)
    until(lambda: house.ask() == (0, OPENED, ""), "it to come to itself", WITHIN)


def test_where_no_lock_can_be_the_light_is_on_and_the_log_says_why(
    house: House,
) -> None:
    (house.folder / LOCK).mkdir()
    log = house.folder / "downlight.log"
    light = house.start()
    until(lambda: log.exists() and log.read_text(), "words in the log", WITHIN)
    words = "nothing keeps a second light from starting here: downlight.lock: "
    assert words in log.read_text()
    assert light.poll() is None


def test_at_login_without_a_screen_it_ends_with_a_word(house: House) -> None:
    (house.folder / DOOR).touch()
    bare = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    light = house.start("--login", **bare)
    _, err = light.communicate(timeout=WITHIN)
    assert light.returncode == 3
    assert err.startswith("downlight: There is no screen here: ")


def test_nothing_of_qt_is_imported_before_it_is_settled_who_is_first() -> None:
    code = (
        "import json, sys\nimport downlight.alone\n"
        "print(json.dumps(sorted({n.partition('.')[0] for n in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(APP)},
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"PySide6", "asyncio", "argparse", "sqlite3", "logging", "httpx", "rich"}
    assert not heavy & set(json.loads(done.stdout))


def test_without_a_terminal_to_speak_on_it_ends_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = claim(tmp_path)
    assert first is not None
    monkeypatch.setattr(sys, "stderr", None)
    assert alone.run(tmp_path, login=True) == 1
    first.close()
