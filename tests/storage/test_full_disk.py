"""A real disk with no room left, and one that may not be written."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from downlight.core.errors import StorageError
from downlight.core.model import Report, ServiceSlug, SourceId
from downlight.core.news import Event, Turn
from downlight.core.settings import Settings
from downlight.storage import schema
from downlight.storage.faults import of_database
from downlight.storage.journal import Journal
from downlight.storage.settings_file import load, save

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVENT = Event(
    "e1", NOON, ServiceSlug("chat"), Turn.BEGAN, None, "here", "Down", "It is down."
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m,mode=700", "none", folder],
        capture_output=True,
        check=False,
        text=True,
    )
    if not made or made.returncode:
        why = (
            f"no small disk can be mounted here: {made.stderr if made else 'no mount'}"
        )
        if os.environ.get("CI"):
            pytest.fail(f"{why} (in CI this test must run: give it root)")
        pytest.skip(why)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_that_fails_otherwise_has_words_as_well(tmp_path: Path) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    for path in (tmp_path / "journal.sqlite", tmp_path / "none/journal.sqlite", None):
        error = of_database(fault, path)
        assert error.title == "Journal not kept"
        assert "disk I/O error" in str(error)


def test_tables_are_all_made_or_none() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA max_page_count = 5")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            schema.migrate(connection)
        assert not connection.in_transaction
        assert not connection.execute("SELECT * FROM sqlite_master").fetchall()
        connection.execute("PRAGMA max_page_count = 100")
        schema.migrate(connection)
        schema.migrate(connection)
        assert schema.is_whole(connection)


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    ballast = disk / "ballast"
    size = shutil.disk_usage(disk).free
    ballast.write_bytes(b"\0" * size)
    assert shutil.disk_usage(disk).free == 0
    return ballast


def grow(journal: Journal) -> None:
    for n in range(100):
        report = Report(SourceId("page"), NOON, headline=f"{n} " * 2000)
        journal.write(NOON, [report], {}, [replace(EVENT, id=f"late {n}")])


def test_on_a_full_disk_the_journal_says_so_and_goes_on_when_there_is_room(
    disk: Path,
) -> None:
    path = disk / "journal.sqlite"
    with Journal.open(path) as journal:
        journal.write(NOON, [], {}, [EVENT])
        ballast = fill(disk)
        with pytest.raises(StorageError) as caught:
            grow(journal)
        assert caught.value.title == "Disk full"
        kept = journal.events()
        assert kept[-1] == EVENT
        ballast.unlink()
        journal.write(NOON, [], {}, [replace(EVENT, id="e2")])
        assert len(journal.events()) == len(kept) + 1
    with Journal.open(path) as journal:
        assert journal.trouble == ""
        assert len(journal.events()) == len(kept) + 1


def test_a_journal_cannot_begin_on_a_full_disk(disk: Path) -> None:
    fill(disk)
    with pytest.raises(StorageError) as caught:
        Journal.open(disk / "data/journal.sqlite")
    assert caught.value.title == "Disk full"


def test_on_a_full_disk_the_settings_stay_as_they_were(disk: Path) -> None:
    path = disk / "settings.toml"
    path.write_text("notify = true # please\n")
    fill(disk)
    with pytest.raises(StorageError) as caught:
        save(path, replace(Settings(), notify=False))
    assert caught.value.title == "Disk full"
    assert path.read_text() == "notify = true # please\n"
    assert {file.name for file in disk.iterdir()} == {"settings.toml", "ballast"}


def test_on_a_disk_that_may_not_be_written_a_person_is_told_which(disk: Path) -> None:
    Journal.open(disk / "journal.sqlite").close()
    save(disk / "settings.toml", Settings())
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(StorageError) as caught:
        Journal.open(disk / "journal.sqlite")
    assert caught.value.title == "Folder not writable"
    assert str(disk) in caught.value.hint
    with pytest.raises(StorageError) as caught:
        save(disk / "settings.toml", replace(Settings(), notify=False))
    assert caught.value.title == "Folder not writable"
    assert load(disk / "settings.toml") == (Settings(), ())


def test_a_damaged_journal_that_cannot_be_set_aside_stays(disk: Path) -> None:
    path = disk / "journal.sqlite"
    path.write_bytes(b"no journal" * 999)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(StorageError) as caught:
        Journal.open(path)
    assert caught.value.title == "Folder not writable"
    assert path.read_bytes() == b"no journal" * 999
