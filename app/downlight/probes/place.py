"""A place to connect to, and the connection."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect, and what to do there."""

    host: str
    port: int = 443
    tls: bool = True
    path: str = ""
    """What to ask for; empty: nothing is asked."""
    method: str = "HEAD"
    """``GET`` to read the beginning of the body as well."""
    owner: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the host is a number, and no name has to be found."""
        try:
            ip_address(self.host)
        except ValueError:
            return False
        return True

    @property
    def written(self) -> str:
        """Host and port, as a person and a proxy read them."""
        return (
            f"[{self.host}]:{self.port}"
            if ":" in self.host
            else (f"{self.host}:{self.port}")
        )


async def first(
    addresses: Sequence[str], port: int, *, limit: int
) -> tuple[StreamReader, StreamWriter]:
    """Connect to whichever address lets us in first; the others are dropped.

    Args:
        addresses: Numbers; all are tried at the same time.
        port: At each of them.
        limit: Bytes that are read ahead, at most.

    Raises:
        OSError: None does.
    """
    tries = {
        asyncio.ensure_future(asyncio.open_connection(it, port, limit=limit))
        for it in addresses
    }
    waiting, chosen = tries, None
    errors: list[BaseException] = [OSError("no address")]
    try:
        while waiting and chosen is None:
            done, waiting = await asyncio.wait(
                waiting, return_when=asyncio.FIRST_COMPLETED
            )
            errors.extend(e for it in done if (e := it.exception()) is not None)
            chosen = next((it for it in done if it.exception() is None), None)
    finally:
        for it in waiting:
            it.cancel()
        for end in await asyncio.gather(*tries - {chosen}, return_exceptions=True):
            if isinstance(end, tuple):
                drop(end[1])
    if chosen is None:
        raise errors[-1]
    return chosen.result()


def drop(writer: StreamWriter) -> None:
    """Hang up, without a farewell, and without waiting for the end.

    It may never be told: while a TLS handshake is on its way, the stream no longer
    hears of its own connection (CPython 3.11, `asyncio.StreamWriter.start_tls`).
    """
    writer.transport.abort()
