from __future__ import annotations

import pytest

from downlight.core.level import Level
from downlight.sources.hosted import gatus
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("one-down.json", Level.PARTIAL),
        ("all-down.json", Level.MAJOR),
        ("no-results.json", None),
    ],
)
def test_an_endpoint_is_as_its_last_result_was(name: str, level: Level | None) -> None:
    assert shelved("gatus", name).level is level


def test_an_endpoint_without_results_is_not_known() -> None:
    parts = shelved("gatus", "no-results.json").components
    assert [(c.name, c.group, c.level) for c in parts] == [
        ("door", "house", None),
        ("_gate", None, None),
        ("shed", "yard", Level.OPERATIONAL),
    ]


def test_no_endpoints_are_no_news() -> None:
    assert read("gatus", "[]").level is None


@pytest.mark.parametrize("end", ["", "/", "/api/v1/endpoints/statuses?page=1"])
def test_one_result_of_each_endpoint_is_asked_for(end: str) -> None:
    page = "http://127.0.0.1:8080"
    source = gatus.build(spec("gatus", f"{page}{end}"))
    path = "/api/v1/endpoints/statuses?page=1&pageSize=1"
    assert (source.info.urls, source.info.page) == ((f"{page}{path}",), page)
