"""How the reports of a source, and what they tell of incidents, are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from downlight.core.model import Report, SourceId
from downlight.storage import wire

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from downlight.core.model import Incident

NEWEST: Final = """
    SELECT source, report, seen, next_check FROM reports
    WHERE id IN (SELECT max(id) FROM reports GROUP BY source)"""
"""The newest report of each source, in the order `report_of` wants."""


def report_of(row: tuple[Any, ...]) -> tuple[SourceId, Report] | None:
    """Return a source and its newest report, or None when it cannot be read.

    Its fingerprint is left out, so that the same body is read once more after a
    start: the program may have learnt to read it better since.
    """
    source, text, seen, seconds = row
    report = wire.report_of(text)
    if report is None:
        return None
    try:
        at = datetime.fromisoformat(seen)
        return SourceId(source), replace(
            report,
            at=at,
            fingerprint="",
            next_check=None if seconds is None else timedelta(seconds=seconds),
        )
    except (ValueError, OverflowError):
        return None


def keep(connection: sqlite3.Connection, report: Report) -> None:
    """Keep a report, in the caller's transaction.

    When it says the same as the one before, only the time it was last seen (and
    what else changes with each answer) moves.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    source = wire.clean(report.source)
    seen = wire.moment(report.at)
    manners = (
        wire.clean(report.fingerprint),
        report.next_check.total_seconds() if report.next_check is not None else None,
    )
    last = connection.execute(
        "SELECT id, report FROM reports WHERE source = ? ORDER BY id DESC LIMIT 1",
        (source,),
    ).fetchone()
    text = wire.to_json(report)
    if last is not None and _says_the_same(text, report, last[1]):
        connection.execute(
            "UPDATE reports SET seen = ?, fingerprint = ?, next_check = ? WHERE id = ?",
            (seen, *manners, last[0]),
        )
        return
    level = report.level.code if report.level else None
    size = len(text.encode())
    connection.execute(
        "INSERT INTO reports (source, at, seen, level, fingerprint, next_check, "
        "size, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (source, seen, seen, level, *manners, size, text),
    )
    _keep_incidents(connection, report)


def _says_the_same(text: str, report: Report, before: str) -> bool:
    last = wire.report_of(before)
    if last is None:
        return False
    # What was kept is compared with what would be kept: writing may have
    # cleaned a text.
    fresh = wire.report_of(text) or report
    return fresh.says_the_same(last)


def _keep_incidents(connection: sqlite3.Connection, report: Report) -> None:
    _mark_gone(connection, report)
    keep_incidents(connection, report.source, report.incidents, report.at)


def _mark_gone(connection: sqlite3.Connection, report: Report) -> None:
    """Keep which open incidents the source lists no more."""
    source, named = wire.clean(report.source), {i.id for i in report.incidents}
    connection.executemany(
        "UPDATE incidents SET gone = ? WHERE source = ? AND id = ?",
        [
            (wire.moment(report.at), source, id_)
            for (id_,) in connection.execute(
                "SELECT id FROM incidents WHERE source = ? AND open AND gone IS NULL",
                (source,),
            ).fetchall()
            if id_ not in named
        ],
    )


def keep_incidents(
    connection: sqlite3.Connection,
    source: SourceId,
    incidents: Iterable[Incident],
    at: datetime,
) -> None:
    """Keep incidents as a source tells of them, in the caller's transaction.

    Raises:
        sqlite3.Error: The disk refuses.
    """
    for incident in incidents:
        connection.execute(
            "INSERT INTO incidents VALUES "
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) "
            "ON CONFLICT (source, id) DO UPDATE SET title = excluded.title, "
            "level = excluded.level, phase = excluded.phase, open = excluded.open, "
            "started_at = excluded.started_at, ended_at = excluded.ended_at, "
            "url = excluded.url, last_at = excluded.last_at, "
            "worst = nullif(max(ifnull(worst, 0), ifnull(excluded.worst, 0)), 0), "
            "parts = excluded.parts, places = excluded.places, gone = NULL",
            wire.incident_row(source, incident, at),
        )
        connection.executemany(
            "INSERT INTO updates VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (source, incident, id) DO UPDATE SET at = excluded.at, "
            "phase = excluded.phase, text = excluded.text",
            [wire.update_row(source, incident, update) for update in incident.updates],
        )
