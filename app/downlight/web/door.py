"""The one door to the web: HTTP with bounds on time, size and places.

Nothing outside this module knows httpx. What the door does and refuses:

* Each host has a pool of its own, all share one TLS context. httpx 0.28 walks
  every connection of a pool on each request: one pool over 200 hosts costs 15 ms
  a fetch, a pool per host 1 ms. It is let go when unused, see `web.pools`.
* There is no client over the pools: what one adds (cookies, redirects, passwords,
  unpacking) is what we do not want or do ourselves, for a third of the cost.
* A host is visited with pauses, see `web.turnstile`; the wait for one's turn does not
  count as time that the server took.
* TLS always, except to this computer itself. Redirects are followed by hand, so
  that they cannot lead from TLS to plain text, nor from outside to this computer,
  and what else was to be sent (a token) stays behind once they leave the place.
* Proxies as the system says, never for this computer.
* No cookies, no credentials, no body in any message.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import httpx

from downlight import VERSION
from downlight.core.errors import DownlightError, NoKey, Refused, Unreachable
from downlight.core.ports import Answer
from downlight.core.speech import tr
from downlight.web import address, line
from downlight.web.bodies import Body, Kept, Memory, Place
from downlight.web.manners import (
    charset,
    freshness,
    mark,
    rest,
    sendable,
    trouble,
    validators,
)
from downlight.web.pools import Pools
from downlight.web.turnstile import TOO_MANY, Turnstile

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
MOST_IDLE: Final = 16
"""How many hosts' connections are kept at a time, for the next request."""
KEEP: Final = timedelta(seconds=15)
"""How long a connection is kept for the next request to the same host."""

_PATIENCE: Final = line.Patience()
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_BUSY: Final = frozenset({TOO_MANY, 503})
_FOR_GOOD: Final = frozenset({301, 308})
_LINES: Final = httpx.Limits(
    max_connections=4,
    max_keepalive_connections=2,
    keepalive_expiry=KEEP.total_seconds(),
)
_Way: TypeAlias = tuple[str, str, int | None, str | None]
"""Scheme, host, port and proxy: what decides which pool is taken."""

# httpcore looks for it again in every request, through all folders of the path, which
# is a third of what the request costs.
line.say_if_absent("sniffio", sys.modules)


@dataclass(frozen=True, slots=True)
class _Sent:
    """Where an address sends us."""

    there: httpx.URL
    for_good: bool


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
        most_idle: How many unused pools are kept.
        secrets: Reads a secret, None when there is none; may block.
        turnstile: Lets requests through; one of our own by default.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        user_agent: str = USER_AGENT,
        proxy: str = "system",
        tls: Callable[[], ssl.SSLContext] = line.system_trust,
        patience: line.Patience = _PATIENCE,
        limit: int = LIMIT,
        most_idle: int = MOST_IDLE,
        secrets: Callable[[str], str | None] = lambda _: None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._clock = clock
        self._manners = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
        self._proxy = proxy
        self._tls = cache(tls)
        self._patience = patience
        self._timeout = httpx.Timeout(
            patience.read.total_seconds(), connect=patience.connect.total_seconds()
        ).as_dict()
        self._limit = limit
        self._secrets = secrets
        self._turnstile = turnstile or Turnstile()
        self._memory = Memory()
        self._pools: Pools[httpx.AsyncHTTPTransport] = Pools(KEEP, most_idle)

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
        await self._pools.aclose()

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
            headers: What else to send, e.g. a token; left behind for good once a
                redirect leads to another host, port or scheme.

        Raises:
            Unreachable: No usable answer arrived in time and within bounds.
            Refused: The server answered with status 400 or above; after 429 and
                503 it carries how long to stay away, if that was said. Also when
                that was said to another request to this host, which is not over.
        """
        start = here = _address(url)
        extra = dict(headers or {})
        settled, for_good = start, True
        with _named(here.host):
            sendable(extra)
            left = self._patience.whole.total_seconds()
            for _ in range(MOST_REDIRECTS + 1):
                async with self._turnstile.admit(here.host):
                    began = _now()
                    async with asyncio.timeout(left):
                        step = await self._ask(here, accept, extra)
                    left -= _now() - began
                if isinstance(step, Answer):
                    moved = _moved(start, settled)
                    return replace(step, moved=moved) if moved else step
                here = step.there
                for_good = for_good and step.for_good
                settled = here if for_good else settled
                extra = extra if address.site(here) == address.site(start) else {}
            raise Unreachable(address.TOO_OFTEN, "unusable")

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send ``body`` to ``url``, once: a redirect is not followed.

        Raises:
            Unreachable: No usable answer arrived in time and within bounds.
            Refused: The server answered with status 400 or above, or sent us
                elsewhere.
        """
        here = _address(url)
        extra = {"Accept": "application/json", **(headers or {})}
        with _named(here.host):
            sendable(extra)
            async with (
                self._turnstile.admit(here.host),
                asyncio.timeout(self._patience.whole.total_seconds()),
                self._response("POST", here, extra, body) as response,
            ):
                if response.is_redirect:
                    raise Refused(response.status_code)
                self._check(here.host, response)
                return await self._answer(here, response)

    async def send(
        self,
        url: str,
        body: bytes,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Hand ``body`` over to ``url``, once: a redirect is not followed.

        Any status from 200 to 299 will do, and what comes after it is not waited for:
        the receiver has said that it took it.

        Raises:
            Unreachable: Nobody said in time and within bounds that it was taken.
            Refused: The receiver answered with another status; after 429 and 503 it
                carries how long to stay away, if that was said.
        """
        here = _address(url)
        extra = {"Content-Type": "application/json", **(headers or {})}
        with _named(here.host):
            sendable(extra)
            async with (
                self._turnstile.admit(here.host),
                asyncio.timeout(self._patience.whole.total_seconds()),
                self._response(method, here, extra, body) as response,
            ):
                if response.is_redirect:
                    raise Refused(response.status_code)
                if not response.is_success:
                    self._check(here.host, response)

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
            return await line.resolve(host, self._patience.connect)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection, with a TLS handshake if asked, and close it again.

        Goes straight there, never through a proxy: it measures the own line.

        Returns:
            How long opening it took, finding the address included.

        Raises:
            Unreachable: It could not be opened in time.
        """
        with _named(host):
            async with asyncio.timeout(self._patience.connect.total_seconds()):
                return await line.dial(host, port, self._tls() if tls else None)

    async def _ask(
        self, here: httpx.URL, accept: str, extra: Mapping[str, str]
    ) -> Answer | _Sent:
        """Ask one address; return its answer, or where it sends us."""
        place: Place = (str(here), accept, mark(extra))
        kept = self._memory.recall(place)
        headers = {"Accept": accept, **extra, **(kept.asking if kept else {})}
        async with self._response("GET", here, headers) as response:
            if response.has_redirect_location:
                there = _address(response.headers["location"], here)
                return _Sent(there, response.status_code in _FOR_GOOD)
            if response.status_code == _NOT_MODIFIED and kept is not None:
                await response.aread()  # nothing; but unread, the line is not kept
                return kept.anew(self._clock(), freshness(response.headers))
            self._check(here.host, response)
            answer = await self._answer(here, response)
        self._memory.keep(place, Kept.of(answer, validators(response.headers)))
        return answer

    def _check(self, host: str, response: httpx.Response) -> None:
        """Refuse every status but 200."""
        status = response.status_code
        if response.is_error:
            asked = response.headers.get("retry-after") if status in _BUSY else None
            pause = rest(asked, self._clock())
            if status == TOO_MANY and pause is not None:
                self._turnstile.bar(host, pause)
            raise Refused(status, pause)
        if status != _OK:
            what = tr("HTTP {status}, which holds no answer", status=status)
            raise Unreachable(what, "unusable")

    async def _answer(self, here: httpx.URL, response: httpx.Response) -> Answer:
        """Read the body as it comes, so that it can be stopped."""
        headers = response.headers
        body = Body(headers.get("content-encoding", ""), self._limit)
        async for piece in response.aiter_raw():
            body.feed(piece)
        return Answer(
            url=str(here),
            body=body.close(),
            at=self._clock(),
            charset=charset(headers),
            max_age=freshness(headers),
            received=body.taken,
        )

    @asynccontextmanager
    async def _response(
        self,
        method: str,
        url: httpx.URL,
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> AsyncGenerator[httpx.Response]:
        """Send one request, and lend the answer while its body is to come."""
        proxy = await line.proxy_for(self._proxy, url.scheme, url.host, url.netloc)
        way: _Way = (url.scheme, url.host, url.port, proxy)
        request = httpx.Request(
            method,
            url,
            headers={**self._manners, **headers},
            content=body,
            extensions={"timeout": self._timeout},
        )
        async with self._pools.lend(way, lambda: self._new_pool(proxy)) as pool:
            response = await pool.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()

    def _new_pool(self, proxy: str | None) -> httpx.AsyncHTTPTransport:
        try:
            return httpx.AsyncHTTPTransport(
                verify=self._tls(), proxy=proxy, trust_env=False, limits=_LINES
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            # Wrong kind or not an address. Its text may hold a password.
            raise Unreachable("the proxy setting cannot be used") from error


@contextmanager
def _named(host: str) -> Generator[None]:
    """Turn the network's errors into ours, and name the host in them."""
    try:
        yield
    except Unreachable as error:
        raise Unreachable(f"{host}: {error}", error.reason) from error
    except (httpx.HTTPError, OSError, UnicodeError, OverflowError) as error:
        # httpx says this of who hangs up, and of who speaks no HTTP.
        cut = isinstance(error, httpx.RemoteProtocolError)
        found = trouble(ConnectionAbortedError() if cut else error)
        raise Unreachable(f"{host}: {found}", found.reason) from error


def _address(url: str, here: httpx.URL | None = None) -> httpx.URL:
    """Return the address ``url`` means, seen from ``here``.

    Raises:
        Unreachable: It is none, or one we do not go to.
    """
    try:
        there = here.join(url) if here else httpx.URL(url)
        _ = there.host  # decoded now: "xn--a" is no name
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Unreachable("not an address", "unusable") from error
    address.check(there)
    if here:
        address.check_step(here, there)
    return there


def _moved(asked: httpx.URL, settled: httpx.URL) -> str:
    """Return where an address has moved for good, or "" when it is the same place.

    The query stays away: it may hold a key, and this is shown.
    """
    if address.is_same_place(asked, settled):
        return ""
    return str(settled.copy_with(query=None, fragment=None))


def _now() -> float:
    return asyncio.get_running_loop().time()
