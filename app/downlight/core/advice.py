"""The ladder in plain words: what each rung found, what it means, what to do.

What is written here may be copied and sent to anybody: no address, no name of the
own network, of a Wi-Fi, of a company or of a person is ever in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.ladder import Notice, Outcome, Rung, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from downlight.core.ladder import Climb, Step

RUNGS: Final[Mapping[Rung, str]] = {
    Rung.LINK: "Connected to a network",
    Rung.DNS: "Names are found",
    Rung.PORTAL: "No log-in page in the way",
    Rung.INTERNET: "The internet answers",
    Rung.SECURE: "Connections are secure, the clock is right",
    Rung.NAME: "The name of {service} is found",
    Rung.CONNECT: "The servers of {service} take connections",
    Rung.HANDSHAKE: "{service} proves who it is",
    Rung.ANSWER: "{service} answers",
}
"""What holds when a rung does."""
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.FINE: "yes",
    Outcome.FAILED: "NO",
    Outcome.OPEN: "not known",
}


@unique
class Side(StrEnum):
    """Where the trouble lies, as far as it can be told from here."""

    YOU = "you"
    BETWEEN = "between"
    THEM = "them"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a trouble means, and what to do about it."""

    side: Side
    what: str
    do: str


_SERVER: Final = (
    "Restart the router, or set another name server (DNS) in the network settings."
)
_ELSEWHERE: Final = (
    "Try it over another network, a phone's for example: if it works there, the cause "
    "is on the way from here."
)
ADVICE: Final[Mapping[Trouble, Advice]] = {
    Trouble.NO_LINK: Advice(
        Side.YOU,
        "This computer is not connected to any network.",
        "Turn on Wi-Fi or plug in the cable, and see that flight mode is off.",
    ),
    Trouble.NO_ADDRESS: Advice(
        Side.YOU,
        "This computer is connected, but the network gave it no address.",
        "Disconnect and connect again; if that does not help, restart the router.",
    ),
    Trouble.NO_ROUTE: Advice(
        Side.YOU,
        "This computer is connected, but no way leads out of its own network.",
        "Disconnect and connect again, and turn any VPN off; then restart the router.",
    ),
    Trouble.DNS_DEAD: Advice(
        Side.YOU,
        "Names are not found by your name server, while another one finds them.",
        f"{_SERVER} If a VPN is on, turn it off and on.",
    ),
    Trouble.DNS_CUT: Advice(
        Side.YOU,
        "Names are not found by any name server, though the internet answers.",
        "Restart the router. A firewall or a VPN may be in the way: try without it.",
    ),
    Trouble.DNS_LIES: Advice(
        Side.YOU,
        "Names lead to wrong places: your name server gives false answers.",
        f"Enter no passwords now. {_SERVER}",
    ),
    Trouble.PORTAL: Advice(
        Side.YOU,
        "This network wants you to log in before it lets you out.",
        "Open any page in the browser; the network's own page should come. Log in.",
    ),
    Trouble.OFFLINE: Advice(
        Side.YOU,
        "Nothing outside of your own network answers.",
        "Restart the router. If that does not help, ask your internet provider.",
    ),
    Trouble.WEAK: Advice(
        Side.YOU,
        "Only a part comes through to the known places: the line is weak, or filtered.",
        "Go nearer to the router or use a cable, stop large downloads, try again. "
        "Where only some places are let through, ask whoever runs the network.",
    ),
    Trouble.PROXY: Advice(
        Side.YOU,
        "The proxy that is set on this computer lets nothing through.",
        "Turn the proxy off in the network settings, or ask whoever runs it.",
    ),
    Trouble.CLOCK: Advice(
        Side.YOU,
        "The clock of this computer is wrong: logins and secure pages can fail.",
        "Let date and time be set automatically; look at the time zone as well.",
    ),
    Trouble.INTERCEPTED: Advice(
        Side.YOU,
        "Somebody on the way opens secure connections.",
        "Enter no passwords and leave this network. At work, or with a virus scanner, "
        "ask whoever set it up.",
    ),
    Trouble.TLS_CUT: Advice(
        Side.YOU,
        "The internet is there, but secure connections are broken off.",
        "Restart the router, try without VPN and firewall, or use another network.",
    ),
    Trouble.NAME_BLOCKED: Advice(
        Side.BETWEEN,
        "Your name server does not say where {service} is; another one does.",
        "It is blocked or broken at your provider or in your network. " + _ELSEWHERE,
    ),
    Trouble.NAME_GONE: Advice(
        Side.THEM,
        "The name of {service} is not found by two name servers.",
        "It seems to be theirs to mend: wait, and use something else meanwhile.",
    ),
    Trouble.NAME_LOST: Advice(
        Side.OPEN,
        "The name of {service} is not found; why, the name servers do not say.",
        _ELSEWHERE,
    ),
    Trouble.REFUSES: Advice(
        Side.OPEN,
        "The servers of {service} refuse the connection.",
        f"It may be {{service}}, or a firewall on the way. {_ELSEWHERE}",
    ),
    Trouble.SILENT: Advice(
        Side.OPEN,
        "The servers of {service} do not answer from here, while others do.",
        f"It may be {{service}}, or a block on the way. {_ELSEWHERE}",
    ),
    Trouble.PARTLY: Advice(
        Side.OPEN,
        "Only some of the servers of {service} answer from here.",
        f"Some of it may not work. {_ELSEWHERE}",
    ),
    Trouble.CUT_OFF: Advice(
        Side.OPEN,
        "Connections to {service} are broken off, while others are not.",
        f"A block on the way looks like this, a fault of theirs too. {_ELSEWHERE}",
    ),
    Trouble.FOREIGN: Advice(
        Side.BETWEEN,
        "Somebody else answers in the place of {service}.",
        f"Enter no password there. {_ELSEWHERE}",
    ),
    Trouble.EXPIRED: Advice(
        Side.THEM,
        "The certificate of {service} is out of date, or not valid yet.",
        "It is theirs to mend: wait, and use something else meanwhile.",
    ),
    Trouble.ERROR: Advice(
        Side.THEM,
        "{service} answers with an error of its own.",
        "It is theirs to mend: wait, and use something else meanwhile.",
    ),
    Trouble.MUTE: Advice(
        Side.OPEN,
        "{service} takes the connection, but gives no answer.",
        f"It may be overloaded, or a block may be on the way. {_ELSEWHERE}",
    ),
}
NOTICES: Final[Mapping[Notice, str]] = {
    Notice.VPN: "A VPN is on ({vpn}): what is seen here is seen through it.",
    Notice.PROXY: "A proxy is set: what is seen here is seen through it.",
    Notice.IPV6: "IPv6 does not work on this line, IPv4 does: some places may be slow.",
    Notice.READ_ALONG: "One issuer vouches for every place: somebody you trust, a "
    "company or a virus scanner, reads secure connections along.",
    Notice.PLAIN_ALTERED: "Somebody changes pages that are not secure on the way.",
}


def milliseconds(took: timedelta) -> str:
    """Return a short time as people compare it: "34 ms", "1.2 s"."""
    seconds = took.total_seconds()
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def claim(step: Step, service: str) -> str:
    """Return what a rung is about, as a sentence that it makes true or not."""
    return RUNGS[step.rung].format(service=service)


def details(step: Step) -> str:
    """Return time and numbers of a rung; empty when there are none."""
    took = "" if step.took is None else milliseconds(step.took)
    return ", ".join(it for it in (took, step.note) if it)


def side(climb: Climb) -> Side | None:
    """Return where the trouble lies; None when none was met."""
    if climb.failed is None or climb.failed.trouble is None:
        return None
    return ADVICE[climb.failed.trouble].side


def conclusion(climb: Climb) -> tuple[str, str]:
    """Return what the ladder says in the end, and what to do (may be empty)."""
    name = climb.service
    if climb.failed is not None and climb.failed.trouble is not None:
        advice = ADVICE[climb.failed.trouble]
        return advice.what.format(service=name), advice.do.format(service=name)
    if not climb.arrived:
        return "No trouble was found, but not all could be looked at.", ""
    if climb.reached_service:
        highest = claim(climb.steps[-1], name)
        return f"Your own line is fine. {highest}, seen from here.", ""
    unknown = f"Of {name} itself Downlight knows no server that it could try."
    return "Your own line is fine.", unknown if name else ""


def notices(climb: Climb) -> tuple[str, ...]:
    """Return what stands in the way without breaking it, a sentence each."""
    return tuple(NOTICES[it].format(vpn=climb.vpn) for it in climb.notices)


def public(climb: Climb) -> Climb:
    """Return what may be sent to anybody: of a person's own service no name."""
    return replace(climb, service="the service", grid=()) if climb.private else climb


def as_text(climb: Climb) -> str:
    """Return all of it as lines that can be sent to anybody."""
    climb = public(climb)
    lines = [
        f"{claim(step, climb.service)}: {OUTCOMES[step.outcome]}"
        + (f" ({details(step)})" if details(step) else "")
        for step in climb.steps
    ]
    return "\n".join((*lines, *notices(climb), *filter(None, conclusion(climb))))
