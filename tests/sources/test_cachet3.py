from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import cachet3
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved, spec

PAGE = "https://status.loom.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("partial.json", Level.PARTIAL),
        ("new-word.json", None),
        ("components.json", Level.MAJOR),
        ("incidents.json", Level.DEGRADED),
        ("schedules.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_parts_and_open_incidents(
    name: str, level: Level | None
) -> None:
    assert shelved("cachet3", name).level is level


def test_numbers_stand_alone_or_with_a_word_and_five_is_unknown() -> None:
    parts = shelved("cachet3", "components.json").components
    assert [(c.name, c.level) for c in parts] == [
        ("Loom", Level.MAJOR),
        ("Wheel", Level.MAINTENANCE),
        ("Shed", None),
        ("Roof", Level.OPERATIONAL),
        ("Wall", None),
    ]


def test_a_state_we_do_not_know_counts_as_open() -> None:
    stuck, lost, riddle = shelved("cachet3", "incidents.json").incidents
    assert (stuck.open, stuck.phase) == (True, Phase.IDENTIFIED)
    assert stuck.started_at == datetime(2026, 10, 4, 7, tzinfo=UTC)
    assert [u.text for u in stuck.updates] == ["A thread *broke*."]
    assert (lost.open, lost.ended_at) == (False, datetime(2026, 10, 1, 9, tzinfo=UTC))
    assert (riddle.open, riddle.phase) == (True, None)


def test_planned_work_in_a_new_state_is_left_out() -> None:
    later, now = shelved("cachet3", "schedules.json").maintenances
    assert later.state is MaintenanceState.SCHEDULED
    assert [u.text for u in later.updates] == ["Come back later."]
    assert now.state is MaintenanceState.IN_PROGRESS
    assert now.starts_at == datetime(2026, 10, 4, 7, tzinfo=UTC)


def test_a_list_of_something_else_is_refused() -> None:
    item = '{"id": "1", "type": "metrics", "attributes": {"name": "Heat", "status": 1}}'
    with pytest.raises(Unreadable):
        read("cachet3", f'{{"data": [{item}]}}')


@pytest.mark.parametrize("end", ["", "/", "/api/status"])
def test_four_bodies_are_one_report(end: str) -> None:
    source = cachet3.build(spec("cachet3", f"{PAGE}{end}"))
    names = ("all-well.json", "components.json", "incidents.json", "schedules.json")
    bodies = [(FIXTURES / "cachet3" / name).read_bytes() for name in names]
    web = RecordedWeb(dict(zip(source.info.urls, bodies, strict=True)))
    report = asyncio.run(source.read(web))
    assert source.info.urls[0] == f"{PAGE}/api/status"
    assert (report.level, report.headline) == (Level.MAJOR, "All systems are fine.")
    assert (len(report.open_incidents), len(report.maintenances)) == (2, 2)
