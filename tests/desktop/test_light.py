"""The light works: the real program, a real tray, real notifications, real clicks."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.desktop.bubbles import choose
from tests.desktop.notices import Notice, Notices
from tests.desktop.program import TITLE, explained, show
from tests.desktop.recordings import NAME, OUTAGE, PLACE, record
from tests.desktop.screen import Area, Screen, find_colour
from tests.desktop.session import Desktop, NotifyName, PanelName, until
from tests.desktop.watch import PATIENCE, Look, Tray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

SPEED = "240"
"""Five seconds for each of well, down, well: time to start, to look and to click."""
STILL = "1"
"""At the speed of life the recording stays well for twenty minutes."""
QUIET = 2.0
"""Seconds listened for what must not come; eight minutes of the recording."""
TOP = Area(0, 0, 1280, 40)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one whole replay showed."""

    looks: tuple[Look, ...]
    """At first, during the outage, after it."""
    notices: tuple[Notice, ...]
    titles: tuple[str, ...]
    """Windows open after a click on the bubble, then after one on the icon."""
    number: int | None
    """The bubble that was clicked."""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("recorded") / "outage", OUTAGE)


@pytest.fixture(scope="module", params=["dunst", "xfce"])
def seen(
    request: pytest.FixtureRequest,
    recording: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Seen]:
    daemon: NotifyName = request.param
    data = tmp_path_factory.mktemp("data")
    with (
        Desktop(panel="xfce", notify=daemon) as box,
        Tray(box.address) as tray,
        Notices(box.address) as notices,
        explained(box),
    ):
        screen = Screen(box.environ)
        show(box, data, recording, SPEED)
        item = tray.item()
        looks = tuple(map(item.wait_colour, ("green", "red", "green")))
        notices.wait("word of the end", lambda: len(notices.seen) >= 2)
        screen.close_window(TITLE)
        choose(box, daemon, notices.seen[-1])
        notices.wait("the click to be heard", lambda: notices.invoked)
        clicked = screen.title(screen.wait_window(TITLE))
        screen.close_window(TITLE)
        item.activate()
        activated = screen.title(screen.wait_window(TITLE))
        notices.settle(QUIET)
        yield Seen(
            looks,
            tuple(notices.seen),
            (clicked, activated),
            notices.invoked[0][0],
        )


def test_the_light_goes_green_red_green(seen: Seen) -> None:
    assert [look.colour for look in seen.looks] == ["green", "red", "green"]
    well, down, again = seen.looks
    assert NAME in down.tooltip
    assert down.tooltip not in (well.tooltip, again.tooltip)
    assert down.digest not in (well.digest, again.digest)


def test_the_tray_says_that_this_is_a_replay(seen: Seen) -> None:
    for look in seen.looks:
        assert "replay" in f"{look.title} {look.tooltip}".lower()


def test_an_outage_is_told_twice_when_it_starts_and_when_it_ends(seen: Seen) -> None:
    assert len(seen.notices) == 2
    began, ended = seen.notices
    assert began.summary != ended.summary
    assert PLACE in began.text
    # The page names the place in words only: the end may say that nobody said.
    assert PLACE in ended.text or "not said" in ended.text
    for notice in seen.notices:
        assert NAME in notice.text
        assert re.search(r"\b\d{1,2}:\d{2}\b", notice.text)


def test_the_end_takes_the_place_of_the_beginning(seen: Seen) -> None:
    began, ended = seen.notices
    assert began.replaces == 0
    assert ended.replaces == began.number


def test_a_click_on_the_notification_opens_the_window(seen: Seen) -> None:
    assert seen.number == seen.notices[-1].number
    assert TITLE in seen.titles[0]


def test_a_click_on_the_icon_opens_the_window(seen: Seen) -> None:
    assert TITLE in seen.titles[1]


def delivered(data: Path) -> bool:
    """Whether the journal has noted that a message was shown."""
    with closing(sqlite3.connect(data / "journal.sqlite")) as journal:
        query = "SELECT count(*) FROM deliveries WHERE outcome = 'delivered'"
        return bool(journal.execute(query).fetchone()[0])


@pytest.mark.parametrize("daemon", ["dunst", "xfce"])
def test_a_program_killed_in_an_outage_announces_nothing_twice(
    daemon: NotifyName, recording: Path, tmp_path: Path
) -> None:
    with (
        Desktop(panel="xfce", notify=daemon) as box,
        Tray(box.address) as tray,
        Notices(box.address) as notices,
        explained(box),
    ):
        first = show(box, tmp_path / "data", recording, SPEED)
        notices.wait("word of the outage", lambda: notices.seen)
        tray.item().wait_colour("red")
        # Killed between "shown" and "written down" it would be told again: that is
        # the one window there is (app/decisions/0004-told-once.md).
        until(lambda: delivered(tmp_path / "data"), "the note that it was told", 10)
        first.kill()
        first.wait()
        tray.wait("the icon to go", lambda: not tray.items(), PATIENCE)
        show(box, tmp_path / "data", recording, SPEED)
        notices.wait("word of the end", lambda: len(notices.seen) >= 2)
        tray.item().wait_colour("green")
        notices.settle(QUIET)
    assert len(notices.seen) == 2
    began, ended = notices.seen
    assert began.summary != ended.summary


@pytest.mark.parametrize("panel", ["xfce", "lxqt", "mate", "trayer"])
def test_every_tray_shows_the_light(
    panel: PanelName, recording: Path, tmp_path: Path
) -> None:
    with Desktop(panel=panel, notify="none") as box, explained(box):
        screen = Screen(box.environ)
        before = screen.shot(tmp_path / f"{panel}-before.png")
        show(box, tmp_path / "data", recording, STILL)
        screen.wait_window(TITLE)
        screen.close_window(TITLE)

        def place() -> Area | None:
            shot = screen.shot(tmp_path / f"{panel}.png")
            return find_colour(shot, "green", TOP)

        until(place, f"a green light in {panel}", PATIENCE)
        light = place()
        assert find_colour(before, "green", TOP) is None
        assert light is not None
        assert 8 <= light.height <= TOP.height
        assert 8 <= light.width <= 2 * TOP.height


def test_a_tray_that_comes_late_gets_the_light(recording: Path, tmp_path: Path) -> None:
    with (
        Desktop(panel="none", notify="none") as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        program = show(box, tmp_path / "data", recording, STILL)
        Screen(box.environ).wait_window(TITLE)
        box.start_panel("xfce")
        assert tray.item().wait_colour("green").colour == "green"
        assert program.poll() is None


def test_without_a_tray_there_is_an_ordinary_window(
    recording: Path, tmp_path: Path
) -> None:
    with Desktop(panel="none", notify="none") as box, explained(box):
        program = show(box, tmp_path / "data", recording, STILL)
        screen = Screen(box.environ)
        window = screen.wait_window(TITLE)
        assert screen.area(window).width > 200
        assert program.poll() is None
