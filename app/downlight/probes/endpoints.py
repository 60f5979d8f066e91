"""The servers of a service itself, as far as our own checks of it know them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from downlight.probes.dns_check import DnsCheck
from downlight.probes.http_check import HttpCheck
from downlight.probes.place import Place
from downlight.probes.tcp_check import TcpCheck
from downlight.probes.whatsapp import HOSTS, PAGE, PORTS, WhatsAppProbe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.ports import Source

ONLY_NAME = 0
"""The port of a place of which only the name is looked up."""


def endpoints(sources: Iterable[Source]) -> tuple[Place, ...]:
    """Return what can be tried of a service; nothing when no check of ours knows it.

    A status page is none of it: it stands elsewhere, so as to outlive the service.
    """
    found = [place for source in sources for place in _places(source)]
    return tuple(dict.fromkeys(found))


def _places(source: Source) -> tuple[Place, ...]:
    match source:
        case WhatsAppProbe():
            servers = (Place(host, port, tls=False) for host in HOSTS for port in PORTS)
            return (*servers, _page(PAGE))
        case HttpCheck():
            return (_page(source.info.urls[0]),)
        case TcpCheck():
            return (Place(source.host, source.port, tls=source.tls),)
        case DnsCheck():
            return (Place(source.host, ONLY_NAME, tls=False),)
        case _:
            return ()


def _page(url: str) -> Place:
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    path = parts.path or "/"
    return Place(
        host=parts.hostname or "",
        port=parts.port or (443 if tls else 80),
        tls=tls,
        path=f"{path}?{parts.query}" if parts.query else path,
        method="GET",
    )
