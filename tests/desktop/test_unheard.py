"""Nobody here shows notifications: the next way is taken, and the window says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.desktop.notices import Notices
from tests.desktop.program import TITLE, explained, show
from tests.desktop.recordings import NAME, SOON, record
from tests.desktop.screen import Area, Screen, find_colour
from tests.desktop.session import Desktop, until
from tests.desktop.watch import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

SPEED = "240"
"""Ten seconds of outage: time to look, and to start a service in the middle of it."""
HINT_HEIGHT = 110
"""Pixels at the top of the window in which its strips are."""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return record(tmp_path / "outage", SOON)


def attempts(data: Path) -> list[tuple[str, str, str]]:
    """Turn, channel and outcome of each attempt to tell something."""
    with closing(sqlite3.connect(data / "journal.sqlite")) as journal:
        query = "SELECT event, channel, outcome FROM deliveries ORDER BY rowid"
        found = journal.execute(query).fetchall()
    return [(event.rpartition("/")[2], *rest) for event, *rest in found]


def test_the_tray_tells_what_no_service_does(recording: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with (
        Desktop(panel="trayer", notify="none", secret=False) as box,
        explained(box),
    ):
        screen = Screen(box.environ)
        show(box, data, recording, SPEED)
        screen.close_window(TITLE)

        def balloon() -> bool:
            """Whether there is a window of ours besides the small one in the tray."""
            ours = map(screen.area, screen.windows_of("downlight"))
            return any(area.width > 200 for area in ours)

        until(balloon, "the tray's balloon", PATIENCE)
        screen.shot(tmp_path / "balloon.png")
        until(lambda: len(attempts(data)) >= 6, "word of the end", PATIENCE)
    tried = (("dbus", "failed"), ("plyer", "failed"), ("tray", "delivered"))
    assert attempts(data) == [
        (turn, *attempt) for turn in ("began", "ended") for attempt in tried
    ]


def test_the_window_says_that_nobody_shows_them_until_somebody_does(
    recording: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with (
        Desktop(panel="xfce", notify="none", secret=False) as box,
        Notices(box.address) as notices,
        explained(box),
    ):
        screen = Screen(box.environ)
        show(box, data, recording, SPEED)
        window = screen.wait_window(TITLE)

        def hint() -> Area | None:
            """Where the sign of a strip is that tells what does not work."""
            place = screen.area(window)
            top = Area(place.x, place.y, 60, HINT_HEIGHT)
            shot = screen.shot(tmp_path / "window.png")
            return find_colour(shot, "amber", top)

        assert hint() is None
        until(hint, "a hint in the window", PATIENCE)
        screen.shot(tmp_path / "hint.png")
        assert attempts(data)[-1] == ("began", "none", "failed")
        box.start_notify("dunst")
        box.await_notify()
        notices.wait("word of the end", lambda: notices.seen)
        until(lambda: hint() is None, "the hint to go", PATIENCE)
    [told] = notices.seen
    assert NAME in told.summary
    assert attempts(data)[-1] == ("ended", "dbus", "delivered")
