"""The line: dialling, names, and what is loaded for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Unreachable
from downlight.web.door import HttpWeb
from downlight.web.line import Patience, say_if_absent, system_trust
from tests.servers import Asked, Server, Trust, always, dropping, make_trust, serving

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable
    from types import ModuleType

    Reader = asyncio.StreamReader
    Writer = asyncio.StreamWriter
    Serve = Callable[[Asked, Reader, Writer], Awaitable[None]]

PATIENT = Patience()
SOON = timedelta(milliseconds=60)


def clock() -> datetime:
    return datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return make_trust(tmp_path_factory.mktemp("trust"))


# --- dialling


def dial(
    serve: Serve,
    *,
    tls: bool = False,
    context: ssl.SSLContext | None = None,
    trust: Trust | None = None,
    patience: Patience = PATIENT,
) -> tuple[timedelta, Server]:
    async def run() -> tuple[timedelta, Server]:
        async with (
            serving(serve, tls=context) as server,
            HttpWeb(
                clock,
                tls=trust.visitor if trust else system_trust,
                patience=patience,
            ) as web,
        ):
            asyncio.get_running_loop().set_exception_handler(lambda *_: None)
            took = await web.dial("127.0.0.1", server.port, tls=tls)
            await server.left.wait()
            return took, server

    return asyncio.run(run())


def test_dialling_opens_a_connection_says_nothing_and_hangs_up() -> None:
    took, server = dial(always(b""))
    assert took >= timedelta()
    assert server.asked == []


def test_dialling_with_tls_shakes_hands(trust: Trust) -> None:
    took, server = dial(always(b""), tls=True, context=trust.server, trust=trust)
    assert took > timedelta()
    assert server.asked == []


def test_dialling_does_not_trust_a_stranger(trust: Trust) -> None:
    with pytest.raises(Unreachable) as caught:
        dial(always(b""), tls=True, context=trust.stranger, trust=trust)
    assert caught.value.reason == "untrusted"


def test_dialling_tells_a_certificate_that_has_expired(trust: Trust) -> None:
    with pytest.raises(Unreachable) as caught:
        dial(always(b""), tls=True, context=trust.expired, trust=trust)
    assert caught.value.reason == "expired"


@pytest.mark.parametrize("hard", [True, False])
def test_dialling_tells_who_hangs_up_on_a_handshake(
    trust: Trust, *, hard: bool
) -> None:
    async def run() -> None:
        async with dropping(hard=hard) as port, HttpWeb(clock, tls=trust.visitor) as it:
            await it.dial("127.0.0.1", port, tls=True)

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "reset"


def test_dialling_a_closed_port_is_refused() -> None:
    async def run() -> None:
        async with serving(always(b"")) as server:
            port = server.port
        async with HttpWeb(clock) as web:
            await web.dial("127.0.0.1", port)

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == "refused"


def test_dialling_gives_up_on_a_handshake_that_never_ends(trust: Trust) -> None:
    with pytest.raises(Unreachable) as caught:
        dial(always(b""), tls=True, trust=trust, patience=Patience(connect=SOON))
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [
        ("::1%nosuchline", 443, "dns"),
        ("127.0.0.1", 70_000, "broken"),
    ],
)
def test_dialling_nowhere_fails_as_what_it_is(
    host: str, port: int, reason: str
) -> None:
    async def run() -> None:
        async with HttpWeb(clock) as web:
            await web.dial(host, port)

    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())
    assert caught.value.reason == reason


# --- names


def resolve(host: str, patience: Patience = PATIENT) -> tuple[str, ...]:
    async def run() -> tuple[str, ...]:
        async with HttpWeb(clock, patience=patience) as web:
            return await web.resolve(host)

    return asyncio.run(run())


def test_a_name_has_its_addresses_each_once() -> None:
    found = resolve("localhost")
    assert set(found) <= {"127.0.0.1", "::1"}
    assert found == tuple(sorted(set(found)))


@pytest.mark.parametrize("host", ["", "::1%nosuchline"])
def test_what_is_no_name_has_none(host: str) -> None:
    with pytest.raises(Unreachable) as caught:
        resolve(host)
    assert caught.value.reason == "dns"


def test_a_resolver_that_does_not_answer_is_given_up() -> None:
    with pytest.raises(Unreachable) as caught:
        resolve("localhost", Patience(connect=timedelta(seconds=-1)))
    assert caught.value.reason == "resolver"
    assert caught.value.is_silence


# --- modules


def test_a_module_that_is_missing_need_not_be_looked_for_again() -> None:
    modules: dict[str, ModuleType] = {}
    say_if_absent("no_such_module", modules)
    say_if_absent("json", modules)
    assert repr(modules) == "{'no_such_module': None}"


def test_what_the_library_has_besides_is_not_loaded() -> None:
    code = (
        "import sys, downlight.web.door\n"
        "print(sorted({'click', 'h2', 'pygments', 'rich'} & {"
        "n for n, there in sys.modules.items() if there}), 'httpx' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[] True\n"
