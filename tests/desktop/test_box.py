"""The box itself: what the other desktop tests stand on works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desktop.bubbles import choose
from tests.desktop.notices import Notices
from tests.desktop.screen import Area, Screen, find_colour
from tests.desktop.session import MARK, Desktop, NotifyName, PanelName, until
from tests.desktop.watch import Tray, colour_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

TINY = Path(__file__).with_name("tiny_tray.py")
TOP = Area(0, 0, 1280, 40)


def notify(box: Desktop, replaces: int = 0) -> None:
    """Send a notification with a default action, from a program that then leaves."""
    box.start(
        *("sender", "gdbus", "call", "--session"),
        *("--dest", "org.freedesktop.Notifications"),
        *("--object-path", "/org/freedesktop/Notifications"),
        *("--method", "org.freedesktop.Notifications.Notify", "--"),
        *("sender", str(replaces), "dialog-warning", "A summary", "A body"),
        *("['default', 'Open']", "{'urgency': <byte 1>}", "-1"),
    )


@pytest.fixture
def bare() -> Iterator[Desktop]:
    with Desktop(panel="none", notify="none", secret=False) as box:
        yield box


@pytest.mark.parametrize("panel", ["xfce", "lxqt", "mate"])
def test_a_panel_shows_an_item_and_hands_on_clicks(
    panel: PanelName, tmp_path: Path
) -> None:
    with (
        Desktop(panel=panel, notify="none", secret=False) as box,
        Tray(box.address) as tray,
    ):
        screen = Screen(box.environ)
        box.start("tiny", sys.executable, str(TINY))
        item = tray.item()
        before = item.wait_colour("green")
        assert before.tooltip == "All is tiny"
        assert [entry.label for entry in item.menu()] == ["Open", "Quit"]

        def on_the_panel() -> bool:
            shot = screen.shot(tmp_path / f"{panel}.png")
            return find_colour(shot, "green", TOP) is not None

        until(on_the_panel, "a green icon on the panel", 20)
        item.activate()
        assert item.wait_colour("red").digest != before.digest
        assert screen.wait_window("Tiny window")
        screen.close_window("Tiny window")
        item.click("Quit")
        tray.wait("the item to leave", lambda: not tray.items(), 20)


def test_trayer_shows_an_icon_without_any_bus(tmp_path: Path) -> None:
    with Desktop(panel="trayer", notify="none", secret=False) as box:
        screen = Screen(box.environ)
        box.start("tiny", sys.executable, str(TINY))

        def on_the_panel() -> Area | None:
            return find_colour(screen.shot(tmp_path / "tray.png"), "green", TOP)

        until(on_the_panel, "a green icon in trayer", 20)
        place = on_the_panel()
        assert place is not None
        screen.click(place.centre)
        assert screen.wait_window("Tiny window")


@pytest.mark.parametrize("daemon", ["dunst", "xfce", "mako"])
def test_a_click_on_a_bubble_reaches_the_program(daemon: NotifyName) -> None:
    with (
        Desktop(panel="none", notify=daemon, secret=False) as box,
        Notices(box.address) as notices,
    ):
        notify(box)
        notices.wait("an answer", lambda: notices.seen and notices.seen[0].number)
        notice = notices.seen[0]
        assert notice.text == "A summary\nA body"
        assert notice.actions == {"default": "Open"}
        assert notice.hints["urgency"] == 1
        choose(box, daemon, notice)
        notices.wait("a click", lambda: notices.invoked)
        assert notices.invoked == [(notice.number, "default")]
        notices.wait("the bubble's end", lambda: notices.closed)
        assert notices.closed[0][0] == notice.number


def test_secrets_can_be_kept_in_the_box() -> None:
    with Desktop(panel="none", notify="none") as box:
        attribute = ("of", "the-box")
        subprocess.run(
            ("secret-tool", "store", "--label=A secret", *attribute),
            input=b"opensesame",
            env=box.environ,
            check=True,
        )
        found = subprocess.run(
            ("secret-tool", "lookup", *attribute),
            env=box.environ,
            check=True,
            capture_output=True,
        )
        assert found.stdout == b"opensesame"


def test_nothing_can_be_started_over_the_bus_but_what_the_box_holds(
    bare: Desktop,
) -> None:
    asked = subprocess.run(
        (
            *("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus"),
            *("--object-path", "/org/freedesktop/DBus", "--method"),
            "org.freedesktop.DBus.ListActivatableNames",
        ),
        env=bare.environ,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "org.freedesktop.DBus" in asked
    assert "Notifications" not in asked
    assert "secrets" not in asked


def test_leaving_the_box_ends_everything_in_it_and_nothing_else() -> None:
    stranger = subprocess.Popen(("cat",), stdin=subprocess.PIPE)
    try:
        with Desktop(panel="none", notify="none", secret=False) as box:
            # One that has left its parent behind, and one that will not go.
            box.start("orphan", "setsid", "--fork", "tail", "-f", "/dev/null")
            box.start("deaf", "sh", "-c", "trap '' TERM; tail -f /dev/null & wait")
            mark, root = box.environ[MARK].encode(), box.root
            until(lambda: b"tail" in _commands(mark), "the orphan", 10)
        assert _commands(mark) == b""
        assert not root.exists()
        assert stranger.poll() is None
    finally:
        stranger.communicate()


def _commands(mark: bytes) -> bytes:
    """The command lines of all processes that carry a box's mark."""
    found = b""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found += (process / "cmdline").read_bytes()
        except OSError:  # gone meanwhile
            continue
    return found


@pytest.mark.parametrize(
    ("pixel", "name"),
    [
        ((215, 25, 28, 255), "red"),
        ((26, 152, 80, 255), "green"),
        ((240, 150, 10, 255), "amber"),
        ((40, 90, 200, 255), "blue"),
        ((128, 128, 128, 255), "grey"),
        ((255, 255, 255, 255), "grey"),
        ((215, 25, 28, 0), "nothing"),
    ],
)
def test_colours_have_names(pixel: tuple[int, int, int, int], name: str) -> None:
    assert colour_of([pixel]) == name
