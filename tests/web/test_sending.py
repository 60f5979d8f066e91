"""What is sent along and to whom, where an address has moved, what it all weighs."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import NoKey, Refused, SourceError, StorageError, Unreachable
from downlight.web.door import HttpWeb
from downlight.web.line import Patience
from downlight.web.turnstile import Terms, Turnstile
from tests.servers import (
    Asked,
    Server,
    Trust,
    always,
    by_path,
    for_ever,
    make_trust,
    moved,
    reply,
    serving,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from downlight.core.ports import Answer

    Reader = asyncio.StreamReader
    Writer = asyncio.StreamWriter

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKEN = "never-in-a-message"  # noqa: S105 - a made-up one
KEY = {"Authorization": f"Bearer {TOKEN}"}
GOOD, BETTER = "301 Moved Permanently", "308 Permanent Redirect"
PATIENT = Patience()
SOON = timedelta(milliseconds=60)


def clock() -> datetime:
    return NOON


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return make_trust(tmp_path_factory.mktemp("trust"))


def get(
    answers: dict[str, bytes],
    path: str = "/",
    *,
    times: int = 1,
    headers: dict[str, str] | None = None,
) -> tuple[list[Answer], list[Asked]]:
    """Ask a plain server; return the answers and what it saw."""

    async def run() -> tuple[list[Answer], list[Asked]]:
        async with serving(by_path(answers)) as server, HttpWeb(clock) as web:
            found = [
                await web.get(server.url(path), headers=headers) for _ in range(times)
            ]
            return found, server.asked

    return asyncio.run(run())


# --- what is sent along


def test_what_else_is_to_be_sent_is_sent() -> None:
    _, (asked,) = get({"/": reply()}, headers=KEY)
    assert asked.headers["authorization"] == KEY["Authorization"]


def test_within_the_same_place_it_follows_a_redirect() -> None:
    _, asked = get({"/": moved("/a"), "/a": reply()}, headers=KEY)
    assert [("authorization" in one.headers) for one in asked] == [True, True]


def test_it_does_not_follow_to_another_port() -> None:
    async def run() -> list[Asked]:
        async with (
            serving(always(reply())) as there,
            serving(always(moved(there.url()))) as here,
            HttpWeb(clock) as web,
        ):
            await web.get(here.url(), headers=KEY)
            return there.asked

    (asked,) = asyncio.run(run())
    assert "authorization" not in asked.headers


def test_it_does_not_follow_to_another_host() -> None:
    async def run() -> list[Asked]:
        async with serving(leaving_by_name) as server, HttpWeb(clock) as web:
            await web.get(server.url("/to-localhost"), headers=KEY)
            return server.asked

    first, second = asyncio.run(run())
    assert "authorization" in first.headers
    assert second.headers["host"].startswith("localhost")
    assert "authorization" not in second.headers


def test_it_does_not_follow_to_another_scheme(trust: Trust) -> None:
    async def run() -> list[Asked]:
        async with (
            serving(always(reply()), tls=trust.server) as there,
            serving(always(moved(there.url()))) as here,
            HttpWeb(clock, tls=trust.visitor) as web,
        ):
            await web.get(here.url(), headers=KEY)
            return there.asked

    (asked,) = asyncio.run(run())
    assert "authorization" not in asked.headers


def test_once_left_behind_it_does_not_come_back() -> None:
    async def run() -> list[Asked]:
        async with serving(leaving_by_name) as server, HttpWeb(clock) as web:
            await web.get(server.url("/there-and-back"), headers=KEY)
            return server.asked

    asked = asyncio.run(run())
    assert [one.path for one in asked] == ["/there-and-back", "/back", "/home"]
    assert [("authorization" in one.headers) for one in asked] == [True, False, False]


async def leaving_by_name(asked: Asked, reader: Reader, writer: Writer) -> None:
    """Send visitors to another name of the same computer, and from there back."""
    port = asked.headers["host"].rpartition(":")[2]
    writer.write(
        {
            "/to-localhost": moved(f"http://localhost:{port}/home"),
            "/there-and-back": moved(f"http://localhost:{port}/back"),
            "/back": moved(f"http://127.0.0.1:{port}/home"),
            "/home": reply(),
        }[asked.path]
    )


def test_what_one_token_was_told_is_not_for_another() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        said = asked.headers.get("authorization", "nobody")
        if asked.headers.get("if-none-match"):
            writer.write(reply(b"", status="304 Not Modified"))
        else:
            writer.write(reply(said.encode(), 'ETag: "a"'))

    async def run() -> list[bytes]:
        async with serving(serve) as server, HttpWeb(clock) as web:
            return [
                (await web.get(server.url(), headers=headers)).body
                for headers in (KEY, None, {"Authorization": "x"}, KEY, {"AUTH": "y"})
            ]

    mine = KEY["Authorization"].encode()
    assert asyncio.run(run()) == [mine, b"nobody", b"x", mine, b"nobody"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"{TOKEN}\r\nX-More: 1"},
        {"Authorization": f"{TOKEN} "},
        {"Authorization": f"{TOKEN}é"},
        {"Authorization": ""},
        {f"X {len(TOKEN)}": TOKEN},
    ],
)
def test_what_cannot_be_sent_is_refused_without_being_told(
    headers: dict[str, str],
) -> None:
    async def run(ask: Callable[[HttpWeb, str], Awaitable[Answer]]) -> str:
        async with serving(always(reply())) as server, HttpWeb(clock) as web:
            with pytest.raises(Unreachable) as caught:
                await ask(web, server.url())
            assert server.asked == []
            return f"{caught.value} {caught.value.words}"

    for ask in (
        lambda web, url: web.get(url, headers=headers),
        lambda web, url: web.post(url, b"", headers=headers),
    ):
        told = asyncio.run(run(ask))
        assert "cannot be sent" in told
        assert TOKEN not in told


# --- where it has moved


@pytest.mark.parametrize(
    ("answers", "to"),
    [
        ({"/": reply()}, ""),
        ({"/": moved("/a", GOOD), "/a": reply()}, "/a"),
        ({"/": moved("/a", BETTER), "/a": reply()}, "/a"),
        ({"/": moved("/a", "302 Found"), "/a": reply()}, ""),
        ({"/": moved("/a", "303 See Other"), "/a": reply()}, ""),
        ({"/": moved("/a", "307 Temporary Redirect"), "/a": reply()}, ""),
        ({"/": moved("/a", GOOD), "/a": moved("/b", BETTER), "/b": reply()}, "/b"),
        # It has moved to /a; that /a sends us elsewhere today is another matter.
        ({"/": moved("/a", GOOD), "/a": moved("/b"), "/b": reply()}, "/a"),
        ({"/": moved("/a"), "/a": moved("/b", GOOD), "/b": reply()}, ""),
        ({"/": moved("/?a=1", GOOD), "/?a=1": reply()}, ""),
        ({"/": moved(f"/a?key={TOKEN}#b", GOOD), f"/a?key={TOKEN}": reply()}, "/a"),
    ],
)
def test_only_what_has_moved_for_good_is_said_to_have_moved(
    answers: dict[str, bytes], to: str
) -> None:
    (answer,), _ = get(answers)
    assert answer.moved.endswith(to or "nowhere" * bool(answer.moved))
    assert bool(answer.moved) is bool(to)
    assert TOKEN not in answer.moved


@pytest.mark.parametrize("there", ["/page/", "/Page"])
def test_a_slash_or_a_capital_is_no_other_place(there: str) -> None:
    (answer,), _ = get({"/page": moved(there, GOOD), there: reply()}, "/page")
    assert answer.moved == ""


def test_the_same_page_on_another_host_is_another_place(trust: Trust) -> None:
    async def run() -> tuple[str, Server]:
        async with (
            serving(always(reply()), tls=trust.server) as there,
            serving(always(moved(there.url("/"), GOOD)), tls=trust.server) as here,
            HttpWeb(clock, tls=trust.visitor) as web,
        ):
            return (await web.get(here.url("/"))).moved, there

    said, there = asyncio.run(run())
    assert said == f"https://127.0.0.1:{there.port}/"


def test_an_unchanged_answer_says_so_too() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        if asked.path == "/":
            writer.write(moved("/a", GOOD))
        elif asked.headers.get("if-none-match"):
            writer.write(reply(b"", status="304 Not Modified"))
        else:
            writer.write(reply(b"[1]", 'ETag: "a"'))

    async def run() -> tuple[str, str, str]:
        async with serving(serve) as server, HttpWeb(clock) as web:
            found = [await web.get(server.url()) for _ in range(2)]
            # Asked where it is now, it has not moved.
            found.append(await web.get(server.url("/a")))
            first, second, third = (answer.moved for answer in found)
            return first, second, third

    first, second, third = asyncio.run(run())
    assert first == second
    assert second.endswith("/a")
    assert third == ""


# --- what it weighs


def test_bytes_are_counted_as_they_came() -> None:
    packed = gzip.compress(bytes(10_000))
    (answer,), _ = get({"/": reply(packed, "Content-Encoding: gzip")})
    assert (len(answer.body), answer.received) == (10_000, len(packed))


def test_an_unchanged_answer_weighs_nothing() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        if asked.headers.get("if-none-match"):
            writer.write(reply(b"", status="304 Not Modified"))
        else:
            writer.write(reply(b"[1,2]", 'ETag: "a"'))

    async def run() -> list[tuple[bytes, int]]:
        async with serving(serve) as server, HttpWeb(clock) as web:
            found = [await web.get(server.url()) for _ in range(3)]
            return [(answer.body, answer.received) for answer in found]

    assert asyncio.run(run()) == [(b"[1,2]", 5), (b"[1,2]", 0), (b"[1,2]", 0)]


# --- posting


def post(
    answer: bytes, body: bytes = b"{}", headers: dict[str, str] | None = None
) -> tuple[Answer | SourceError, list[Asked]]:
    async def run() -> tuple[Answer | SourceError, list[Asked]]:
        async with serving(always(answer)) as server, HttpWeb(clock) as web:
            try:
                found = await web.post(server.url("/in"), body, headers=headers)
            except SourceError as error:
                return error, server.asked
            return found, server.asked

    return asyncio.run(run())


def test_a_body_is_posted_with_its_headers() -> None:
    served = reply(b"[1]", "Content-Type: text/json; charset=UTF-8")
    answer, (asked,) = post(served, b'{"a":1}', KEY)
    assert asked.line == "POST /in HTTP/1.1"
    assert asked.body == b'{"a":1}'
    assert asked.headers["authorization"] == KEY["Authorization"]
    assert asked.headers["user-agent"].startswith("Downlight/")
    assert asked.headers["accept"] == "application/json"
    assert not isinstance(answer, SourceError)
    assert (answer.body, answer.at, answer.charset) == (b"[1]", NOON, "utf-8")
    assert answer.received == 3


@pytest.mark.parametrize("status", ["301 X", "302 X", "307 X", "308 X"])
def test_what_was_posted_follows_nobody(status: str) -> None:
    told, asked = post(moved("/other", status), headers=KEY)
    assert isinstance(told, Refused)
    assert told.status == int(status[:3])
    assert len(asked) == 1


@pytest.mark.parametrize("status", ["401 X", "429 X", "503 X"])
def test_a_refusal_of_what_was_posted_is_not_tried_again(status: str) -> None:
    told, asked = post(reply(TOKEN.encode(), status=status), TOKEN.encode(), KEY)
    assert isinstance(told, Refused)
    assert TOKEN not in f"{told} {told.words}"
    assert len(asked) == 1


def test_a_post_whose_answer_is_lost_is_not_sent_again() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.transport.abort()

    async def run() -> int:
        async with serving(serve) as server, HttpWeb(clock) as web:
            with pytest.raises(Unreachable):
                await web.post(server.url(), b"{}")
            return len(server.asked)

    assert asyncio.run(run()) == 1


def test_a_post_is_given_up_in_time() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        await for_ever()

    async def run() -> None:
        patience = Patience(whole=SOON)
        async with serving(serve) as server, HttpWeb(clock, patience=patience) as web:
            await web.post(server.url(), b"{}")

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "timeout"


def test_nothing_is_posted_in_plain_text_to_others() -> None:
    async def run() -> None:
        async with HttpWeb(clock) as web:
            await web.post("http://status.example/", b"{}")

    with pytest.raises(Unreachable, match="only over https"):
        asyncio.run(run())


# --- manners


def test_a_host_that_has_had_too_many_is_left_alone_by_all_pages() -> None:
    busy = {"/a": reply(b"", "Retry-After: 60", status="429 X"), "/b": reply()}

    async def run() -> tuple[Refused, list[Asked]]:
        async with serving(by_path(busy)) as server, HttpWeb(clock) as web:
            with pytest.raises(Refused):
                await web.get(server.url("/a"))
            with pytest.raises(Refused) as caught:
                await web.get(server.url("/b"))
            return caught.value, server.asked

    refused, asked = asyncio.run(run())
    assert refused.status == 429
    assert refused.retry_after is not None
    assert timedelta(seconds=30) < refused.retry_after <= timedelta(seconds=60)
    assert [one.path for one in asked] == ["/a"]


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"", "Retry-After: 60", status="503 X"),
        reply(b"", status="429 X"),
    ],
)
def test_a_page_that_says_less_speaks_for_itself_alone(answer: bytes) -> None:
    async def run() -> bytes:
        serve = by_path({"/a": answer, "/b": reply(b"[1]")})
        async with serving(serve) as server, HttpWeb(clock) as web:
            with pytest.raises(Refused):
                await web.get(server.url("/a"))
            return (await web.get(server.url("/b"))).body

    assert asyncio.run(run()) == b"[1]"


def test_waiting_for_ones_turn_is_not_held_against_the_server() -> None:
    async def run() -> list[bytes]:
        # Generous: on a busy machine an answer of loopback may take a while.
        gap = Turnstile(at_home=Terms(gap=timedelta(seconds=2.5)))
        patience = Patience(whole=timedelta(seconds=2))
        async with (
            serving(always(reply(b"[1]"))) as server,
            HttpWeb(clock, turnstile=gap, patience=patience) as web,
        ):
            both = (web.get(server.url()), web.get(server.url()))
            return [answer.body for answer in await asyncio.gather(*both)]

    assert asyncio.run(run()) == [b"[1]", b"[1]"]


# --- secrets


def secret(read: Callable[[str], str | None]) -> str:
    async def run() -> str:
        async with HttpWeb(clock, secrets=read) as web:
            return await web.secret("graph")

    return asyncio.run(run())


def test_a_secret_comes_from_where_it_is_kept() -> None:
    assert secret({"graph": TOKEN}.get) == TOKEN


def test_without_a_secret_it_is_said_which_one_is_missing() -> None:
    with pytest.raises(NoKey) as caught:
        secret(lambda _: None)
    assert caught.value.name == "graph"
    assert "downlight key graph" in caught.value.hint


def test_a_door_without_a_store_has_no_secrets() -> None:
    async def run() -> None:
        async with HttpWeb(clock) as web:
            await web.secret("graph")

    with pytest.raises(NoKey):
        asyncio.run(run())


def test_a_store_that_does_not_open_is_named_as_the_reason() -> None:
    def read(name: str) -> str | None:
        raise StorageError("locked")

    with pytest.raises(NoKey) as caught:
        secret(read)
    assert "Storage failed" in caught.value.hint
