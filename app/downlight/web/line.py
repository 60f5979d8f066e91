"""The line to a server: how long we wait on it, whom we trust, which way it goes."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING

# "Only sources.web speaks HTTP": this asks the system for its proxies, no more.
from urllib.request import getproxies, proxy_bypass  # noqa: TID251

import truststore

from downlight.core.errors import Unreachable
from downlight.web.manners import is_loopback

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait before we give up."""

    connect: timedelta = timedelta(seconds=8)
    """For a connection, with its TLS handshake."""
    read: timedelta = timedelta(seconds=10)
    """For the next piece of an answer."""
    whole: timedelta = timedelta(seconds=30)
    """For all of it, redirects included."""


def system_trust() -> ssl.SSLContext:
    """Return a TLS context that trusts whom the operating system trusts."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def say_if_absent(name: str, modules: dict[str, ModuleType]) -> None:
    """Let Python know at once, and not after a search, when there is no such module.

    Args:
        name: Of the module.
        modules: Where Python looks first: ``sys.modules``.
    """
    if find_spec(name) is None:
        modules[name] = None  # type: ignore[assignment]  # Python's own way to say so


async def resolve(host: str, patience: timedelta) -> tuple[str, ...]:
    """Return the addresses of ``host``, each once, as this computer's resolver says.

    Args:
        host: The name.
        patience: How long to wait.

    Raises:
        Unreachable: It is no name.
        OSError: It has none, or nobody could say in time.
    """
    if not host:  # which the system would take for this computer
        raise Unreachable("not a host name", "dns")
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(patience.total_seconds()):
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except TimeoutError as error:  # it is the name that failed, nobody else was asked
        raise socket.gaierror(socket.EAI_AGAIN, "no answer in time") from error
    return tuple(sorted({str(place[0]) for *_, place in found}))


async def dial(host: str, port: int, tls: ssl.SSLContext | None) -> timedelta:
    """Open a connection, with a TLS handshake if there is ``tls``, and close it again.

    Returns:
        How long opening it took, finding the address included.

    Raises:
        OSError: It could not be opened.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    _, writer = await asyncio.open_connection(host, port, ssl=tls)
    took = timedelta(seconds=clock() - began)
    writer.transport.abort()  # no farewell: nothing was said
    with suppress(OSError):
        await writer.wait_closed()
    return took


async def proxy_for(setting: str, scheme: str, host: str, place: bytes) -> str | None:
    """Return the proxy to go through, or None to go straight.

    Args:
        setting: ``system``, ``none``, or the address of a proxy.
        scheme: ``http`` or ``https``.
        host: To whom; never through a proxy to this computer.
        place: Host, with ``:port`` if it has one.
    """
    if setting == "none" or is_loopback(host):
        return None
    if setting != "system":
        return setting
    return await system_proxy(scheme, place.decode())


async def system_proxy(scheme: str, place: str) -> str | None:
    """Return the address of the proxy the system names, or None to go straight.

    Asked anew for each request, since a laptop moves: the environment
    (``HTTPS_PROXY``, ``ALL_PROXY``, ``NO_PROXY``) or what Windows and macOS have set.
    httpx reads the same, but gives up altogether when any one of them is of a kind
    it does not know, and GNOME sets ``ALL_PROXY=socks://…`` beside the usable one.

    Args:
        scheme: ``http`` or ``https``.
        place: Host, with ``:port`` if it has one.
    """
    found = getproxies()
    proxy = found.get(scheme) or found.get("all")
    # Windows may ask the name server about exceptions: not on this thread.
    if not proxy or await asyncio.to_thread(proxy_bypass, place):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
