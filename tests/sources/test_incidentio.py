from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest

from downlight.core.errors import Refused, SourceError, Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Phase
from downlight.sources.hosted import incidentio, incidentio_widget
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved, spec

PAGE = "https://status.shelf.example"
WEB_PAGE = FIXTURES / "incidentio-page" / "web-page.html"


def pushed(*pieces: str) -> str:
    """Return a web page into which a program pushes these pieces of text."""
    pushes = (f"self.__next_f.push([1,{json.dumps(piece)}])" for piece in pieces)
    return f"<html><script>{';'.join(pushes)}</script></html>"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("proxy-all-well.json", Level.OPERATIONAL),
        ("embedded-outage.json", Level.PARTIAL),
        ("maintenance.json", Level.MAINTENANCE),
        ("information.json", Level.OPERATIONAL),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_incidents_and_components(
    name: str, level: Level | None
) -> None:
    assert shelved("incidentio-page", name).level is level


def test_only_parts_in_trouble_are_named_and_the_others_are_well() -> None:
    report = shelved("incidentio-page", "embedded-outage.json")
    assert [(c.group, c.name, c.level) for c in report.components] == [
        ("Online", "Web shop", Level.OPERATIONAL),
        ("Online", "Orders API", Level.PARTIAL),
        (None, "Warehouse lift", Level.OPERATIONAL),
    ]


def test_an_incident_counts_as_declared_while_it_is_open() -> None:
    incident = shelved("incidentio-page", "embedded-outage.json").incidents[0]
    assert incident.level is Level.PARTIAL
    assert (incident.phase, incident.open) == (Phase.MONITORING, True)
    assert incident.started_at == datetime(2026, 10, 4, 8, 0, 0, 250000, tzinfo=UTC)
    assert incident.url == (
        "https://status.shelf.example/incidents/01KPSHELF00000000000000INC"
    )


def test_updates_run_the_other_way_on_the_wire() -> None:
    updates = shelved("incidentio-page", "embedded-outage.json").incidents[0].updates
    assert [u.id for u in updates] == ["u4", "u3", "u2", "u1"]


def test_what_somebody_wrote_is_not_taken_for_absent() -> None:
    updates = shelved("incidentio-page", "embedded-outage.json").incidents[0].updates
    assert updates[0].text.endswith('He said "$undefined" aloud.')


def test_without_parts_the_stretch_that_goes_on_gives_the_impact() -> None:
    incident = shelved("incidentio-page", "information.json").incidents[0]
    assert (incident.level, incident.updates) == (Level.OPERATIONAL, ())


def test_an_incident_that_says_nothing_of_its_impact_is_not_rated() -> None:
    body = (
        '{"id": "p", "components": [{"id": "a", "name": "A"}], "ongoing_incidents":'
        ' [{"id": "i", "name": "I", "status": "investigating"}]}'
    )
    report = read("incidentio-page", body)
    assert (report.level, report.incidents[0].level) == (None, None)
    assert report.incidents[0].url == ""


def test_an_incident_that_is_over_has_an_end() -> None:
    body = (
        '{"id": "p", "components": [], "ongoing_incidents": [{"id": "i", "name": "I",'
        ' "status": "resolved", "updates": [{"published_at": "2026-10-04T08:00:00Z"},'
        ' {"published_at": "$undefined"}]}]}'
    )
    incident = read("incidentio-page", body).incidents[0]
    assert not incident.open
    assert incident.ended_at == datetime(2026, 10, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(("word", "level"), [("full_outage", Level.MAJOR), ("x", None)])
def test_a_part_in_trouble_counts_even_when_it_is_not_listed(
    word: str, level: Level | None
) -> None:
    body = (
        '{"id": "p", "components": [{"id": "a", "name": "A"}], "ongoing_incidents": [],'
        f' "affected_components": [{{"component_id": "b", "status": "{word}"}}]}}'
    )
    report = read("incidentio-page", body)
    assert report.level is level
    assert [(c.name, c.level) for c in report.components] == [("A", Level.OPERATIONAL)]


def test_a_page_that_tells_of_no_trouble_at_all_has_not_said_that_all_is_well() -> None:
    body = (
        '{"id": "p", "components": [{"id": "a", "name": "A"}],'
        ' "ongoing_incidents": "$undefined"}'
    )
    assert read("incidentio-page", body).level is None


def test_planned_work_is_no_incident_even_when_it_is_listed_as_one() -> None:
    report = shelved("incidentio-page", "maintenance.json")
    assert report.incidents == ()
    assert [(w.state, w.starts_at) for w in report.maintenances] == [
        (MaintenanceState.IN_PROGRESS, datetime(2026, 10, 1, 8, tzinfo=UTC)),
        (MaintenanceState.SCHEDULED, datetime(2026, 10, 8, 8, tzinfo=UTC)),
    ]


def test_the_page_is_asked_through_its_proxy() -> None:
    source = incidentio.build(spec("incidentio-page", "https://status.shelf.example/"))
    assert source.info.urls == (
        "https://status.shelf.example/proxy/status.shelf.example",
    )


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("trouble.json", Level.PARTIAL),
        ("new-words.json", None),
    ],
)
def test_the_widget_lists_only_what_goes_on(name: str, level: Level | None) -> None:
    assert shelved("incidentio-widget", name).level is level


def test_the_widget_tells_of_parts_updates_and_planned_work() -> None:
    report = shelved("incidentio-widget", "trouble.json")
    incident = report.incidents[0]
    assert [(c.group, c.name) for c in report.components] == [("Online", "Orders API")]
    assert incident.component_ids == (report.components[0].id,)
    assert [(u.text, u.phase) for u in incident.updates] == [
        ("We are on it.", Phase.IDENTIFIED)
    ]
    assert [w.state for w in report.maintenances] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.SCHEDULED,
    ]


def test_the_widget_may_leave_out_groups_and_messages() -> None:
    body = (
        '{"page_title": "T", "page_url": "u", "ongoing_incidents": [{"id": "i",'
        ' "name": "I", "status": "monitoring", "current_worst_impact":'
        ' "full_outage", "affected_components": [{"id": "a", "name": "A",'
        ' "current_status": "operational"}]}]}'
    )
    report = read("incidentio-widget", body)
    assert report.level is Level.MAJOR
    assert (report.components[0].group, report.incidents[0].updates) == (None, ())


def test_the_widget_was_never_seen_live_and_says_so() -> None:
    page = "https://status.shelf.example"
    source = incidentio_widget.build(spec("incidentio-widget", page))
    assert source.info.urls == (f"{page}/api/v1/summary",)
    assert not source.info.verified


def test_the_data_is_read_out_of_the_web_page_too() -> None:
    apart = shelved("incidentio-page", "embedded-outage.json")
    drawn = shelved("incidentio-page", "web-page.html")
    assert drawn == apart


@pytest.mark.parametrize(
    "page",
    [
        "<html>All systems operational</html>",
        pushed('{"affected_components":[],"component_impacts":[]}'),  # an incident
        pushed('{"affected_components":[],"allow_search_engine_indexing":true,"co'),
        pushed('{"affected_components":[],"allow_search_engine_indexing":true}'),
    ],
)
def test_a_web_page_without_the_whole_data_is_refused(page: str) -> None:
    with pytest.raises(Unreadable):
        read("incidentio-page", page)


@pytest.mark.parametrize("instead", [Refused(404), Refused(410), b"<!doctype html>"])
def test_where_the_data_is_not_to_be_had_alone_the_page_is_asked(
    instead: SourceError | bytes,
) -> None:
    apart = f"{PAGE}/proxy/status.shelf.example"
    web = RecordedWeb({apart: instead, PAGE: WEB_PAGE.read_bytes()})
    source = incidentio.build(spec("incidentio-page", PAGE))
    assert asyncio.run(source.read(web)).level is Level.PARTIAL
    assert (web.asked, web.accepted[1]) == ([apart, PAGE], "text/html")


def test_a_page_that_refuses_for_another_reason_is_not_asked_twice() -> None:
    apart = f"{PAGE}/proxy/status.shelf.example"
    web = RecordedWeb({apart: Refused(429), PAGE: WEB_PAGE.read_bytes()})
    with pytest.raises(SourceError):
        asyncio.run(incidentio.build(spec("incidentio-page", PAGE)).read(web))
    assert web.asked == [apart]
