"""Is the own line usable? If not, our own checks count for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from downlight.core.fusion import weights
from downlight.core.speech import mark, tr


@unique
class Fault(StrEnum):
    """What is wrong with the own line."""

    NO_LINK = "no_link"
    PORTAL = "portal"
    INTERCEPTED = "intercepted"
    CLOCK = "clock"
    NAMES = "names"
    OFFLINE = "offline"
    POOR = "poor"
    """Too few unrelated places answer to trust it, or too much is lost on the way."""
    UNASKED = "unasked"
    """No unrelated place was asked, so nobody knows."""


DEAD: Final = frozenset({Fault.NO_LINK, Fault.OFFLINE, Fault.PORTAL})
"""Nothing that arrives over such a line is from where it says."""
BENT: Final = frozenset({Fault.INTERCEPTED, Fault.CLOCK, Fault.NAMES})
"""It is the person's own trouble, unless a page that was read says otherwise."""


@unique
class Event(StrEnum):
    """What makes everything seen before worth little."""

    RESUMED = "resume"
    SLEPT = "resume_long"
    """Woke after so long that nothing is known any more."""
    CLOCK = "clock_jump"
    NETWORK = "net_change"


@unique
class Trust(StrEnum):
    """What the certificates of unrelated places look like."""

    FINE = "ok"
    INTERCEPTED = "intercepted"
    """Issued by somebody nobody knows: a proxy or a virus scanner reads along."""
    CLOCK = "clock"
    """Not valid at the time the own clock shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is seen of the own line."""

    link: bool = True
    """Whether there is a cable, a wireless network, anything."""
    reached: int = 0
    """How many of ``asked`` answered."""
    asked: int = 0
    """How many unrelated places were asked; 0 when nobody looked."""
    literal: bool = True
    """Whether an address without a name answers."""
    names: bool = True
    """Whether names are looked up."""
    portal: bool = False
    """Whether a sign-in page answers for others."""
    trust: Trust = Trust.FINE
    lossy: bool = False
    """Whether much of what is sent is lost, however many places answer in the end."""


def fault(line: Line) -> Fault | None:
    """Return what is wrong with the own line, the plainest cause first."""
    signs = (
        (Fault.NO_LINK, not line.link),
        (Fault.PORTAL, line.portal),
        (Fault.INTERCEPTED, line.trust is Trust.INTERCEPTED),
        (Fault.CLOCK, line.trust is Trust.CLOCK),
        (Fault.NAMES, line.literal and not line.names),
        (Fault.UNASKED, line.asked == 0),
        (Fault.OFFLINE, line.reached == 0),
        (Fault.POOR, line.lossy or _is_thin(line)),
    )
    return next((name for name, holds in signs if holds), None)


def words(found: Fault, line: Line) -> str:
    """Return what is wrong, for a person."""
    if found is Fault.POOR and _is_thin(line):
        return tr(
            "Your connection is unstable: {reached} of {asked} unrelated sites answer",
            reached=line.reached,
            asked=line.asked,
        )
    return tr(_WORDS[found])


def _is_thin(line: Line) -> bool:
    return line.reached < weights.USABLE_SHARE * line.asked


_WORDS: Final = {
    Fault.NO_LINK: mark("You are offline: there is no network connection"),
    Fault.PORTAL: mark("A sign-in page (captive portal) of your network is in the way"),
    Fault.INTERCEPTED: mark(
        "A proxy or antivirus on your side intercepts secure connections (TLS)"
    ),
    Fault.CLOCK: mark("Your clock is wrong"),
    Fault.NAMES: mark("Your network does not look up names (DNS)"),
    Fault.OFFLINE: mark("You are offline: no unrelated site answers"),
    Fault.POOR: mark("Your connection is unstable: much of what is sent is lost"),
    Fault.UNASKED: mark("Nobody looked whether your connection works"),
}
