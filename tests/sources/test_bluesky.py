"""Posts are counted with the person's own login, and nothing of them is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import CatalogError, NoKey, Refused, Unreadable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.people.bluesky import PASSWORD, USER, build
from tests.doubles import NOW, RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved
from tests.sources.tokens import TokenWeb

HERE = "http://127.0.0.1:6"
LOGIN = f"{HERE}/xrpc/com.atproto.server.createSession"
SEARCH = (
    f"{HERE}/xrpc/app.bsky.feed.searchPosts?q=pigeonpost+down&sort=latest&limit=100"
)
BODY = (FIXTURES / "bluesky" / "found.json").read_bytes()
SECRETS = {USER: "me.example", PASSWORD: "appl-e-pie"}
FORM = '{"accessJwt": "%s"}'


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("b"), "bluesky", "Posts", options=options)


def here() -> SourceSpec:
    return spec(query=("pigeonpost down",), api=(HERE,))


def test_mentions_stand_newest_first_without_a_level() -> None:
    report = shelved("bluesky", "found.json")
    assert report.mentions == (
        datetime(2026, 10, 4, 8, 58, 1, tzinfo=UTC),
        datetime(2026, 10, 4, 8, 50, 2, 120_000, tzinfo=UTC),
    )
    assert report.reaches is None
    assert report.level is None
    assert not any(word in repr(report) for word in ("fay", "pigeonpost", "did:"))
    assert shelved("bluesky", "nobody.json").mentions == ()


def test_a_post_without_an_author_is_somebody_elses() -> None:
    post = '{"uri":"at://x","indexedAt":"2026-10-04T08:50:00Z"}'
    report = read("bluesky", f'{{"posts":[{post},{post}]}}')
    assert len(report.mentions) == 2


def test_an_answer_that_holds_many_may_not_hold_all() -> None:
    post = '{"uri":"at://x","indexedAt":"2026-10-04T08:5%d:00Z"}'
    many = ",".join(post % (n // 10) for n in range(10, 60))
    oldest = datetime(2026, 10, 4, 8, 51, tzinfo=UTC)
    assert read("bluesky", f'{{"posts":[{many}]}}').reaches == oldest


@pytest.mark.parametrize(
    "body",
    [
        '{"error":"ExpiredToken","message":"Token has expired"}',
        '{"posts":[{"uri":"at://x","indexedAt":"now"}]}',
        '{"lexicon":1,"id":"app.bsky.feed.searchPosts","defs":{}}',
    ],
)
def test_what_has_no_times_is_not_taken_for_silence(body: str) -> None:
    with pytest.raises(Unreadable):
        read("bluesky", body)


def test_one_login_serves_until_the_session_ends() -> None:
    web = TokenWeb({SEARCH: BODY}, secrets=SECRETS, form=FORM)
    source = build(here())
    first = asyncio.run(source.read(web))
    again = asyncio.run(source.read(web, first))
    assert len(first.mentions) == 2
    assert again.mentions is first.mentions
    assert web.posted == [
        (LOGIN, b'{"identifier":"me.example","password":"appl-e-pie"}')
    ]
    assert web.sent[-1] == {"Authorization": "Bearer token-1"}
    assert "token-1" not in repr(source)


@pytest.mark.parametrize("status", [400, 401])
def test_a_session_that_has_ended_is_begun_anew_once(status: int) -> None:
    web = TokenWeb({SEARCH: BODY}, secrets=SECRETS, form=FORM)
    source = build(here())
    asyncio.run(source.read(web))
    web.ended = status
    assert len(asyncio.run(source.read(web)).mentions) == 2
    assert len(web.posted) == 2
    assert web.sent[-1] == {"Authorization": "Bearer token-2"}


@pytest.mark.parametrize(
    ("status", "error"), [(401, NoKey), (429, Refused), (503, Refused)]
)
def test_a_login_that_is_not_accepted_is_said_so(
    status: int, error: type[Exception]
) -> None:
    web = RecordedWeb({SEARCH: BODY}, posts={LOGIN: Refused(status)}, secrets=SECRETS)
    with pytest.raises(error) as caught:
        asyncio.run(build(here()).read(web))
    assert "appl-e-pie" not in str(caught.value)
    assert web.asked == []


def test_without_a_login_nothing_is_asked() -> None:
    web = RecordedWeb({SEARCH: BODY}, at=NOW)
    with pytest.raises(NoKey):
        asyncio.run(build(here()).read(web))
    assert (web.asked, web.posted) == ([], [])


def test_it_says_how_it_asks() -> None:
    info = build(spec(query=("x",))).info
    assert info.urls[0].startswith("https://bsky.social/xrpc/")
    assert (info.kind, info.verified) == ("people", False)
    assert info.cadence.quick >= timedelta(minutes=10)
    with pytest.raises(CatalogError, match="query"):
        build(spec())
