from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Refused, Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import sorry
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved, spec

PAGE = "https://status.post.example"


def body(name: str) -> bytes:
    return (FIXTURES / "sorry" / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("maintenance.json", Level.MAINTENANCE),  # "-" on the wire, "_" on paper
        ("new-word.json", None),
        ("notices.json", Level.DEGRADED),
        ("components.json", Level.DEGRADED),
        ("bare-components.json", Level.PARTIAL),
    ],
)
def test_the_level_is_what_the_page_its_parts_or_its_notices_say(
    name: str, level: Level | None
) -> None:
    assert shelved("sorry", name).level is level


def test_a_notice_is_open_unless_it_is_past() -> None:
    present, past, odd = shelved("sorry", "notices.json").incidents
    assert (present.open, present.level) == (True, Level.DEGRADED)
    assert present.phase is Phase.INVESTIGATING
    assert [u.text for u in present.updates] == ["One van is stuck."]
    assert (past.open, past.phase, past.updates) == (False, Phase.RESOLVED, ())
    assert past.ended_at == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert (odd.open, odd.level) == (True, None)


def test_what_is_planned_is_no_incident_and_an_unknown_state_is_left_out() -> None:
    works = shelved("sorry", "notices.json").maintenances
    assert [(work.id, work.state) for work in works] == [
        ("9004", MaintenanceState.SCHEDULED),
        ("9005", MaintenanceState.IN_PROGRESS),
    ]


def test_a_page_that_says_well_is_not_well_while_a_notice_is_open() -> None:
    web = RecordedWeb(
        {
            f"{PAGE}/api/v1/status": body("all-well.json"),
            f"{PAGE}/api/v1/notices": body("notices.json"),
        }
    )
    report = asyncio.run(sorry.build(spec("sorry", PAGE)).read(web))
    assert report.level is Level.DEGRADED
    assert report.headline == "All systems are running"
    assert len(report.incidents) == 3


def test_a_page_without_notices_has_its_state_alone() -> None:
    web = RecordedWeb(
        {
            f"{PAGE}/api/v1/status": body("all-well.json"),
            f"{PAGE}/api/v1/notices": Refused(404),
        }
    )
    source = sorry.build(spec("sorry", f"{PAGE}/api/v1/status"))
    assert source.info.page == PAGE
    assert not source.info.verified
    assert asyncio.run(source.read(web)).level is Level.OPERATIONAL


def test_a_page_known_by_its_number_is_asked_at_sorry_or_at_a_copy() -> None:
    numbered = replace(spec("sorry", PAGE), options={"page": ("77",)})
    info = sorry.build(numbered).info
    assert info.urls == ("https://api.sorryapp.com/v1/pages/77/components",)
    copied = replace(
        numbered, options={**numbered.options, "api": ("http://127.0.0.1:8/",)}
    )
    assert sorry.build(copied).info.urls == (
        "http://127.0.0.1:8/v1/pages/77/components",
    )


def test_an_empty_list_of_components_says_nothing() -> None:
    with pytest.raises(Unreadable):
        read("sorry", '{"components": []}')


def test_a_message_whose_time_alone_is_new_is_the_same_message() -> None:
    ids = {
        read("sorry", NOTICE.replace("07:00", at)).incidents[0].updates[0].id
        for at in ("07:00", "07:05")
    }
    assert len(ids) == 1
    assert all(ids)


NOTICE = """{"notices": [{"id": 1, "subject": "No stamps", "type": "unplanned",
"updated_at": "2026-10-04T07:00:00Z", "latest_update": {"content": "Sorry."}}]}"""
