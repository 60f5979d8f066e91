from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.vendors import slack
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("incident.json", Level.DEGRADED),
        ("outage.json", Level.MAJOR),
        ("notice.json", Level.OPERATIONAL),
        ("planned.json", Level.OPERATIONAL),
        ("active-but-empty.json", None),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_type_that_is_open(
    name: str, level: Level | None
) -> None:
    assert shelved("slack", name).level is level


def test_a_new_word_of_the_page_is_not_all_well() -> None:
    assert read("slack", '{"status": "meh", "active_incidents": []}').level is None


def test_notes_are_text_or_html_and_times_have_an_offset() -> None:
    incident = shelved("slack", "incident.json").incidents[0]
    assert incident.id == "7001"
    assert incident.started_at == datetime(2026, 10, 4, 7, 41, 56, tzinfo=UTC)
    assert [u.text for u in incident.updates] == [
        "We found the cause & are fixing it.",
        "Threads stay empty for some.\nMore soon.",
    ]
    assert incident.component_ids == ("Messaging",)
    assert incident.url == "https://slack-status.example/2026-10/00001b59"


def test_what_is_resolved_is_over() -> None:
    _, over = shelved("slack", "outage.json").incidents
    assert (over.open, over.phase) == (False, Phase.RESOLVED)
    assert over.ended_at == datetime(2026, 10, 4, 8, 2, 40, tzinfo=UTC)


def test_a_state_we_do_not_know_counts_as_open() -> None:
    incident = shelved("slack", "new-words.json").incidents[0]
    assert (incident.open, incident.level) == (True, None)


def test_what_is_scheduled_is_planned_work() -> None:
    report = shelved("slack", "planned.json")
    assert report.incidents == ()
    assert [w.state for w in report.maintenances] == [MaintenanceState.SCHEDULED]


@pytest.mark.parametrize("end", ["", "/api/v2.0.0/current"])
def test_slack_is_asked_for_what_is_current(end: str) -> None:
    page = "https://slack-status.example"
    source = slack.build(spec("slack", f"{page}{end}"))
    assert source.info.urls == (f"{page}/api/v2.0.0/current",)
