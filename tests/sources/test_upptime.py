from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import upptime
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("slow.json", Level.DEGRADED),
        ("one-down.json", Level.PARTIAL),
        ("all-down.json", Level.MAJOR),
        ("new-word.json", None),
    ],
)
def test_one_site_of_many_that_is_down_is_a_partial_outage(
    name: str, level: Level | None
) -> None:
    assert shelved("upptime", name).level is level


def test_a_site_that_is_down_is_down_altogether() -> None:
    parts = shelved("upptime", "one-down.json").components
    assert [(c.id, c.name, c.level) for c in parts] == [
        ("pond", "Pond", Level.MAJOR),
        ("reeds", "Reeds", Level.OPERATIONAL),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "url: https://pond.example\nstatus: up\n",
        '{"schemaVersion": 1, "label": "uptime", "message": "99.9%"}',
    ],
)
def test_other_files_of_the_repository_tell_no_state(body: str) -> None:
    with pytest.raises(Unreadable):
        read("upptime", body)


def test_the_summary_stands_in_a_repository_or_below_the_page() -> None:
    page = "https://status.pond.example"
    path = "/history/summary.json"
    for url in (page, f"{page}/", f"{page}{path}"):
        source = upptime.build(spec("upptime", url))
        assert (source.info.urls, source.info.page) == ((f"{page}{path}",), page)
    told = replace(spec("upptime", page), options={"repo": ("pond/status",)})
    raw = "https://raw.githubusercontent.com/pond/status/HEAD"
    assert upptime.build(told).info.urls == (f"{raw}{path}",)
