from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.level import Level
from downlight.sources.vendors import auth0
from tests.sources.shelf import shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-empty.xml", None),
        ("made-up-forgotten.xml", None),
        ("made-up-open.xml", Level.DEGRADED),
    ],
)
def test_a_log_has_a_level_only_while_something_is_open(
    name: str, level: Level | None
) -> None:
    assert shelved("auth0", name).level is level


def test_entries_are_incidents() -> None:
    report = shelved("auth0", "made-up-open.xml")
    assert report.headline == "Doors"
    assert [(i.id, i.open) for i in report.incidents] == [("d2", True), ("d1", False)]


@pytest.mark.parametrize(
    ("end", "options", "path"),
    [
        ("", {}, "/api/rss"),
        ("/", {"domain": ("tea.eu.example",)}, "/api/rss?domain=tea.eu.example"),
        ("", {"domain": ("a&b",)}, "/api/rss?domain=a%26b"),
        ("/api/rss?domain=x.example", {}, "/api/rss?domain=x.example"),
    ],
)
def test_the_feed_is_of_one_tenant(
    end: str, options: dict[str, tuple[str, ...]], path: str
) -> None:
    told = replace(spec("auth0", f"https://auth.example{end}"), options=options)
    source = auth0.build(told)
    assert source.info.urls == (f"https://auth.example{path}",)
    assert source.info.page == "https://auth.example"
    assert (source.info.verified, source.timed) == (False, True)
