from __future__ import annotations

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import zscaler
from tests.sources.shelf import shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [("made-up-empty.xml", None), ("made-up-open.xml", Level.DEGRADED)],
)
def test_a_log_has_a_level_only_while_something_is_open(
    name: str, level: Level | None
) -> None:
    assert shelved("zscaler", name).level is level


def test_entries_are_incidents() -> None:
    now, over = shelved("zscaler", "made-up-open.xml").incidents
    assert (now.phase, now.open) == (Phase.MONITORING, True)
    assert (over.phase, over.open) == (Phase.RESOLVED, False)


@pytest.mark.parametrize("end", ["", "/", "/rss-feed"])
def test_the_page_is_asked_for_its_feed(end: str) -> None:
    source = zscaler.build(spec("zscaler", f"https://trust.example{end}"))
    assert source.info.urls == ("https://trust.example/rss-feed",)
    assert source.accept.startswith("application/rss+xml")
    assert (source.info.verified, source.timed) == (False, True)
