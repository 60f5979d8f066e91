"""Opens the database of the journal, and sets a damaged one aside.

A database that cannot be used is renamed, with the files SQLite keeps beside
it, and never deleted. What only speaks about the disk (full, not writable,
busy) is no damage: it is raised, and nothing is moved.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.speech import tr
from downlight.storage import schema
from downlight.storage.faults import DAMAGE, code_of, of_database
from downlight.storage.trouble import of_disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from pathlib import Path

    from downlight.core.ports import Clock

_ATTEMPTS: Final = 5
"""How often the mode is changed again when another process is at it too."""

_BESIDE: Final = ("-wal", "-shm")
"""The files SQLite keeps next to a database in WAL mode."""


class _Damaged(sqlite3.DatabaseError):
    """The database cannot be used; the message says why, a sentence without its end."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@dataclass(frozen=True, slots=True)
class Manners:
    """How a database is opened."""

    patience: timedelta
    """How long to wait for another process that is writing."""
    check: bool = True
    """Whether every page is looked at; costs about 1 ms per megabyte."""


def in_memory() -> sqlite3.Connection:
    """Return an empty database that is gone when it is closed."""
    connection = sqlite3.connect(
        ":memory:", isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    schema.migrate(connection)
    return connection


def read_only(path: Path, manners: Manners) -> sqlite3.Connection:
    """Open a database that must be there and is not changed.

    Raises:
        StorageError: There is none, or it cannot be read.
    """
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(path, manners, "ro")
        _judge(connection, manners)
        _demand_whole(connection)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise of_database(error, path) from error
    return connection


def open_or_begin(
    path: Path, manners: Manners, clock: Clock
) -> tuple[sqlite3.Connection, str]:
    """Open a database; make it when there is none or it cannot be used.

    Args:
        path: Where it is or shall be.
        manners: How to open it.
        clock: Stamps the name of a file that is set aside.

    Returns:
        The database, and what a person must know about it; empty when nothing.

    Raises:
        StorageError: The disk refuses, or another program does not let go.
    """
    words = ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = _identity(path)
        try:
            return _prepare(path, manners), words
        except _Damaged as damage:
            with _alone(path, manners):
                # Unless another process has just done the same: then the file of
                # this name is its new journal.
                if _identity(path) == found:
                    words = _tell(damage, _set_aside(path, clock))
                return _prepare(path, manners), words
    except sqlite3.Error as error:
        raise of_database(error, path) from error
    except OSError as error:
        raise of_disk(error, path) from error


@contextmanager
def _alone(path: Path, manners: Manners) -> Iterator[None]:
    # An empty database as a lock: SQLite's own waits, works on every system and
    # falls with the process that holds it. The file stays, since taking it away
    # would let two others in, each holding a lock of its own.
    guard = sqlite3.connect(
        _beside(path, "-guard"),
        timeout=manners.patience.total_seconds(),
        isolation_level=None,
    )
    with closing(guard):
        guard.execute("BEGIN EXCLUSIVE")
        yield


def _tell(damage: _Damaged, name: str) -> str:
    return tr(
        "{why}. It is kept as {name} and a new one was begun; earlier events are not "
        "shown.",
        why=damage,
        name=name,
    )


def _prepare(path: Path, manners: Manners) -> sqlite3.Connection:
    if _is_orphaned(path):
        # SQLite would throw away what stands in the -wal file.
        raise _Damaged(tr("The journal has lost its main file"))
    connection = _connect(path, manners, "rwc")
    try:
        _judge(connection, manners)
        _write_ahead(connection)
        schema.migrate(connection)
        _demand_whole(connection)
    except sqlite3.Error as error:
        connection.close()
        if code_of(error) in DAMAGE and not isinstance(error, _Damaged):
            raise _Damaged(tr(schema.DAMAGED)) from error
        raise
    return connection


def _connect(path: Path, manners: Manners, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=manners.patience.total_seconds(),
        isolation_level=None,
        check_same_thread=False,
    )
    # A flipped bit in a text must not keep the rest from being read.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _judge(connection: sqlite3.Connection, manners: Manners) -> None:
    reason = schema.complaint(connection)
    if reason:
        raise _Damaged(tr(reason))
    if manners.check:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != ("ok",):
            raise _Damaged(tr(schema.DAMAGED))


def _demand_whole(connection: sqlite3.Connection) -> None:
    if not schema.is_whole(connection):
        raise _Damaged(tr("The journal has lost some of its tables"))


def _write_ahead(connection: sqlite3.Connection, attempts: int = _ATTEMPTS) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_BUSY or not attempts:
            raise
        # SQLite does not wait when two processes change the mode at once, but
        # it waits for a lock: until the other has finished.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
        _write_ahead(connection, attempts - 1)
    # With WAL this survives kill -9 whole; after a power cut the last moments
    # may be missing, but the file is sound.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 4194304")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _is_orphaned(path: Path) -> bool:
    # In this order: another process that begins a journal meanwhile fills the main
    # file first, and must not be taken for damage between two looks.
    return _size(_beside(path, "-wal")) > 0 and _size(path) == 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _set_aside(path: Path, clock: Clock) -> str:
    stem = f"{path.stem}-set-aside-{clock():%Y%m%dT%H%M%SZ}"
    number, target = 1, path.with_name(stem + path.suffix)
    while target.exists() or _beside(target, "-wal").exists():
        number += 1
        target = path.with_name(f"{stem}-{number}{path.suffix}")
    # The main file goes last: as long as it is there the others are found
    # again, and a new journal never meets the -wal file of an old one.
    for ending in (*_BESIDE, ""):
        try:
            _beside(path, ending).replace(_beside(target, ending))
        except FileNotFoundError:
            continue
    return target.name
