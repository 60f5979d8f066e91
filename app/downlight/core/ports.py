"""What the inside asks of the outside; each port as small as it can be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from downlight.core.model import (
        Report,
    )
    from downlight.core.news import Message, News
    from downlight.core.source import SourceInfo


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return the present moment (aware, UTC)."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """One usable answer of a server (HTTP 200 or 304)."""

    url: str
    """Where it came from in the end, after redirects."""
    body: bytes
    """Decompressed; after a 304 the body that is still valid."""
    at: datetime
    """When it was received (aware, UTC)."""
    charset: str | None = None
    """From ``Content-Type``, if named there; a BOM in the body goes first."""
    max_age: timedelta | None = None
    """How long the server asked not to be asked again."""
    moved: str = ""
    """Where the address has moved for good (HTTP 301 or 308), if it said so."""
    received: int = field(default=0, compare=False)
    """Bytes of body that came over the line, as they were packed; 0 after a 304."""
    fingerprint: str = field(default="", compare=False)
    """Digest of ``body``, made at birth."""

    def __post_init__(self) -> None:
        """Work out the digest."""
        if not self.fingerprint:
            digest = hashlib.blake2b(self.body, digest_size=16).hexdigest()
            object.__setattr__(self, "fingerprint", digest)

    def parsed(self, parse: Callable[[Answer], Report], last: Report | None) -> Report:
        """Return ``parse(self)``, or ``last`` anew when the body is the same.

        Only for parsers whose result hangs on the body alone, not on the time.

        Raises:
            Unreadable: From ``parse``.
        """
        if last is not None and last.fingerprint == self.fingerprint:
            return replace(last, at=self.at, next_check=self.max_age)
        return replace(
            parse(self), fingerprint=self.fingerprint, next_check=self.max_age
        )


class Web(Protocol):
    """The only way a source reaches the network."""

    def now(self) -> datetime:
        """Return the present moment (aware, UTC), for addresses that hold a date."""
        ...

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url``.

        Args:
            url: Where.
            accept: The media types wanted.
            headers: What else to send, e.g. a token; it never follows a redirect
                to another host.

        Raises:
            Unreachable: No usable answer arrived.
            Refused: The server answered with an error status.
        """
        ...

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send ``body`` to ``url``, for places that must be logged in to.

        Raises:
            Unreachable: No usable answer arrived.
            Refused: The server answered with an error status, or sent us elsewhere.
        """
        ...

    async def secret(self, name: str) -> str:
        """Return a token or password from where the person keeps them.

        Raises:
            NoKey: There is none, or its store cannot be opened.
        """
        ...

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Return the IPv4 and IPv6 addresses of ``host``, sorted.

        Raises:
            Unreachable: It has none, or nobody could say.
        """
        ...

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection, with a TLS handshake if asked, and close it again.

        Returns:
            How long opening it took.

        Raises:
            Unreachable: It could not be opened.
        """
        ...


class Source(Protocol):
    """One place that knows about outages."""

    @property
    def info(self) -> SourceInfo:
        """Identity and polling manners; constant."""
        ...

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Args:
            web: The network.
            last: The previous report, so that an unchanged body is not parsed
                again.

        Raises:
            SourceError: There is no report.
        """
        ...


class Channel(Protocol):
    """One way to put a message in front of a person. Used on the courier's thread."""

    @property
    def name(self) -> str:
        """As written to the journal, e.g. ``dbus``."""
        ...

    def deliver(self, message: Message) -> None:
        """Show it.

        Raises:
            DeliveryError: It was not shown; the next channel is tried.
        """
        ...


class Sink(Protocol):
    """Whoever wants to hear of news. May be called from any thread."""

    def publish(self, news: News) -> None:
        """Take over; return at once, never raise."""
        ...


class Post(Protocol):
    """The only way a webhook reaches the network."""

    async def send(
        self,
        url: str,
        body: bytes,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Hand ``body`` over; what the receiver says beside its status is not read.

        Raises:
            Unreachable: It is not known whether it arrived.
            Refused: The receiver did not take it; says for how long to wait, if the
                receiver said so.
        """
        ...

    async def secret(self, name: str) -> str:
        """Return a secret from where the person keeps them.

        Raises:
            NoKey: There is none, or its store cannot be opened.
        """
        ...
