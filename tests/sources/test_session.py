"""A key is shown each time; a token is kept until it is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import NoKey, Refused
from downlight.core.model import Report, SourceId
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo, SourceSpec
from downlight.sources.session import Keyed, Session, logged_in
from tests.doubles import RecordedWeb
from tests.sources.tokens import TokenWeb

if TYPE_CHECKING:
    from downlight.core.ports import Answer, Web

URL = "https://a.example/state"
LOGIN = "https://a.example/login"
WRONG = NoKey("door-key", "This login is not accepted.")
INFO = SourceInfo.of(
    SourceSpec(SourceId("a"), "a", "A"),
    kind="people",
    cadence=Cadence(),
    urls=(URL,),
)


def parse(source: SourceId, answer: Answer) -> Report:
    return Report(source, answer.at, headline=answer.body.decode())


async def enter(web: Web) -> str:
    answer = await logged_in(web, LOGIN, b"me", {"X-From": "us"}, WRONG)
    return answer.body.decode()


def tokens() -> TokenWeb:
    return TokenWeb({URL: "fine"}, form="%s")


def test_a_key_is_shown_each_time_as_the_server_wants_it() -> None:
    web = RecordedWeb({URL: "fine"}, secrets={"door-key": "s3"})
    asyncio.run(Keyed(INFO, parse, "door-key").read(web))
    other = Keyed(INFO, parse, "door-key", lambda key: {"X-Key": key})
    asyncio.run(other.read(web))
    assert web.sent == [{"Authorization": "Bearer s3"}, {"X-Key": "s3"}]


def test_without_the_key_nothing_is_asked() -> None:
    web = RecordedWeb({URL: "fine"})
    with pytest.raises(NoKey):
        asyncio.run(Keyed(INFO, parse, "door-key").read(web))
    assert web.asked == []


def test_one_token_serves_until_it_is_refused() -> None:
    web = tokens()
    source = Session(INFO, parse, enter)
    first = asyncio.run(source.read(web))
    assert asyncio.run(source.read(web, first)).headline == "fine"
    assert web.posted == [(LOGIN, b"me")]
    assert web.sent[0] == {"X-From": "us"}
    assert web.sent[-1] == {"Authorization": "Bearer token-1"}
    assert "token-1" not in repr(source)


def test_a_token_that_has_run_out_is_replaced_once() -> None:
    web = tokens()
    source = Session(INFO, parse, enter, frozenset({400}))
    asyncio.run(source.read(web))
    web.ended = 400
    assert asyncio.run(source.read(web)).headline == "fine"
    assert len(web.posted) == 2
    assert web.sent[-1] == {"Authorization": "Bearer token-2"}


def test_another_refusal_is_no_reason_for_a_new_token() -> None:
    web = tokens()
    source = Session(INFO, parse, enter)
    asyncio.run(source.read(web))
    web.ended = 503
    with pytest.raises(Refused):
        asyncio.run(source.read(web))
    assert len(web.posted) == 1


def test_a_new_token_that_is_refused_is_not_tried_for_ever() -> None:
    web = TokenWeb({URL: Refused(401)}, form="%s")
    with pytest.raises(Refused):
        asyncio.run(Session(INFO, parse, enter).read(web))
    assert len(web.posted) == 1


@pytest.mark.parametrize(
    ("status", "error"), [(401, NoKey), (429, Refused), (503, Refused)]
)
def test_a_login_that_is_not_accepted_is_said_so(
    status: int, error: type[Exception]
) -> None:
    web = RecordedWeb({URL: "fine"}, posts={LOGIN: Refused(status)})
    with pytest.raises(error):
        asyncio.run(Session(INFO, parse, enter).read(web))
    assert web.asked == []
