from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import Unreadable
from downlight.sources.vendors import steam
from tests.sources.shelf import read, shelved, spec


def test_that_it_answers_says_nothing_of_how_it_is() -> None:
    report = shelved("steam", "answers.json")
    assert (report.level, report.headline) == (None, steam.ANSWERS)


@pytest.mark.parametrize(
    "body", ['{"servertime": 0, "servertimestring": ""}', '{"servertime": 1791100800}']
)
def test_an_answer_without_the_time_is_not_steams(body: str) -> None:
    with pytest.raises(Unreadable):
        read("steam", body)


@pytest.mark.parametrize(
    ("options", "host"),
    [
        ({}, "https://api.steampowered.com"),
        ({"api": ("http://127.0.0.1:8000",)}, "http://127.0.0.1:8000"),
    ],
)
def test_the_web_api_is_asked_for_its_time(
    options: dict[str, tuple[str, ...]], host: str
) -> None:
    page = "https://store.example"
    source = steam.build(replace(spec("steam", page), options=options))
    assert source.info.urls == (
        f"{host}/ISteamWebAPIUtil/GetServerInfo/v1/?format=json",
    )
    assert source.info.page == page
