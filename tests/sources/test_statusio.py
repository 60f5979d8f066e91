from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import statusio
from tests.sources.shelf import read, shelved, spec

PAGE = "https://status.arcade.example"
PAGE_ID = "0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_incidents_and_parts(
    name: str, level: Level | None
) -> None:
    assert shelved("statusio", name).level is level


def test_a_container_stands_under_several_parts_and_a_part_may_have_none() -> None:
    parts = shelved("statusio", "all-well.json").components
    assert [(c.id, c.name, c.group) for c in parts] == [
        ("pa.c1", "Europe", "Games"),
        ("pa.c2", "Asia", "Games"),
        ("pb.c1", "Europe", "Shop"),
        ("pc", "Blog", None),
    ]


def test_an_incident_is_as_bad_as_its_newest_message() -> None:
    incident = shelved("statusio", "outage.json").incidents[0]
    assert (incident.level, incident.phase) == (Level.MAJOR, Phase.IDENTIFIED)
    assert incident.started_at == datetime(2026, 10, 4, 7, tzinfo=UTC)
    assert [u.text for u in incident.updates] == ["It is the door.", "We are looking."]
    assert incident.component_ids == ("pa.c1", "pc")


def test_an_incident_without_a_word_is_open_and_its_level_not_known() -> None:
    incident = shelved("statusio", "new-words.json").incidents[0]
    assert (incident.open, incident.level) == (True, None)


def test_planned_work_is_what_its_list_says() -> None:
    now, later = shelved("statusio", "maintenance.json").maintenances
    assert (now.state, now.component_ids) == (MaintenanceState.IN_PROGRESS, ("pa.c1",))
    assert later.state is MaintenanceState.SCHEDULED
    assert later.starts_at == datetime(2026, 10, 8, 8, tzinfo=UTC)


def test_an_error_with_http_200_is_refused() -> None:
    with pytest.raises(Unreadable):
        read("statusio", '{"error": "no such page"}')


def test_a_page_is_asked_for_by_its_id() -> None:
    told = replace(spec("statusio", PAGE), options={"page": (PAGE_ID,)})
    source = statusio.build(told)
    assert source.info.urls == (f"https://api.status.io/1.0/status/{PAGE_ID}",)
    assert source.info.page == PAGE
    here = {**told.options, "api": ("http://127.0.0.1:8001",)}
    source = statusio.build(replace(told, options=here))
    assert source.info.urls == (f"http://127.0.0.1:8001/1.0/status/{PAGE_ID}",)


def test_the_address_of_the_api_names_the_page_too() -> None:
    url = f"http://127.0.0.1:8001/1.0/status/{PAGE_ID}"
    assert statusio.build(spec("statusio", url)).info.urls == (url,)


def test_a_page_without_an_id_is_no_source() -> None:
    with pytest.raises(CatalogError):
        statusio.build(spec("statusio", PAGE))
