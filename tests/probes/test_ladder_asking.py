"""One connection at a time: let in, secured, answered, against servers of our own."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Unreachable
from downlight.core.rungs.readings import Fault, Reading
from downlight.probes.asking import BODY, Asker, fault_of
from downlight.probes.place import Place
from tests import servers
from tests.servers import Asked, Server, Trust, always, make_trust, reply, serving

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Callable, Sequence

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONG = timedelta(seconds=20)
SOON = timedelta(milliseconds=30)
DATE = "Date: Sat, 21 Nov 2026 11:00:00 GMT"
LOOPBACK = ("127.0.0.1",)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return make_trust(Path(tmp_path_factory.mktemp("trust")))


def asker(trust: Trust | None = None, proxy: str = "") -> Asker:
    context = trust.visitor() if trust else ssl.create_default_context()
    return Asker(context, lambda: NOW, proxy)


def visit(
    serve: servers.Serve,
    place: Callable[[Server], Place],
    by: Asker,
    *,
    tls: ssl.SSLContext | None = None,
    patience: timedelta = LONG,
    addresses: Sequence[str] = LOOPBACK,
) -> tuple[Reading, list[Asked]]:
    """Serve, ask once, and return what came with what was asked."""

    async def go() -> tuple[Reading, list[Asked]]:
        async with serving(serve, tls=tls) as server:
            reading = await by.ask(place(server), addresses, patience)
            return reading, server.asked

    return asyncio.run(go())


async def hang(asked: Asked, reader: StreamReader, writer: StreamWriter) -> None:
    await servers.for_ever()


async def hang_up(asked: Asked, reader: StreamReader, writer: StreamWriter) -> None:
    writer.transport.abort()


def test_a_place_that_answers_is_timed_stage_by_stage(trust: Trust) -> None:
    reading, asked = visit(
        always(reply(b"", DATE)),
        lambda server: Place("localhost", server.port, path="/well", owner="A"),
        asker(trust),
        tls=trust.server,
    )
    assert reading.fault is None
    assert reading.connected is not None
    assert reading.secured is not None
    assert reading.answered is not None
    assert (reading.owner, reading.status) == ("A", 200)
    assert reading.offset == -timedelta(hours=1)
    assert [it.line for it in asked] == ["HEAD /well HTTP/1.1"]
    assert set(asked[0].headers) == {"host", "user-agent", "accept", "connection"}


def test_a_sentinel_is_read_over_plain_http_and_no_redirect_followed() -> None:
    body = reply(b"well\n" + b"x" * 5000, "Location: http://other.example/", "Date: ?")
    reading, asked = visit(
        always(body),
        lambda server: Place("localhost", server.port, False, "/well", "GET"),
        asker(),
    )
    assert reading.body.startswith("well\nxx")
    assert len(reading.body) == BODY
    assert reading.moved == "http://other.example/"
    assert (reading.secured, reading.offset) == (None, None)
    assert len(asked) == 1


def staying(answer: bytes) -> servers.Serve:
    """Answer, and never hang up."""

    async def serve(asked: Asked, reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(answer)
        await servers.for_ever()

    return serve


def test_a_length_that_is_none_is_not_believed() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"

    async def serve(asked: Asked, reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(head + b"well")
        writer.close()

    reading, _ = visit(
        serve,
        lambda server: Place("localhost", server.port, False, "/", "GET"),
        asker(),
    )
    assert (reading.status, reading.body, reading.fault) == (200, "well", None)


@pytest.mark.parametrize("length", [4, 5])
def test_a_server_that_does_not_hang_up_has_answered(length: int) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
    reading, _ = visit(
        staying(head.encode() + b"well"),
        lambda server: Place("localhost", server.port, False, "/", "GET"),
        asker(),
        patience=LONG if length == 4 else timedelta(seconds=1),
    )
    assert (reading.status, reading.body) == (200, "well")
    assert reading.answered is not None
    assert reading.fault is (None if length == 4 else Fault.SILENT)


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 99999999999999999999 Jan 2024 0.0.0",
        "Mon, 32 Jan 2024 00:00:00 GMT",
        "\x1b[31m",
    ],
)
def test_a_clock_that_shows_nonsense_is_passed_over(date: str) -> None:
    reading, _ = visit(
        always(reply(b"", f"Date: {date}")),
        lambda server: Place("localhost", server.port, False, "/", "GET"),
        asker(),
    )
    assert (reading.status, reading.fault, reading.offset) == (200, None, None)


def test_a_port_is_only_opened_when_nothing_is_to_be_asked() -> None:
    reading, asked = visit(
        hang, lambda server: Place("localhost", server.port, tls=False), asker()
    )
    assert reading.fault is None
    assert reading.answered is None
    assert asked == []


def test_a_foreign_certificate_and_one_of_another_name_are_told(trust: Trust) -> None:
    def place(server: Server) -> Place:
        return Place("localhost", server.port, path="/")

    unknown, asked = visit(always(reply()), place, asker(), tls=trust.server)
    other, _ = visit(always(reply()), place, asker(trust), tls=trust.stranger)
    assert unknown.fault is other.fault is Fault.FOREIGN
    assert unknown.connected is not None
    assert (unknown.secured, asked) == (None, [])


def test_whoever_hears_the_name_may_break_off_or_say_no_more(trust: Trust) -> None:
    async def cut(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)  # the first word of a handshake names the host
        writer.transport.abort()

    async def go() -> Reading:
        listener = await asyncio.start_server(cut, "127.0.0.1", 0)
        async with listener:
            place = Place("localhost", listener.sockets[0].getsockname()[1])
            return await asker(trust).ask(place, LOOPBACK, LONG)

    broken = asyncio.run(go())
    assert (broken.connected is not None, broken.fault) == (True, Fault.CUT)
    deaf, _ = visit(
        hang,
        lambda server: Place("localhost", server.port),
        asker(trust),
        patience=SOON,
    )
    assert (deaf.connected is not None, deaf.fault) == (True, Fault.SILENT)


@pytest.mark.parametrize(
    ("serve", "fault"),
    [
        (hang_up, Fault.CUT),
        (always(b"SSH-2.0-shell\r\n\r\n"), Fault.CUT),
        (always(b"HTTP/1.1 no\r\n\r\n"), Fault.CUT),
        (always(b"HTTP/1.1 -12 hm\r\n\r\n"), Fault.CUT),
        (always("HTTP/1.1 2\u00b20 hm\r\n\r\n".encode("latin-1")), Fault.CUT),
        (always(b"HTTP/1.1 200 " + b"x" * 50_000 + b"\r\n\r\n"), Fault.CUT),
        (hang, Fault.SILENT),
    ],
)
def test_what_gives_no_answer_says_why(serve: servers.Serve, fault: Fault) -> None:
    reading, _ = visit(
        serve,
        lambda server: Place("localhost", server.port, False, "/"),
        asker(),
        patience=SOON if fault is Fault.SILENT else LONG,
    )
    assert reading.fault is fault
    assert reading.connected is not None
    assert reading.status is None


def test_a_closed_port_refuses() -> None:
    reading = asyncio.run(
        asker().ask(Place("localhost", closed_port(), tls=False), LOOPBACK, LONG)
    )
    assert (reading.fault, reading.connected) == (Fault.REFUSED, None)


def test_no_address_is_no_way_there() -> None:
    reading = asyncio.run(asker().ask(Place("localhost"), (), LONG))
    assert reading.fault is Fault.SILENT


def test_the_first_of_several_addresses_that_lets_us_in_is_taken() -> None:
    reading, _ = visit(
        always(reply()),
        lambda server: Place("localhost", server.port, False, "/"),
        asker(),
        addresses=("127.0.0.2", "127.0.0.1", "127.0.0.1", "127.0.0.3"),
    )
    assert reading.status == 200


def test_a_proxy_leads_on_and_the_certificate_is_still_looked_at(trust: Trust) -> None:
    async def go() -> tuple[Reading, list[Asked]]:
        async with (
            serving(always(reply()), tls=trust.server) as host,
            serving(servers.leading_to(host)) as proxy,
        ):
            by = asker(trust, proxy.url().replace("//", "//ann:p%40ss@"))
            place = Place("status.example", path="/")
            return await by.ask(place, (), LONG), proxy.asked

    reading, asked = asyncio.run(go())
    assert (reading.fault, reading.status) == (None, 200)
    assert asked[0].line == "CONNECT status.example:443 HTTP/1.1"
    assert asked[0].headers["proxy-authorization"] == "Basic YW5uOnBAc3M="


@pytest.mark.parametrize(
    "serve", [always(reply(status="407 Proxy Authentication Required")), hang_up]
)
def test_a_proxy_that_does_not_lead_on_is_named(serve: servers.Serve) -> None:
    async def go() -> Reading:
        async with serving(serve) as proxy:
            return await asker(None, proxy.url()).ask(Place("a.example"), (), LONG)

    assert asyncio.run(go()).fault is Fault.PROXY


def test_a_proxy_whose_name_is_not_found_is_named() -> None:
    async def nowhere(host: str) -> tuple[str, ...]:
        raise Unreachable(f"no {host}", "dns")

    by = Asker(ssl.create_default_context(), lambda: NOW, "http://p.example", nowhere)
    reading = asyncio.run(by.ask(Place("a.example"), (), LONG))
    assert reading.fault is Fault.PROXY


def test_a_proxy_that_is_not_there_is_named() -> None:
    by = asker(None, f"http://127.0.0.1:{closed_port()}")
    reading = asyncio.run(by.ask(Place("a.example"), (), LONG))
    assert reading.fault is Fault.PROXY


@pytest.mark.parametrize(
    ("code", "fault"), [(9, Fault.EARLY), (10, Fault.EXPIRED), (18, Fault.FOREIGN)]
)
def test_a_certificate_out_of_its_time_is_not_a_foreign_one(
    code: int, fault: Fault
) -> None:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    assert fault_of(error) is fault


@pytest.mark.parametrize(
    ("host", "numeric", "written"),
    [
        ("a.example", False, "a.example:443"),
        ("192.0.2.1", True, "192.0.2.1:443"),
        ("2001:db8::1", True, "[2001:db8::1]:443"),
    ],
)
def test_a_place_knows_whether_it_is_a_number(
    host: str, numeric: bool, written: str
) -> None:
    place = Place(host)
    assert (place.numeric, place.written) == (numeric, written)


def closed_port() -> int:
    """Return a port of this computer at which nobody listens."""
    import socket

    with socket.socket() as seat:
        seat.bind(("127.0.0.1", 0))
        port: int = seat.getsockname()[1]
    return port


def test_visits_leave_nothing_open(trust: Trust) -> None:
    async def go() -> None:
        async with serving(always(reply()), tls=trust.server) as server:
            place = Place("localhost", server.port, path="/")
            await asker(trust).ask(place, LOOPBACK, LONG)
            await server.left.wait()

    asyncio.run(go())
