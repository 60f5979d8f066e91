from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Place
from downlight.sources.vendors import psn
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-inside.json", Level.DEGRADED),
        ("made-up-new-word.json", None),
    ],
)
def test_nothing_listed_means_well_and_what_is_listed_counts(
    name: str, level: Level | None
) -> None:
    assert shelved("psn", name).level is level


def test_rows_of_countries_and_services_count_too() -> None:
    incidents = shelved("psn", "made-up-outage.json").incidents
    assert [(i.id, i.title, i.open) for i in incidents] == [
        ("TEAA/77", "TEAA: Outage", True),
        ("br/br/77", "br: Degraded", True),
        ("br/Store/80", "Store: OK", False),
    ]
    assert incidents[1].places == (Place("BR", "BR"),)


def test_planned_work_is_no_incident() -> None:
    work = shelved("psn", "made-up-outage.json").maintenances[0]
    assert (work.id, work.state) == ("TEAA/78", MaintenanceState.IN_PROGRESS)
    body = """{"regionName": "TEAA", "status":
        [{"statusId": 1, "statusType": "Maintenance"}]}"""
    report = read("psn", body)
    assert (report.level, report.incidents) == (Level.MAINTENANCE, ())


@pytest.mark.parametrize(
    ("end", "options", "region"),
    [
        ("", {}, "SCEA"),
        ("", {"region": ("SCEE",)}, "SCEE"),
        ("/data/statuses/region/SCEJA.json", {}, "SCEJA"),
    ],
)
def test_one_region_is_asked_for(
    end: str, options: dict[str, tuple[str, ...]], region: str
) -> None:
    told = replace(spec("psn", f"https://psn.example{end}"), options=options)
    source = psn.build(told)
    assert source.info.urls == (
        f"https://psn.example/data/statuses/region/{region}.json",
    )
    assert source.info.page == "https://psn.example"
    assert not source.info.verified


def test_one_number_under_two_services_is_two_incidents_with_lasting_names() -> None:
    def told(*names: str) -> set[str]:
        services = ",".join(
            f'{{"serviceName": "{name}", "status": '
            '[{"statusId": 7, "statusType": "Outage"}]}'
            for name in names
        )
        country = f'{{"countryCode": "no", "status": [], "services": [{services}]}}'
        body = f'{{"regionName": "N", "status": [], "countries": [{country}]}}'
        return {incident.id for incident in read("psn", body).incidents}

    assert told("Store", "Games") < told("Video", "Store", "Games")
