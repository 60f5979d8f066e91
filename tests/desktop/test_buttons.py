"""The buttons of a notification of the real program do what they say."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from downlight.core.news import Act
from tests.desktop.bubbles import choose
from tests.desktop.notices import Notices
from tests.desktop.program import TITLE, explained, show
from tests.desktop.recordings import NAME, SERVICE, SOON, record
from tests.desktop.screen import Screen
from tests.desktop.session import Desktop, NotifyName, until
from tests.desktop.watch import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

SPEED = "240"
"""Ten seconds of outage to find the button in."""


@contextmanager
def outage(daemon: NotifyName, folder: Path) -> Iterator[tuple[Desktop, Notices]]:
    """A desktop on which the beginning was just told and no window is open."""
    recording = record(folder / "outage", SOON)
    with (
        Desktop(panel="xfce", notify=daemon, secret=False) as box,
        Notices(box.address) as notices,
        explained(box),
    ):
        show(box, folder / "data", recording, SPEED)
        Screen(box.environ).close_window(TITLE)
        notices.wait("word of it", lambda: notices.seen and notices.seen[0].number)
        yield box, notices


@pytest.mark.parametrize("daemon", ["dunst", "xfce"])
def test_is_it_me_opens_the_window(daemon: NotifyName, tmp_path: Path) -> None:
    with outage(daemon, tmp_path) as (box, notices):
        choose(box, daemon, notices.seen[0], Act.ME)
        assert Screen(box.environ).wait_window(TITLE)


@pytest.mark.parametrize("daemon", ["dunst", "xfce"])
def test_a_mute_is_kept_until_the_end_is_told(
    daemon: NotifyName, tmp_path: Path
) -> None:
    def mutes() -> list[tuple[str, str | None]]:
        with closing(sqlite3.connect(tmp_path / "data/journal.sqlite")) as journal:
            return journal.execute("SELECT service, until FROM mutes").fetchall()

    with outage(daemon, tmp_path) as (box, notices):
        choose(box, daemon, notices.seen[0], Act.MUTE)
        until(mutes, "the mute", PATIENCE)
        assert mutes() == [(SERVICE, None)]
        assert not Screen(box.environ).windows(TITLE)
        notices.wait("word of the end", lambda: len(notices.seen) == 2)
        assert NAME in notices.seen[1].summary
        assert notices.seen[1].actions == {"default": "Open"}
