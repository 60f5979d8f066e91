"""Handing something over: when it counts as taken, and when not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import DownlightError, Refused, Unreachable
from downlight.web.door import HttpWeb
from downlight.web.line import Patience
from tests.servers import Asked, Server, always, for_ever, moved, reply, serving

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOON = timedelta(milliseconds=60)


def hand_over(
    answer: bytes, *, method: str = "POST", headers: dict[str, str] | None = None
) -> list[Asked]:
    """Hand something to a server that answers so; return what it saw."""

    async def run() -> list[Asked]:
        async with serving(always(answer)) as server, HttpWeb(lambda: NOON) as web:
            await web.send(server.url("/in"), b"{}", method=method, headers=headers)
            return server.asked

    return asyncio.run(run())


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted"])
def test_any_good_status_says_that_it_was_taken(status: str) -> None:
    (asked,) = hand_over(reply(status=status))
    assert asked.line == "POST /in HTTP/1.1"
    assert asked.body == b"{}"
    assert asked.headers["content-type"] == "application/json"


def test_no_content_is_an_answer_too() -> None:
    hand_over(b"HTTP/1.1 204 No Content\r\n\r\n")


def test_it_may_be_put_and_more_may_be_said() -> None:
    (asked,) = hand_over(reply(), method="PUT", headers={"Idempotency-Key": "k"})
    assert asked.line.startswith("PUT ")
    assert asked.headers["idempotency-key"] == "k"


def test_what_comes_after_the_status_is_not_waited_for() -> None:
    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(reply(b"o", length=1_000_000))
        await writer.drain()
        await for_ever()

    async def run() -> int:
        async with serving(serve) as server, HttpWeb(lambda: NOON) as web:
            await web.send(server.url(), b"{}")
            return len(server.asked)

    assert asyncio.run(run()) == 1


@pytest.mark.parametrize(
    ("answer", "status", "pause"),
    [
        (reply(status="500 Oh"), 500, None),
        (reply(status="404 Gone"), 404, None),
        (moved("/elsewhere"), 302, None),
        (reply(b"", "Retry-After: 7", status="429 Slower"), 429, timedelta(seconds=7)),
        (reply(b"", "Retry-After: 9", status="503 Busy"), 503, timedelta(seconds=9)),
    ],
)
def test_another_status_is_a_refusal(
    answer: bytes, status: int, pause: timedelta | None
) -> None:
    with pytest.raises(Refused) as caught:
        hand_over(answer)
    assert caught.value.status == status
    assert caught.value.retry_after == pause


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://203.0.113.9", "nonsense"])
def test_it_goes_nowhere_else(url: str) -> None:
    async def run() -> None:
        async with HttpWeb(lambda: NOON) as web:
            await web.send(url, b"{}")

    with pytest.raises(Unreachable):
        asyncio.run(run())


def test_who_says_nothing_has_not_taken_it() -> None:
    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await for_ever()

    async def run() -> Server:
        patience = Patience(read=SOON, whole=SOON)
        async with (
            serving(serve) as server,
            HttpWeb(lambda: NOON, patience=patience) as web,
        ):
            await web.send(server.url(), b"{}")
        return server

    with pytest.raises(DownlightError, match="no answer in time"):
        asyncio.run(run())
