"""Looking a name up: by this computer's own way, and by a name server of our choice.

The second is one question over UDP in our own hand (RFC 1035, 4.1): the system has no
way to ask a name server other than its own. Only IPv4 addresses are asked for.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import struct
from contextlib import suppress
from ipaddress import IPv4Address
from threading import Thread
from typing import TYPE_CHECKING, Final, cast

from downlight.core.errors import Unreachable

if TYPE_CHECKING:
    from asyncio import DatagramTransport
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from downlight.core.errors import Reason

    Find: TypeAlias = Callable[..., Iterable[tuple[Any, ...]]]

PORT: Final = 53
LONGEST: Final = 253
"""Characters of a name, and bytes of one of its parts below."""
LABEL: Final = 63
RECORDS: Final = 32
"""More records than this are not looked at."""

_HEAD: Final = struct.Struct("!6H")
_RECORD: Final = struct.Struct("!HHIH")
_QUESTION: Final = struct.Struct("!HH")
_WANTED: Final = 0x0100
"""Flags of a question: please ask others for me (RD)."""
_ANSWER: Final = 0x8000
_SHORTENED: Final = 0x0200
"""It did not fit, and lacks something (TC)."""
_CODE: Final = 0x000F
_NO_SUCH_NAME: Final = 3
_A: Final = 1
_IN: Final = 1
_POINTER: Final = 0xC0
_NOBODY: Final = frozenset(
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA")
    if hasattr(socket, name)
)


async def by_system(host: str, find: Find | None = None) -> tuple[str, ...]:
    """Return the addresses of ``host``, as this computer finds them.

    The system's own call cannot be broken off, and a dead name server holds it for
    half a minute. So it has a thread that nobody waits for, neither here nor at the
    end of the program.

    Args:
        host: The name.
        find: The system's call, if it is to be another one.

    Raises:
        Unreachable: It has none (reason ``dns``), or nobody could say (``timeout``).
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def settle(answer: tuple[str, ...] | Unreachable) -> None:
        if found.done():
            return
        if isinstance(answer, Unreachable):
            found.set_exception(answer)
        else:
            found.set_result(answer)

    def work() -> None:
        answer = _look_up(host, find or socket.getaddrinfo)
        with suppress(RuntimeError):  # the loop has gone home meanwhile
            loop.call_soon_threadsafe(settle, answer)

    Thread(target=work, name="look-up", daemon=True).start()
    return await found


def _look_up(host: str, find: Find) -> tuple[str, ...] | Unreachable:
    try:
        found = find(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:
        return Unreachable("not a host name", "dns")
    except OSError as error:
        reason: Reason = "dns" if error.errno in _NOBODY else "timeout"
        return Unreachable(f"{host}: {error.strerror}", reason)
    return tuple(sorted({str(place[0]) for *_, place in found}))


async def by_server(host: str, server: str, port: int = PORT) -> tuple[str, ...]:
    """Return the IPv4 addresses of ``host``, as one name server says.

    Waits for ever: the caller's patience ends it.

    Raises:
        Unreachable: It has none (reason ``dns``), or no fit answer came.
    """
    loop = asyncio.get_running_loop()
    ident = secrets.randbits(16)
    question = ask(host, ident)
    answer: asyncio.Future[bytes] = loop.create_future()
    try:
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Ear(answer, question), remote_addr=(server, port)
        )
    except OSError as error:
        raise Unreachable(f"name server: {error.strerror}") from error
    try:
        return read(await answer)
    finally:
        transport.close()


class _Ear(asyncio.DatagramProtocol):
    """Asks when it can, and takes the first answer that belongs to the question."""

    def __init__(self, answer: asyncio.Future[bytes], question: bytes) -> None:
        self._answer = answer
        self._question = question

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("DatagramTransport", transport).sendto(self._question)

    def datagram_received(self, data: bytes, addr: object) -> None:
        del addr
        # The number is 16 bits of chance, and what was asked is repeated: whoever
        # did not see the question does not guess both. Letters may change their size.
        known = self._question[_HEAD.size :].lower()
        same = data[_HEAD.size :][: len(known)].lower() == known
        if not self._answer.done() and data[:2] == self._question[:2] and same:
            self._answer.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self._answer.done():
            self._answer.set_exception(Unreachable(f"name server: {exc}", "refused"))


def ask(host: str, ident: int) -> bytes:
    """Return the question for the IPv4 addresses of ``host``.

    Args:
        host: A name.
        ident: A number of 16 bits, to know the answer by.

    Raises:
        Unreachable: It is no name.
    """
    try:
        labels = [it.encode("idna") for it in host.rstrip(".").split(".")]
    except UnicodeError:
        raise Unreachable("not a host name", "dns") from None
    if len(host) > LONGEST or not all(0 < len(it) <= LABEL for it in labels):
        raise Unreachable("not a host name", "dns")
    name = b"".join(bytes((len(it),)) + it for it in labels)
    head = _HEAD.pack(ident, _WANTED, 1, 0, 0, 0)
    return head + name + b"\0" + _QUESTION.pack(_A, _IN)


def read(answer: bytes) -> tuple[str, ...]:
    """Return the IPv4 addresses in an answer, sorted.

    Raises:
        Unreachable: There are none (reason ``dns``), or it is no answer.
    """
    try:
        _, flags, questions, records, _, _ = _HEAD.unpack_from(answer)
        if not flags & _ANSWER or questions != 1:
            raise Unreachable("no answer of a name server", "unusable")
        code = flags & _CODE
        if code not in {0, _NO_SUCH_NAME}:
            raise Unreachable(f"name server: code {code}")
        at = _after_name(answer, _HEAD.size) + _QUESTION.size
        found = set()
        for _ in range(min(records, RECORDS)):
            at = _after_name(answer, at)
            kind, space, _, length = _RECORD.unpack_from(answer, at)
            at += _RECORD.size
            if (kind, space, length) == (_A, _IN, 4) and at + length <= len(answer):
                found.add(str(IPv4Address(answer[at : at + length])))
            at += length
    except (struct.error, IndexError) as error:
        raise Unreachable("no answer of a name server", "unusable") from error
    if not found and flags & _SHORTENED:
        raise Unreachable("name server: no room for the answer")
    if not found:
        raise Unreachable("the name was not found", "dns")
    return tuple(sorted(found))


def _after_name(answer: bytes, at: int) -> int:
    """Return where a name ends; where a pointer leads is not followed.

    Raises:
        IndexError: It does not end.
    """
    while length := answer[at]:
        if length >= _POINTER:
            return at + 2
        at += length + 1
    return at + 1
