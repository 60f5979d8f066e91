from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.hosted import cstate
from tests.sources.shelf import shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("notice.json", Level.DEGRADED),
        ("outage.json", Level.MAJOR),
        ("new-words.json", None),
    ],
)
def test_the_level_is_the_worst_of_site_issues_and_systems(
    name: str, level: Level | None
) -> None:
    assert shelved("cstate", name).level is level


def test_down_is_worse_than_disrupted() -> None:
    parts = shelved("cstate", "outage.json").components
    assert [(c.name, c.level) for c in parts] == [
        ("Crane", Level.MAJOR),
        ("Pump", Level.PARTIAL),
    ]


def test_an_issue_stands_once_with_every_system_it_is_about() -> None:
    stuck, slow, visit, dark = shelved("cstate", "outage.json").incidents
    assert stuck.component_ids == ("Crane", "Pump")
    assert stuck.started_at == datetime(2026, 10, 4, 7, 10, tzinfo=UTC)
    assert stuck.url == "https://status.quarry.example/issues/crane/"
    assert (slow.level, visit.level) == (Level.PARTIAL, Level.OPERATIONAL)
    assert visit.component_ids == ()
    assert (dark.open, dark.phase) == (False, Phase.RESOLVED)
    assert dark.ended_at == datetime(2026, 10, 3, 7, 10, tzinfo=UTC)


def test_an_issue_without_an_address_is_known_by_its_title() -> None:
    assert [i.id for i in shelved("cstate", "notice.json").incidents] == ["Dust"]


@pytest.mark.parametrize("end", ["", "/", "/index.json"])
def test_the_index_stands_at_the_root(end: str) -> None:
    page = "https://status.quarry.example"
    source = cstate.build(spec("cstate", f"{page}{end}"))
    assert (source.info.urls, source.info.page) == ((f"{page}/index.json",), page)
