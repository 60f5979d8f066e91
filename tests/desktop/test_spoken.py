"""The real program as somebody uses it who has no mouse and does not see the screen.

What is on the screen is asked as a screen reader asks, what is done is done by keys.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.hands import press, write
from tests.desktop.program import APP, PYTHON, TITLE, explained
from tests.desktop.recordings import NAME, PLACE, Moment, summary
from tests.desktop.screen import Screen
from tests.desktop.served import page, watched
from tests.desktop.session import Desktop, until
from tests.desktop.spoken import Node, Reader
from tests.desktop.watch import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

HARBOUR: Final = "Harbour"
COUNTRY: Final = "Brazil"
DOWN: Final = Moment(20, "major_outage", incident=1, since=20, updates=1)
SETTINGS: Final = 'watch = []\ncountry = "BR"\nproxy = "none"\n'
STAMP: Final = re.compile(r'"20\d\d-[^"]*Z"')
BEGAN: Final = datetime.now(UTC) - timedelta(minutes=20)
STEPS: Final = 60
"""So many presses of a key lead anywhere in this window."""
UNSAID: Final = ("unknown", "invalid", "filler", "")
"""Roles that tell a person nothing."""
STILL: Final = ("SetFocus",)
"""What can be done with anything, if with nothing else."""


def outage() -> bytes:
    """What the page says of a service that is down in one country."""
    told = json.dumps(summary(DOWN), ensure_ascii=False)
    told = told.replace(NAME, HARBOUR).replace(PLACE, COUNTRY)
    return STAMP.sub(f'"{BEGAN:%Y-%m-%dT%H:%M:%SZ}"', told).encode()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The program on a service that is down in Brazil, its window in front."""
    data = tmp_path_factory.mktemp("spoken")
    (data / "settings.toml").write_text(SETTINGS, "utf-8")
    start = (PYTHON, "-m", "downlight", "--data", str(data))
    with (
        page(outage()) as address,
        Desktop(panel="none", notify="none", secret=False, spoken=True) as box,
        Reader(box.address) as reader,
        explained(box),
    ):
        more = box.environ | {"PYTHONPATH": str(APP)}
        add = (*start, "add", address, "--yes")
        subprocess.run(add, env=more, check=True, capture_output=True, timeout=60)
        box.start("downlight", *start, PYTHONPATH=str(APP))
        program = reader.program(TITLE)
        Screen(box.environ).wait_window(TITLE)
        yield Told(box, program, data)


class Told:
    """What is heard, and done with keys."""

    def __init__(self, box: Desktop, program: Node, data: Path) -> None:
        self.box, self.program, self.data = box, program, data

    def all(self) -> list[Node]:
        """Everything that is on the screen now, asked anew."""
        program = self.program
        return list(Node(program.reader, program.owner, program.path).below())

    def names(self) -> list[str]:
        """What everything is called."""
        return [node.name for node in self.all()]

    def says(self, *words: str) -> None:
        """Wait until something on the screen holds these words."""

        def is_said() -> bool:
            return any(all(w in name for w in words) for name in self.names())

        try:
            until(is_said, f"{words} to be said", PATIENCE)
        except TimeoutError as error:
            raise TimeoutError(f"{error}: {self.names()}") from None

    def focus(self, *words: str, role: str = "") -> Node:
        """Wait until the focus is on something called so."""

        def fits(node: Node) -> bool:
            return all(w in node.name for w in words) and role in node.role

        return self.program.await_focus(fits, f"the focus on {words} {role}")

    def go(self, key: str, *words: str, role: str = "") -> Node:
        """Press a key until the focus is on something called so."""
        heard = []
        for _ in range(STEPS):
            at = self.program.focused()
            here = (at.role, at.name) if at is not None else ("", "")
            if all(w in here[1] for w in words) and role in here[0]:
                assert at is not None
                return at
            heard.append(here)
            self.press(key)
        raise AssertionError(f"{key} never comes to {words} {role}: {heard}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        press(self.box, *keys)


def test_everything_one_can_use_has_a_name_and_a_role(told: Told) -> None:
    told.says(HARBOUR, "down", COUNTRY)
    for _ in ("now", "regions", "me", "history", "about"):
        found: list[tuple[str, str]] = []

        def is_said(found: list[tuple[str, str]] = found) -> bool:
            # What goes while it is read has no name any more: it is read once more.
            used = [node for node in told.all() if _can_be_used(node)]
            found[:] = [(n.role, n.name) for n in used if not _is_named(n)]
            return len(used) > 5 and not found

        try:
            until(is_said, "names for all", PATIENCE)
        except TimeoutError as error:
            raise AssertionError(found) from error
        told.press("ctrl+Page_Down")


def _is_named(node: Node) -> bool:
    # A cell may hold a dash: the first one of a row tells all of it.
    named = any(map(str.isalnum, node.name)) or node.role == "cell"
    return named and bool(node.name) and node.role not in UNSAID


def _can_be_used(node: Node) -> bool:
    acts = any(action not in STILL for action in node.actions)
    usable = (acts or "editable" in node.states) and "enabled" in node.states
    return usable and node.role != "scroll bar"  # readers scroll by other means


def test_what_is_wrong_is_found_out_muted_and_another_added_without_a_mouse(
    told: Told,
) -> None:
    _find_out(told)
    _mute(told)
    _add(told)


def _find_out(told: Told) -> None:
    """Search the service, hear how it is, and look at the country."""
    told.press("ctrl+f")
    told.focus("Search the watched services")
    write(told.box, "har")
    told.go("Tab", HARBOUR, "down", role="list item")
    told.says(HARBOUR, "is down", COUNTRY)
    told.press("Escape")
    told.go("Tab", role="page tab")
    told.go("ctrl+Page_Down", "Regions", role="page tab")
    told.go("Tab", "Find a place")
    write(told.box, COUNTRY)
    found = told.go("Tab", COUNTRY, role="cell")
    assert "down" in found.name


def _mute(told: Told) -> None:
    """Open the menu of the mute, and take the line that is wanted."""
    told.go("shift+Tab", f"Mute {HARBOUR}")
    told.press("space")
    told.go("Down", "until tomorrow", role="menu item")
    told.press("Return")
    told.says(f"Mute {HARBOUR}, Muted until")

    def mutes() -> int:
        with closing(sqlite3.connect(told.data / "journal.sqlite")) as journal:
            return len(journal.execute("SELECT service FROM mutes").fetchall())

    until(mutes, "the mute to be kept", PATIENCE)


def _add(told: Told) -> None:
    """Search in the picker, tick, and hear that it is watched."""
    told.press("ctrl+n")
    told.focus("Search, or paste the address")
    write(told.box, NAME.lower())
    told.says(NAME, "not watched")
    told.press("Return", "ctrl+Return")
    until(lambda: "github" in watched(told.data), "the choice", PATIENCE)

    def is_listed() -> bool:
        return any(it.role == "list item" and NAME in it.name for it in told.all())

    until(is_listed, "it to be listed", PATIENCE)
