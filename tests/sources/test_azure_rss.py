from __future__ import annotations

import asyncio

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.vendors import azure_rss
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec


def test_it_lists_what_goes_on_and_nothing_means_well() -> None:
    assert shelved("azure-rss", "empty.xml").level is Level.OPERATIONAL
    assert shelved("azure-rss", "made-up-over.xml").level is Level.OPERATIONAL
    report = shelved("azure-rss", "made-up-items.xml")
    assert report.level is Level.DEGRADED
    assert [i.open for i in report.incidents] == [True, False]


def test_somebody_elses_empty_feed_does_not_make_azure_well() -> None:
    with pytest.raises(Unreadable):
        read("azure-rss", (FIXTURES / "rss" / "empty.xml").read_bytes())


def test_the_feed_is_asked_as_a_feed() -> None:
    page = OnePage((FIXTURES / "azure-rss" / "empty.xml").read_bytes())
    source = azure_rss.build(spec("azure-rss", "https://feeds.example/feed/"))
    asyncio.run(source.read(page))
    assert page.asked == ["https://feeds.example/feed/"]
    assert page.accepted[0].startswith("application/rss+xml")
    assert not source.info.verified
