"""The order of the channels."""

import sys

import pytest

from downlight.notify.channels import channels
from tests.notify.memory import Screen


@pytest.mark.parametrize(
    ("system", "names"),
    [
        ("linux", ["dbus", "plyer", "tray"]),
        ("win32", ["tray", "plyer"]),
        ("darwin", ["tray", "plyer"]),
    ],
)
def test_each_system_has_its_order(system: str, names: list[str]) -> None:
    tray = Screen("tray")
    found = channels(tray, lambda _event: None, system)
    assert [channel.name for channel in found] == names
    assert tray in found


def test_without_a_tray_the_others_are_left() -> None:
    found = channels(None, lambda _event: None, "linux")
    assert [channel.name for channel in found] == ["dbus", "plyer"]
    found = channels(None, lambda _event: None, "win32")
    assert [channel.name for channel in found] == ["plyer"]


def test_without_jeepney_the_others_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("downlight.notify.")]:
        if name.endswith((".dbus", ".bus")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jeepney", None)
    found = channels(Screen("tray"), lambda _event: None, "linux")
    assert [channel.name for channel in found] == ["plyer", "tray"]
