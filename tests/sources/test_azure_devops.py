from __future__ import annotations

import pytest

from downlight.core.level import Level
from downlight.sources.vendors import azure_devops
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_page_and_places(
    name: str, level: Level | None
) -> None:
    assert shelved("azure-devops", name).level is level


def test_a_healthy_page_does_not_outvote_a_place() -> None:
    body = """{"status": {"health": "healthy"}, "services": [
        {"id": "Cards", "geographies": [{"id": "BR", "health": "degraded"}]}]}"""
    assert read("azure-devops", body).level is Level.DEGRADED


def test_a_part_is_a_service_in_a_geography() -> None:
    report = shelved("azure-devops", "made-up-outage.json")
    assert report.headline == "Cards are lost in Brazil"
    assert [(c.id, c.name, c.group, c.region, c.level) for c in report.components] == [
        ("Cards/BR", "Cards", "Brazil", "BR", Level.MAJOR),
        ("Cards/IN", "Cards", "India", "IN", Level.DEGRADED),
        ("Builds/BR", "Builds", "BR", "BR", None),
    ]


@pytest.mark.parametrize("end", ["", "/_apis/status/health?api-version=1.0"])
def test_the_page_is_asked_for_its_health(end: str) -> None:
    source = azure_devops.build(spec("azure-devops", f"https://dev.example{end}"))
    assert source.info.urls == (
        "https://dev.example/_apis/status/health?api-version=7.2-preview.1",
    )
    assert not source.info.verified
