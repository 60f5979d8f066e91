"""Many hosts on loopback, in a process of their own: ``hosts.py COUNT``.

Each is an address of its own in 127.0.0.0/8, so that a program meets as many hosts as
it would outside. It prints two ports: on the first each answer is a new one, on the
second none ever changes and whoever has it is told so (304). It ends with its input.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.pages import page, touched

TAG = b'"as-it-was"'
_UNCHANGED = (
    b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: " + TAG + b"\r\n\r\n"
)


def address(number: int) -> str:
    """Return the address of host ``number``, 0..60000."""
    return f"127.77.{number // 250}.{number % 250 + 1}"


class Visit(asyncio.Protocol):
    """One connection: one answer, since no server keeps a line between two polls."""

    def __init__(self, answer: Callable[[int, bytes], bytes]) -> None:
        """Take what says the answer of a host to the head of a request."""
        self._answer = answer
        self._number = 0
        self._head = b""
        self._line: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._line = cast("asyncio.Transport", transport)
        *_, upper, lower = transport.get_extra_info("sockname")[0].split(".")
        self._number = int(upper) * 250 + int(lower) - 1

    def data_received(self, data: bytes) -> None:
        self._head += data
        if self._head.endswith(b"\r\n\r\n"):
            self._line.write(self._answer(self._number, self._head))
            self._line.close()


class Pages:
    """What the hosts say."""

    def __init__(self, count: int) -> None:
        """Make one page for each host."""
        self._bodies = [page(number) for number in range(count)]
        self._same = [_answer(body, b"ETag: " + TAG) for body in self._bodies]
        self._versions = itertools.count(1)

    def same(self, number: int, head: bytes) -> bytes:
        """Return the page, or that it has not changed."""
        asks = b"if-none-match: " + TAG in head.replace(b"If-None-M", b"if-none-m")
        return _UNCHANGED if asks else self._same[number]

    def fresh(self, number: int, _: bytes) -> bytes:
        """Return the page with a new date on it."""
        return _answer(touched(self._bodies[number], next(self._versions)))


def _answer(body: bytes, *headers: bytes) -> bytes:
    packed = gzip.compress(body, 1, mtime=0)
    lines = (
        b"HTTP/1.1 200 OK",
        b"Content-Type: application/json; charset=utf-8",
        b"Content-Encoding: gzip",
        b"Connection: close",
        b"Content-Length: %d" % len(packed),
        *headers,
    )
    return b"\r\n".join(lines) + b"\r\n\r\n" + packed


async def main() -> None:
    """Serve until the input ends."""
    count = int(sys.argv[1])
    pages = Pages(count)
    hosts = [address(number) for number in range(count)]
    loop = asyncio.get_running_loop()
    ports = []
    for answer in (pages.fresh, pages.same):
        first, *others = hosts
        make = _visits(answer)
        door = await loop.create_server(make, first, 0, backlog=64)
        ports.append(door.sockets[0].getsockname()[1])
        if others:
            await loop.create_server(make, others, ports[-1], backlog=64)
    print(*ports, flush=True)
    ended = asyncio.Event()

    def watch() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=watch, daemon=True).start()
    await ended.wait()


def _visits(answer: Callable[[int, bytes], bytes]) -> Callable[[], Visit]:
    return lambda: Visit(answer)


if __name__ == "__main__":
    asyncio.run(main())
