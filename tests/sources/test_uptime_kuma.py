from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState
from downlight.sources.hosted import uptime_kuma
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, ID, answer, read, shelved, spec

SHELF = FIXTURES / "uptime-kuma"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("beats-all-well.json", Level.OPERATIONAL),
        ("beats-pending.json", Level.DEGRADED),
        ("beats-maintenance.json", Level.MAINTENANCE),
        ("beats-one-down.json", Level.PARTIAL),
        ("beats-all-down.json", Level.MAJOR),
        ("beats-odd.json", None),
        ("page.json", None),
        ("page-incidents.json", Level.DEGRADED),
        ("page-one-incident.json", None),
    ],
)
def test_a_monitor_is_as_its_last_heartbeat_was(name: str, level: Level | None) -> None:
    assert shelved("uptime-kuma", name).level is level


@pytest.mark.parametrize(
    ("beats", "level"),
    [
        ("beats-all-well.json", Level.DEGRADED),  # the incident is open
        ("beats-one-down.json", Level.PARTIAL),
        ("beats-odd.json", Level.DEGRADED),
    ],
)
def test_names_and_heartbeats_are_one_report(beats: str, level: Level) -> None:
    source = uptime_kuma.build(
        spec("uptime-kuma", "http://127.0.0.1:3001/status/attic")
    )
    names = ("page-incidents.json", beats)
    bodies = [(SHELF / name).read_bytes() for name in names]
    web = RecordedWeb(dict(zip(source.info.urls, bodies, strict=True)))
    report = asyncio.run(source.read(web))
    assert report.level is level
    assert [(c.id, c.name, c.group) for c in report.components] == [
        ("3", "Lid", "Boxes"),
        ("4", "Hinge", "Boxes"),
        ("5", "Roof", "Beams"),
    ]


def test_a_monitor_without_a_heartbeat_or_with_a_new_one_is_not_known() -> None:
    bodies = [(SHELF / n).read_bytes() for n in ("page.json", "beats-odd.json")]
    report = uptime_kuma.read(ID, [answer(body) for body in bodies])
    assert [c.level for c in report.components] == [None, None, Level.OPERATIONAL]
    assert report.level is None


def test_a_colour_says_whether_it_is_trouble_but_not_how_bad() -> None:
    report = shelved("uptime-kuma", "page-incidents.json")
    assert [(i.title, i.level, i.open) for i in report.incidents] == [
        ("Squirrels", Level.DEGRADED, True),
        ("Tea at four", Level.OPERATIONAL, True),
        ("Was dusty", Level.DEGRADED, False),
    ]
    update = report.incidents[0].updates[0]
    assert update.text == "They are in."
    assert update.at == datetime(2026, 10, 4, 7, 30, 0, 123000, tzinfo=UTC)
    assert shelved("uptime-kuma", "page-one-incident.json").incidents[0].level is None


def test_planned_work_in_another_state_is_left_out() -> None:
    report = shelved("uptime-kuma", "page-incidents.json")
    assert [work.state for work in report.maintenances] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
        MaintenanceState.COMPLETED,
    ]


def test_an_error_of_the_program_is_refused() -> None:
    with pytest.raises(Unreadable):
        read("uptime-kuma", '{"ok": false, "msg": "Status Page Not Found"}')


def test_the_slug_is_in_the_address_or_the_default() -> None:
    source = uptime_kuma.build(spec("uptime-kuma", "http://127.0.0.1:3001/"))
    assert source.info.urls == (
        "http://127.0.0.1:3001/api/status-page/default",
        "http://127.0.0.1:3001/api/status-page/heartbeat/default",
    )
    assert source.info.page == "http://127.0.0.1:3001/status/default"
