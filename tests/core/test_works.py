"""Planned work: what is not over, what goes on first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from downlight.core.model import (
    Maintenance,
    MaintenanceState,
    Report,
    SourceId,
    Standing,
)
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.verdict import Evidence
from downlight.core.works import WORDS, works

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
INFO = SourceInfo(
    SourceId("p"), "The page", "statuspage", "official", Cadence(timedelta(minutes=1))
)


def work(name: str, state: MaintenanceState, hours: float | None) -> Maintenance:
    at = None if hours is None else NOW + timedelta(hours=hours)
    return Maintenance(name, name, state, at)


def test_what_goes_on_comes_first_and_what_is_done_not_at_all() -> None:
    told = (
        work("later", MaintenanceState.SCHEDULED, 9),
        work("soon", MaintenanceState.SCHEDULED, 1),
        work("done", MaintenanceState.COMPLETED, -9),
        work("some day", MaintenanceState.SCHEDULED, None),
        work("now", MaintenanceState.IN_PROGRESS, -1),
        work("checked", MaintenanceState.VERIFYING, -2),
    )
    page = Evidence(INFO, Standing(Report(INFO.id, NOW, maintenances=told)))
    silent = Evidence(INFO, Standing())
    names = [found.title for found in works((silent, page))]
    assert names == ["checked", "now", "some day", "soon", "later"]


def test_every_state_has_a_word() -> None:
    assert set(WORDS) == set(MaintenanceState)
