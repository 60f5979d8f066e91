from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import openstatus
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("maintenance.json", Level.MAINTENANCE),
        ("incident.json", Level.DEGRADED),
        ("outage.json", Level.MAJOR),
        ("unknown.json", None),
    ],
)
def test_one_word_is_all_there_is(name: str, level: Level | None) -> None:
    assert shelved("openstatus", name).level is level


def test_a_word_among_others_is_another_format() -> None:
    with pytest.raises(Unreadable):
        read("openstatus", '{"status": "operational", "page": "somebody"}')


def test_a_page_is_asked_for_by_its_slug() -> None:
    source = openstatus.build(spec("openstatus", "https://finch.openstatus.dev"))
    path = "/public/status/finch"
    assert source.info.urls == (f"https://api.openstatus.dev{path}",)
    named = replace(
        spec("openstatus", "https://status.finch.example"),
        options={"slug": ("finch",), "api": ("http://127.0.0.1:8001",)},
    )
    assert openstatus.build(named).info.urls == (f"http://127.0.0.1:8001{path}",)
    with pytest.raises(CatalogError):
        openstatus.build(replace(named, options={}))
