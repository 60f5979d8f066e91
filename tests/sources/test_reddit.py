"""Entries of a community's feed are counted, and nothing else of them is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.people.reddit import ACCEPT, build
from tests.sources.shelf import FIXTURES, OnePage, read, shelved

BODY = (FIXTURES / "reddit" / "new.xml").read_bytes()


def spec(url: str = "", **options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("r"), "reddit", "Posts", url, options)


def test_mentions_stand_newest_first_without_a_level() -> None:
    report = shelved("reddit", "new.xml")
    assert report.mentions == (
        datetime(2026, 10, 4, 8, 45, tzinfo=UTC),
        datetime(2026, 10, 4, 8, 20, tzinfo=UTC),
    )
    assert report.reaches is None
    assert report.level is None
    assert not any(word in repr(report) for word in ("hal", "strike", "made1"))


@pytest.mark.parametrize("who", ["<name>/u/[deleted]</name>", ""])
def test_whose_account_is_gone_is_not_one_person(who: str) -> None:
    gone = BODY.replace(b"<name>/u/ida</name>", who.encode())
    assert len(read("reddit", gone).mentions) == 3


def test_an_answer_that_holds_many_may_not_hold_all() -> None:
    start, end = BODY.index(b"<entry>"), BODY.index(b"</feed>")
    many = BODY[:end] + 4 * BODY[start:end] + BODY[end:]
    oldest = datetime(2026, 10, 4, 8, 20, tzinfo=UTC)
    assert read("reddit", many).reaches == oldest


def test_that_nobody_wrote_is_no_mention() -> None:
    assert shelved("reddit", "nobody.xml").mentions == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><h1>whoa there, pardner!</h1></body></html>",
        BODY.replace(b"updated>", b"when>").replace(b"published>", b"since>"),
    ],
)
def test_what_has_no_times_is_not_taken_for_silence(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read("reddit", body)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("", "https://www.reddit.com"),
        ("https://www.reddit.com/r/pigeonpost/", "https://www.reddit.com"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ],
)
def test_the_newest_of_a_community_are_asked_for(url: str, site: str) -> None:
    page = OnePage(BODY)
    source = build(spec(url, subreddit=("pigeonpost",)))
    first = asyncio.run(source.read(page))
    again = asyncio.run(source.read(page, first))
    assert page.asked[0] == f"{site}/r/pigeonpost/new/.rss"
    assert page.accepted[0] == ACCEPT
    assert again.mentions is first.mentions


def test_words_are_looked_for_within_the_community_only() -> None:
    info = build(spec(subreddit=("pigeonpost",), query=("is it down?",))).info
    where, _, asked = info.urls[0].partition("?")
    assert where == "https://www.reddit.com/r/pigeonpost/search.rss"
    assert asked == "q=is+it+down%3F&restrict_sr=on&sort=new&t=day"
    assert (info.kind, info.verified) == ("people", False)
    assert info.cadence.quick >= timedelta(minutes=10)


@pytest.mark.parametrize("name", [(), ("r/pigeonpost",), ("a b",)])
def test_a_name_that_is_none_is_a_mistake(name: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match="subreddit"):
        build(spec(subreddit=name))
