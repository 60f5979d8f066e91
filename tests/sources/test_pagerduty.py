from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import pagerduty
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec

FAMILY = "pagerduty-page"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("web-page.html", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("odd.json", None),
    ],
)
def test_the_level_is_the_worst_open_incident_or_touched_service(
    name: str, level: Level | None
) -> None:
    assert shelved(FAMILY, name).level is level


def test_a_service_is_as_the_newest_update_says_and_a_stray_one_counts() -> None:
    parts = shelved(FAMILY, "outage.json").components
    assert [(part.name, part.level) for part in parts] == [
        ("Bells (North)", Level.DEGRADED),
        ("Bells (South)", Level.OPERATIONAL),
        ("Gongs", Level.MAJOR),
    ]


def test_the_headline_is_a_fixed_text_and_not_repeated() -> None:
    assert shelved(FAMILY, "outage.json").headline == ""


def test_an_incident_is_as_bad_as_its_newest_update_says() -> None:
    now, over = shelved(FAMILY, "outage.json").incidents
    assert (now.open, now.level, now.phase) == (True, Level.DEGRADED, Phase.MONITORING)
    assert now.started_at == datetime(2026, 10, 4, 7, 0, tzinfo=UTC)
    assert [u.id for u in now.updates] == ["U3", "U2", "U1"]
    assert now.updates[0].text == "A fix is in place."
    assert now.component_ids == ("B1", "B9")
    assert (over.open, over.phase) == (False, Phase.RESOLVED)
    assert over.ended_at == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def test_maintenance_is_no_incident() -> None:
    report = shelved(FAMILY, "maintenance.json")
    assert report.incidents == ()
    assert [(work.id, work.state) for work in report.maintenances] == [
        ("M1", MaintenanceState.IN_PROGRESS),
        ("M0", MaintenanceState.COMPLETED),
    ]


def test_words_we_do_not_know_and_incidents_without_words_are_not_known() -> None:
    report = shelved(FAMILY, "odd.json")
    assert [(i.open, i.level) for i in report.incidents] == [
        (True, None),
        (True, None),
        (False, Level.DEGRADED),
    ]
    assert report.components[0].level is None


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>All bells ring</body></html>",
        '<html><script id="data">{"summary": {"open_incidents": []}}',
        '<html><script id="database">{"summary": {"open_incidents": []}}</script>',
    ],
)
def test_a_page_without_the_data_is_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read(FAMILY, body)


def test_the_page_itself_is_asked_for() -> None:
    page = OnePage((FIXTURES / FAMILY / "web-page.html").read_bytes())
    source = pagerduty.build(spec(FAMILY, "https://status.bell.example/"))
    assert asyncio.run(source.read(page)).level is Level.MAJOR
    assert page.asked == ["https://status.bell.example/"]
    assert page.accepted == ["text/html"]
