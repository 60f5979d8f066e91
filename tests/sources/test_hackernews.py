"""Stories are counted, and nothing else of them is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.people.hackernews import build
from tests.sources.shelf import FIXTURES, OnePage, read, shelved


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("hn"), "hackernews", "Stories", options=options)


def test_mentions_stand_newest_first_without_a_level() -> None:
    report = shelved("hackernews", "found.json")
    assert report.mentions == (
        datetime(2026, 10, 4, 8, 30, tzinfo=UTC),
        datetime(2026, 10, 4, 7, 0, tzinfo=UTC),
    )
    assert report.reaches is None
    assert report.level is None
    assert not any(word in repr(report) for word in ("dee", "Pigeonpost", "501"))


def test_that_nobody_wrote_is_no_mention() -> None:
    assert shelved("hackernews", "nobody.json").mentions == ()


@pytest.mark.parametrize("who", ["", ',"author":null'])
def test_a_story_without_an_author_is_somebody_elses(who: str) -> None:
    hit = f'{{"created_at_i":1791102600{who}}}'
    report = read("hackernews", f'{{"hits":[{hit},{hit}],"nbHits":2}}')
    assert len(report.mentions) == 2


def test_an_answer_that_holds_many_may_not_hold_all() -> None:
    hits = ",".join(f'{{"created_at_i":{1791102600 - n}}}' for n in range(25))
    report = read("hackernews", f'{{"hits":[{hits}],"nbHits":900}}')
    assert report.reaches == datetime(2026, 10, 4, 8, 29, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        '{"message":"too many requests","status":429}',
        '{"hits":[{"created_at_i":0}],"nbHits":1}',
        '{"hits":[{"title":"down"}],"nbHits":1}',
    ],
)
def test_what_has_no_times_is_not_taken_for_silence(body: str) -> None:
    with pytest.raises(Unreadable):
        read("hackernews", body)


def test_the_newest_stories_are_asked_for() -> None:
    source = build(spec(query=("pigeonpost down",), api=("http://127.0.0.1:7/",)))
    page = OnePage((FIXTURES / "hackernews" / "found.json").read_bytes())
    assert len(asyncio.run(source.read(page)).mentions) == 2
    where, _, asked = page.asked[0].partition("?")
    assert where == "http://127.0.0.1:7/api/v1/search_by_date"
    assert asked == "query=pigeonpost+down&tags=story&hitsPerPage=50"
    assert (source.info.kind, source.info.verified) == ("people", False)
    assert source.info.cadence.quick >= timedelta(minutes=10)


def test_there_must_be_something_to_look_for() -> None:
    with pytest.raises(CatalogError, match="query"):
        build(spec())
