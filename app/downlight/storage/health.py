"""How sources are doing, as the journal keeps it for whoever looks from outside.

One row per source, overwritten; nothing here decides anything.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from downlight.core.health import Kept
from downlight.core.model import SourceId
from downlight.storage import wire

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

ALL = "SELECT source, kept FROM health"
"""Every row, in the order `health_of` wants."""
IS_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'health'"
"""A row if the journal is young enough to keep any; one opened only to be read stays
as old as it is."""


def health_of(rows: Iterable[tuple[Any, ...]]) -> dict[SourceId, Kept]:
    """Return how each source stood; rows that cannot be read are left out."""
    found = {}
    for source, text in rows:
        try:
            kept = _decoder().decode(text)
        except (msgspec.MsgspecError, UnicodeError):
            continue
        if all(at is None or at.tzinfo is not None for at in _moments(kept)):
            found[SourceId(source)] = kept
    return found


def keep(connection: sqlite3.Connection, health: Mapping[SourceId, Kept]) -> None:
    """Keep how sources stand, in the caller's transaction.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    connection.executemany(
        "INSERT INTO health VALUES (?, ?) "
        "ON CONFLICT (source) DO UPDATE SET kept = excluded.kept",
        [(wire.clean(source), wire.to_json(kept)) for source, kept in health.items()],
    )


def _moments(kept: Kept) -> tuple[Any, ...]:
    return kept.at, kept.health.answered, kept.failing_since, kept.due


@cache
def _decoder() -> msgspec.json.Decoder[Kept]:
    return msgspec.json.Decoder(Kept)
