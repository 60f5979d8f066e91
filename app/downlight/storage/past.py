"""What the journal holds about the past of a service, and when a source was read."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from downlight.core.history.past import Span, Told
from downlight.core.level import Level
from downlight.core.model import SHELF_LIFE, Incident, Place, SourceId
from downlight.storage import wire

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from downlight.core.health import Kept

IS_THERE: Final = (
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'watched'"
)
"""A row if the journal is young enough to keep it."""
EVENTS: Final = "SELECT * FROM events WHERE service = ? ORDER BY at, rowid"
TRACK: Final = "SELECT track FROM tracks WHERE service = ?"
WATCHED: Final = "SELECT source, begun, ended FROM watched WHERE source = ?"
REPORT: Final = "SELECT report FROM reports WHERE source = ? ORDER BY id DESC LIMIT 1"
SAID: Final = """
    SELECT incident, group_concat(at, ' ') FROM updates
    WHERE source = ? AND at IS NOT NULL GROUP BY incident"""
INCIDENTS: Final = """
    SELECT source, id, title, worst, open, started_at, ended_at, url, parts, places,
           gone
    FROM incidents WHERE source = ? ORDER BY first_at, rowid"""

_Where: TypeAlias = list[tuple[str, str, list[str]]]

_REMEMBERED: Final = 256
"""Incidents of a page name the same few lists of parts again and again."""

_LAST: Final = "SELECT max(begun), ended FROM watched WHERE source = ?"


def keep(connection: sqlite3.Connection, health: Mapping[SourceId, Kept]) -> None:
    """Keep that sources were read, in the caller's transaction.

    Two readings belong together when the first still counted at the second.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    for id_, kept in health.items():
        at = kept.health.answered
        if at is None:
            continue
        source, now = wire.clean(id_), wire.moment(at)
        begun, ended = connection.execute(_LAST, (source,)).fetchone()
        if ended is not None and wire.moment(at - SHELF_LIFE) <= ended:
            connection.execute(
                "UPDATE watched SET ended = max(ended, ?) WHERE source = ? "
                "AND begun = ?",
                (now, source, begun),
            )
        else:
            connection.execute(
                "INSERT OR IGNORE INTO watched VALUES (?, ?, ?)", (source, now, now)
            )


def spans_of(rows: Iterable[tuple[Any, ...]]) -> list[tuple[SourceId, Span]]:
    """Return when sources were read; rows that cannot be read are left out."""
    found = []
    for source, *stamps in rows:
        begun, ended = map(_moment, stamps)
        if begun is not None and ended is not None and begun <= ended:
            found.append((SourceId(source), Span(begun, ended)))
    return found


def told_of(
    rows: Iterable[tuple[Any, ...]], updates: Iterable[tuple[str, str]]
) -> list[Told]:
    """Return the incidents of a source; rows that cannot be read are left out.

    Args:
        rows: As `INCIDENTS` has them.
        updates: As `SAID` has them.
    """
    said = dict(updates)
    found = []
    for row in rows:
        moments = map(_moment, said.get(row[1], "").split())
        try:
            found.append(_told(row, tuple(sorted(filter(None, moments)))))
        except (msgspec.MsgspecError, ValueError):
            continue
    return found


def _told(row: tuple[Any, ...], said: tuple[datetime, ...]) -> Told:
    source, id_, title, worst, is_open, started, ended, url, parts, places, gone = row
    incident = Incident(
        id_,
        title,
        None if worst is None else Level(worst),
        None,
        bool(is_open),
        _moment(started),
        _moment(ended),
        component_ids=_parts(parts) if parts else (),
        places=_places(places) if places else (),
        url=url,
    )
    named = parts is not None
    return Told(SourceId(source), incident, said, _moment(gone), named=named)


@lru_cache(maxsize=_REMEMBERED)
def _parts(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])


@lru_cache(maxsize=_REMEMBERED)
def _places(text: str) -> tuple[Place, ...]:
    found = msgspec.json.decode(text, type=_Where)
    return tuple(Place(code, name, tuple(there)) for code, name, there in found)


def _moment(stamp: str | None) -> datetime | None:
    if stamp is None:
        return None
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
