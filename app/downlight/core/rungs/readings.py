"""What the ladder reads off the line: the own side, one look-up, one connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, unique
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit


@unique
class Fault(StrEnum):
    """Why a look-up or a connection came no further."""

    NOWHERE = "nowhere"
    """The name server said that there is no such name."""
    NAMELESS = "nameless"
    """Never tried: its name could not be looked up."""
    SILENT = "silent"
    """Nobody answered in time, or no way leads there."""
    REFUSED = "refused"
    CUT = "cut"
    """Broken off by the other side, or by somebody in its name."""
    FOREIGN = "foreign"
    """A certificate that nobody known vouches for, or that is for another name."""
    EXPIRED = "expired"
    EARLY = "early"
    """A certificate that is not valid yet."""
    PROXY = "proxy"
    """The proxy on the way did not let us through."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What this computer says of its own connection; None where it does not say."""

    link: bool | None = None
    """Whether anything is plugged in or joined."""
    address: bool | None = None
    """Whether it was given an address that reaches further than itself."""
    route: bool | None = None
    """Whether a way leads out of its own network."""
    ipv6: bool = False
    """Whether such a way leads out for IPv6 as well."""
    vpn: str = ""
    """What kind of VPN is on, e.g. "WireGuard"; empty for none that is known."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One name that was looked up."""

    host: str
    addresses: tuple[str, ...] = ()
    took: timedelta | None = None
    """None when there was no answer."""
    fault: Fault | None = None
    expected: frozenset[str] = frozenset()
    """Addresses that are known to be right; empty when none are."""

    @property
    def is_right(self) -> bool:
        """Whether it leads where it is known to lead."""
        return not self.expected.isdisjoint(self.addresses)

    @property
    def is_public(self) -> bool:
        """Whether it leads to a place in the internet."""
        return any(ip_address(it).is_global for it in self.addresses)


@dataclass(frozen=True, slots=True)
class Reading:
    """One connection, and how far it came."""

    target: str
    """Host and port, as a person reads them."""
    owner: str = ""
    """Whose place it is; empty where that does not matter."""
    numeric: bool = False
    """Whether it was reached by number, without asking for a name."""
    connected: timedelta | None = None
    """How long it took to be let in; None when it was not."""
    secured: timedelta | None = None
    """How long the TLS handshake took after that; None when there is none."""
    answered: timedelta | None = None
    """How long the answer took after that; None when none came."""
    status: int | None = None
    """Of HTTP."""
    body: str = ""
    """The beginning of the answer, where it was read."""
    moved: str = ""
    """Where the answer sends the visitor."""
    issuer: str = ""
    """Who vouches for the certificate."""
    offset: timedelta | None = None
    """Their clock less ours; None when they did not tell the time."""
    fault: Fault | None = None
    """Why it came no further; None when it came as far as it should."""

    @property
    def took(self) -> timedelta | None:
        """How long all of it took; None when it did not come to its end."""
        if self.fault is not None or self.connected is None:
            return None
        stages = (self.connected, self.secured, self.answered)
        return sum((it for it in stages if it is not None), start=timedelta())


def is_tampered(reading: Reading, expected: str) -> bool | None:
    """Whether somebody else answered in the place of a captive-portal sentinel.

    Args:
        reading: What came, over plain HTTP.
        expected: The body it must have.

    Returns:
        None when it cannot be told: no answer, or an error that may be its own.
    """
    host = reading.target.partition(":")[0]
    if reading.status == _OK:
        if reading.fault and expected.startswith(reading.body.strip()):
            return None  # broken off before it could be told
        return reading.body.strip() != expected.strip()
    if reading.status == _LOGIN_WANTED:
        return True
    if reading.status in _REDIRECTS:
        # To itself over TLS is what any site may do.
        try:
            there = urlsplit(reading.moved)
        except ValueError:
            return True
        return not (there.scheme == "https" and there.hostname == host)
    return None


_OK: Final = 200
_LOGIN_WANTED: Final = 511
"""RFC 6585: Network Authentication Required."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
