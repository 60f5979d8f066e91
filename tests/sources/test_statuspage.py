from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import statuspage
from tests.sources.shelf import read, shelved, spec

LEVELS = {
    "all-well.json": Level.OPERATIONAL,
    "outage.json": Level.MAJOR,
    "maintenance.json": Level.MAINTENANCE,
    "maintenance-over-major.json": Level.PARTIAL,
    "none-but-critical.json": Level.MAJOR,
    "minor-without-incident.json": Level.PARTIAL,
    "information.json": Level.OPERATIONAL,
    "status-only.json": Level.PARTIAL,
    "components-only.json": Level.MAJOR,
    "incidents-only.json": None,
    "new-words.json": None,
    "history.atom": Level.DEGRADED,
}


@pytest.mark.parametrize(("name", "level"), LEVELS.items())
def test_the_level_is_the_worst_of_page_incidents_and_components(
    name: str, level: Level | None
) -> None:
    assert shelved("statuspage", name).level is level


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("none", Level.OPERATIONAL),
        ("maintenance", Level.MAINTENANCE),
        ("minor", Level.DEGRADED),
        ("major", Level.PARTIAL),
        ("critical", Level.MAJOR),
        ("Critical", Level.MAJOR),
        ("resting", None),
    ],
)
def test_every_indicator_has_its_level(word: str, level: Level | None) -> None:
    body = f'{{"status": {{"indicator": "{word}"}}}}'
    assert read("statuspage", body).level is level


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("operational", Level.OPERATIONAL),
        ("under_maintenance", Level.MAINTENANCE),
        ("under-maintenance", Level.MAINTENANCE),
        ("Degraded Performance", Level.DEGRADED),
        ("partial_outage", Level.PARTIAL),
        ("major_outage", Level.MAJOR),
        ("full_outage", Level.MAJOR),
        ("", None),
    ],
)
def test_every_word_for_a_component_has_its_level(
    word: str, level: Level | None
) -> None:
    body = f'{{"components": [{{"id": "a", "name": "A", "status": "{word}"}}]}}'
    report = read("statuspage", body)
    assert (report.level, report.components[0].level) == (level, level)
    assert report.components[0].raw == word


def test_an_open_incident_with_a_new_word_takes_the_all_well_away() -> None:
    report = shelved("statuspage", "new-words.json")
    assert [i.level for i in report.open_incidents] == [None]
    assert [c.level for c in report.components] == [None, Level.OPERATIONAL]


def test_rows_that_hold_others_are_groups_and_not_parts() -> None:
    report = shelved("statuspage", "outage.json")
    assert [(c.group, c.name) for c in report.components] == [
        ("Europe", "Inbound"),
        ("Europe", "Outbound"),
        ("Americas", "Inbound"),
        (None, "Webmail"),
    ]


def test_a_group_without_a_row_goes_by_its_id() -> None:
    row = '{"id": "a", "name": "A", "status": "operational", "group_id": "g"}'
    report = read("statuspage", f'{{"components": [{row}]}}')
    assert report.components[0].group == "g"


def test_an_incident_is_told_with_everything_it_says() -> None:
    incident = shelved("statuspage", "outage.json").incidents[0]
    assert incident.phase is Phase.IDENTIFIED
    assert incident.open
    assert incident.started_at == datetime(2026, 10, 4, 7, 12, tzinfo=UTC)
    assert incident.ended_at is None
    assert incident.component_ids == ("inb000000001", "out000000001")
    assert incident.url == "https://stspg.example/qu3u3stuck01"


def test_updates_are_plain_text_and_the_newest_comes_first() -> None:
    updates = shelved("statuspage", "outage.json").incidents[0].updates
    assert [(u.id, u.phase) for u in updates] == [
        ("up0000000003", Phase.MONITORING),
        ("up0000000002", Phase.IDENTIFIED),
        ("up0000000001", Phase.INVESTIGATING),
    ]
    assert updates[1].text == (
        "A disk array in Porto failed. No mail is lost & all of it is queued."
    )
    # Dated back by its author, and in the page's own time zone.
    assert updates[2].at == datetime(2026, 10, 4, 7, 5, tzinfo=UTC)


def test_planned_work_goes_by_its_schedule_not_by_when_it_was_written() -> None:
    works = shelved("statuspage", "maintenance.json").maintenances
    assert [w.state for w in works] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
        MaintenanceState.VERIFYING,
        MaintenanceState.COMPLETED,
    ]
    assert works[1].starts_at == datetime(2026, 10, 9, 8, tzinfo=UTC)
    assert works[1].ends_at == datetime(2026, 10, 9, 10, tzinfo=UTC)
    assert works[0].component_ids == ("web000000001",)


@pytest.mark.parametrize("state", ["scheduled", "in_progress", "completed"])
def test_planned_work_among_the_incidents_is_no_outage(state: str) -> None:
    body = (
        '{"status": {"indicator": "none"}, "incidents": [{"id": "i", "name": "I",'
        f' "impact": "major", "status": "{state}"}}]}}'
    )
    report = read("statuspage", body)
    assert (report.level, report.incidents) == (Level.OPERATIONAL, ())
    assert [work.state for work in report.maintenances] == [state]


def test_closed_incidents_are_kept_but_do_not_count() -> None:
    report = shelved("statuspage", "incidents-only.json")
    assert report.open_incidents == ()
    assert [i.phase for i in report.incidents] == [
        Phase.RESOLVED,
        Phase.POSTMORTEM,
        None,
    ]
    assert report.incidents[0].ended_at == datetime(2026, 9, 30, 11, tzinfo=UTC)


def test_a_history_feed_tells_of_incidents_and_not_of_the_present() -> None:
    report = shelved("statuspage", "history.atom")
    now, over, work = report.incidents
    assert (now.phase, now.open, now.started_at) == (Phase.IDENTIFIED, True, None)
    assert now.updates[0].text.endswith("A disk array in Porto failed.")
    assert (over.phase, over.open, over.level) == (Phase.RESOLVED, False, None)
    assert over.ended_at == datetime(2026, 9, 30, 11, tzinfo=UTC)
    assert not work.open


def test_a_history_feed_with_nothing_open_has_no_level() -> None:
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>"
    assert read("statuspage", body).level is None


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("status-only.json", Level.OPERATIONAL),
        ("incidents.json", Level.OPERATIONAL),
    ],
)
def test_the_imitation_of_incident_io_is_read_as_well(
    name: str, level: Level | None
) -> None:
    assert shelved("incidentio-compat", name).level is level


def test_incident_io_leaves_out_half_of_it_and_the_link_is_made() -> None:
    incident = shelved("incidentio-compat", "outage.json").incidents[0]
    assert incident.started_at == datetime(2026, 10, 4, 8, 41, tzinfo=UTC)
    assert incident.url == (
        "https://status.playground.example/incidents/01KP1AYGR0UND00000000000I1"
    )
    assert incident.component_ids == ()


def test_a_resolved_update_in_mid_list_does_not_close_a_reopened_incident() -> None:
    incident = shelved("incidentio-compat", "incidents.json").incidents[0]
    assert incident.open
    assert [u.phase for u in incident.updates] == [
        Phase.IDENTIFIED,
        Phase.RESOLVED,
        Phase.INVESTIGATING,
    ]


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "RouteNotFound", "message": "no such route"}',
        '{"status": {"message": "no key", "status_code": 401}}',
        '{"incidents": null, "components": null}',
        '{"page": {"id": "x"}}',
    ],
)
def test_an_error_object_is_not_a_status(body: str) -> None:
    with pytest.raises(Unreadable):
        read("statuspage", body)


def test_a_page_is_asked_for_its_summary() -> None:
    source = statuspage.build(spec("statuspage", "https://status.harbour.example/"))
    assert source.info.urls == ("https://status.harbour.example/api/v2/summary.json",)
    assert source.info.page == "https://status.harbour.example"
    assert source.info.cadence.every == timedelta(minutes=3)


def test_a_page_that_has_only_one_file_is_asked_for_that() -> None:
    url = "https://status.harbour.example/api/v2/status.json"
    source = statuspage.build(spec("statuspage", url))
    assert source.info.urls == (url,)
    assert source.info.page == "https://status.harbour.example"


def test_a_page_with_huge_answers_is_asked_less_often() -> None:
    source = statuspage.build(spec("statuspage", "https://www.cloudflarestatus.com"))
    assert source.info.cadence.every == timedelta(minutes=5)


def test_a_page_that_only_looks_like_it_is_asked_where_it_answers() -> None:
    url = "https://status.cal.example/api/status/summary.json"
    info = statuspage.build(spec("statuspage", url)).info
    assert (info.urls, info.page) == ((url,), "https://status.cal.example")


@pytest.mark.parametrize("end", ["", "/api/v1/status.json"])
def test_rootly_says_the_same_at_another_place(end: str) -> None:
    page = "https://status.cellar.example"
    info = statuspage.build(spec("rootly", f"{page}{end}")).info
    assert (info.urls, info.page) == ((f"{page}/api/v1/status.json",), page)
    assert not info.verified
    assert shelved("rootly", "all-well.json").level is Level.OPERATIONAL
    assert shelved("rootly", "outage.json").level is Level.MAJOR
