"""The one door to the web: HTTP with bounds on time, size and places.

Nothing outside this module knows httpx. What the door does and refuses:

* Each host has a client of its own, all share one TLS context. httpx 0.28 walks
  every connection of a pool on each request: one pool over 200 hosts costs 15 ms
  a fetch, a pool per host 1 ms.
* TLS always, except to this computer itself. Redirects are followed by hand, so
  that they cannot lead from TLS to plain text, nor from outside to this computer.
* Proxies as the system says, never for this computer.
* No cookies, no credentials, no body in any message.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Final, TypeAlias

import httpx

from downlight import VERSION
from downlight.core.errors import DownlightError, NoKey, Refused, Unreachable
from downlight.core.ports import Answer
from downlight.web.bodies import Body, Kept, Memory
from downlight.web.line import Patience, system_proxy, system_trust
from downlight.web.manners import (
    charset,
    freshness,
    is_loopback,
    leads_here,
    rest,
    trouble,
    validators,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Callable, Generator, Mapping
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from downlight.core.ports import Clock

USER_AGENT: Final = f"Downlight/{VERSION} (desktop status monitor)"
LIMIT: Final = 8 * 1024 * 1024
"""Largest body, in bytes; the largest real one recorded was 4.2 MB."""
MOST_REDIRECTS: Final = 5
MOST_HOSTS: Final = 256
"""How many hosts get a client to keep; further ones get it for one request."""

_PATIENCE: Final = Patience()
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_BUSY: Final = frozenset({429, 503})
_LINES: Final = httpx.Limits(
    max_connections=4, max_keepalive_connections=2, keepalive_expiry=15.0
)
_Line: TypeAlias = tuple[str, str, int | None, str | None]
"""Scheme, host, port and proxy: what decides which client is taken."""


class HttpWeb:
    """The `Web` of the real world; belongs to one event loop.

    Use as ``async with HttpWeb(clock) as web:``; leaving closes every connection.

    Args:
        clock: Tells the time.
        user_agent: How we introduce ourselves.
        proxy: ``system``, ``none``, or the address of a proxy.
        tls: Makes the TLS context; called once, when first needed.
        patience: How long to wait.
        limit: Largest body, in bytes.
        most_hosts: How many clients are kept.
        secrets: Reads a secret, None when there is none; may block.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        user_agent: str = USER_AGENT,
        proxy: str = "system",
        tls: Callable[[], ssl.SSLContext] = system_trust,
        patience: Patience = _PATIENCE,
        limit: int = LIMIT,
        most_hosts: int = MOST_HOSTS,
        secrets: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._user_agent = user_agent
        self._proxy = proxy
        self._make_tls = tls
        self._tls: ssl.SSLContext | None = None
        self._patience = patience
        self._limit = limit
        self._most_hosts = most_hosts
        self._secrets = secrets
        self._memory = Memory()
        self._clients: dict[_Line, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        """Open nothing yet: connections are made when they are needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    def now(self) -> datetime:
        """Return the present moment (aware, UTC)."""
        return self._clock()

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url``, or learn that what we have of it still holds.

        Args:
            url: ``https``; plain ``http`` only to this computer.
            accept: The media types wanted.
            headers: What else to send; left behind when sent to another host.

        Raises:
            Unreachable: No usable answer arrived in time and within bounds.
            Refused: The server answered with status 400 or above; after 429 and
                503 it carries how long to stay away, if that was said.
        """
        here = _start(url)
        with _named(here.host):
            async with asyncio.timeout(self._patience.whole.total_seconds()):
                for _ in range(MOST_REDIRECTS + 1):
                    extra = headers if here.host == _start(url).host else None
                    step = await self._ask(here, accept, extra or {})
                    if isinstance(step, Answer):
                        return step
                    here = step
            raise Unreachable("redirected too often", "unusable")

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send ``body`` to ``url``; a redirect is not followed.

        Raises:
            Unreachable: No usable answer arrived in time and within bounds.
            Refused: The server answered with status 400 or above.
        """
        here = _start(url)
        with _named(here.host):
            async with (
                asyncio.timeout(self._patience.whole.total_seconds()),
                self._client(here) as client,
                client.stream(
                    "POST", here, content=body, headers=dict(headers or {})
                ) as response,
            ):
                self._check(response)
                return Answer(
                    url=str(here),
                    body=await self._take(response),
                    at=self._clock(),
                    charset=charset(response.headers),
                )

    async def secret(self, name: str) -> str:
        """Return a secret, read on another thread: its store may ask the person.

        Raises:
            NoKey: There is none, or its store cannot be opened.
        """
        try:
            found = await asyncio.to_thread(self._secrets, name)
        except DownlightError as error:
            raise NoKey(name, error.words) from error
        if found is None:
            raise NoKey(name)
        return found

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Return the addresses of ``host``, as this computer's resolver says.

        Raises:
            Unreachable: It has none, or nobody could say in time.
        """
        with _named(host):
            async with asyncio.timeout(self._patience.connect.total_seconds()):
                loop = asyncio.get_running_loop()
                found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return tuple(sorted({str(address[0]) for *_, address in found}))

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection, with a TLS handshake if asked, and close it again.

        Goes straight there, never through a proxy: it measures the own line.

        Returns:
            How long opening it took, finding the address included.

        Raises:
            Unreachable: It could not be opened in time.
        """
        clock = asyncio.get_running_loop().time
        began = clock()
        with _named(host):
            async with asyncio.timeout(self._patience.connect.total_seconds()):
                _, writer = await asyncio.open_connection(
                    host, port, ssl=self._context() if tls else None
                )
        took = timedelta(seconds=clock() - began)
        writer.transport.abort()  # no farewell: nothing was said
        with suppress(OSError):
            await writer.wait_closed()
        return took

    async def _ask(
        self, here: httpx.URL, accept: str, extra: Mapping[str, str]
    ) -> Answer | httpx.URL:
        """Ask one address; return its answer, or the address it sends us to."""
        place = (str(here), accept)
        kept = self._memory.recall(place)
        headers = {"Accept": accept, **extra, **(kept.asking if kept else {})}
        async with (
            self._client(here) as client,
            client.stream("GET", here, headers=headers) as response,
        ):
            if response.has_redirect_location:
                return _next(here, response.headers["location"])
            if response.status_code == _NOT_MODIFIED and kept is not None:
                age = freshness(response.headers) or kept.answer.max_age
                return replace(kept.answer, at=self._clock(), max_age=age)
            self._check(response)
            body = await self._take(response)
        answer = Answer(
            url=str(here),
            body=body,
            at=self._clock(),
            charset=charset(response.headers),
            max_age=freshness(response.headers),
        )
        self._memory.keep(place, Kept(answer, validators(response.headers)))
        return answer

    def _check(self, response: httpx.Response) -> None:
        """Refuse every status but 200."""
        status = response.status_code
        if response.is_error:
            asked = response.headers.get("retry-after") if status in _BUSY else None
            raise Refused(status, rest(asked, self._clock()))
        if status != _OK:
            raise Unreachable(f"HTTP {status}, which holds no answer", "unusable")

    async def _take(self, response: httpx.Response) -> bytes:
        """Read the body as it comes, so that it can be stopped."""
        body = Body(response.headers.get("content-encoding", ""), self._limit)
        async for piece in response.aiter_raw():
            body.feed(piece)
        return body.close()

    @asynccontextmanager
    async def _client(self, url: httpx.URL) -> AsyncGenerator[httpx.AsyncClient]:
        """Lend the client for ``url``."""
        proxy = await self._proxy_for(url)
        line = (url.scheme, url.host, url.port, proxy)
        client = self._clients.get(line)
        if client is not None:
            yield client
        elif len(self._clients) < self._most_hosts:
            client = self._clients[line] = self._new_client(proxy)
            yield client
        else:
            async with self._new_client(proxy) as client:
                yield client

    def _new_client(self, proxy: str | None) -> httpx.AsyncClient:
        patience = self._patience
        try:
            return httpx.AsyncClient(
                headers={
                    "User-Agent": self._user_agent,
                    "Accept-Encoding": "gzip, deflate",
                },
                # A jar that takes nothing.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                verify=self._context(),
                proxy=proxy,
                trust_env=False,
                timeout=httpx.Timeout(
                    patience.read.total_seconds(),
                    connect=patience.connect.total_seconds(),
                ),
                limits=_LINES,
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            # Wrong kind or not an address. Its text may hold a password.
            raise Unreachable("the proxy setting cannot be used") from error

    async def _proxy_for(self, url: httpx.URL) -> str | None:
        """Return the proxy to go through, or None to go straight."""
        if self._proxy == "none" or is_loopback(url.host):
            return None
        if self._proxy != "system":
            return self._proxy
        return await system_proxy(url.scheme, url.netloc.decode())

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = self._make_tls()
        return self._tls


@contextmanager
def _named(host: str) -> Generator[None]:
    """Turn the network's errors into ours, and name the host in them."""
    try:
        yield
    except Unreachable as error:
        raise Unreachable(f"{host}: {error}", error.reason) from error
    except (httpx.HTTPError, OSError, UnicodeError, OverflowError) as error:
        found = trouble(error)
        raise Unreachable(f"{host}: {found}", found.reason) from error


def _start(url: str) -> httpx.URL:
    """Return the address ``url`` means.

    Raises:
        Unreachable: It is none, or one we do not go to.
    """
    try:
        there = httpx.URL(url)
        host = there.host  # decoded now: "xn--a" is no name
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Unreachable("not an address", "unusable") from error
    if not host or there.scheme not in {"http", "https"}:
        raise Unreachable("not an address of a web page", "unusable")
    if there.userinfo:  # httpx would send it as a password
        raise Unreachable("an address with a user name in it", "unusable")
    if there.scheme == "http" and not is_loopback(there.host):
        raise Unreachable(f"{there.host}: only over https", "unusable")
    return there


def _next(here: httpx.URL, location: str) -> httpx.URL:
    """Return where a redirect from ``here`` leads.

    Raises:
        Unreachable: It leads where we do not go.
    """
    there = _start(str(here.join(location)))  # httpx has read it once already
    if here.scheme == "https" and there.scheme == "http":
        raise Unreachable("redirected from https to http", "unusable")
    if leads_here(there.host) and not leads_here(here.host):
        raise Unreachable("redirected to this computer", "unusable")
    return there
