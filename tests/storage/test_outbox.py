"""What is on its way to hooks, beyond the end of the program."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import downlight
from downlight.core.errors import StorageError
from downlight.core.telling.hooks import Letter
from downlight.storage.outbox import KEPT, Outbox, last_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def letter(id_: str = "a", hook: str = "team", at: datetime = NOON) -> Letter:
    said = {"title": "Chat \ud800 is down", "level": None, "confidence": 0.5}
    return Letter(hook, id_, at, "chat", "cause", said)


def opened(folder: Path, now: datetime = NOON) -> Outbox:
    outbox = Outbox.open(folder / "outbox.sqlite", now)
    assert outbox is not None
    return outbox


def test_what_was_kept_is_there_after_a_restart_in_its_order(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "new")) as outbox:
        outbox.keep([letter("b"), letter("a"), letter("b")])
    with closing(opened(tmp_path / "new")) as outbox:
        assert outbox.waiting() == (letter("b"), letter("a"))
        assert outbox.known("team") == {"a", "b"}
        assert outbox.known("other") == frozenset()


def test_a_postponed_letter_knows_when_it_is_due(tmp_path: Path) -> None:
    later = replace(letter(), tries=2, due=NOON + MINUTE)
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter()])
        outbox.postpone(later, "HTTP 500")
    assert last_of(tmp_path / "outbox.sqlite") == {"team": (1, "waiting: HTTP 500")}
    with closing(opened(tmp_path)) as outbox:
        assert outbox.waiting() == (later,)
        outbox.postpone(replace(later, due=None), "x")
        assert outbox.waiting() == (replace(later, due=None),)


def test_a_settled_letter_does_not_wait_and_does_not_come_again(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter()])
        outbox.settle(letter(), "delivered", NOON)
        outbox.keep([letter()])
        assert outbox.waiting() == ()
        assert outbox.known("team") == {"a"}
    assert last_of(tmp_path / "outbox.sqlite") == {"team": (0, "delivered")}


def test_what_is_old_is_forgotten(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter()])
    with closing(opened(tmp_path, NOON + KEPT + MINUTE)) as outbox:
        assert outbox.known("team") == frozenset()


def test_a_hook_is_as_old_as_its_first_sight(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as outbox:
        assert outbox.since("team", NOON) == NOON
        assert outbox.since("team", NOON + MINUTE) == NOON
        assert outbox.since("team", NOON - MINUTE) == NOON - MINUTE  # set back


def test_only_one_at_a_time_runs_the_hooks(tmp_path: Path) -> None:
    with closing(opened(tmp_path)):
        assert Outbox.open(tmp_path / "outbox.sqlite", NOON) is None
        assert last_of(tmp_path / "outbox.sqlite") == {}
    opened(tmp_path).close()


def test_a_run_that_is_killed_lets_go_and_loses_nothing(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from downlight.core.telling.hooks import Letter\n"
        "from downlight.storage.outbox import Outbox\n"
        "now = datetime(2026, 3, 4, 12, tzinfo=UTC)\n"
        "outbox = Outbox.open(Path(sys.argv[1]), now)\n"
        "outbox.keep([Letter('team', 'a', now, 'chat', '', {})])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    app = str(Path(downlight.__file__).parent.parent)
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "outbox.sqlite")],
        env={"PYTHONPATH": app},
        check=False,
    )
    with closing(opened(tmp_path)) as outbox:
        assert [it.id for it in outbox.waiting()] == ["a"]


def test_a_damaged_one_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    file = tmp_path / "outbox.sqlite"
    file.write_bytes(b"no database" * 100)
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter()])
    (aside,) = tmp_path.glob("outbox-set-aside-*.sqlite")
    assert aside.read_bytes().startswith(b"no database")


def test_one_of_a_newer_downlight_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="newer"):
        opened(tmp_path)
    assert not list(tmp_path.glob("*aside*"))


def test_a_row_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter("a"), letter("b")])
    with closing(sqlite3.connect(tmp_path / "outbox.sqlite")) as connection:
        connection.execute("UPDATE letters SET said = '{' WHERE id = 'a'")
        connection.commit()
    with closing(opened(tmp_path)) as outbox:
        assert [it.id for it in outbox.waiting()] == ["b"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        Outbox.open(tmp_path / "file" / "outbox.sqlite", NOON)
    (tmp_path / "outbox.sqlite").mkdir()
    with pytest.raises(StorageError):
        opened(tmp_path)


def test_one_in_memory_is_gone_when_it_is_closed() -> None:
    with closing(Outbox.in_memory()) as outbox:
        outbox.keep([letter()])
        assert outbox.waiting() == (letter(),)
    with closing(Outbox.in_memory()) as outbox:
        assert outbox.waiting() == ()


def test_looking_into_what_is_none_finds_nothing(tmp_path: Path) -> None:
    assert last_of(tmp_path / "outbox.sqlite") == {}
    (tmp_path / "outbox.sqlite").write_text("no database")
    assert last_of(tmp_path / "outbox.sqlite") == {}


def test_what_is_old_is_forgotten_in_a_long_run_too(tmp_path: Path) -> None:
    late = NOON + KEPT + MINUTE
    with closing(opened(tmp_path)) as outbox:
        outbox.keep([letter("old"), letter("waits"), letter("new", at=late)])
        outbox.settle(letter("old"), "delivered", NOON)
        assert outbox.known("team") == {"old", "waits", "new"}
        outbox.settle(letter("new", at=late), "delivered", late)
        assert outbox.known("team") == {"waits", "new"}


def test_a_hook_that_was_first_seen_by_a_clock_ahead_is_seen_anew(
    tmp_path: Path,
) -> None:
    with closing(opened(tmp_path)) as outbox:
        assert outbox.since("team", NOON + KEPT) == NOON + KEPT
        assert outbox.since("team", NOON) == NOON
        assert outbox.since("team", NOON + MINUTE) == NOON
