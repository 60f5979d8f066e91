from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import betterstack
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_reports_and_parts(
    name: str, level: Level | None
) -> None:
    assert shelved("betterstack", name).level is level


def test_a_resolved_report_without_an_end_is_over() -> None:
    report = shelved("betterstack", "all-well.json")
    assert [(i.open, i.phase, i.ended_at) for i in report.incidents] == [
        (False, Phase.RESOLVED, None)
    ]


def test_what_is_not_watched_is_no_part_and_sections_are_groups() -> None:
    report = shelved("betterstack", "all-well.json")
    assert [(c.name, c.group) for c in report.components] == [("Copper API", "Kettles")]


def test_ids_are_numbers_or_text_and_updates_are_found_by_them() -> None:
    report = shelved("betterstack", "outage.json")
    down, slow, over = report.incidents
    assert down.component_ids == ("601", "603")
    assert [u.text for u in down.updates] == ["Found the leak.", "We look at it."]
    assert (down.level, slow.level, over.open) == (Level.MAJOR, Level.DEGRADED, False)
    assert over.ended_at == datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert report.headline == "We know."


def test_planned_work_has_begun_when_a_part_is_under_maintenance() -> None:
    report = shelved("betterstack", "maintenance.json")
    assert report.incidents == ()
    assert [work.state for work in report.maintenances] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
        MaintenanceState.COMPLETED,
    ]


def test_a_document_of_another_type_is_refused() -> None:
    facts = '"attributes": {"aggregate_state": "operational"}'
    body = f'{{"data": {{"type": "monitor", {facts}}}, "included": []}}'
    with pytest.raises(Unreadable):
        read("betterstack", body)


@pytest.mark.parametrize("end", ["", "/", "/index.json"])
def test_the_document_stands_at_index_json(end: str) -> None:
    page = "https://status.copper.example"
    source = betterstack.build(spec("betterstack", f"{page}{end}"))
    assert (source.info.urls, source.info.page) == ((f"{page}/index.json",), page)
