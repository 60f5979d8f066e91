"""A journal that cannot be used is set aside whole, and a person is told."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from downlight.core.errors import StorageError
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.storage import schema
from downlight.storage.journal import Journal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASIDE = "journal-set-aside-20260301T120000Z.sqlite"


def clock() -> datetime:
    return NOON


def event(name: str) -> Event:
    return Event(
        name, NOON, ServiceSlug("chat"), Turn.BEGAN, None, "here", "Down", "It is down."
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal in good health, with a few pages in it."""
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        for n in range(300):
            journal.write(NOON, [], {}, [event(f"old {n}")])
    return path


def run(path: Path, *statements: str) -> None:
    """Do to the file what another program might."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def garbage(path: Path) -> None:
    path.write_bytes(b"these are not the pages you are looking for" * 99)


def cut_off(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[: len(body) // 2])


def holed(path: Path) -> None:
    body = bytearray(path.read_bytes())
    for start in range(4096, len(body), 8192):
        body[start : start + 64] = b"\xff" * 64
    path.write_bytes(body)


def holed_where_events_are(path: Path) -> None:
    body = bytearray(path.read_bytes())
    for start in range(4096, len(body), 4096):
        if body[start] == 0x0D and b"It is down." in body[start : start + 4096]:
            body[start : start + 8] = b"\xff" * 8
    path.write_bytes(body)


def newer(path: Path) -> None:
    run(path, f"PRAGMA user_version = {schema.VERSION + 1}")


def foreign(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE recipes (name TEXT)", "INSERT INTO recipes VALUES ('pie')")


def without_a_table(path: Path) -> None:
    run(path, "DROP TABLE deliveries")


def without_a_column(path: Path) -> None:
    run(path, "ALTER TABLE events DROP COLUMN sentence")


def without_its_version(path: Path) -> None:
    run(path, "PRAGMA user_version = 0")


def with_a_broken_schema(path: Path) -> None:
    run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABL' WHERE name = 'events'",
    )


def of_an_unknown_format(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[44:48] = (9).to_bytes(4, "big")
    path.write_bytes(body)


DAMAGED = "was damaged"
INCOMPLETE = "has lost some of its tables"


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (garbage, DAMAGED),
        (cut_off, DAMAGED),
        (holed, DAMAGED),
        (newer, "was written by a newer Downlight"),
        (foreign, "was the database of another program"),
        (without_a_table, INCOMPLETE),
        (without_a_column, INCOMPLETE),
        (without_its_version, DAMAGED),
        (with_a_broken_schema, DAMAGED),
        (of_an_unknown_format, DAMAGED),
    ],
)
def test_a_journal_that_cannot_be_used_is_set_aside_and_told_of(
    path: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(path)
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        Journal.open(path, read_only=True)
    assert caught.value.title == "Journal damaged"
    with Journal.open(path, clock=clock) as journal:
        assert journal.trouble == (
            f"The journal {words}. It is kept as {ASIDE} and a new one was begun; "
            "earlier events are not shown."
        )
        assert journal.events() == ()
        journal.write(NOON, [], {}, [event("new")])
    assert path.with_name(ASIDE).read_bytes() == before
    with Journal.open(path) as journal:
        assert journal.trouble == ""
        assert journal.events() == (event("new"),)


def test_damage_goes_unseen_without_a_check_until_it_is_met(path: Path) -> None:
    holed_where_events_are(path)
    with Journal.open(path, check=False) as journal:
        assert journal.trouble == ""
        with pytest.raises(StorageError) as caught:
            journal.events()
    assert caught.value.title == "Journal damaged"
    assert "sets the journal aside" in caught.value.hint


def test_each_file_set_aside_has_a_name_of_its_own(path: Path) -> None:
    for body in (b"first" * 999, b"second" * 999, b"third" * 999):
        path.write_bytes(body)
        Journal.open(path, clock=clock).close()
    kept = sorted(path.parent.glob("journal-set-aside-*"))
    assert [file.read_bytes()[:5] for file in kept] == [b"secon", b"third", b"first"]


def test_what_was_not_yet_in_the_main_file_is_set_aside_with_it(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO meta VALUES ('position', 'not lost')")
        connection.commit()
        beside = path.with_name("journal.sqlite-wal").read_bytes()
        size = path.stat().st_size
    path.write_bytes(b"\0" * size)
    path.with_name("journal.sqlite-wal").write_bytes(beside)
    with Journal.open(path, clock=clock) as journal:
        assert "was damaged" in journal.trouble
        assert journal.meta("position") is None
    # SQLite itself may have carried it over into the main file by now.
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{ASIDE}*"))
    assert b"not lost" in kept


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "empty"])
def test_a_journal_whose_main_file_is_gone_keeps_what_is_left(
    path: Path, gone: bool
) -> None:
    path.with_name("journal.sqlite-wal").write_bytes(b"the last words")
    path.unlink() if gone else path.write_bytes(b"")
    with Journal.open(path, clock=clock) as journal:
        assert "has lost its main file" in journal.trouble
        journal.write(NOON, [], {}, [event("new")])
    assert path.with_name(f"{ASIDE}-wal").read_bytes() == b"the last words"


def test_an_empty_file_is_a_journal_not_yet_begun(path: Path) -> None:
    path.write_bytes(b"")
    with Journal.open(path) as journal:
        assert journal.trouble == ""
        journal.write(NOON, [], {}, [event("new")])


def test_text_that_is_no_text_any_more_keeps_nothing_else_from_being_read(
    path: Path,
) -> None:
    run(path, "UPDATE events SET title = CAST(x'ff41' AS TEXT) WHERE id = 'old 7'")
    with Journal.open(path) as journal:
        [bent] = [event for event in journal.events() if event.id == "old 7"]
        assert bent.title == "\ufffdA"
        assert len(journal.events()) == 300


def test_a_table_that_vanishes_while_we_run_is_damage(path: Path) -> None:
    with Journal.open(path) as journal:
        run(path, "DROP TABLE deliveries", "DROP TABLE events")
        with pytest.raises(StorageError) as caught:
            journal.write(NOON, [], {}, [event("new")])
    assert caught.value.title == "Journal damaged"


def test_reading_only_needs_a_journal_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Journal.open(tmp_path / "none/journal.sqlite", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place_is_no_damage_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.mkdir()
    with pytest.raises(StorageError) as caught:
        Journal.open(path)
    assert caught.value.title == "Folder not writable"
    assert path.is_dir()


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StorageError) as caught:
        Journal.open(tmp_path / "data/journal.sqlite")
    assert caught.value.title == "Folder not writable"
    assert str(tmp_path / "data") in caught.value.hint


def test_another_program_that_is_making_its_mark_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("CREATE TABLE t (x)")
        reader.execute("DROP TABLE t")
        reader.execute("VACUUM")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM sqlite_master").fetchall()
        with pytest.raises(StorageError) as caught:
            Journal.open(path, patience=timedelta())
    assert caught.value.title == "Journal in use"


OPENER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from downlight.storage.journal import Journal
sys.stdin.readline()
with Journal.open(Path(sys.argv[1])) as journal:
    journal.set_meta(sys.argv[2], "here")
    print(journal.trouble)
"""


@pytest.mark.parametrize("damaged", [False, True], ids=["new", "damaged"])
def test_many_programs_that_start_at_once_share_one_journal(
    tmp_path: Path, damaged: bool
) -> None:
    path = tmp_path / "journal.sqlite"
    if damaged:
        garbage(path)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, path, str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(5)
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate()[0].strip() for program in programs]
    assert [program.returncode for program in programs] == [0] * 5
    with Journal.open(path, read_only=True) as journal:
        assert [journal.meta(str(n)) for n in range(5)] == ["here"] * 5
    assert len(list(tmp_path.glob("*-set-aside-*.sqlite"))) == damaged
    assert len([words for words in said if words]) == damaged
