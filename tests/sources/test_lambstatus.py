from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import lambstatus
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("maintenance.json", Level.MAINTENANCE),
        ("outage.json", Level.MAJOR),
        ("new-word.json", None),
    ],
)
def test_the_level_is_the_worst_of_its_components(
    name: str, level: Level | None
) -> None:
    assert shelved("lambstatus", name).level is level


@pytest.mark.parametrize("body", ["[]", '[{"name": "A", "status": "operational"}]'])
def test_a_list_without_one_of_its_words_is_another_format(body: str) -> None:
    with pytest.raises(Unreadable):
        read("lambstatus", body)


@pytest.mark.parametrize("end", ["", "/", "/api/components"])
def test_the_list_of_components_is_asked_for(end: str) -> None:
    page = "https://status.lamb.example"
    source = lambstatus.build(spec("lambstatus", f"{page}{end}"))
    assert source.info.urls == (f"{page}/api/components",)
