"""The tables of the journal, and how an older one becomes a newer one.

``PRAGMA user_version`` counts the steps taken; ``application_id`` says that the
file is ours at all. A step is never changed once released: add another.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from downlight.core.speech import mark

APPLICATION: Final = 0x446E4C74
"""Marks a database as ours: "DnLt"."""
DAMAGED: Final = mark("The journal was damaged")

_STRICT: Final = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""

_FIRST: Final = (
    # One row each time a source said something else. `seen`, `fingerprint` and
    # `next_check` (seconds) follow the last time it said just this.
    f"""CREATE TABLE reports (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, at TEXT NOT NULL,
        seen TEXT NOT NULL, level TEXT, fingerprint TEXT NOT NULL,
        next_check REAL, size INTEGER NOT NULL, report TEXT NOT NULL){_STRICT}""",
    "CREATE INDEX reports_by_source ON reports (source, id)",
    "CREATE INDEX reports_by_seen ON reports (seen)",
    # `first_at` and `last_at`: when we first and last were told something new.
    f"""CREATE TABLE incidents (
        source TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, level TEXT,
        phase TEXT, open INTEGER NOT NULL, started_at TEXT, ended_at TEXT,
        url TEXT NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
        PRIMARY KEY (source, id)){_STRICT}""",
    "CREATE INDEX incidents_by_last_at ON incidents (last_at)",
    f"""CREATE TABLE updates (
        source TEXT NOT NULL, incident TEXT NOT NULL, id TEXT NOT NULL, at TEXT,
        phase TEXT, text TEXT NOT NULL, PRIMARY KEY (source, incident, id),
        FOREIGN KEY (source, incident) REFERENCES incidents ON DELETE CASCADE
        ){_STRICT}""",
    f"""CREATE TABLE events (
        id TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, service TEXT NOT NULL,
        turn TEXT NOT NULL, level TEXT, scope TEXT NOT NULL, title TEXT NOT NULL,
        sentence TEXT NOT NULL, episode TEXT NOT NULL, incident TEXT NOT NULL
        ){_STRICT}""",
    "CREATE INDEX events_by_at ON events (at)",
    "CREATE INDEX events_by_service ON events (service, at)",
    f"""CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY,
        event TEXT NOT NULL REFERENCES events ON DELETE CASCADE,
        channel TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
        detail TEXT NOT NULL){_STRICT}""",
    "CREATE INDEX deliveries_by_event ON deliveries (event)",
    f"""CREATE TABLE tracks (
        service TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, track TEXT NOT NULL
        ){_STRICT}""",
    f"""CREATE TABLE meta (
        key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL){_STRICT}""",
    f"PRAGMA application_id = {APPLICATION}",
)

_HEALTH: Final = (
    f"""CREATE TABLE health (
        source TEXT PRIMARY KEY NOT NULL, kept TEXT NOT NULL){_STRICT}""",
)

_HELD: Final = (
    "ALTER TABLE events ADD COLUMN held TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE events ADD COLUMN cause TEXT NOT NULL DEFAULT ''",
)

_DECIDED: Final = (
    # What was decided about an event: written before it is sent, overwritten when
    # what waited is told. `fate` is a word of `downlight.core.telling.decided.Fate`.
    f"""CREATE TABLE decisions (
        event TEXT PRIMARY KEY NOT NULL REFERENCES events ON DELETE CASCADE,
        at TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL){_STRICT}""",
    # What an earlier Downlight told was decided to be told.
    """INSERT INTO decisions SELECT event, min(deliveries.at), 'told', ''
        FROM deliveries JOIN events ON events.id = deliveries.event
        WHERE outcome = 'delivered' AND channel <> 'stdout' GROUP BY event""",
    # Of each service, or of all ("*"); without `until`: until `episode` ends.
    f"""CREATE TABLE mutes (
        service TEXT PRIMARY KEY NOT NULL, since TEXT NOT NULL, until TEXT,
        episode TEXT NOT NULL){_STRICT}""",
    # Whose next end a person wants to be told, once.
    f"""CREATE TABLE once (service TEXT PRIMARY KEY NOT NULL){_STRICT}""",
)

_PAST: Final = (
    # `worst`: the number of the worst level it ever had. `parts` and `places`: JSON
    # lists, of ids and of [code, name, countries]; none where an earlier Downlight
    # wrote the row. `gone`: when the page lacked it though nobody had closed it.
    "ALTER TABLE incidents ADD COLUMN worst INTEGER",
    "ALTER TABLE incidents ADD COLUMN parts TEXT",
    "ALTER TABLE incidents ADD COLUMN places TEXT",
    "ALTER TABLE incidents ADD COLUMN gone TEXT",
    # When a source was read without a longer pause; what is in no row, nobody saw.
    f"""CREATE TABLE watched (
        source TEXT NOT NULL, begun TEXT NOT NULL, ended TEXT NOT NULL,
        PRIMARY KEY (source, begun)){_STRICT}""",
)

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    _FIRST,
    _HEALTH,
    _HELD,
    _DECIDED,
    _PAST,
)
"""The statements of each step; the first makes version 1 of an empty file."""

VERSION: Final = len(STEPS)
"""The version this program reads and writes."""

_COLUMNS: Final = """
    SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"""


def complaint(connection: sqlite3.Connection) -> str:
    """Return why the file is no journal we can use, a sentence without its end.

    Looks at the marks only, changes nothing, and takes an empty file for a
    journal that is still to be made.

    Returns:
        The reason in English, put into words by `tr`; empty when there is none.
    """
    # In one transaction: seen half before and half after another process begins
    # the journal, it would look like somebody else's.
    connection.execute("BEGIN")
    try:
        tables = _number(connection, "SELECT count(*) FROM sqlite_master")
        version = _number(connection, "PRAGMA user_version")
        application = _number(connection, "PRAGMA application_id")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if not version and not application and not tables:
        return ""
    if application != APPLICATION:
        return mark("The journal was the database of another program")
    if version > VERSION:
        return mark("The journal was written by a newer Downlight")
    return "" if version else DAMAGED


def migrate(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """Take the steps that are missing up to ``version``, all of them or none.

    Raises:
        sqlite3.Error: They cannot be taken.
    """
    if _number(connection, "PRAGMA user_version") == version:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have taken them while we waited.
        for step in STEPS[_number(connection, "PRAGMA user_version") : version]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_whole(connection: sqlite3.Connection) -> bool:
    """Return whether every table and column of its version is there."""
    as_new = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(as_new, _number(connection, "PRAGMA user_version"))
        wanted = set(as_new.execute(_COLUMNS))
    finally:
        as_new.close()
    return wanted <= set(connection.execute(_COLUMNS))


def _number(connection: sqlite3.Connection, query: str) -> int:
    number: int = connection.execute(query).fetchone()[0]
    return number
