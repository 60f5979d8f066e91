"""The ladder "is it me?": its rungs, and what came of climbing it.

Each rung stands on those below it: the first one that fails is where the trouble is,
and of those above it nothing is claimed. Judged in `core.rungs.own_rungs` and
`core.rungs.far_rungs`, put into words in `core.rungs.advice`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from downlight.core.rungs.readings import Reading


@unique
class Rung(StrEnum):
    """One step from this computer to a service, the nearest first."""

    LINK = "link"
    DNS = "dns"
    PORTAL = "portal"
    INTERNET = "internet"
    SECURE = "secure"
    NAME = "service-dns"
    CONNECT = "service-tcp"
    HANDSHAKE = "service-tls"
    ANSWER = "service-answer"

    @property
    def is_own(self) -> bool:
        """Whether it is of the own line, and not of a service."""
        return not self.startswith("service")


@unique
class Outcome(StrEnum):
    """What came of one rung."""

    FINE = "fine"
    FAILED = "failed"
    OPEN = "open"
    """Tried, or not possible here; nothing can be said of it."""


@unique
class Trouble(StrEnum):
    """What is wrong at a rung that failed; the words are in `core.rungs.advice`."""

    NO_LINK = "no-link"
    NO_ADDRESS = "no-address"
    NO_ROUTE = "no-route"
    DNS_DEAD = "dns-dead"
    DNS_CUT = "dns-cut"
    DNS_LIES = "dns-lies"
    PORTAL = "portal"
    OFFLINE = "offline"
    WEAK = "weak"
    PROXY = "proxy"
    CLOCK = "clock"
    INTERCEPTED = "intercepted"
    TLS_CUT = "tls-cut"
    NAME_BLOCKED = "name-blocked"
    NAME_GONE = "name-gone"
    NAME_LOST = "name-lost"
    REFUSES = "refuses"
    SILENT = "silent"
    PARTLY = "partly"
    CUT_OFF = "cut-off"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    ERROR = "error"
    MUTE = "mute"


@unique
class Notice(StrEnum):
    """What stands in the way without breaking it."""

    VPN = "vpn"
    PROXY = "proxy"
    IPV6 = "ipv6"
    READ_ALONG = "read-along"
    PLAIN_ALTERED = "plain-altered"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung, tried."""

    rung: Rung
    outcome: Outcome
    took: timedelta | None = None
    """How long it took, where one number says it."""
    trouble: Trouble | None = None
    """Set when it failed, and only then."""
    note: str = ""
    """Numbers that belong to it, e.g. "5 of 6 answer"; nothing private."""

    def __post_init__(self) -> None:
        """Refuse a failure without a reason."""
        if (self.outcome is Outcome.FAILED) != (self.trouble is not None):
            raise ValueError(f"{self.rung}: {self.outcome} with {self.trouble}")


@dataclass(frozen=True, slots=True)
class Climb:
    """How far the ladder was climbed, and what was met."""

    service: str
    """Its name; empty when only the own line was looked at."""
    steps: tuple[Step, ...]
    """From the lowest rung to the first that failed, or to the last."""
    notices: tuple[Notice, ...] = ()
    vpn: str = ""
    """What kind of VPN is on."""
    grid: tuple[Reading, ...] = ()
    """Each place of the service that was tried; empty below those rungs."""
    private: bool = False
    """Whether the service is one the person added: its name is not to be told."""
    reached: int = 0
    """How many of ``asked`` let us in."""
    asked: int = 0
    """How many unrelated places were asked; 0 when it did not come to that."""
    took: timedelta | None = None
    """How long all of it took."""

    @property
    def failed(self) -> Step | None:
        """The rung at which it ends; None when none failed."""
        return next((s for s in self.steps if s.outcome is Outcome.FAILED), None)

    @property
    def arrived(self) -> bool:
        """Whether the last rung that could be tried holds."""
        return self.steps[-1].outcome is Outcome.FINE

    @property
    def reached_service(self) -> bool:
        """Whether anything of the service was tried at all."""
        return any(not step.rung.is_own for step in self.steps)


def fine(rung: Rung, took: timedelta | None = None, note: str = "") -> Step:
    """Return a rung that holds."""
    return Step(rung, Outcome.FINE, took, note=note)


def failed(rung: Rung, trouble: Trouble, note: str = "") -> Step:
    """Return a rung that does not hold."""
    return Step(rung, Outcome.FAILED, trouble=trouble, note=note)


def unclear(rung: Rung, note: str = "") -> Step:
    """Return a rung of which nothing can be said."""
    return Step(rung, Outcome.OPEN, note=note)
