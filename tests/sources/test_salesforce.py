from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import MaintenanceState
from downlight.sources.vendors import salesforce
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-list.json", Level.OPERATIONAL),
        ("minor-told-to-be-over.json", Level.DEGRADED),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_instances_and_open_incidents(
    name: str, level: Level | None
) -> None:
    assert shelved("salesforce", name).level is level


def test_no_instance_says_nothing() -> None:
    assert read("salesforce", "[]").level is None


def test_an_instance_that_is_not_in_use_does_not_count() -> None:
    report = shelved("salesforce", "made-up-list.json")
    assert [(c.name, c.group, c.region) for c in report.components] == [
        ("TEA1", "production", "EMEA"),
        ("TEA2", "sandbox", "APAC"),
    ]


def test_an_impact_without_an_end_is_open_whatever_the_messages_say() -> None:
    incident = shelved("salesforce", "minor-told-to-be-over.json").incidents[0]
    assert (incident.open, incident.level) == (True, Level.DEGRADED)
    assert incident.title == "Boiler: water temperature"
    assert incident.started_at == datetime(2026, 10, 4, 7, tzinfo=UTC)
    assert [u.text for u in incident.updates] == ["It was resolved.", "We look."]


def test_one_incident_under_two_instances_is_one() -> None:
    now, over, hollow = shelved("salesforce", "made-up-outage.json").incidents
    assert (now.component_ids, now.level) == (("TEA1", "TEA2"), Level.MAJOR)
    assert now.title == "TEA1, TEA2: service disruption"
    assert (over.title, over.open, over.level) == (
        "TEA1: incident",
        False,
        Level.PARTIAL,
    )
    assert over.ended_at == datetime(2026, 10, 3, 8, tzinfo=UTC)
    assert (hollow.open, hollow.level, hollow.title) == (False, None, "TEA3: incident")


def test_planned_work_goes_by_its_plan() -> None:
    works = shelved("salesforce", "minor-told-to-be-over.json").maintenances
    assert [(w.title, w.state) for w in works] == [
        ("Descaling", MaintenanceState.SCHEDULED),
        ("Polishing", MaintenanceState.IN_PROGRESS),
        ("Maintenance", MaintenanceState.COMPLETED),
    ]


@pytest.mark.parametrize(
    ("end", "options", "url", "seen"),
    [
        ("", {}, "https://api.status.salesforce.com/v1/instances", False),
        (
            "",
            {"instance": ("TEA9",), "api": ("http://127.0.0.1:8000",)},
            "http://127.0.0.1:8000/v1/instances/TEA9/status",
            True,
        ),
        ("/v1/instances", {}, "https://trust.example/v1/instances", False),
    ],
)
def test_all_instances_are_asked_for_or_one(
    end: str, options: dict[str, tuple[str, ...]], url: str, *, seen: bool
) -> None:
    told = replace(spec("salesforce", f"https://trust.example{end}"), options=options)
    source = salesforce.build(told)
    assert source.info.urls == (url,)
    assert source.info.page == "https://trust.example"
    assert (source.info.verified, source.timed) == (seen, True)
