from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import ohdear
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.PARTIAL),
        ("empty-maps.json", Level.OPERATIONAL),  # PHP's way of writing {}
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_the_page_and_its_sites(
    name: str, level: Level | None
) -> None:
    assert shelved("ohdear", name).level is level


def test_sites_stand_in_their_groups() -> None:
    parts = shelved("ohdear", "all-well.json").components
    assert [(part.group, part.id) for part in parts] == [
        (None, "shelf.example"),
        (None, "docs.shelf.example"),
        ("Shops", "Shop (north)"),
    ]


def test_while_the_page_is_up_what_was_written_is_history() -> None:
    report = shelved("ohdear", "all-well.json")
    assert len(report.incidents) == 2
    assert report.open_incidents == ()


def test_while_it_is_down_only_what_came_after_the_last_recovery_is_open() -> None:
    (incident,) = shelved("ohdear", "outage.json").open_incidents
    assert (incident.id, incident.level) == ("3005", Level.DEGRADED)
    assert incident.started_at == datetime(2026, 10, 4, 8, 0, tzinfo=UTC)
    assert [u.text for u in incident.updates] == ["A disk is full; we make room."]


def test_an_entry_in_words_we_do_not_know_has_no_level_and_no_time() -> None:
    (incident,) = shelved("ohdear", "new-words.json").incidents
    assert (incident.open, incident.level, incident.updates) == (True, None, ())


def test_a_list_where_a_map_was_expected_is_not_read_as_nothing() -> None:
    with pytest.raises(Unreadable):
        read("ohdear", '{"summarizedStatus": "up", "sites": [{"status": "down"}]}')


@pytest.mark.parametrize("end", ["", "/", "/json"])
def test_oh_dear_is_asked_for_json(end: str) -> None:
    info = ohdear.build(spec("ohdear", f"https://status.example{end}")).info
    assert info.urls == ("https://status.example/json",)
    assert info.page == "https://status.example"
