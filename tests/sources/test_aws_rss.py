from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import aws_rss
from tests.sources.shelf import shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-empty.xml", None),
        ("made-up-disruption.xml", Level.MAJOR),
        ("made-up-odd.xml", None),
    ],
)
def test_a_log_never_says_that_all_is_well(name: str, level: Level | None) -> None:
    assert shelved("aws-rss", name).level is level


def test_the_newest_message_about_a_service_says_how_it_stands() -> None:
    colours, water, lid = shelved("aws-rss", "made-up-disruption.xml").incidents
    assert (colours.level, colours.open) == (Level.OPERATIONAL, True)
    assert (water.title, water.level) == ("Water stays cold", Level.MAJOR)
    assert water.started_at == datetime(2026, 10, 4, 7, 30, tzinfo=UTC)
    assert [u.text for u in water.updates] == ["It gets worse.", "We are looking."]
    assert water.component_ids == ("kettle-eu-south-1",)
    assert (lid.title, lid.open, lid.phase) == ("Lid stuck", False, Phase.RESOLVED)
    assert lid.ended_at == datetime(2026, 10, 3, 19, 0, tzinfo=UTC)
    assert len(lid.updates) == 2


def test_what_nobody_closed_for_a_week_and_new_words_are_not_open() -> None:
    forgotten, new, undated = shelved("aws-rss", "made-up-odd.xml").incidents
    assert (forgotten.open, forgotten.level) == (False, None)
    assert (new.open, new.level, new.id) == (False, None, "Something new: Steam")
    assert (undated.open, undated.updates) == (True, ())


@pytest.mark.parametrize(
    ("end", "feed"),
    [("", "all.rss"), ("/rss/all.rss", "all.rss"), ("/rss/cup.rss", "cup.rss")],
)
def test_a_feed_is_asked_as_it_is_and_a_page_for_the_feed_of_all(
    end: str, feed: str
) -> None:
    source = aws_rss.build(spec("aws-rss", f"https://aws.example{end}"))
    assert source.info.urls == (f"https://aws.example/rss/{feed}",)
    assert source.accept.startswith("application/rss+xml")
    assert (source.info.verified, source.timed) == (False, True)
