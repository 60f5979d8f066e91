"""Planned work: what is not over, what goes on first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.evidence.verdict import Evidence
from downlight.core.model import (
    Maintenance,
    MaintenanceState,
    Report,
    SourceId,
    Standing,
)
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.works import WORDS, near, works

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
INFO = SourceInfo(
    SourceId("p"), "The page", "statuspage", "official", Cadence(timedelta(minutes=1))
)


def work(
    name: str, state: MaintenanceState, hours: float | None, until: float | None = None
) -> Maintenance:
    at, ends = (None if h is None else NOW + timedelta(hours=h) for h in (hours, until))
    return Maintenance(name, name, state, at, ends)


def page(*told: Maintenance, age: timedelta = timedelta()) -> Evidence:
    return Evidence(INFO, Standing(Report(INFO.id, NOW - age, maintenances=told)))


def test_what_goes_on_comes_first_and_what_is_done_not_at_all() -> None:
    told = (
        work("later", MaintenanceState.SCHEDULED, 9),
        work("soon", MaintenanceState.SCHEDULED, 1),
        work("done", MaintenanceState.COMPLETED, -9),
        work("some day", MaintenanceState.SCHEDULED, None),
        work("now", MaintenanceState.IN_PROGRESS, -1),
        work("checked", MaintenanceState.VERIFYING, -2),
    )
    silent = Evidence(INFO, Standing())
    names = [found.title for found in works((silent, page(*told)))]
    assert names == ["checked", "now", "some day", "soon", "later"]


def test_every_state_has_a_word() -> None:
    assert set(WORDS) == set(MaintenanceState)


@pytest.mark.parametrize(
    ("told", "is_near"),
    [
        (work("a", MaintenanceState.IN_PROGRESS, None), True),
        (work("a", MaintenanceState.VERIFYING, -9, -1), True),
        (work("a", MaintenanceState.SCHEDULED, 24), True),
        (work("a", MaintenanceState.SCHEDULED, 25), False),
        (work("a", MaintenanceState.SCHEDULED, None), False),
        (work("a", MaintenanceState.SCHEDULED, 0), True),
        (work("a", MaintenanceState.SCHEDULED, -1, 1), True),
        (work("a", MaintenanceState.SCHEDULED, -2, -1), False),
        (work("a", MaintenanceState.SCHEDULED, -1), False),
        (work("a", MaintenanceState.COMPLETED, 1), False),
    ],
)
def test_near_is_what_goes_on_or_begins_within_a_day(
    told: Maintenance, *, is_near: bool
) -> None:
    assert near((page(told),), NOW) == (told if is_near else None)


def test_of_a_page_that_is_too_old_no_work_is_near() -> None:
    soon = work("soon", MaintenanceState.SCHEDULED, 1)
    silent = Evidence(INFO, Standing())
    assert near((silent, page(), page(soon)), NOW) == soon
    assert near((page(soon, age=timedelta(hours=2)),), NOW) is None
