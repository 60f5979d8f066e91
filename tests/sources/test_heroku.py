from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase, Place
from downlight.sources.vendors import heroku
from tests.sources.shelf import FIXTURES, ID, answer, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well-forgotten-work.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_systems_and_open_incidents(
    name: str, level: Level | None
) -> None:
    assert shelved("heroku", name).level is level


def test_the_state_is_believed_and_resolved_is_not() -> None:
    now, over = shelved("heroku", "outage.json").incidents
    assert (now.open, now.phase, now.level) == (True, Phase.INVESTIGATING, Level.MAJOR)
    assert [u.phase for u in now.updates] == [Phase.IDENTIFIED, Phase.INVESTIGATING]
    assert now.updates[0].text == "We know why."
    assert now.component_ids == ("Apps", "Data")
    assert now.places == (Place("EMEA", "EMEA"), Place("NA", "NA"))
    assert now.url == "https://kettle-status.example/80"
    assert (over.open, over.ended_at) == (False, None)


def test_a_state_we_do_not_know_counts_as_open() -> None:
    odd = shelved("heroku", "new-words.json").incidents[0]
    assert (odd.open, odd.level, odd.phase) == (True, None, None)


def test_planned_work_that_is_done_or_forgotten_is_over() -> None:
    body = (FIXTURES / "heroku" / "all-well-forgotten-work.json").read_bytes()
    now = heroku.parse(ID, answer(body))
    later = heroku.parse(ID, replace(answer(body), at=now.at + timedelta(days=9)))
    done, scheduled = MaintenanceState.COMPLETED, MaintenanceState.SCHEDULED
    assert [w.state for w in now.maintenances] == [done, done, scheduled]
    assert [w.state for w in later.maintenances] == [done, done, done]


def test_planned_work_may_be_going_on() -> None:
    work = shelved("heroku", "outage.json").maintenances[0]
    assert work.state is MaintenanceState.IN_PROGRESS


@pytest.mark.parametrize("end", ["", "/", "/api/v4/current-status"])
def test_heroku_is_asked_for_what_is_current(end: str) -> None:
    source = heroku.build(spec("heroku", f"https://heroku.example{end}"))
    assert source.info.urls == ("https://heroku.example/api/v4/current-status",)
    assert source.timed


def test_an_end_is_the_last_message_and_not_a_time_that_ticks_by_itself() -> None:
    text = (FIXTURES / "heroku" / "outage.json").read_text("utf-8")
    told = json.loads(text)
    told["incidents"][1]["updates"] = [
        {"created_at": "2026-10-03T07:50:00Z", "update_type": "resolved"}
    ]
    first = heroku.parse(ID, answer(json.dumps(told)))
    for incident in told["incidents"]:
        incident["updated_at"] = "2026-10-04T08:59:59Z"
    assert heroku.parse(ID, answer(json.dumps(told))).says_the_same(first)
    assert first.incidents[1].ended_at == datetime(2026, 10, 3, 7, 50, tzinfo=UTC)
