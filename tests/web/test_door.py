"""The door to the web, held against real servers on loopback."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Refused, SourceError, Unreachable
from downlight.web.door import LIMIT, HttpWeb
from downlight.web.line import Patience, system_trust
from tests.servers import (
    Asked,
    Trust,
    always,
    by_path,
    dropping,
    for_ever,
    leading_to,
    make_trust,
    moved,
    reply,
    serving,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

    from downlight.core.ports import Answer

    Reader = asyncio.StreamReader
    Writer = asyncio.StreamWriter
    Serve = Callable[[Asked, Reader, Writer], Awaitable[None]]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATIENT = Patience()
SOON = timedelta(milliseconds=60)
SECRET = b"never-in-a-message"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class Clock:
    """Moves on one second each time it is asked."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return make_trust(tmp_path_factory.mktemp("trust"))


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetch(
    serve: Serve,
    path: str = "/",
    *,
    times: int = 1,
    limit: int = LIMIT,
    patience: Patience = PATIENT,
) -> tuple[list[Answer], list[Asked]]:
    """Ask a plain server ``times`` times; return the answers and what it saw."""

    async def run() -> tuple[list[Answer], list[Asked]]:
        async with (
            serving(serve) as server,
            HttpWeb(Clock(), limit=limit, patience=patience) as web,
        ):
            return [await web.get(server.url(path)) for _ in range(times)], server.asked

    return asyncio.run(run())


def failing(
    serve: Serve, *, limit: int = LIMIT, patience: Patience = PATIENT
) -> Unreachable:
    """Ask a plain server; return why that gave nothing."""
    with pytest.raises(Unreachable) as caught:
        fetch(serve, "/?key=" + SECRET.decode(), limit=limit, patience=patience)
    told = f"{caught.value} {caught.value.title} {caught.value.hint}"
    assert SECRET.decode() not in told
    return caught.value


# --- what is asked and what comes back


def test_an_answer_is_the_body_with_its_address_time_and_manners() -> None:
    body = '{"status":"gut"}'.encode("utf-16")
    served = reply(
        body,
        "Content-Type: application/json; charset=UTF-16",
        "Cache-Control: public, max-age=90",
    )
    (answer,), (asked,) = fetch(always(served), "/summary.json?full=1")
    assert answer.body == body
    assert answer.charset == "utf-16"
    assert answer.max_age == timedelta(seconds=90)
    assert answer.at == NOON + timedelta(seconds=1)
    assert answer.url.endswith("/summary.json?full=1")
    assert asked.line == "GET /summary.json?full=1 HTTP/1.1"


def test_we_say_who_we_are_and_what_we_want() -> None:
    _, (asked,) = fetch(always(reply()))
    assert asked.headers["user-agent"] == "Downlight/0.1.0 (desktop status monitor)"
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in asked.headers


def test_another_media_type_can_be_wanted() -> None:
    async def run() -> str:
        async with serving(always(reply())) as server, HttpWeb(Clock()) as web:
            await web.get(server.url(), accept="application/rss+xml")
            return server.asked[0].headers["accept"]

    assert asyncio.run(run()) == "application/rss+xml"


def test_an_empty_body_is_handed_on_for_the_parser_to_refuse() -> None:
    (answer,), _ = fetch(always(reply(b"")))
    assert answer.body == b""


def test_cookies_are_not_kept() -> None:
    _, asked = fetch(always(reply(b"{}", "Set-Cookie: who=you; Path=/")), times=2)
    assert "cookie" not in asked[1].headers


def test_a_second_fetch_goes_over_the_same_connection() -> None:
    async def run() -> tuple[int, bool]:
        async with serving(always(reply())) as server:
            async with HttpWeb(Clock()) as web:
                await web.get(server.url())
                await web.get(server.url())
                gone_before = server.left.is_set()
            await server.left.wait()  # leaving closes it
            return len(server.asked), gone_before

    assert asyncio.run(run()) == (2, False)


def test_a_connection_the_server_has_closed_is_not_used_again() -> None:
    async def run() -> list[bytes]:
        async with (
            serving(hanging_up(reply(b"[7]"))) as server,
            HttpWeb(Clock()) as web,
        ):
            first = await web.get(server.url())
            await server.left.wait()
            return [first.body, (await web.get(server.url())).body]

    assert asyncio.run(run()) == [b"[7]", b"[7]"]


def test_of_many_hosts_the_connection_longest_unused_is_closed() -> None:
    async def run() -> bool:
        async with (
            serving(always(reply())) as first,
            serving(always(reply())) as second,
            HttpWeb(Clock(), most_idle=1) as web,
        ):
            await web.get(first.url())
            await web.get(second.url())
            await first.left.wait()
            return second.left.is_set()

    assert asyncio.run(run()) is False


def test_the_present_moment_is_the_clocks() -> None:
    assert HttpWeb(lambda: NOON).now() == NOON


# --- has it changed?


def conditional(asked_for: str, validator: str, *headers: str) -> Serve:
    """Serve a body once and 304 to whoever asks whether it has changed."""

    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        if asked.headers.get(asked_for):
            assert asked.headers[asked_for] == validator.partition(": ")[2]
            writer.write(reply(b"", *headers, status="304 Not Modified"))
        else:
            writer.write(
                reply(
                    b"[1]",
                    validator,
                    "Cache-Control: max-age=60",
                    "Content-Type: text/json; charset=utf-8",
                )
            )
        await writer.drain()

    return serve


@pytest.mark.parametrize(
    ("asked_for", "validator"),
    [
        ("if-none-match", 'ETag: W/"a1"'),
        ("if-modified-since", "Last-Modified: Sat, 21 Nov 2026 11:00:00 GMT"),
    ],
)
def test_an_unchanged_answer_is_the_remembered_one_seen_anew(
    asked_for: str, validator: str
) -> None:
    (first, second), asked = fetch(conditional(asked_for, validator), times=2)
    assert asked_for not in asked[0].headers
    assert asked_for in asked[1].headers
    assert second.body == b"[1]"
    assert second.fingerprint == first.fingerprint
    assert second.charset == "utf-8"
    assert second.at > first.at
    assert second.max_age == timedelta(seconds=60)


def test_an_unchanged_answer_may_bring_a_new_pause() -> None:
    serve = conditional("if-none-match", 'ETag: "a"', "Cache-Control: max-age=120")
    (_, second), _ = fetch(serve, times=2)
    assert second.max_age == timedelta(seconds=120)


def test_an_unchanged_answer_keeps_the_connection() -> None:
    async def run() -> tuple[int, bool]:
        serve = conditional("if-none-match", 'ETag: "a"')
        async with serving(serve) as server, HttpWeb(Clock()) as web:
            for _ in range(3):
                await web.get(server.url())
            return len(server.asked), server.left.is_set()

    assert asyncio.run(run()) == (3, False)


def test_not_modified_is_no_answer_when_nothing_is_remembered() -> None:
    error = failing(always(reply(b"", status="304 Not Modified")))
    assert "304" in str(error)


def test_a_changed_answer_takes_the_place_of_the_remembered_one() -> None:
    bodies = iter([b"[1]", b"[2]"])

    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        body = next(bodies)
        writer.write(reply(body, f'ETag: "{body.decode()}"'))

    (_, second), _ = fetch(serve, times=2)
    assert second.body == b"[2]"


# --- redirects


def test_a_redirect_is_followed_and_the_last_address_told() -> None:
    serve = by_path({"/": moved("/a", "308 Permanent Redirect"), "/a": reply(b"[7]")})
    (answer,), _ = fetch(serve)
    assert answer.body == b"[7]"
    assert answer.url.endswith("/a")


def test_five_redirects_are_followed() -> None:
    hops = {f"/{n}": moved(f"/{n + 1}") for n in range(5)}
    (answer,), asked = fetch(by_path({**hops, "/5": reply(b"[7]")}), "/0")
    assert answer.body == b"[7]"
    assert len(asked) == 6


def test_a_sixth_redirect_is_not_followed() -> None:
    async def run() -> int:
        async with serving(always(moved("/"))) as server, HttpWeb(Clock()) as web:
            with pytest.raises(Unreachable, match="too often"):
                await web.get(server.url())
            return len(server.asked)

    assert asyncio.run(run()) == 6


def test_a_redirect_in_a_circle_ends() -> None:
    error = failing(always(moved("/")))
    assert str(error) == "127.0.0.1: redirected too often"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://status.example/", "status.example: only over https"),
        ("ftp://status.example/", "not an address of a web page"),
        ("//a:b/", "not an address"),
        ("https:///", "not an address of a web page"),
    ],
)
def test_a_redirect_to_where_we_do_not_go_is_not_followed(to: str, why: str) -> None:
    assert str(failing(always(moved(to)))) == f"127.0.0.1: {why}"


def test_a_redirect_without_an_address_is_no_answer() -> None:
    assert "HTTP 302" in str(failing(always(reply(b"", status="302 Found"))))


def test_tls_is_never_given_up_for_plain_text(trust: Trust) -> None:
    async def run() -> list[Asked]:
        async with (
            serving(always(reply(SECRET))) as plain,
            serving(always(moved(plain.url())), tls=trust.server) as safe,
            HttpWeb(Clock(), tls=trust.visitor) as web,
        ):
            with pytest.raises(Unreachable, match="from https to http"):
                await web.get(safe.url())
            return plain.asked

    assert asyncio.run(run()) == []


def test_a_redirect_from_one_tls_address_to_another_is_followed(trust: Trust) -> None:
    async def run() -> bytes:
        async with (
            serving(always(reply(b"[7]")), tls=trust.server) as there,
            serving(always(moved(there.url())), tls=trust.server) as here,
            HttpWeb(Clock(), tls=trust.visitor) as web,
        ):
            return (await web.get(here.url())).body

    assert asyncio.run(run()) == b"[7]"


# --- addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://status.example/",
        "http://127.0.0.1.status.example/",
        "http://[::2]/",
        "ftp://127.0.0.1/",
        "file:///etc/hosts",
        "status.example",
        "https://",
        "https://a:b/",
        "https://xn--a.example/",
        "https://who:hush@status.example/",
        "",
    ],
)
def test_only_tls_leaves_this_computer(url: str) -> None:
    async def run() -> None:
        async with HttpWeb(Clock()) as web:
            await web.get(url)

    with pytest.raises(Unreachable):  # the guard of the tests saw no connection
        asyncio.run(run())


def test_a_name_that_is_none_is_not_found() -> None:
    async def run() -> None:
        async with HttpWeb(Clock()) as web:
            await web.get("http://[::1%25nosuchline]:1/")

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason in {"dns", "broken"}


# --- refusals


@pytest.mark.parametrize("status", ["400 Bad", "404 Not Found", "500 Oops", "599 X"])
def test_an_error_status_is_a_refusal(status: str) -> None:
    with pytest.raises(Refused) as caught:
        fetch(always(reply(SECRET, "Retry-After: 60", status=status)))
    assert caught.value.status == int(status[:3])
    assert caught.value.retry_after is None
    assert SECRET.decode() not in str(caught.value)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Unavailable"])
@pytest.mark.parametrize("asked", ["120", "Sat, 21 Nov 2026 12:02:01 GMT"])
def test_a_busy_server_says_how_long_to_stay_away(status: str, asked: str) -> None:
    with pytest.raises(Refused) as caught:
        fetch(always(reply(b"", f"Retry-After: {asked}", status=status)))
    assert caught.value.retry_after == timedelta(minutes=2)


def test_a_success_that_holds_no_answer_is_none() -> None:
    assert "HTTP 202" in str(failing(always(reply(b"", status="202 Accepted"))))


# --- packing


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"[1,2]", mtime=0)),
        ("X-GZIP", gzip.compress(b"[1,2]", mtime=0)),
        ("deflate", zlib.compress(b"[1,2]")),
        ("deflate", bare_deflate(b"[1,2]")),
        ("identity", b"[1,2]"),
        ("gzip", gzip.compress(b"[1,2]", mtime=0) + b"\0" * 512),
    ],
)
def test_a_packed_body_is_unpacked(encoding: str, packed: bytes) -> None:
    (answer,), _ = fetch(always(reply(packed, f"Content-Encoding: {encoding}")))
    assert answer.body == b"[1,2]"


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_a_packing_we_did_not_ask_for_is_no_answer(encoding: str) -> None:
    error = failing(always(reply(SECRET, f"Content-Encoding: {encoding}")))
    assert "did not ask for" in str(error)


def test_a_small_body_that_unpacks_to_a_huge_one_is_stopped() -> None:
    bomb = gzip.compress(bytes(1_000_000))
    assert len(bomb) < 10_000
    error = failing(always(reply(bomb, "Content-Encoding: gzip")), limit=10_000)
    assert "larger than 10,000 bytes" in str(error)


def test_a_body_of_just_the_limit_is_taken() -> None:
    (answer,), _ = fetch(always(reply(bytes(5000))), limit=5000)
    assert len(answer.body) == 5000


def test_an_endless_body_is_stopped() -> None:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(SECRET * 1000)
            await writer.drain()

    assert "larger than 100,000 bytes" in str(failing(serve, limit=100_000))


# --- time


def stalling(before: bytes) -> Serve:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(before)
        await writer.drain()
        await for_ever()

    return serve


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(b"", id="no word at all"),
        pytest.param(reply(b'{"half":', length=100), id="half a body"),
    ],
)
def test_a_server_that_stalls_is_left(before: bytes) -> None:
    error = failing(stalling(before), patience=Patience(read=SOON))
    assert error.reason == "timeout"
    assert str(error) == "127.0.0.1: no answer in time"


def test_a_body_that_drips_is_left_when_the_whole_takes_too_long() -> None:
    ticking = asyncio.Event

    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ticking().wait(), 0.01)

    error = failing(serve, patience=Patience(whole=SOON))
    assert error.reason == "timeout"


def test_a_tls_server_that_stalls_is_late_and_not_unsafe(trust: Trust) -> None:
    async def run() -> None:
        async with (
            serving(stalling(b""), tls=trust.server) as server,
            HttpWeb(Clock(), tls=trust.visitor, patience=Patience(read=SOON)) as web,
        ):
            await web.get(server.url())

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "timeout"


# --- broken lines


def test_a_closed_port_refuses() -> None:
    async def run() -> None:
        async with HttpWeb(Clock()) as web:
            async with serving(always(reply())) as server:
                url = server.url(host="localhost")
            await web.get(url)

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "refused"
    assert str(caught.value) == "localhost: the connection was refused"
    assert caught.value.__cause__ is not None


def reset(before: bytes) -> Serve:
    """Drop the connection the hard way after ``before``."""

    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(before)
        await writer.drain()
        line = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return serve


def hanging_up(before: bytes) -> Serve:
    async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(before)
        await writer.drain()
        writer.close()

    return serve


@pytest.mark.parametrize(
    "serve",
    [
        pytest.param(reset(b""), id="reset at once"),
        pytest.param(reset(reply(SECRET, length=10_000)), id="reset in mid-body"),
        pytest.param(hanging_up(b""), id="hung up at once"),
        pytest.param(hanging_up(reply(SECRET, length=10_000)), id="cut short"),
        pytest.param(always(b"SSH-2.0-" + SECRET + b"\r\n\r\n"), id="not HTTP"),
        pytest.param(
            hanging_up(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
                + gzip.compress(SECRET, mtime=0)[:-9]
            ),
            id="packed and cut short",
        ),
        pytest.param(
            always(reply(SECRET, "Content-Encoding: gzip")), id="not packed at all"
        ),
    ],
)
def test_a_broken_answer_is_none(serve: Serve) -> None:
    assert failing(serve).reason in {"reset", "unusable"}


@pytest.mark.parametrize(
    "serve", [reset(b""), hanging_up(b""), hanging_up(reply(SECRET, length=10_000))]
)
def test_a_server_that_hangs_up_cuts_the_connection_off(serve: Serve) -> None:
    assert failing(serve).title == "Connection cut off"


def over_tls(context: ssl.SSLContext, visitor: Callable[[], ssl.SSLContext]) -> None:
    async def run() -> None:
        async with (
            serving(always(reply()), tls=context) as server,
            HttpWeb(Clock(), tls=visitor) as web,
        ):
            asyncio.get_running_loop().set_exception_handler(lambda *_: None)
            await web.get(server.url())

    asyncio.run(run())


def test_a_good_certificate_is_good_enough(trust: Trust) -> None:
    over_tls(trust.server, trust.visitor)


def test_a_certificate_for_somebody_else_is_not_trusted(trust: Trust) -> None:
    with pytest.raises(Unreachable, match="certificate") as caught:
        over_tls(trust.stranger, trust.visitor)
    assert caught.value.reason == "untrusted"


def test_a_certificate_of_an_unknown_authority_is_not_trusted(trust: Trust) -> None:
    with pytest.raises(Unreachable, match="certificate") as caught:
        over_tls(trust.server, system_trust)
    assert caught.value.reason == "untrusted"


def test_a_certificate_that_has_expired_is_told_from_a_strangers(trust: Trust) -> None:
    with pytest.raises(Unreachable, match="certificate") as caught:
        over_tls(trust.expired, trust.visitor)
    assert caught.value.reason == "expired"
    assert caught.value.title == "Certificate expired"


@pytest.mark.parametrize("hard", [True, False])
def test_a_handshake_that_is_hung_up_on_is_no_matter_of_trust(
    trust: Trust, *, hard: bool
) -> None:
    async def run() -> None:
        async with (
            dropping(hard=hard) as port,
            HttpWeb(Clock(), tls=trust.visitor) as web,
        ):
            await web.get(f"https://127.0.0.1:{port}/")

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "reset"


def test_a_server_that_speaks_no_tls_is_not_secure(trust: Trust) -> None:
    async def run() -> None:
        async with (
            serving(always(b""), greeting=b"220 " + SECRET + b"\r\n") as server,
            HttpWeb(Clock(), tls=trust.visitor) as web,
        ):
            server.scheme = "https"
            await web.get(server.url())

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "tls"
    assert SECRET.decode() not in str(caught.value)


# --- being called back


def test_a_cancelled_fetch_is_cancelled_and_hangs_up() -> None:
    async def run() -> bool:
        arrived = asyncio.Event()

        async def serve(asked: Asked, reader: Reader, writer: Writer) -> None:
            arrived.set()
            await reader.read()  # until the visitor hangs up

        async with serving(serve) as server, HttpWeb(Clock()) as web:
            fetching = asyncio.create_task(web.get(server.url()))
            await arrived.wait()
            fetching.cancel()
            with pytest.raises(asyncio.CancelledError):
                await fetching
            await server.left.wait()
            return fetching.cancelled()

    assert asyncio.run(run())


# --- proxies


def through(
    trust: Trust,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str] | None = None,
    *,
    url: str = "https://status.example/",
    serve: Serve | None = None,
    proxy: str = "system",
) -> tuple[str, list[Asked]]:
    """Fetch ``url`` with a proxy at hand, ``{proxy}`` in the settings being it.

    Returns:
        The body, or the error in words; and what the proxy was asked.
    """

    async def run() -> tuple[str, list[Asked]]:
        async with AsyncExitStack() as open_:
            target = await open_.enter_async_context(
                serving(serve or always(reply(b"[7]")), tls=trust.server)
            )
            gate = await open_.enter_async_context(serving(leading_to(target)))
            place = f"127.0.0.1:{gate.port}"
            for name, setting in (environment or {}).items():
                monkeypatch.setenv(name, setting.format(proxy=place))
            web = await open_.enter_async_context(
                HttpWeb(Clock(), proxy=proxy.format(proxy=place), tls=trust.visitor)
            )
            try:
                answer = await web.get(url.format(target=target.port))
            except SourceError as error:
                return str(error), gate.asked
            return answer.body.decode(), gate.asked

    return asyncio.run(run())


@pytest.mark.parametrize(
    "environment",
    [
        {"https_proxy": "http://{proxy}"},
        {"HTTPS_PROXY": "{proxy}"},
        {"all_proxy": "http://{proxy}"},
        {"https_proxy": "http://{proxy}", "all_proxy": "socks://127.0.0.1:1"},
        {"https_proxy": "http://{proxy}", "no_proxy": "other.example"},
    ],
)
def test_the_systems_proxy_is_gone_through(
    trust: Trust, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    body, asked = through(trust, monkeypatch, environment)
    assert body == "[7]"
    assert asked[0].line == "CONNECT status.example:443 HTTP/1.1"


def test_a_proxy_can_be_set_by_hand(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, asked = through(trust, monkeypatch, proxy="http://{proxy}")
    assert (body, len(asked)) == ("[7]", 1)


@pytest.mark.parametrize("proxy", ["system", "http://{proxy}"])
def test_this_computer_is_never_asked_through_a_proxy(
    trust: Trust, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    body, asked = through(
        trust,
        monkeypatch,
        {"https_proxy": "http://{proxy}"},
        url="https://127.0.0.1:{target}/",
        proxy=proxy,
    )
    assert (body, asked) == ("[7]", [])


@pytest.mark.parametrize(
    ("proxy", "environment"),
    [
        ("none", {"https_proxy": "http://{proxy}"}),
        ("system", {"https_proxy": "http://{proxy}", "no_proxy": "example"}),
        ("system", {"https_proxy": "http://{proxy}", "no_proxy": "*"}),
    ],
)
def test_a_proxy_that_is_not_wanted_is_not_asked(
    trust: Trust,
    monkeypatch: pytest.MonkeyPatch,
    proxy: str,
    environment: dict[str, str],
) -> None:
    # Going straight there is what the guard of the tests stops.
    with pytest.raises(BaseException, match=r"status\.example") as caught:
        through(trust, monkeypatch, environment, proxy=proxy)
    assert not isinstance(caught.value, Unreachable)


@pytest.mark.parametrize(
    "proxy",
    ["gopher://who:hush@127.0.0.1:1", "http://a:b"],
)
def test_a_proxy_of_an_unknown_kind_is_named_without_its_password(
    trust: Trust, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    told, _ = through(trust, monkeypatch, proxy=proxy)
    assert told == "status.example: the proxy setting cannot be used"


def test_a_socks_proxy_is_asked(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    told, _ = through(trust, monkeypatch, proxy="socks5://who:hush@127.0.0.1:1")
    assert told == "status.example: the connection was refused"


@pytest.mark.parametrize("here", ["127.0.0.1", "127.1", "localhost.", "[::]"])
def test_a_redirect_from_outside_never_leads_to_this_computer(
    trust: Trust, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    told, asked = through(
        trust,
        monkeypatch,
        serve=always(moved(f"https://{here}:1/")),
        proxy="http://{proxy}",
    )
    assert told == "status.example: redirected to this computer"
    assert len(asked) == 1
