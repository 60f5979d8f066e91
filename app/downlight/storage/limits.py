"""How much the journal keeps.

* Reports: the newest of each source always; besides, at most `REPORTS` that said
  something else, together at most `REPORT_BYTES`, of the last `REPORT_AGE`.
* Events, incidents (with their updates), stretches of time in which a source was
  read: at most `ROWS` of each, of the last `AGE`, though the newest `FLOOR` are never
  too old: a computer whose clock once ran ahead must not forget its past. Deliveries
  and decisions go with their events; of deliveries and updates, too, at most `ROWS`
  stay.
* Tracks, mutes and small values: one per service or name, so they need no limit.

"Now" is the newest moment in the journal, not the clock's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.storage.wire import moment

if TYPE_CHECKING:
    import sqlite3

REPORTS: Final = 1_000
REPORT_BYTES: Final = 32 * 1024 * 1024
REPORT_AGE: Final = timedelta(days=90)
ROWS: Final = 50_000
FLOOR: Final = 1_000
AGE: Final = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept; the defaults are the rule, others are for tests."""

    reports: int = REPORTS
    """Changed reports, besides the newest of each source."""
    report_bytes: int = REPORT_BYTES
    report_age: timedelta = REPORT_AGE
    rows: int = ROWS
    """Events, incidents, updates, deliveries, readings: of each."""
    floor: int = FLOOR
    """Events and incidents that are never too old."""
    age: timedelta = AGE
    """Of events and incidents."""


RULE: Final = Limits()
"""What the module says above."""


def prune(connection: sqlite3.Connection, limits: Limits) -> None:
    """Delete what is more or older than the rule allows, in the caller's transaction.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    _prune_reports(connection, limits)
    kept = (("events", "at"), ("incidents", "last_at"), ("watched", "ended"))
    for table, at in kept:
        _prune_rows(connection, table, at, limits)
    for table in ("deliveries", "updates"):
        # The names are written above, not handed in.
        connection.execute(
            f"DELETE FROM {table} WHERE rowid <= (SELECT rowid FROM {table} "  # noqa: S608 - as said
            "ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
            (limits.rows,),
        )


def _prune_reports(connection: sqlite3.Connection, limits: Limits) -> None:
    newest = connection.execute("SELECT max(seen) FROM reports").fetchone()[0]
    if newest is None:
        return
    connection.execute(
        """DELETE FROM reports WHERE id IN (
            SELECT id FROM (
                SELECT id, seen, row_number() OVER newer AS number,
                       sum(size) OVER newer AS bytes
                FROM reports
                WHERE id NOT IN (SELECT max(id) FROM reports GROUP BY source)
                WINDOW newer AS (ORDER BY id DESC))
            WHERE number > ? OR bytes > ? OR seen < ?)""",
        (limits.reports, limits.report_bytes, _before(newest, limits.report_age)),
    )


def _prune_rows(
    connection: sqlite3.Connection, table: str, at: str, limits: Limits
) -> None:
    # Table and column are names written in this file.
    count, first, newest = connection.execute(
        f"SELECT count(*), min({at}), max({at}) FROM {table}"  # noqa: S608 - as said
    ).fetchone()
    if newest is None:
        return
    oldest = _before(newest, limits.age)
    for keep, before in (
        (limits.rows, "~" if count > limits.rows else ""),
        (limits.floor, oldest if first < oldest else ""),
    ):
        if before:
            # Beyond the newest `keep` rows: all that are older than `before`; "~"
            # comes after every moment.
            connection.execute(
                f"DELETE FROM {table} WHERE {at} < ? AND rowid IN ("  # noqa: S608 - as said
                f"SELECT rowid FROM {table} ORDER BY {at} DESC, rowid DESC "
                "LIMIT -1 OFFSET ?)",
                (before, keep),
            )


def _before(newest: str, age: timedelta) -> str:
    """Return the moment ``age`` before ``newest``; empty when there is none."""
    try:
        return moment(datetime.fromisoformat(newest) - age)
    except (ValueError, OverflowError):  # no date any more, or one of the year 1
        return ""
