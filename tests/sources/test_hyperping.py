from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import hyperping
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("incident.json", Level.DEGRADED),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("new-word.json", None),
    ],
)
def test_the_level_is_the_word_of_the_page(name: str, level: Level | None) -> None:
    assert shelved("hyperping", name).level is level


def test_a_word_without_its_number_is_somebody_elses() -> None:
    with pytest.raises(Unreadable):
        read("hyperping", '{"indicator": "up"}')


@pytest.mark.parametrize("end", ["", "/status.json"])
def test_hyperping_is_asked_for_its_status(end: str) -> None:
    info = hyperping.build(spec("hyperping", f"https://status.example{end}")).info
    assert info.urls == ("https://status.example/status.json",)
    assert (info.page, info.verified) == ("https://status.example", False)
