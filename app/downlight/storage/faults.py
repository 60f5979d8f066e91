"""What SQLite says went wrong, in words for people."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark
from downlight.storage.trouble import full, is_full, refused, storage_error

if TYPE_CHECKING:
    from pathlib import Path

    from downlight.core.errors import StorageError

DAMAGE: Final = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,  # an unknown file format, a table that is gone
    }
)
"""Codes that speak about the content of the file, not about the disk under it."""

_REFUSED: Final = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 when the error did not come from it."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def of_database(error: sqlite3.Error, path: Path | None) -> StorageError:
    """Return what went wrong with the journal at ``path``; None: in memory."""
    code = code_of(error)
    message = f"journal: {error}"
    # A full disk shows itself in several ways: as "full", or as a file beside
    # the journal that can be neither made nor grown.
    if code == sqlite3.SQLITE_FULL or (code not in DAMAGE | _BUSY and is_full(path)):
        return full(message)
    if code in DAMAGE:
        return storage_error(
            message,
            title=mark("Journal damaged"),
            hint=mark(
                "Start Downlight again: it sets the journal aside and begins anew."
            ),
        )
    if code in _REFUSED:
        return refused(message, path)
    if code in _BUSY:
        return storage_error(
            message,
            title=mark("Journal in use"),
            hint=mark("Another program holds the journal; close it and try again."),
        )
    return storage_error(
        message,
        title=mark("Journal not kept"),
        hint=mark("The disk does not read or write as it should."),
    )
