"""What is on its way to hooks, in a small SQLite database of its own.

Not in the journal: what hooks are told has nothing to do with what a person was told,
a receiver that is gone for a day must not be in the engine's way, and ``watch`` keeps
no journal at all. Only one program of a person runs hooks at a time: whoever holds the
lock beside the database, which falls with the process.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from downlight.core.speech import mark
from downlight.core.telling.hooks import Letter
from downlight.storage.faults import DAMAGE, code_of
from downlight.storage.trouble import of_disk, storage_error
from downlight.storage.wire import clean, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from downlight.core.errors import StorageError

KEPT: Final = timedelta(days=7)
"""How long it is remembered what became of an event."""
PATIENCE: Final = timedelta(seconds=1)
"""How long we wait for whoever looks into it."""

_VERSION: Final = 1
_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS hooks (
        name TEXT PRIMARY KEY NOT NULL, since TEXT NOT NULL)""",
    # `state`: "waiting", or what became of it; `due`: not tried again before.
    """CREATE TABLE IF NOT EXISTS letters (
        number INTEGER PRIMARY KEY, hook TEXT NOT NULL, id TEXT NOT NULL,
        at TEXT NOT NULL, service TEXT NOT NULL, cause TEXT NOT NULL,
        said TEXT NOT NULL, tries INTEGER NOT NULL, due TEXT, state TEXT NOT NULL,
        settled TEXT, why TEXT NOT NULL, UNIQUE (hook, id))""",
    f"PRAGMA user_version = {_VERSION}",
)
_WAITING: Final = """
    SELECT hook, id, at, service, cause, said, tries, due FROM letters
    WHERE state = 'waiting' ORDER BY number"""


class Outbox:
    """The letters that are on their way; belongs to one thread."""

    def __init__(
        self, connection: sqlite3.Connection, guard: sqlite3.Connection | None = None
    ) -> None:
        """Take over an open database; `open` and `in_memory` make one."""
        self._connection = connection
        self._guard = guard

    @classmethod
    def open(cls, path: Path, now: datetime) -> Outbox | None:
        """Open the outbox at ``path``; begin one when there is none.

        One that cannot be read is renamed and kept; a new one takes its place.

        Args:
            path: The database; folders above it are made.
            now: The present moment, to forget what is old.

        Returns:
            The outbox; None when another program of this person runs the hooks.

        Raises:
            StorageError: The disk refuses.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise of_disk(error, path) from error
        with _worded():
            guard = sqlite3.connect(f"{path}-guard", timeout=0, isolation_level=None)
            try:
                guard.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                guard.close()
                if code_of(error) == sqlite3.SQLITE_BUSY:
                    return None
                raise
            try:
                connection = _open_or_begin(path, now)
            except BaseException:
                guard.close()
                raise
        return cls(connection, guard)

    @classmethod
    def in_memory(cls) -> Outbox:
        """Begin an outbox that is forgotten when it is closed."""
        return cls(_prepared(sqlite3.connect(":memory:", isolation_level=None)))

    def close(self) -> None:
        """Let go of it, and let another program run the hooks."""
        self._connection.close()
        if self._guard is not None:
            self._guard.close()

    def waiting(self) -> Sequence[Letter]:
        """Return what has not arrived, in the order of the events."""
        found = (_letter(row) for row in self._read(_WAITING))
        return tuple(letter for letter in found if letter is not None)

    def known(self, hook: str) -> frozenset[str]:
        """Return the ids of all events a hook was meant to be told of lately."""
        rows = self._read("SELECT id FROM letters WHERE hook = ?", hook)
        return frozenset(str(id_) for (id_,) in rows)

    def since(self, hook: str, now: datetime) -> datetime:
        """Return when a hook was first seen: ``now``, if it never was before."""
        self._write(
            # One that a clock ahead of time had written would hold for years.
            "INSERT INTO hooks VALUES (?, ?) ON CONFLICT (name) "
            "DO UPDATE SET since = min(since, excluded.since)",
            *(hook, moment(now)),
        )
        for (at,) in self._read("SELECT since FROM hooks WHERE name = ?", hook):
            with suppress(ValueError):
                return datetime.fromisoformat(at).astimezone(UTC)
        return now

    def keep(self, letters: Sequence[Letter]) -> None:
        """Keep letters that are to be sent; those that are known stay as they are."""
        for it in letters:
            self._write(
                "INSERT INTO letters (hook, id, at, service, cause, said, tries, due, "
                "state, why) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'waiting', '') "
                "ON CONFLICT DO NOTHING",
                *(it.hook, clean(it.id), moment(it.at), it.service, clean(it.cause)),
                *(clean(json.dumps(dict(it.said))), it.tries),
            )

    def postpone(self, letter: Letter, why: str) -> None:
        """Keep how often a letter was tried and when it is due again."""
        self._write(
            "UPDATE letters SET tries = ?, due = ?, why = ? WHERE hook = ? AND id = ?",
            *(letter.tries, moment(letter.due) if letter.due else None, clean(why)),
            *(letter.hook, clean(letter.id)),
        )

    def settle(self, letter: Letter, outcome: str, at: datetime, why: str = "") -> None:
        """Keep what became of a letter: it is not sent again.

        What became of others long ago is forgotten: a run may take months.
        """
        self._write(
            "UPDATE letters SET state = ?, settled = ?, why = ? "
            "WHERE hook = ? AND id = ?",
            *(outcome, moment(at), clean(why), letter.hook, clean(letter.id)),
        )
        self._write(
            "DELETE FROM letters WHERE state <> 'waiting' AND at < ?",
            moment(at - KEPT),
        )

    def _read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with _worded():
            return self._connection.execute(query, values).fetchall()

    def _write(self, statement: str, *values: object) -> None:
        with _worded():
            self._connection.execute(statement, values)


def last_of(path: Path) -> Mapping[str, tuple[int, str]]:
    """Return for each hook how many letters wait, and what came of the newest.

    Looks only; empty when there is no outbox or it cannot be read.
    """
    if not path.is_file():
        return {}
    query = (
        "SELECT hook, sum(state = 'waiting'), state, why, max(number) FROM letters "
        "GROUP BY hook"
    )
    with suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute(query).fetchall()
        finally:
            connection.close()
        return {
            str(hook): (int(waiting), f"{state}: {why}" if why else str(state))
            for hook, waiting, state, why, _ in rows
        }
    return {}


def _open_or_begin(path: Path, now: datetime) -> sqlite3.Connection:
    try:
        return _opened(path, now)
    except sqlite3.DatabaseError as error:
        if code_of(error) not in DAMAGE:
            raise
    aside = path.with_name(f"{path.stem}-set-aside-{now:%Y%m%dT%H%M%SZ}{path.suffix}")
    try:
        path.replace(aside)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    except OSError as error:
        raise of_disk(error, path) from error
    return _opened(path, now)


def _opened(path: Path, now: datetime) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=PATIENCE.total_seconds(), isolation_level=None
    )
    try:
        _prepared(connection)
        old = moment(now - KEPT)
        connection.execute("DELETE FROM letters WHERE at < ?", (old,))
    except BaseException:
        connection.close()
        raise
    return connection


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    [(version,)] = connection.execute("PRAGMA user_version").fetchall()
    if version > _VERSION:
        raise sqlite3.DatabaseError("written by a newer Downlight")
    for statement in _TABLES if version < _VERSION else ():
        connection.execute(statement)
    connection.execute(_WAITING).close()  # its tables are there, and in this form
    return connection


def _letter(row: tuple[Any, ...]) -> Letter | None:
    """Return the letter in a row, or None when it cannot be read any more."""
    hook, id_, at, service, cause, said, tries, due = row
    try:
        return Letter(
            hook=str(hook),
            id=str(id_),
            at=datetime.fromisoformat(at).astimezone(UTC),
            service=str(service),
            cause=str(cause),
            said=dict(json.loads(said)),
            tries=int(tries),
            due=datetime.fromisoformat(due).astimezone(UTC) if due else None,
        )
    except (ValueError, TypeError):
        return None


@contextmanager
def _worded() -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours, e.g. used after it was closed
    except sqlite3.Error as error:
        raise _words(error) from error


def _words(error: sqlite3.Error) -> StorageError:
    return storage_error(
        f"outbox: {error}",
        title=mark("Outbox not kept"),
        hint=mark("What waits for hooks is forgotten when Downlight ends."),
    )
