"""Names looked up: by the system, and by a name server of our own on loopback."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import asynccontextmanager
from threading import Event
from threading import enumerate as enumerate_threads
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.errors import Unreachable
from downlight.probes.resolver import ask, by_server, by_system, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

RECORD = struct.Struct("!HHIH")


def answered(
    question: bytes, *addresses: str, code: int = 0, alias: bool = False
) -> bytes:
    """Return what a name server says to a question."""
    records = [
        b"\xc0\x0c" + RECORD.pack(1, 1, 60, 4) + socket.inet_aton(it)
        for it in addresses
    ]
    if alias:  # a name on the way, which itself has two parts and a pointer
        name = b"\x03www\xc0\x0c"
        records.insert(0, b"\xc0\x0c" + RECORD.pack(5, 1, 60, len(name)) + name)
    head = struct.pack("!6H", 0, 0x8180 | code, 1, len(records), 0, 0)[2:]
    return question[:2] + head + question[12:] + b"".join(records)


class _Server(asyncio.DatagramProtocol):
    def __init__(self, say: Callable[[bytes], list[bytes]]) -> None:
        self.say = say

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        for answer in self.say(data):
            self.transport.sendto(answer, addr)


@asynccontextmanager
async def name_server(say: Callable[[bytes], list[bytes]]) -> AsyncIterator[int]:
    """Listen on loopback; say to each question what ``say`` gives."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Server(say), local_addr=("127.0.0.1", 0)
    )
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


def look_up(host: str, say: Callable[[bytes], list[bytes]]) -> tuple[str, ...]:
    async def go() -> tuple[str, ...]:
        async with name_server(say) as port:
            return await by_server(host, "127.0.0.1", port)

    return asyncio.run(go())


def test_a_name_server_is_asked_and_understood() -> None:
    found = look_up(
        "chat.example",
        lambda it: [answered(it, "192.0.2.7", "192.0.2.1", alias=True)],
    )
    assert found == ("192.0.2.1", "192.0.2.7")


def test_answers_to_other_questions_are_passed_over() -> None:
    def say(question: bytes) -> list[bytes]:
        number = bytes((question[0] ^ 1, question[1]))
        return [
            answered(number + question[2:], "192.0.2.66"),
            answered(question[:2] + ask("else.example", 0)[2:], "192.0.2.66"),
            answered(question.replace(b"chat", b"CHAT"), "192.0.2.1"),
            answered(question, "192.0.2.66"),
        ]

    assert look_up("chat.example", say) == ("192.0.2.1",)


@pytest.mark.parametrize(("code", "reason"), [(3, "dns"), (0, "dns"), (2, "broken")])
def test_no_such_name_is_not_the_same_as_no_answer(code: int, reason: str) -> None:
    with pytest.raises(Unreachable) as error:
        look_up("lost.example", lambda it: [answered(it, code=code)])
    assert error.value.reason == reason


def test_an_answer_that_did_not_fit_does_not_say_that_there_is_no_such_name() -> None:
    def shortened(question: bytes) -> list[bytes]:
        whole = answered(question)
        return [whole[:2] + bytes((whole[2] | 0x02,)) + whole[3:]]

    with pytest.raises(Unreachable) as error:
        look_up("chat.example", shortened)
    assert error.value.reason == "broken"


def test_a_name_server_that_is_not_there_refuses() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as seat:
        seat.bind(("127.0.0.1", 0))
        port = seat.getsockname()[1]
    with pytest.raises(Unreachable) as error:
        asyncio.run(by_server("chat.example", "127.0.0.1", port))
    assert error.value.reason == "refused"


@pytest.mark.parametrize("host", ["", "a..example", "x" * 64 + ".example", "a." * 200])
def test_what_is_no_name_is_not_asked_for(host: str) -> None:
    with pytest.raises(Unreachable) as error:
        ask(host, 7)
    assert error.value.reason == "dns"


def test_a_question_is_for_ipv4_and_asks_to_be_passed_on() -> None:
    question = ask("a.example", 0x1234)
    assert question[:12] == bytes.fromhex("123401000001000000000000")
    assert question[12:] == b"\x01a\x07example\0\0\x01\0\x01"


@given(st.binary(max_size=200))
def test_garbage_is_never_an_address_out_of_nowhere(noise: bytes) -> None:
    with pytest.raises(Unreachable):
        read(noise[:11])
    try:
        found = read(ask("a.example", 1)[:2] + b"\x81\x80\0\x01\0\x09\0\0\0\0" + noise)
    except Unreachable:
        return
    assert all(socket.inet_aton(it) in noise for it in found)


def test_an_answer_that_ends_too_soon_is_none() -> None:
    whole = answered(ask("a.example", 1), "192.0.2.1")
    for length in range(len(whole)):
        with pytest.raises(Unreachable):
            read(whole[:length])
    assert read(whole) == ("192.0.2.1",)


def test_the_system_is_asked_on_a_thread_nobody_waits_for() -> None:
    assert "127.0.0.1" in asyncio.run(by_system("localhost"))
    assert asyncio.run(by_system("127.0.0.1")) == ("127.0.0.1",)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "dns"),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), "timeout"),
        (UnicodeError("label too long"), "dns"),
    ],
)
def test_a_name_that_is_not_and_a_server_that_is_silent_are_two_things(
    error: Exception, reason: str
) -> None:
    def find(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise error

    with pytest.raises(Unreachable) as caught:
        asyncio.run(by_system("lost.example", find))
    assert caught.value.reason == reason


def test_a_call_that_hangs_holds_nobody_up() -> None:
    asked, free = Event(), Event()

    def find(*_: object, **__: object) -> list[tuple[object, ...]]:
        asked.set()
        free.wait()
        return [(0, 0, 0, "", ("192.0.2.1", 0))]

    async def go() -> None:
        task = asyncio.ensure_future(by_system("slow.example", find))
        await asyncio.to_thread(asked.wait)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()

    asyncio.run(go())  # comes back while the call still hangs
    (thread,) = (it for it in enumerate_threads() if it.name == "look-up")
    free.set()
    thread.join()
