"""Whether there is a screen: somebody must answer, a name alone is none."""

from __future__ import annotations

import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight.screen import FIRST_PORT, has_screen

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere there is always a screen"
)


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: that of a socket must not be long."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def unused() -> int:
    """The number of a display nobody has."""
    return 60_007


def listen(where: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.bind(where)
    line.listen()
    return line


def test_without_a_name_there_is_none() -> None:
    assert not has_screen()


@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_a_screen_nobody_sees_is_one(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert has_screen()


@pytest.mark.parametrize(
    "name",
    [
        ":60007",
        "unix:60007.0",
        "localhost:59000",
        "localhost:99999999",
        ":",
        "",
        "nonsense",
        ":x",
        ":²",
        "/gone.0",
    ],
)
def test_a_name_that_nobody_answers_to_is_none(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", name)
    assert not has_screen()


@pytest.mark.parametrize("name", [":60007", ":60007.0", "unix:60007"])
def test_an_x_server_of_this_computer_is_found(
    name: str, unused: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", name)
    with listen(f"\0/tmp/.X11-unix/X{unused}"):
        assert has_screen()
    assert not has_screen()


def test_an_x_server_is_found_by_the_path_of_its_socket(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("x:0", "x:0.1"):
        monkeypatch.setenv("DISPLAY", str(folder / name))
        assert not has_screen()
    with listen(str(folder / "x:0")):
        assert has_screen()


@pytest.mark.parametrize("host", ["localhost", "tcp/127.0.0.1", "[127.0.0.1]"])
def test_an_x_server_behind_a_host_and_port_is_found(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - FIRST_PORT
        monkeypatch.setenv("DISPLAY", f"{host}:{number}.0")
        assert has_screen()
    assert not has_screen()


def test_a_wayland_server_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not has_screen()  # no folder to look in
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    assert not has_screen()
    with listen(str(folder / "wayland-7")):
        assert has_screen()
        monkeypatch.setenv("WAYLAND_DISPLAY", str(folder / "wayland-7"))
        monkeypatch.delenv("XDG_RUNTIME_DIR")
        assert has_screen()
    assert not has_screen()


def test_of_two_names_one_that_answers_is_enough(
    folder: Path, unused: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", str(folder / "w"))
    monkeypatch.setenv("DISPLAY", f":{unused}")
    assert not has_screen()
    with listen(str(folder / "w")):
        assert has_screen()
    with listen(f"\0/tmp/.X11-unix/X{unused}"):
        assert has_screen()
