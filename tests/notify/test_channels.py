"""The order of the channels."""

import sys

import pytest

from downlight.core.errors import DeliveryError
from downlight.core.news import Message
from downlight.notify.channels import WATCHER, Balloon, channels
from tests.notify.events import event
from tests.notify.memory import Screen

MESSAGE = Message(event(), "Chatter is down", "Since 14:02.")


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
    found = channels(tray, lambda _event, _act: None, system)
    assert [channel.name for channel in found] == names
    assert (tray in found) is (system != "linux")


@pytest.mark.parametrize("serves", [False, None])
def test_an_old_tray_shows_its_own_balloon(serves: bool | None) -> None:
    tray = Screen("tray")
    Balloon(tray, lambda _name: serves).deliver(MESSAGE)
    assert tray.shown.get_nowait() == MESSAGE


def test_a_modern_tray_has_no_balloon_and_says_so() -> None:
    tray = Screen("tray")
    with pytest.raises(DeliveryError, match="no messages of its own"):
        Balloon(tray, lambda name: name == WATCHER).deliver(MESSAGE)
    assert tray.shown.empty()


def test_without_a_tray_the_others_are_left() -> None:
    found = channels(None, lambda _event, _act: None, "linux")
    assert [channel.name for channel in found] == ["dbus", "plyer"]
    found = channels(None, lambda _event, _act: None, "win32")
    assert [channel.name for channel in found] == ["plyer"]


def test_without_jeepney_the_others_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("downlight.notify.")]:
        if name.endswith((".dbus", ".bus")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jeepney", None)
    found = channels(Screen("tray"), lambda _event, _act: None, "linux")
    assert [channel.name for channel in found] == ["plyer", "tray"]
