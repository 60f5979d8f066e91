from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.vendors import apple
from tests.sources.shelf import FIXTURES, ID, answer, read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.js", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("one-id-two-states.json", Level.MAINTENANCE),
        ("message-over-all.json", None),
        ("new-word.json", None),
    ],
)
def test_the_level_is_the_worst_that_goes_on_now(
    name: str, level: Level | None
) -> None:
    assert shelved("apple", name).level is level


def test_an_end_in_the_future_is_only_expected() -> None:
    body = (FIXTURES / "apple" / "outage.json").read_bytes()
    now = apple.parse(ID, answer(body))
    later = apple.parse(ID, replace(answer(body), at=now.at + timedelta(days=2)))
    assert [i.open for i in now.incidents] == [True, True, False]
    assert [i.open for i in later.incidents] == [True, False, False]


def test_an_event_is_told_by_its_services_and_its_kind() -> None:
    report = shelved("apple", "outage.json")
    incident = report.incidents[0]
    assert incident.title == "Letters: outage"
    assert incident.started_at == datetime(2026, 10, 4, 7, tzinfo=UTC)
    assert incident.updates[0].text == (
        "Some users are affected\nUsers may see an error."
    )
    assert [c.level for c in report.components] == [
        Level.MAJOR,
        Level.DEGRADED,
        Level.OPERATIONAL,
    ]


def test_what_is_resolved_is_over() -> None:
    over = shelved("apple", "outage.json").incidents[2]
    assert (over.open, over.phase) == (False, Phase.RESOLVED)
    assert over.ended_at == datetime.fromtimestamp(1791092800, UTC)


def test_one_id_may_be_over_here_and_go_on_there() -> None:
    report = shelved("apple", "one-id-two-states.json")
    assert [(w.id, w.state) for w in report.maintenances] == [
        ("2001", MaintenanceState.IN_PROGRESS),
        ("2002", MaintenanceState.SCHEDULED),
        ("2003", MaintenanceState.COMPLETED),
    ]
    assert report.maintenances[0].component_ids == ("Films",)


def test_an_incident_that_is_announced_is_not_open_yet() -> None:
    radio = shelved("apple", "one-id-two-states.json").incidents[0]
    assert (radio.open, radio.phase, radio.updates) == (False, None, ())


def test_a_service_named_twice_is_told_apart() -> None:
    ids = [c.id for c in shelved("apple", "all-well.js").components]
    assert ids == ["Letters", "Maps", "Maps#2"]


def test_a_message_over_everything_is_shown_and_nothing_is_called_well() -> None:
    report = shelved("apple", "message-over-all.json")
    assert report.headline == "We are aware of difficulties."


def test_a_board_without_services_says_nothing() -> None:
    assert read("apple", '{"services": []}').level is None


@pytest.mark.parametrize(
    "body",
    [
        'jsonCallback({"services": []}',
        'jsonCallback({"services": []}); alert(1)',
        '{"services": []} and more',
        "jsonCallback();",
    ],
)
def test_half_a_call_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("apple", body)


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("https://www.apple.com/support/systemstatus/", ""),
        ("https://developer.apple.com/system-status", "developer/"),
    ],
)
def test_both_boards_have_their_address(page: str, part: str) -> None:
    source = apple.build(spec("apple", page))
    assert source.info.urls == (
        f"https://www.apple.com/support/systemstatus/data/{part}system_status_en_US.js",
    )


def test_a_board_may_stand_on_another_host() -> None:
    options = {"api": ("http://127.0.0.1:8000/",)}
    told = replace(spec("apple", "https://developer.apple.com/status"), options=options)
    assert apple.build(told).info.urls == (
        "http://127.0.0.1:8000/support/systemstatus/data/developer/system_status_en_US.js",
    )


def test_an_address_of_a_file_is_asked_as_it_is() -> None:
    source = apple.build(spec("apple", "https://mirror.example/board.js"))
    assert source.info.urls == ("https://mirror.example/board.js",)
