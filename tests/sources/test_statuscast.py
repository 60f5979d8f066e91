from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import statuscast
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("new-word.json", None),
    ],
)
def test_the_level_is_the_word_of_the_page(name: str, level: Level | None) -> None:
    assert shelved("statuscast", name).level is level


def test_the_text_of_the_page_is_its_headline() -> None:
    assert shelved("statuscast", "outage.json").headline == "The shelves fell"
    assert shelved("statuscast", "maintenance.json").headline == ""


def test_a_word_without_its_time_is_somebody_elses() -> None:
    with pytest.raises(Unreadable):
        read("statuscast", '{"Status": "Available"}')


@pytest.mark.parametrize("end", ["", "/status.json"])
def test_statuscast_is_asked_for_its_status(end: str) -> None:
    info = statuscast.build(spec("statuscast", f"https://x.status.page{end}")).info
    assert info.urls == ("https://x.status.page/status.json",)
    assert (info.page, info.verified) == ("https://x.status.page", False)
