"""Posts under a hashtag are counted, and nothing else of them is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.people.mastodon import build
from tests.sources.shelf import FIXTURES, OnePage, read, shelved

TOWN = "https://town.example"


def spec(*tag: str, url: str = TOWN) -> SourceSpec:
    options = {"tag": tag} if tag else {}
    return SourceSpec(SourceId("m"), "mastodon", "Posts", url, options)


def test_mentions_stand_newest_first() -> None:
    assert shelved("mastodon", "timeline.json").mentions == (
        datetime(2026, 10, 4, 8, 55, 30, 250_000, tzinfo=UTC),
        datetime(2026, 10, 4, 8, 40, tzinfo=UTC),
        datetime(2026, 10, 4, 8, 10, tzinfo=UTC),
    )


def test_a_post_without_an_author_is_somebody_elses() -> None:
    post = '{"id":"1","uri":"x","created_at":"2026-10-04T08:50:00Z"}'
    report = read("mastodon", f"[{post},{post}]")
    assert (len(report.mentions), report.reaches) == (2, None)


def test_half_of_what_a_timeline_may_hold_may_be_all_there_is_to_be_had() -> None:
    post = '{"id":"1","uri":"x","created_at":"2026-10-04T08:%d:00Z"}'
    many = ",".join(post % minute for minute in range(59, 39, -1))
    oldest = datetime(2026, 10, 4, 8, 40, tzinfo=UTC)
    assert read("mastodon", f"[{many}]").reaches == oldest


def test_who_wrote_and_what_is_not_kept_and_no_level_comes_of_it() -> None:
    report = shelved("mastodon", "timeline.json")
    assert report.level is None
    assert not any(word in repr(report) for word in ("ann", "bob", "Pigeonpost"))


def test_that_nobody_wrote_is_no_mention() -> None:
    assert shelved("mastodon", "nobody.json").mentions == ()


@pytest.mark.parametrize(
    "body",
    [
        '{"error":"This API requires an authenticated user"}',
        '[{"id":"1","uri":"https://town.example/1"}]',
        '[{"id":"1","uri":"https://town.example/1","created_at":"lately"}]',
    ],
)
def test_what_has_no_times_is_not_taken_for_silence(body: str) -> None:
    with pytest.raises(Unreadable):
        read("mastodon", body)


@pytest.mark.parametrize("url", [TOWN, f"{TOWN}/", "http://127.0.0.1:8080"])
def test_any_instance_is_asked_for_one_tag_every_ten_minutes(url: str) -> None:
    source = build(spec("pigeonpost", url=url))
    page = OnePage((FIXTURES / "mastodon" / "timeline.json").read_bytes())
    report = asyncio.run(source.read(page))
    here = url.rstrip("/")
    assert page.asked == [f"{here}/api/v1/timelines/tag/pigeonpost?limit=40"]
    assert source.info.page == f"{here}/tags/pigeonpost"
    assert len(report.mentions) == 3
    assert source.info.kind == "people"
    assert source.info.cadence.quick >= timedelta(minutes=10)
    assert not source.info.verified


@pytest.mark.parametrize("tag", [(), ("#down",), ("a/b",), ("",)])
def test_a_tag_that_is_none_is_a_mistake(tag: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match="tag"):
        build(spec(*tag))
