from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState
from downlight.sources.hosted import statuspal
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("status.json", Level.DEGRADED),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_notices_and_services(
    name: str, level: Level | None
) -> None:
    assert shelved("statuspal", name).level is level


def test_a_word_that_is_missing_is_not_the_null_of_all_well() -> None:
    with pytest.raises(Unreadable):
        read("statuspal", '{"status_page": {"name": "Marmot"}, "services": []}')
    part = shelved("statuspal", "new-words.json").components[0]
    assert part.level is None


def test_services_that_hold_others_are_groups() -> None:
    parts = shelved("statuspal", "all-well.json").components
    assert [(c.name, c.group) for c in parts] == [("Burrow", None), ("Grass", "Meadow")]


def test_a_notice_with_an_end_is_over_and_information_is_no_trouble() -> None:
    flood, dry, word = shelved("statuspal", "outage.json").incidents
    assert [u.text for u in flood.updates] == ["More water.", "Water."]
    assert flood.url == "https://statuspal.example/901"
    assert (flood.open, dry.open, word.open) == (True, False, True)
    assert (flood.level, word.level) == (Level.MAJOR, Level.OPERATIONAL)


def test_planned_work_is_what_its_list_says() -> None:
    report = shelved("statuspal", "maintenance.json")
    assert [work.state for work in report.maintenances] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
    ]
    report = shelved("statuspal", "status.json")
    assert [i.title for i in report.incidents] == ["Mud"]
    assert [work.title for work in report.maintenances] == ["Sweeping"]


def test_a_page_is_asked_for_by_its_name() -> None:
    source = statuspal.build(spec("statuspal", "https://marmot.statuspal.io"))
    path = "/api/v2/status_pages/marmot/summary"
    assert source.info.urls == (f"https://statuspal.io{path}",)
    named = replace(
        spec("statuspal", "https://status.marmot.example"),
        options={"page": ("marmot",), "api": ("http://127.0.0.1:8001",)},
    )
    assert statuspal.build(named).info.urls == (f"http://127.0.0.1:8001{path}",)
    with pytest.raises(CatalogError):
        statuspal.build(replace(named, options={}))


@pytest.mark.parametrize(
    ("now", "level"),
    [
        ('{"severity": null}', Level.OPERATIONAL),
        ('{"severity": null, "notice_type": "incident"}', None),
        ('{"severity": "minor", "notice_type": "incident"}', Level.DEGRADED),
    ],
)
def test_a_notice_without_a_severity_is_not_all_well(
    now: str, level: Level | None
) -> None:
    body = f'{{"status_page": {{"name": "Marmot", "current_status": {now}}}}}'
    assert read("statuspal", body).level is level
