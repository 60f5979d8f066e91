from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources import registry
from downlight.sources.hosted import instatus
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, ID, answer, read, shelved, spec

PAGE = "https://status.lantern.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("up-but-open.json", Level.PARTIAL),
        ("maintenance.json", Level.MAINTENANCE),
        ("components.json", Level.PARTIAL),
        ("components-list.json", Level.DEGRADED),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_incidents_and_parts(
    name: str, level: Level | None
) -> None:
    assert shelved("instatus", name).level is level


def test_a_state_we_do_not_know_counts_as_open() -> None:
    incident = shelved("instatus", "new-words.json").incidents[0]
    assert (incident.open, incident.level, incident.started_at) == (True, None, None)


def test_groups_are_named_in_three_ways() -> None:
    parts = shelved("instatus", "components.json").components
    assert [(c.name, c.group) for c in parts] == [
        ("Web", None),
        ("Bots", "Robots"),
        ("Mail", "Robots"),
        ("Fax", None),
    ]
    parts = shelved("instatus", "components-list.json").components
    assert [(c.name, c.group) for c in parts] == [("Bots", "Robots"), ("Web", None)]


def test_planned_work_ends_after_its_minutes_and_an_unknown_state_is_left_out() -> None:
    now, later = shelved("instatus", "maintenance.json").maintenances
    assert now.state is MaintenanceState.IN_PROGRESS
    assert now.ends_at == datetime(2026, 10, 4, 9, 30, tzinfo=UTC)
    assert (later.state, later.ends_at) == (MaintenanceState.SCHEDULED, None)


@pytest.mark.parametrize("name", ["outage.json", "page.html"])
def test_the_data_of_a_page_names_parts_texts_and_the_past(name: str) -> None:
    report = shelved("instatus-page", name)
    # The incident says "OPERATIONAL", the parts it is about do not.
    assert report.level is Level.MAJOR
    assert [(c.name, c.level, c.group) for c in report.components] == [
        ("Mail", Level.OPERATIONAL, None),
        ("Website", Level.MAJOR, None),
        ("Streams", Level.PARTIAL, None),  # no incident names it
        ("Queue", Level.MAJOR, "Inside"),
    ]
    now, past = report.incidents
    assert (now.title, now.open, now.phase) == (
        "Queue is stuck",
        True,
        Phase.MONITORING,
    )
    assert [u.text for u in now.updates] == ["A fix is out.", "Jobs *wait* too long."]
    assert now.component_ids == ("tus-c-1", "tus-c-9")
    assert (past.id, past.open) == ("tus-inc-0", False)
    assert past.ended_at == datetime(2026, 9, 25, 21, 35, 12, 885000, tzinfo=UTC)


def test_parts_of_a_page_that_is_up_are_well() -> None:
    report = shelved("instatus-page", "all-well.json")
    assert report.level is Level.OPERATIONAL
    assert {c.level for c in report.components} == {Level.OPERATIONAL}


def test_a_page_that_lists_no_parts_speaks_for_itself() -> None:
    report = read("instatus-page", '{"url": "", "site": {"status": "HASISSUES"}}')
    assert (report.level, report.components) == (Level.DEGRADED, ())


@pytest.mark.parametrize(
    "body",
    [
        '{"components": [{"id": "1", "name": "A", "status": "operational"}]}',
        '[{"id": "1", "name": "A", "status": "operational"}]',
        '{"activeIncidents": []}',
    ],
)
def test_parts_without_one_of_its_words_are_another_format(body: str) -> None:
    with pytest.raises(Unreadable):
        read("instatus", body)


def test_summary_and_components_are_read_together() -> None:
    shelf = FIXTURES / "instatus"
    web = RecordedWeb(
        {
            f"{PAGE}/summary.json": (shelf / "all-well.json").read_bytes(),
            f"{PAGE}/v3/components.json": (shelf / "components.json").read_bytes(),
        }
    )
    source = registry.build(spec("instatus", f"{PAGE}/summary.json"))
    report = asyncio.run(source.read(web))
    assert report.level is Level.PARTIAL
    assert len(report.components) == len(("Web", "Bots", "Mail", "Fax"))


def test_the_page_itself_is_asked_as_instatus_page() -> None:
    source = instatus.build(spec("instatus-page", f"{PAGE}/"))
    assert source.info.urls == (PAGE,)


def test_a_list_of_components_that_is_none_leaves_the_page_to_speak() -> None:
    page = answer((FIXTURES / "instatus" / "all-well.json").read_bytes())
    report = instatus.read(ID, [page, answer("<html></html>")])
    assert report.level is Level.OPERATIONAL


@pytest.mark.parametrize("end", ["", "/", "/summary.json", "/v2/summary.json"])
def test_the_address_of_a_summary_leads_to_its_page(end: str) -> None:
    source = instatus.build(spec("instatus", f"{PAGE}{end}"))
    assert source.info.urls == (f"{PAGE}/summary.json", f"{PAGE}/v3/components.json")
