"""What each trouble of the ladder means, and what to do about it; a table.

Nothing in it names an address, a network, a company or a person: see
`core.rungs.advice`, which says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.rungs.ladder import Trouble
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Mapping


@unique
class Side(StrEnum):
    """Where the trouble lies, as far as it can be told from here."""

    YOU = "you"
    BETWEEN = "between"
    THEM = "them"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a trouble means, and what to do about it; said by `core.rungs.advice`."""

    side: Side
    what: str
    """A sentence."""
    do: tuple[str, ...]
    """A sentence or more."""


_SERVER: Final = mark(
    "Restart the router, or set another name server (DNS) in the network settings."
)
_ELSEWHERE: Final = mark(
    "Try it over another network, a phone's for example: if it works there, the cause "
    "is on the way from here."
)
_THEIRS: Final = mark("It is theirs to mend: wait, and use something else meanwhile.")
REMEDIES: Final[Mapping[Trouble, Remedy]] = {
    Trouble.NO_LINK: Remedy(
        Side.YOU,
        mark("This computer is not connected to any network."),
        (mark("Turn on Wi-Fi or plug in the cable, and see that flight mode is off."),),
    ),
    Trouble.NO_ADDRESS: Remedy(
        Side.YOU,
        mark("This computer is connected, but the network gave it no address."),
        (
            mark(
                "Disconnect and connect again; if that does not help, restart the "
                "router."
            ),
        ),
    ),
    Trouble.NO_ROUTE: Remedy(
        Side.YOU,
        mark("This computer is connected, but no way leads out of its own network."),
        (
            mark(
                "Disconnect and connect again, and turn any VPN off; then restart the "
                "router."
            ),
        ),
    ),
    Trouble.DNS_DEAD: Remedy(
        Side.YOU,
        mark("Names are not found by your name server, while another one finds them."),
        (
            _SERVER,
            mark("If a VPN is on, turn it off and on."),
        ),
    ),
    Trouble.DNS_CUT: Remedy(
        Side.YOU,
        mark("Names are not found by any name server, though the internet answers."),
        (
            mark(
                "Restart the router. A firewall or a VPN may be in the way: try "
                "without it."
            ),
        ),
    ),
    Trouble.DNS_LIES: Remedy(
        Side.YOU,
        mark("Names lead to wrong places: your name server gives false answers."),
        (
            mark("Enter no passwords now."),
            _SERVER,
        ),
    ),
    Trouble.PORTAL: Remedy(
        Side.YOU,
        mark("This network wants you to log in before it lets you out."),
        (
            mark(
                "Open any page in the browser; the network's own page should come. Log "
                "in."
            ),
        ),
    ),
    Trouble.OFFLINE: Remedy(
        Side.YOU,
        mark("Nothing outside of your own network answers."),
        (
            mark(
                "Restart the router. If that does not help, ask your internet provider."
            ),
        ),
    ),
    Trouble.WEAK: Remedy(
        Side.YOU,
        mark(
            "Only a part comes through to the known places: the line is weak, or "
            "filtered."
        ),
        (
            mark(
                "Go nearer to the router or use a cable, stop large downloads, try "
                "again. Where only some places are let through, ask whoever runs the "
                "network."
            ),
        ),
    ),
    Trouble.PROXY: Remedy(
        Side.YOU,
        mark("The proxy that is set on this computer lets nothing through."),
        (mark("Turn the proxy off in the network settings, or ask whoever runs it."),),
    ),
    Trouble.CLOCK: Remedy(
        Side.YOU,
        mark("The clock of this computer is wrong: logins and secure pages can fail."),
        (
            mark(
                "Let date and time be set automatically; look at the time zone as well."
            ),
        ),
    ),
    Trouble.INTERCEPTED: Remedy(
        Side.YOU,
        mark("Somebody on the way opens secure connections."),
        (
            mark(
                "Enter no passwords and leave this network. At work, or with a virus "
                "scanner, ask whoever set it up."
            ),
        ),
    ),
    Trouble.TLS_CUT: Remedy(
        Side.YOU,
        mark("The internet is there, but secure connections are broken off."),
        (
            mark(
                "Restart the router, try without VPN and firewall, or use another "
                "network."
            ),
        ),
    ),
    Trouble.NAME_BLOCKED: Remedy(
        Side.BETWEEN,
        mark("Your name server does not say where {service} is; another one does."),
        (
            mark("It is blocked or broken at your provider or in your network."),
            _ELSEWHERE,
        ),
    ),
    Trouble.NAME_GONE: Remedy(
        Side.THEM,
        mark("The name of {service} is not found by two name servers."),
        (
            mark(
                "It seems to be theirs to mend: wait, and use something else meanwhile."
            ),
        ),
    ),
    Trouble.NAME_LOST: Remedy(
        Side.OPEN,
        mark("The name of {service} is not found; why, the name servers do not say."),
        (_ELSEWHERE,),
    ),
    Trouble.REFUSES: Remedy(
        Side.OPEN,
        mark("The servers of {service} refuse the connection."),
        (
            mark("It may be {service}, or a firewall on the way."),
            _ELSEWHERE,
        ),
    ),
    Trouble.SILENT: Remedy(
        Side.OPEN,
        mark("The servers of {service} do not answer from here, while others do."),
        (
            mark("It may be {service}, or a block on the way."),
            _ELSEWHERE,
        ),
    ),
    Trouble.PARTLY: Remedy(
        Side.OPEN,
        mark("Only some of the servers of {service} answer from here."),
        (
            mark("Some of it may not work."),
            _ELSEWHERE,
        ),
    ),
    Trouble.CUT_OFF: Remedy(
        Side.OPEN,
        mark("Connections to {service} are broken off, while others are not."),
        (
            mark("A block on the way looks like this, a fault of theirs too."),
            _ELSEWHERE,
        ),
    ),
    Trouble.FOREIGN: Remedy(
        Side.BETWEEN,
        mark("Somebody else answers in the place of {service}."),
        (
            mark("Enter no password there."),
            _ELSEWHERE,
        ),
    ),
    Trouble.EXPIRED: Remedy(
        Side.THEM,
        mark("The certificate of {service} is out of date, or not valid yet."),
        (_THEIRS,),
    ),
    Trouble.ERROR: Remedy(
        Side.THEM,
        mark("{service} answers with an error of its own."),
        (_THEIRS,),
    ),
    Trouble.MUTE: Remedy(
        Side.OPEN,
        mark("{service} takes the connection, but gives no answer."),
        (
            mark("It may be overloaded, or a block may be on the way."),
            _ELSEWHERE,
        ),
    ),
}
