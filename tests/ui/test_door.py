"""Another start knocks at the light that is on: the window opens, nothing waits."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from downlight.main import CALLERS, _Door
from downlight.storage.instance import DOOR, HERE, LOCK, claim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from downlight.storage.instance import Instance


class Threshold:
    """A door, and how often it let the window be opened."""

    def __init__(self, folder: Path, instance: Instance) -> None:
        self.folder = folder
        self.opened = 0
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.door = _Door(app, instance, self._open)

    def _open(self) -> None:
        self.opened += 1

    def caller(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(0)
            line.connect(str(self.folder / DOOR))
        except OSError:
            line.close()
            raise
        return line

    @property
    def word(self) -> bytes:
        return (self.folder / LOCK).read_bytes().split(b"\n")[3]


@pytest.fixture
def threshold(tmp_path: Path, qapp: QApplication) -> Iterator[Threshold]:
    instance = claim(tmp_path)
    assert instance is not None
    threshold = Threshold(tmp_path, instance)
    yield threshold
    threshold.door.close()
    instance.close()


def heard(line: socket.socket) -> bytes | None:
    """Return what came; None while nothing has."""
    try:
        return line.recv(16)
    except BlockingIOError:
        return None


def test_a_start_opens_the_window_and_a_greeting_does_not(
    threshold: Threshold, qtbot: QtBot
) -> None:
    with ThreadPoolExecutor() as pool:
        for greet, opened in ((True, 0), (False, 1)):
            other = pool.submit(claim, threshold.folder, greet=greet, patience=20)
            qtbot.waitUntil(other.done, timeout=20_000)
            assert other.result() is None
            assert threshold.opened == opened


def test_what_comes_in_pieces_is_understood(threshold: Threshold, qtbot: QtBot) -> None:
    with threshold.caller() as line:
        line.send(b"open " + threshold.word)
        qtbot.wait(1)
        assert threshold.opened == 0
        line.send(b" \n")
        qtbot.waitUntil(lambda: heard(line) == HERE)
    assert threshold.opened == 1


@pytest.mark.parametrize("said", [b"open wrong \n", b"x" * 5000, b"\n", b"\xff\n"])
def test_a_stranger_is_sent_away_without_a_word(
    said: bytes, threshold: Threshold, qtbot: QtBot
) -> None:
    with threshold.caller() as line:
        line.send(said)
        qtbot.waitUntil(lambda: _left(line))
    assert threshold.opened == 0


def test_those_who_say_nothing_do_not_keep_others_out(
    threshold: Threshold, qtbot: QtBot
) -> None:
    silent = [threshold.caller() for _ in range(CALLERS + 3)]
    with threshold.caller() as line:
        line.send(b"open " + threshold.word + b" \n")
        qtbot.waitUntil(lambda: heard(line) == HERE)
    for other in silent:
        other.close()
    assert threshold.opened == 1


def test_leave_to_come_forward_is_handed_to_qt(
    threshold: Threshold, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    with threshold.caller() as line:
        line.send(b"open " + threshold.word + b" from-menu\n")
        qtbot.waitUntil(lambda: heard(line) == HERE)
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from-menu"  # noqa: S105 - no secret


def test_a_closed_door_lets_nobody_in(threshold: Threshold) -> None:
    threshold.door.close()
    with pytest.raises(FileNotFoundError):
        threshold.caller()


def _left(line: socket.socket) -> bool:
    try:
        return heard(line) == b""
    except ConnectionError:
        return True
