"""What was decided about events, and who is muted, as the journal keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from downlight.core.model import ServiceSlug
from downlight.core.telling.decided import TURNS, Decided, Fate
from downlight.core.telling.mute import Mute
from downlight.storage import wire

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_TURNS: Final = ", ".join(f"'{turn}'" for turn in sorted(TURNS))
NEWEST: Final = """
    SELECT events.*, decisions.at, fate, reason, (
        SELECT max(outcome = 'delivered') FROM deliveries WHERE event = events.id)
    FROM decisions JOIN events ON events.id = decisions.event
    ORDER BY events.at DESC, events.rowid DESC LIMIT ?"""
"""The newest decisions, in the order `decided_of` wants."""
OPEN: Final = f"""
    SELECT * FROM events WHERE turn IN ({_TURNS}) AND at >= ?
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE event = events.id)
    AND NOT EXISTS (
        SELECT 1 FROM deliveries
        WHERE event = events.id AND outcome IN ('delivered', 'held'))
    ORDER BY at, rowid"""  # noqa: S608 - the words of our own enumeration
"""The events about which nothing was decided."""
MUTES: Final = "SELECT service, since, until, episode FROM mutes"
"""Every row, in the order `mutes_of` wants."""
IS_THERE: Final = (
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'decisions'"
)
"""A row if the journal is young enough to keep any."""


def decided_of(row: tuple[Any, ...]) -> Decided | None:
    """Return the decision in a row, or None when it cannot be read any more."""
    *columns, at, fate, reason, shown = row
    event = wire.event_of(tuple(columns))
    try:
        when = datetime.fromisoformat(at)
        if event is None or when.tzinfo is None:
            return None
        known = None if shown is None else bool(shown)
        return Decided(event, when, Fate(fate), reason, known)
    except ValueError:
        return None


def keep(connection: sqlite3.Connection, decided: Sequence[Decided]) -> None:
    """Keep decisions in place of earlier ones, in the caller's transaction.

    Of an event that the journal does not hold nothing is kept.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    connection.executemany(
        "INSERT INTO decisions SELECT ?, ?, ?, ? "
        "WHERE EXISTS (SELECT 1 FROM events WHERE id = ?) ON CONFLICT (event) DO "
        "UPDATE SET at = excluded.at, fate = excluded.fate, reason = excluded.reason",
        [
            (id_, wire.moment(it.at), it.fate.value, wire.clean(it.reason), id_)
            for it in decided
            for id_ in (wire.clean(it.event.id),)
        ],
    )


def mutes_of(rows: Iterable[tuple[Any, ...]]) -> dict[ServiceSlug, Mute]:
    """Return the mutes; rows that cannot be read are left out."""
    found = {}
    for service, since, until, episode in rows:
        try:
            moments = [datetime.fromisoformat(at) for at in (since, until) if at]
        except ValueError:
            continue
        if all(at.tzinfo is not None for at in moments):
            end = moments[1] if until else None
            found[ServiceSlug(service)] = Mute(moments[0], end, episode)
    return found


def mute(connection: sqlite3.Connection, slug: ServiceSlug, it: Mute | None) -> None:
    """Keep a mute in place of an earlier one, or none, in the caller's transaction.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    name = wire.clean(slug)
    connection.execute("DELETE FROM mutes WHERE service = ?", (name,))
    if it is not None:
        until = None if it.until is None else wire.moment(it.until)
        row = (name, wire.moment(it.since), until, wire.clean(it.episode))
        connection.execute("INSERT INTO mutes VALUES (?, ?, ?, ?)", row)
