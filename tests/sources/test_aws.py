from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase, Place
from downlight.sources.vendors import aws
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("nothing-going-on.json", Level.OPERATIONAL),
        ("one-region-down.json", Level.MAJOR),
        ("as-sent.utf16.json", Level.MAJOR),
        ("new-code.json", None),
    ],
)
def test_the_level_is_the_worst_that_goes_on(name: str, level: Level | None) -> None:
    assert shelved("aws-currentevents", name).level is level


@pytest.mark.parametrize("code", ["2", 2])
def test_codes_are_text_or_numbers(code: str | int) -> None:
    event = f'[{{"service":"s3","status":{code!r},"summary":"Slow","date":"1"}}]'
    report = read("aws-currentevents", event.replace("'", '"'))
    assert (report.level, report.incidents[0].level) == (Level.DEGRADED, Level.DEGRADED)


def test_parts_stand_in_the_group_of_their_region_and_the_worst_word_counts() -> None:
    report = shelved("aws-currentevents", "one-region-down.json")
    assert [(c.id, c.group, c.level) for c in report.components] == [
        ("ec2-xx-north-1", "xx-north-1", Level.MAJOR),
        ("s3-xx-north-1", "xx-north-1", Level.DEGRADED),
        ("iam", "global", Level.DEGRADED),
    ]


def test_a_service_named_twice_is_as_bad_as_the_worse_of_the_two() -> None:
    event = '{"service":"s3","status":%s,"summary":"Slow","date":"%s"}'
    body = f"[{event % (2, 1)},{event % (3, 2)}]"
    report = read("aws-currentevents", body)
    assert [c.level for c in report.components] == [Level.MAJOR]


def test_a_part_with_a_new_code_takes_the_all_well_away() -> None:
    body = (
        '[{"service":"s3","status":1,"summary":"Note","date":"1",'
        '"impacted_services":{"s3":{"current":"9"}}}]'
    )
    assert read("aws-currentevents", body).level is None


def test_the_region_comes_from_the_arn_or_from_the_end_of_the_name() -> None:
    incidents = shelved("aws-currentevents", "one-region-down.json").incidents
    assert [i.places[0] for i in incidents[:4]] == [
        Place("xx-north-1", "Spitsbergen"),
        Place("xx-north-1", "Spitsbergen"),
        Place("global", "global"),
        Place("us-gov-west-1", "us-gov-west-1"),
    ]


def test_what_is_marked_resolved_is_over() -> None:
    *_, marked, coded = shelved("aws-currentevents", "one-region-down.json").incidents
    assert (marked.open, coded.open) == (False, False)
    assert (marked.title, marked.phase) == ("EC2: Slow starts", Phase.RESOLVED)
    assert marked.ended_at == datetime.fromtimestamp(1791093600, UTC)
    assert coded.ended_at is None


def test_updates_run_the_other_way_on_the_wire() -> None:
    incident = shelved("aws-currentevents", "one-region-down.json").incidents[0]
    assert incident.title == "Multiple services: Loss of power"
    assert [u.text for u in incident.updates] == [
        "Power is back in one of three zones.",
        "We are investigating a loss of power.",
    ]


@pytest.mark.parametrize("end", ["", "/public/currentevents"])
def test_the_dashboard_is_asked_for_current_events(end: str) -> None:
    page = "https://health.aws.example"
    source = aws.build(spec("aws-currentevents", f"{page}{end}"))
    assert (source.info.page, source.info.urls) == (
        page,
        (f"{page}/public/currentevents",),
    )


def test_a_word_for_a_level_is_made_plain() -> None:
    body = """[{"service": "oven-eu-west-1", "status": "<b>9\\u202e</b>",
        "summary": "Cold", "date": 1791100000}]"""
    [part] = read("aws-currentevents", body).components
    assert (part.raw, part.level) == ("9", None)
