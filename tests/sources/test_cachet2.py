from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import cachet2
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, shelved, spec

PAGE = "https://status.mill.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("unknown.json", None),
        ("incidents.json", Level.DEGRADED),
        ("schedules.json", None),
    ],
)
def test_the_level_is_the_worst_of_parts_and_open_incidents(
    name: str, level: Level | None
) -> None:
    assert shelved("cachet2", name).level is level


def test_a_first_page_of_many_is_not_all_well() -> None:
    assert shelved("cachet2", "more-pages.json").level is None


def test_parts_are_grouped_by_number_and_disabled_ones_left_out() -> None:
    parts = shelved("cachet2", "all-well.json").components
    assert [(c.name, c.group) for c in parts] == [("Mill", None), ("Oven", "3")]


def test_an_incident_is_over_when_its_latest_word_is() -> None:
    report = shelved("cachet2", "incidents.json")
    assert [(i.title, i.open, i.phase) for i in report.incidents] == [
        ("Mill stopped", True, Phase.IDENTIFIED),
        ("Oven was cold", False, Phase.RESOLVED),
        ("Older still", False, Phase.RESOLVED),
        ("Strange", True, None),
    ]
    stopped = report.incidents[0]
    assert stopped.started_at == datetime(2026, 10, 4, 7, tzinfo=UTC)
    assert [u.text for u in stopped.updates] == ["A stone.", "It stopped."]
    assert stopped.component_ids == ("1",)


def test_planned_work_is_a_schedule_or_an_old_incident_with_a_date() -> None:
    (old,) = shelved("cachet2", "incidents.json").maintenances
    assert (old.title, old.state) == ("Cleaning", MaintenanceState.SCHEDULED)
    (new,) = shelved("cachet2", "schedules.json").maintenances
    assert (new.title, new.state) == ("New millstone", MaintenanceState.IN_PROGRESS)


@pytest.mark.parametrize("end", ["", "/api/v1", "/api/v1/components"])
def test_three_lists_are_one_report(end: str) -> None:
    source = cachet2.build(spec("cachet2", f"{PAGE}{end}"))
    names = ("all-well.json", "incidents.json", "schedules.json")
    bodies = [(FIXTURES / "cachet2" / name).read_bytes() for name in names]
    web = RecordedWeb(dict(zip(source.info.urls, bodies, strict=True)))
    report = asyncio.run(source.read(web))
    assert source.info.urls[0].startswith(f"{PAGE}/api/v1/components")
    assert report.level is Level.DEGRADED
    assert (len(report.components), len(report.open_incidents)) == (2, 2)
    assert len(report.maintenances) == len(("Cleaning", "New millstone"))
