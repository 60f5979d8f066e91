from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase, Place
from downlight.sources.vendors import aws_legacy
from tests.sources.shelf import shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("nothing-open.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("new-code.json", None),
    ],
)
def test_only_what_is_current_can_be_open(name: str, level: Level | None) -> None:
    assert shelved("aws-legacy", name).level is level


def test_codes_are_texts_or_numbers_and_a_service_is_as_bad_as_its_worst() -> None:
    report = shelved("aws-legacy", "outage.json")
    assert [i.level for i in report.open_incidents] == [
        Level.MAJOR,
        Level.DEGRADED,
        Level.OPERATIONAL,
    ]
    assert [(c.name, c.level, c.region) for c in report.components] == [
        ("Amazon Kettle (Turin)", Level.MAJOR, "eu-south-1"),
        ("Amazon Teapot", Level.OPERATIONAL, "global"),
    ]


def test_messages_have_only_a_time_of_day_and_go_on_past_midnight() -> None:
    incident = shelved("aws-legacy", "outage.json").incidents[0]
    assert incident.started_at == datetime(2026, 10, 3, 7, 1, 5, tzinfo=UTC)
    assert [(u.at, u.text) for u in incident.updates] == [
        (datetime(2026, 10, 4, 8, 5, tzinfo=UTC), "Water gets warm & stays so."),
        (datetime(2026, 10, 4, 6, 50, tzinfo=UTC), "We found the cause."),
        (datetime(2026, 10, 3, 7, 1, tzinfo=UTC), "We are looking into it."),
    ]
    assert incident.places == (Place("eu-south-1", "Turin"),)


def test_a_date_may_lead_into_the_next_year() -> None:
    over = shelved("aws-legacy", "outage.json").incidents[3]
    assert (over.title, over.open) == ("Amazon Cup (Turin): Handle warm", False)
    assert over.phase is Phase.RESOLVED
    assert over.started_at == datetime(2024, 12, 30, 23, 0, tzinfo=UTC)
    assert over.ended_at == datetime(2025, 1, 2, 17, 0, tzinfo=UTC)


def test_what_names_no_time_is_no_message() -> None:
    assert shelved("aws-legacy", "outage.json").incidents[2].updates == ()
    odd = shelved("aws-legacy", "new-code.json").incidents[0]
    assert (odd.started_at, odd.updates, odd.title) == (None, (), "Something")


@pytest.mark.parametrize("end", ["", "/", "/data.json"])
def test_the_board_is_asked_for_its_data(end: str) -> None:
    source = aws_legacy.build(spec("aws-legacy", f"https://aws.example{end}"))
    assert source.info.urls == ("https://aws.example/data.json",)
    assert source.info.page == "https://aws.example"
