"""Made-up values to keep, and ways to look at what was kept."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Place,
    RegionReading,
    Report,
    ServiceSlug,
    SourceId,
    Update,
)
from downlight.core.news import Event, Turn
from downlight.core.result import Result
from downlight.storage.journal import Journal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAGE = SourceId("statuspage:status.example")
PROBE = SourceId("probe:chat")
CHAT = ServiceSlug("chat")
MAIL = ServiceSlug("mail")

INCIDENT = Incident(
    "i1",
    "Messages arrive late",
    Level.PARTIAL,
    Phase.IDENTIFIED,
    open=True,
    started_at=NOON - MINUTE,
    updates=(
        Update(NOON, "We found it.", Phase.IDENTIFIED, "u2"),
        Update(NOON - MINUTE, "We look into it.", Phase.INVESTIGATING),
    ),
    component_ids=("c1",),
    places=(Place("BR", "Brazil"),),
    url="https://status.example/i1",
)
REPORT = Report(
    PAGE,
    NOON,
    Level.PARTIAL,
    headline="Partly down",
    components=(Component("c1", "Messages", Level.PARTIAL, "Core", "eu", "partial"),),
    incidents=(INCIDENT,),
    maintenances=(
        Maintenance("m1", "New disks", MaintenanceState.SCHEDULED, NOON, NOON + MINUTE),
    ),
    readings=(RegionReading(Place("ES", "Spain"), None, blocked=True, failing=3),),
    checks=(
        Check("e1.example:443", timedelta(milliseconds=31)),
        Check("e2", None, "-", Result.UNTRUSTED),
    ),
    next_check=timedelta(seconds=90),
)
EVENT = Event(
    "e1",
    NOON,
    CHAT,
    Turn.BEGAN,
    Level.MAJOR,
    "Brazil, Spain",
    "Chat is down in Brazil",
    "Chat is down in Brazil since 12:00.",
    "20260301T120000Z",
    "i1",
)
TRACK = Track(
    level=Level.MAJOR,
    since=NOON,
    maintenance=True,
    candidate=Level.OPERATIONAL,
    sightings=1,
    episode="20260301T120000Z",
    began=NOON - MINUTE,
    where="in Brazil",
    told=("u1", "u2"),
)


def keep(
    journal: Journal,
    *events: Event,
    reports: tuple[Report, ...] = (),
    tracks: Mapping[ServiceSlug, Track] = {},
) -> None:
    journal.write(NOON, reports, tracks, events)


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what another program finds in the file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
