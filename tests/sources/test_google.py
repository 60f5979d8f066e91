from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase, Place
from downlight.sources.vendors import google
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("family", "name", "level"),
    [
        ("google-cloud", "nothing-open.json", Level.OPERATIONAL),
        ("google-cloud", "disruption.json", Level.PARTIAL),
        ("google-cloud", "outage.json", Level.MAJOR),
        ("google-cloud", "new-words.json", None),
        ("google-cloud", "form-of-2020.json", Level.PARTIAL),
        ("google-workspace", "information.json", Level.OPERATIONAL),
    ],
)
def test_the_level_is_the_worst_that_is_open(
    family: str, name: str, level: Level | None
) -> None:
    assert shelved(family, name).level is level


def test_no_incident_at_all_means_operational() -> None:
    assert read("google-cloud", "[]").level is Level.OPERATIONAL


def test_a_disruption_of_low_severity_is_a_degradation() -> None:
    report = shelved("google-cloud", "disruption.json")
    assert report.incidents[0].level is Level.DEGRADED


def test_an_incident_without_an_end_is_over_once_all_is_available_again() -> None:
    done = shelved("google-cloud", "disruption.json").incidents[2]
    assert (done.open, done.phase) == (False, Phase.RESOLVED)
    assert done.ended_at == datetime(2026, 10, 4, 6, 40, tzinfo=UTC)


def test_an_end_closes_an_incident_whatever_its_last_update_says() -> None:
    forgotten = shelved("google-cloud", "nothing-open.json").incidents[1]
    assert not forgotten.open


def test_products_ever_named_are_parts_and_as_bad_as_what_is_open_now() -> None:
    report = shelved("google-cloud", "disruption.json")
    assert {c.name: c.level for c in report.components} == {
        "Charts": Level.DEGRADED,
        "Queues": Level.PARTIAL,
        "Functions": Level.PARTIAL,
        "Virtual Machines": Level.OPERATIONAL,
    }


def test_a_product_goes_by_its_present_name() -> None:
    report = shelved("google-workspace", "information.json")
    assert report.components[0].name == "Letters"


def test_places_are_where_it_is_felt_now() -> None:
    low, now, _, nowhere, over = shelved("google-cloud", "disruption.json").incidents
    assert now.places == (Place("asia-south2", "Delhi"), Place("global", "Global"))
    assert over.places == (Place("europe-west12", "Turin"),)
    assert (low.places, nowhere.places) == ((), ())


def test_without_a_list_of_places_the_newest_update_names_them() -> None:
    incident = shelved("google-cloud", "outage.json").incidents[0]
    assert incident.places == (Place("asia-south2", "Delhi"),)


def test_the_title_is_what_follows_the_word_title() -> None:
    report = shelved("google-workspace", "information.json")
    assert report.incidents[0].title.startswith("Some people see an old logo")


def test_the_word_title_inside_a_title_stays() -> None:
    body = (
        '[{"begin": "2026-10-04T05:00:00Z", "service_key": "k", "service_name": "S",'
        ' "id": "i", "external_desc": "Pages lose their title: it is empty"}]'
    )
    title = read("google-cloud", body).incidents[0].title
    assert title == "Pages lose their title: it is empty"


def test_an_excerpt_may_hold_the_newest_update_alone() -> None:
    report = shelved("google-workspace", "information.json")
    assert len(report.incidents[0].updates) == 1


def test_updates_are_plain_text() -> None:
    updates = shelved("google-cloud", "disruption.json").incidents[1].updates
    assert updates[0].text == "Summary\nQueues lose their order.\nWorkaround\nNone."
    assert [u.phase for u in updates] == [None, None]


def test_updates_of_long_ago_are_left_out() -> None:
    new, _, old = shelved("google-cloud", "nothing-open.json").incidents
    assert [u.phase for u in new.updates] == [Phase.RESOLVED, None]
    assert old.updates == ()


def test_the_form_of_2020_is_read_by_severity_and_named_by_its_address() -> None:
    report = shelved("google-cloud", "form-of-2020.json")
    now, over = report.incidents
    assert (now.id, over.id) == ("/incident/buckets/20008", "machines/20008")
    assert (now.level, now.open, over.open) == (Level.PARTIAL, True, False)
    assert (over.title, over.level) == ("Machines", Level.MAJOR)
    assert [c.name for c in report.components] == ["Buckets", "Machines"]


def test_links_start_from_the_dashboard() -> None:
    url = "https://www.google.com/appsstatus/dashboard/incidents.json"
    incident = shelved("google-cloud", "outage.json", url).incidents[0]
    assert incident.url == (
        "https://www.google.com/appsstatus/dashboard/incidents/c10udOpen00000000001"
    )


@pytest.mark.parametrize("end", ["", "/", "/incidents.json"])
def test_a_dashboard_is_asked_for_its_incidents(end: str) -> None:
    source = google.build(spec("google-cloud", f"https://status.cloud.example{end}"))
    assert source.info.urls == ("https://status.cloud.example/incidents.json",)
    assert source.info.page == "https://status.cloud.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [("nothing-open.json", Level.OPERATIONAL), ("outage.json", Level.MAJOR)],
)
def test_the_dashboard_of_ads_puts_a_space_before_its_names(
    name: str, level: Level
) -> None:
    report = shelved("google-ads", name)
    assert (report.level, report.components[0].name) == (level, "Poster Board")
    assert report.components[0].id == "aDk1"
