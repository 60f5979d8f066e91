from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState
from downlight.sources.vendors import adobe
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-words.json", None),
    ],
)
def test_nothing_open_means_well(name: str, level: Level | None) -> None:
    assert shelved("adobe", name).level is level


def test_an_incident_is_as_bad_as_what_was_said_last_of_any_product() -> None:
    ink, brush = shelved("adobe", "made-up-outage.json").incidents
    assert (ink.title, ink.level, ink.open) == ("Ink is gone", Level.MAJOR, True)
    assert ink.component_ids == ("17", "18", "19")
    assert ink.started_at == datetime.fromtimestamp(1791090000, UTC)
    assert (brush.title, brush.level) == ("Brush, 20", Level.DEGRADED)


def test_what_is_closed_for_every_product_is_over() -> None:
    over = shelved("adobe", "made-up-all-well.json").incidents[0]
    assert (over.open, over.level) == (False, Level.MAJOR)
    assert over.ended_at == datetime.fromtimestamp(1790910000, UTC)


def test_a_new_state_and_none_at_all_are_open_without_a_level() -> None:
    incidents = shelved("adobe", "made-up-new-words.json").incidents
    assert [(i.open, i.level, i.title) for i in incidents] == [
        (True, None, "17"),
        (True, None, "Incident"),
    ]


def test_what_is_scheduled_is_planned_work() -> None:
    work = shelved("adobe", "made-up-outage.json").maintenances[0]
    assert (work.title, work.state) == ("New easel", MaintenanceState.SCHEDULED)


@pytest.mark.parametrize(
    "body", ['{"incidents": []}', '{"incidents": {"1": {}}}', '{"products": {}}']
)
def test_another_shape_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("adobe", body)


@pytest.mark.parametrize(
    ("end", "options", "host"),
    [
        ("", {}, "https://data.status.adobe.com"),
        ("", {"api": ("http://127.0.0.1:8000/",)}, "http://127.0.0.1:8000"),
        ("/adobestatus/StatusEvents", {}, "https://paint.example"),
    ],
)
def test_the_events_are_asked_for(
    end: str, options: dict[str, tuple[str, ...]], host: str
) -> None:
    told = replace(spec("adobe", f"https://paint.example{end}"), options=options)
    source = adobe.build(told)
    assert source.info.urls == (f"{host}/adobestatus/StatusEvents",)
    assert source.info.page == "https://paint.example"
    assert not source.info.verified
