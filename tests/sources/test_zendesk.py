from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import zendesk
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
    ],
)
def test_nothing_open_means_well(name: str, level: Level) -> None:
    assert shelved("zendesk", name).level is level


def test_an_empty_list_could_be_anybodys() -> None:
    assert read("zendesk", '{"data": []}').level is None


def test_an_incident_is_an_outage_or_it_is_not() -> None:
    down, slow = shelved("zendesk", "made-up-outage.json").incidents
    assert (down.title, down.level, down.open) == ("No tickets", Level.MAJOR, True)
    assert (slow.title, slow.level, slow.id) == ("Incident", Level.DEGRADED, "43")


def test_what_is_resolved_is_over() -> None:
    over = shelved("zendesk", "made-up-all-well.json").incidents[0]
    assert (over.open, over.phase) == (False, Phase.RESOLVED)
    assert over.ended_at == datetime(2026, 10, 1, 9, tzinfo=UTC)


def test_an_incident_that_does_not_say_whether_it_is_over_is_not_read() -> None:
    with pytest.raises(Unreadable):
        read("zendesk", '{"data": [{"id": "1", "attributes": {"outage": true}}]}')


@pytest.mark.parametrize("end", ["", "/", "/api/ssp/incidents.json"])
def test_the_page_is_asked_for_its_incidents(end: str) -> None:
    source = zendesk.build(spec("zendesk", f"https://desk.example{end}"))
    assert source.info.urls == ("https://desk.example/api/ssp/incidents.json",)
    assert not source.info.verified
