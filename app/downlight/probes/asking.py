"""One connection, stage by stage: let in, secured, answered; each timed.

HTTP in its smallest form, in our own hand: the door to the web hides the stages, and
refuses plain HTTP. That leaves this computer from here alone, and only to ask the
sentinels whether a log-in page is in the way: nothing private is in the request, no
redirect is followed, and no more than a kilobyte of the answer is read.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from downlight.core.errors import Unreachable
from downlight.core.rungs.readings import Fault, Reading
from downlight.probes.place import drop, first
from downlight.probes.resolver import by_system

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Awaitable, Callable, Sequence
    from urllib.parse import SplitResult

    from downlight.core.ports import Clock
    from downlight.probes.place import Place

HEAD: Final = 16_384
"""Bytes of the head of an answer, at most."""
BODY: Final = 1024
"""Bytes of a body that are read, at most."""

# OpenSSL's X509_V_ERR_* (x509_vfy.h): the clock, and the certificate's, disagree.
_NOT_YET: Final = 9
_EXPIRED: Final = 10
_FINE: Final = 200
_DIGITS: Final = 3
"""Of a status of HTTP."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Connects to places."""

    trust: ssl.SSLContext
    """Whom to believe."""
    now: Clock
    proxy: str = ""
    """Address of an HTTP proxy to go through; empty: straight."""
    resolve: Callable[[str], Awaitable[tuple[str, ...]]] = by_system
    """Finds the proxy; not the event loop's way, whose threads are waited for at
    the end."""

    async def ask(
        self, place: Place, addresses: Sequence[str], patience: timedelta
    ) -> Reading:
        """Go as far as it goes in this time, and hang up.

        Args:
            place: Where, and what for.
            addresses: Of the host; not used with a proxy, which knows them itself.
            patience: For all of it.
        """
        visit = _Visit(self, place, addresses)
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await visit.run()
        except _ENDS as error:
            return replace(visit.reading, fault=fault_of(error))
        finally:
            visit.leave()
        return visit.reading


class _Shut(Exception):
    """The proxy does not lead on."""


_ENDS: Final = (
    OSError,
    ValueError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    _Shut,
)
"""What ends a visit before its time."""


class _Visit:
    """One connection while it lasts."""

    def __init__(self, by: Asker, place: Place, addresses: Sequence[str]) -> None:
        self._by = by
        self._place = place
        self._addresses = addresses
        self._writer: StreamWriter | None = None
        self._at = 0.0
        self.reading = Reading(place.written, place.owner, place.numeric)

    async def run(self) -> None:
        """Go through the stages; what was reached stands in `reading`."""
        self._lap()
        reader, writer = await self._enter()
        self.reading = replace(self.reading, connected=self._lap())
        if self._place.tls:
            await writer.start_tls(self._by.trust, server_hostname=self._place.host)
            self.reading = replace(
                self.reading, secured=self._lap(), issuer=_issuer(writer)
            )
        if self._place.path:
            await self._request(reader, writer)

    def leave(self) -> None:
        """Hang up, without a farewell."""
        if self._writer is not None:
            drop(self._writer)

    async def _enter(self) -> tuple[StreamReader, StreamWriter]:
        if not self._by.proxy:
            line = await first(self._addresses, self._place.port, limit=HEAD)
            self._writer = line[1]
            return line
        way = urlsplit(self._by.proxy)
        try:
            addresses = await self._by.resolve(way.hostname or "")
            reader, self._writer = await first(addresses, way.port or 80, limit=HEAD)
            written = self._place.written
            self._writer.write(
                f"CONNECT {written} HTTP/1.1\r\nHost: {written}\r\n"
                f"{_pass(way)}\r\n".encode()
            )
            status, _ = _parse(await reader.readuntil(b"\r\n\r\n"))
        except (*_ENDS, Unreachable) as error:
            raise _Shut from error
        if status != _FINE:
            raise _Shut
        return reader, self._writer

    async def _request(self, reader: StreamReader, writer: StreamWriter) -> None:
        place = self._place
        writer.write(
            f"{place.method} {place.path} HTTP/1.1\r\nHost: {place.host}\r\n"
            "User-Agent: Downlight\r\nAccept: */*\r\nConnection: close\r\n\r\n".encode()
        )
        status, headers = _parse(await reader.readuntil(b"\r\n\r\n"))
        self.reading = replace(
            self.reading,
            status=status,
            answered=self._lap(),
            offset=_offset(headers.get("date", ""), self._by.now()),
            moved=headers.get("location", "")[:BODY],
        )
        if place.method == "HEAD":
            return
        # Not every server hangs up after its last byte, as it was asked to.
        body, most = b"", _length(headers.get("content-length", ""))
        while len(body) < most and (piece := await reader.read(most - len(body))):
            body += piece
            self.reading = replace(self.reading, body=body.decode("utf-8", "replace"))

    def _lap(self) -> timedelta:
        """Return how long it is since this was last called."""
        before, self._at = self._at, asyncio.get_running_loop().time()
        return timedelta(seconds=self._at - before)


def fault_of(error: Exception) -> Fault:
    """Return what a failed stage means."""
    match error:
        case _Shut():
            return Fault.PROXY
        case ssl.SSLCertVerificationError(verify_code=code):
            return {_NOT_YET: Fault.EARLY, _EXPIRED: Fault.EXPIRED}.get(
                code, Fault.FOREIGN
            )
        case ConnectionRefusedError():
            return Fault.REFUSED
        case ssl.SSLError() | ConnectionError() | asyncio.IncompleteReadError():
            return Fault.CUT
        case OSError():  # no way there, and a time-out is one as well
            return Fault.SILENT
        case _:
            return Fault.CUT  # what came was no HTTP


def _parse(head: bytes) -> tuple[int, dict[str, str]]:
    """Return status and headers; names in lower case.

    Raises:
        ValueError: It is not HTTP.
    """
    first_line, *rest = head.decode("latin-1").split("\r\n")
    version, _, after = first_line.partition(" ")
    if not version.startswith("HTTP/"):
        raise ValueError("not HTTP")
    status = after[:3]
    if not (len(status) == _DIGITS and status.isascii() and status.isdigit()):
        raise ValueError("no status of HTTP")
    pairs = (line.partition(":") for line in rest)
    return int(status), {name.lower(): text.strip() for name, _, text in pairs}


def _length(text: str) -> int:
    """Return how many bytes of a body are waited for."""
    # Four digits are enough: of a longer body no more is read.
    known = text.isascii() and text.isdigit() and len(text) <= len(str(BODY))
    return min(BODY, int(text)) if known else BODY


def _pass(proxy: SplitResult) -> str:
    """Return the header with the proxy's name and password; empty without."""
    if proxy.username is None:
        return ""
    both = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return f"Proxy-Authorization: Basic {b64encode(both.encode()).decode()}\r\n"


def _offset(date: str, now: datetime) -> timedelta | None:
    """Return their clock less ours; None when theirs cannot be read."""
    try:
        there = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return (there if there.tzinfo else there.replace(tzinfo=UTC)) - now


def _issuer(writer: StreamWriter) -> str:
    """Return who vouches for the certificate, as far as the system tells."""
    certificate = writer.get_extra_info("peercert") or {}
    names = [pair for part in certificate.get("issuer", ()) for pair in part]
    return next((text for name, text in names if name == "organizationName"), "")
