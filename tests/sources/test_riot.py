from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from downlight.core.errors import NoKey, Unreadable
from downlight.core.level import Level
from downlight.core.model import MaintenanceState
from downlight.sources.vendors import riot
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec

PAGE = "https://riot.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-word.json", None),
    ],
)
def test_nothing_listed_means_well(name: str, level: Level | None) -> None:
    assert shelved("riot", name).level is level


def test_english_comes_first_and_any_language_before_none() -> None:
    report = shelved("riot", "made-up-outage.json")
    assert [i.title for i in report.incidents] == ["No tea", "Weak tea"]
    assert [u.text for u in report.incidents[0].updates] == ["We know.", "We look."]
    assert [(w.title, w.state) for w in report.maintenances] == [
        ("Neue Rohre", MaintenanceState.IN_PROGRESS),
        ("", MaintenanceState.SCHEDULED),
    ]


def test_the_refusal_without_a_key_is_no_status() -> None:
    with pytest.raises(Unreadable):
        read("riot", '{"status": {"message": "no key", "status_code": 401}}')


def test_it_is_asked_with_the_key() -> None:
    page = OnePage((FIXTURES / "riot" / "made-up-all-well.json").read_bytes())
    page.secrets["riot"] = "abc"
    source = riot.build(spec("riot", PAGE))
    first = asyncio.run(source.read(page))
    again = asyncio.run(source.read(page, first))
    assert again.level is first.level is Level.OPERATIONAL
    url = "https://euw1.api.riotgames.com/lol/status/v4/platform-data"
    assert page.asked == [url, url]
    assert page.sent[0] == {"X-Riot-Token": "abc"}
    assert not source.info.verified


def test_without_a_key_nothing_is_asked() -> None:
    page = OnePage(b"")
    with pytest.raises(NoKey, match="riot"):
        asyncio.run(riot.build(spec("riot", PAGE)).read(page))
    assert page.asked == []


@pytest.mark.parametrize(
    ("options", "url"),
    [
        (
            {"platform": ("br1",), "path": ("/val/status/v1/platform-data",)},
            "https://br1.api.riotgames.com/val/status/v1/platform-data",
        ),
        (
            {"api": ("http://127.0.0.1:8000/",)},
            "http://127.0.0.1:8000/lol/status/v4/platform-data",
        ),
    ],
)
def test_other_platforms_games_and_hosts_may_be_asked(
    options: dict[str, tuple[str, ...]], url: str
) -> None:
    source = riot.build(replace(spec("riot", PAGE), options=options))
    assert source.info.urls == (url,)
