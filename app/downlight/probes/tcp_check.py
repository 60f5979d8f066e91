"""Our own check of one port: does somebody answer there, with TLS if asked?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core.errors import CatalogError, Unreachable
from downlight.core.model import Check, Report
from downlight.core.text import line
from downlight.probes.options import described, number, silent, told

if TYPE_CHECKING:
    from downlight.core.ports import Web
    from downlight.core.source import SourceInfo, SourceSpec

PORTS: Final = 65_535
_YES_OR_NO: Final = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class TcpCheck:
    """Opens one connection and closes it again."""

    info: SourceInfo
    host: str
    port: int
    tls: bool

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Try it once.

        Raises:
            SourceError: Nothing was learned.
        """
        del last
        target = line(f"{_written(self.host)}:{self.port}")
        try:
            check = Check(target, await web.dial(self.host, self.port, tls=self.tls))
        except Unreachable as error:
            check = silent(target, error)
        return told(self.info.id, web.now(), check)


def build(spec: SourceSpec) -> TcpCheck:
    """Make the check of ``tcp://host:port``, or of what the options say.

    Options:
        host, port: Where, when it is not in the address.
        tls: Whether a TLS handshake must succeed too: yes or no, no when missing.
        every: Seconds between two tries; 300 when missing, 30 at least.

    Raises:
        CatalogError: It cannot be checked like that.
    """
    try:
        parts = urlsplit(spec.url if spec.url.startswith("tcp://") else "")
        named = (parts.hostname or "", str(parts.port or ""))
    except ValueError:
        raise CatalogError(f"{spec.id}: url: tcp://host:port is wanted") from None
    host = spec.option("host", named[0]).strip()
    if not host:
        raise CatalogError(f"{spec.id}: host: missing")
    port = number(spec, "port", spec.option("port", named[1]), 1, PORTS)
    tls = _YES_OR_NO.get(spec.option("tls", "no").strip().lower())
    if tls is None:
        raise CatalogError(f"{spec.id}: tls: yes or no")
    url = f"tcp://{_written(host)}:{port}"
    return TcpCheck(described(spec, url), host, port, tls)


def _written(host: str) -> str:
    """Return a host as it stands before a port."""
    return f"[{host}]" if ":" in host else host
