"""Whether the person should not be disturbed just now, as far as the system tells."""

from __future__ import annotations

import logging
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from downlight.notify.busy import Lookout, looks
from downlight.notify.full_screen import Screen
from downlight.screen import FIRST_PORT
from tests.notify.memory import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


def blind() -> str:
    raise DeliveryError("no bus")


def test_the_first_reason_counts() -> None:
    asked = []

    def look() -> str:
        asked.append(1)
        return "So."

    assert Lookout((str, look, blind)).busy() == "So."
    assert Lookout((lambda: "First.", look)).busy() == "First."
    assert len(asked) == 1


def test_who_cannot_look_is_not_busy_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="downlight.notify.busy")
    lookout = Lookout((blind, str))
    assert [lookout.busy(), lookout.busy()] == ["", ""]
    assert Lookout((blind, lambda: "So.")).busy() == "So."
    words = "not known whether the person is busy: no bus"
    assert caplog.messages == [words, words]  # two lookouts, three looks


@pytest.mark.parametrize(
    ("system", "environ", "names"),
    [
        ("linux", {}, ["_desktop_says"]),
        ("linux", {"DISPLAY": ":1"}, ["_desktop_says", "_screen_says"]),
        (
            "linux",
            {"DISPLAY": ":1", "WAYLAND_DISPLAY": "wayland-0"},
            ["_desktop_says"],
        ),
        ("win32", {"DISPLAY": ":1"}, ["_windows_says"]),
        ("darwin", {"DISPLAY": ":1"}, []),
    ],
)
def test_each_system_tells_in_its_own_way(
    system: str, environ: dict[str, str], names: list[str]
) -> None:
    assert [look.__name__ for look in looks(system, environ)] == names


def test_where_nothing_tells_nobody_is_busy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DISPLAY", str(tmp_path / "nowhere:0"))
    for system in ("linux", "darwin"):
        environ = {"DISPLAY": ":0"}
        assert Lookout(looks(system, environ)).busy() == ""


def _has_xcb() -> bool:
    try:
        Screen("nowhere:0").is_filled()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_xcb(), reason="libxcb is not installed")
def test_a_screen_that_does_not_answer_holds_nobody_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        number = deaf.getsockname()[1] - FIRST_PORT
        screen = Screen(f"127.0.0.1:{number}", timedelta(milliseconds=20))
        for _ in range(3):
            with pytest.raises(TimeoutError, match="does not answer"):
                screen.is_filled()
        deaf.settimeout(PATIENCE)
        deaf.accept()[0].close()
        deaf.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody came after who hangs
            deaf.accept()
