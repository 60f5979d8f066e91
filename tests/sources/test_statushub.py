from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import statushub
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("affected.json", Level.DEGRADED),
        ("one-down.json", Level.PARTIAL),
        ("all-down.json", Level.MAJOR),
        ("nothing-counted.json", None),
    ],
)
def test_the_level_hangs_on_how_many_are_down(name: str, level: Level | None) -> None:
    assert shelved("statushub", name).level is level


@pytest.mark.parametrize("down", ["-1", '"0"', "null"])
def test_what_is_no_count_is_refused(down: str) -> None:
    with pytest.raises(Unreadable):
        read(
            "statushub",
            '{"counters": {"count_status_1": 3, "count_status_2": 0, '
            f'"count_status_3": {down}}}}}',
        )


@pytest.mark.parametrize("end", ["", "/api/statuses"])
def test_statushub_is_asked_for_its_counts(end: str) -> None:
    info = statushub.build(spec("statushub", f"https://status.example{end}")).info
    assert info.urls == ("https://status.example/api/statuses",)
    assert (info.page, info.verified) == ("https://status.example", False)
