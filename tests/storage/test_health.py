"""How sources are doing is kept, and read by others while it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import StorageError
from downlight.core.health import Health, Kept
from downlight.core.model import SourceId
from downlight.core.telling.decided import Decided, Fate
from downlight.storage import schema
from downlight.storage.journal import Journal
from tests.storage.examples import (
    CHAT,
    EVENT,
    MINUTE,
    NOON,
    PAGE,
    PROBE,
    REPORT,
    TRACK,
    keep,
    rows,
)

if TYPE_CHECKING:
    from pathlib import Path

WELL = Kept(
    NOON,
    Health(NOON.date(), 112, 1_400_000, 100, 96, "", NOON - MINUTE),
    due=NOON + MINUTE,
)
ILL = Kept(
    NOON,
    Health(NOON.date(), 4, moved="https://new.example/"),
    4,
    "Name not found",
    "Look at the line.",
    NOON - timedelta(hours=1),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def fourth(path: Path) -> Path:
    """A journal as the fourth version wrote it."""
    with Journal.open(path) as journal:
        keep(journal, EVENT, reports=(REPORT,), tracks={CHAT: TRACK})
        journal.write_health({PAGE: WELL})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE watched")
        for column in ("worst", "parts", "places", "gone"):
            connection.execute(f"ALTER TABLE incidents DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 4")
    return path


@pytest.fixture
def third(fourth: Path) -> Path:
    """A journal as the third version wrote it."""
    path = fourth
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in ("decisions", "mutes", "once"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 3")
    return path


@pytest.fixture
def second(third: Path) -> Path:
    """A journal as the second version wrote it."""
    path = third
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in ("held", "cause"):
            connection.execute(f"ALTER TABLE events DROP COLUMN {name}")
        connection.execute("PRAGMA user_version = 2")
    return path


@pytest.fixture
def old(second: Path) -> Path:
    """A journal as the first version wrote it."""
    with closing(sqlite3.connect(second, isolation_level=None)) as connection:
        connection.execute("DROP TABLE health")
        connection.execute("PRAGMA user_version = 1")
    return second


def version(path: Path) -> int:
    [(number,)] = rows(path, "PRAGMA user_version")
    return int(number)


def test_it_comes_back_after_a_restart(path: Path) -> None:
    with Journal.open(path) as journal:
        assert journal.health() == {}
        journal.write_health({PAGE: WELL, PROBE: ILL})
    with Journal.open(path) as journal:
        assert journal.health() == {PAGE: WELL, PROBE: ILL}


def test_it_is_overwritten_alone_or_with_what_else_is_written(path: Path) -> None:
    later = replace(ILL, failures=5)
    with Journal.open(path) as journal:
        journal.write_health({PAGE: WELL, PROBE: ILL})
        journal.write(NOON, [REPORT], {}, [], health={PROBE: later})
        assert journal.health() == {PAGE: WELL, PROBE: later}
        journal.write(NOON, [], {}, [])
        assert journal.health() == {PAGE: WELL, PROBE: later}


def test_another_process_reads_it_while_it_is_written(path: Path) -> None:
    with (
        Journal.open(path) as journal,
        Journal.open(path, read_only=True) as reader,
    ):
        assert reader.health() == {}
        journal.write_health({PAGE: WELL})
        assert reader.health() == {PAGE: WELL}
        with pytest.raises(StorageError):
            reader.write_health({PAGE: ILL})


def test_what_cannot_be_read_any_more_is_not_known(path: Path) -> None:
    ids = [SourceId(f"s{n}") for n in range(4)]
    with Journal.open(path) as journal:
        journal.write_health({PAGE: WELL, **dict.fromkeys(ids, ILL)})
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for id_, text in zip(
                ids,
                (
                    "{",
                    "[]",
                    '{"at": "yesterday"}',
                    '{"at": "2026-03-01T12:00:00"}',  # in which zone?
                ),
                strict=True,
            ):
                connection.execute(
                    "UPDATE health SET kept = ? WHERE source = ?", (text, id_)
                )
        assert journal.health() == {PAGE: WELL}


def test_half_a_character_harms_nothing(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.write_health({PAGE: replace(ILL, trouble="no \ud800")})
        assert journal.health()[PAGE].trouble == "no ?"


def test_a_journal_of_the_first_version_becomes_a_new_one(old: Path) -> None:
    with Journal.open(old) as journal:
        assert journal.trouble == ""
        assert journal.events() == (EVENT,)
        assert journal.last_reports() == {PAGE: REPORT}
        assert journal.tracks() == {CHAT: TRACK}
        assert journal.health() == {}
        journal.write_health({PAGE: WELL})
        assert journal.health() == {PAGE: WELL}
    assert version(old) == schema.VERSION == 5


def test_a_journal_of_the_second_version_becomes_a_new_one(second: Path) -> None:
    held = replace(EVENT, id="held", held="It changes too often.", cause="meta")
    with Journal.open(second) as journal:
        assert journal.trouble == ""
        assert journal.health() == {PAGE: WELL}
        assert journal.events() == (EVENT,)
        keep(journal, held)
        assert set(journal.events()) == {EVENT, held}
    assert version(second) == schema.VERSION


def test_what_the_third_version_told_was_decided_to_be_told(third: Path) -> None:
    ways = {"dbus": "delivered", "tray": "failed"}
    others = {"seen": ("stdout", "delivered"), "lost": ("none", "failed")}
    with closing(sqlite3.connect(third, isolation_level=None)) as connection:
        for name in others:
            connection.execute(
                "INSERT INTO events SELECT ?, at, service, turn, level, scope, title, "
                "sentence, episode, incident, held, cause FROM events LIMIT 1",
                (name,),
            )
        for event, channel, outcome in (
            *((EVENT.id, channel, outcome) for channel, outcome in ways.items()),
            *((name, *how) for name, how in others.items()),
        ):
            connection.execute(
                "INSERT INTO deliveries (event, channel, at, outcome, detail) "
                "VALUES (?, ?, ?, ?, '')",
                (event, channel, EVENT.at.isoformat(timespec="microseconds"), outcome),
            )
    with Journal.open(third, read_only=True) as journal:
        assert journal.decisions() == ()
    with Journal.open(third) as journal:
        [decided] = journal.decisions()
    assert decided == Decided(EVENT, EVENT.at, Fate.TOLD, "", shown=True)


def test_a_journal_of_the_second_version_is_read_as_it_is(second: Path) -> None:
    with Journal.open(second, read_only=True) as journal:
        assert journal.events() == (EVENT,)
        assert journal.health() == {PAGE: WELL}
    assert version(second) == 2


def test_small_values_are_kept_with_it(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.write_health({PAGE: WELL}, {"usual/chat": "[1]"})
        assert journal.meta("usual/chat") == "[1]"


def test_a_journal_of_the_first_version_is_read_as_it_is(old: Path) -> None:
    with Journal.open(old, read_only=True) as journal:
        assert journal.events() == (EVENT,)
        assert journal.health() == {}
    assert version(old) == 1


def test_a_new_journal_without_the_table_is_damaged(path: Path) -> None:
    with Journal.open(path) as journal:
        keep(journal, EVENT)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE health")
    with pytest.raises(StorageError, match="has lost some of its tables"):
        Journal.open(path, read_only=True)
    with Journal.open(path) as journal:
        assert "has lost some of its tables" in journal.trouble
