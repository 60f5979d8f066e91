"""What this computer says of its own connection, without sending anything.

Linux: ``/sys/class/net`` and ``/proc/net`` (``Documentation/ABI/testing/
sysfs-class-net`` and ``net/ipv4/fib_trie.c`` of the kernel, read 2026-11). Elsewhere
it is not known, and the ladder goes on with the next rung.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight.core.rungs.readings import OwnLine
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

SYS: Final = Path("/sys/class/net")
PROC: Final = Path("/proc/net")

_VPNS: Final = {
    "wg": "WireGuard",
    "tailscale": "Tailscale",
    "zt": "ZeroTier",
    "nordlynx": "NordVPN",
    "proton": "Proton VPN",
    "mullvad": "Mullvad",
    "ppp": mark("a dialled line"),
    "tun": mark("a tunnel"),
    "tap": mark("a tunnel"),
    "ipsec": "IPsec",
}
"""How the names of a VPN's interfaces begin, and what it is."""
_UP: Final = frozenset({"up", "unknown"})
"""Tunnels say "unknown" all their life (RFC 2863, ifOperStatus)."""
_LOCAL: Final = re.compile(r"\|-- (\S+)\s+/32 host LOCAL")
_WIDE: Final = frozenset({"00000000", "00000080", "00", "01", "02", "03"})
"""Masks and lengths of a way to everywhere. Some VPNs lay two halves instead of one
(0.0.0.0/1 and 128.0.0.0/1), some networks of IPv6 only 2000::/3."""
_NO_WAY: Final = 0x0200
"""RTF_REJECT: the entry says that there is no way."""


def look(sys: Path = SYS, proc: Path = PROC) -> OwnLine:
    """Return how this computer is connected, as far as it says.

    Args:
        sys: Where the system lists its interfaces.
        proc: Where it shows addresses and routes.
    """
    try:
        named = sorted(sys.iterdir())
    except OSError:
        named = []
    if not named:  # a sandbox hides even the computer's way to itself
        return OwnLine()
    up = [it.name for it in named if _word(it / "operstate") in _UP]
    # A route by an interface that is not listed is believed: it is there.
    dead = {"lo"} | {it.name for it in named if it.name not in up}
    ipv6 = _leads_out(_lines(proc / "ipv6_route"), 1, 8, dead)
    ipv4 = _leads_out(_lines(proc / "route"), 7, 3, dead)
    # A sandbox may hide a table: what cannot be read proves nothing. A table of IPv6
    # is not there either where the kernel does without.
    return OwnLine(
        link=any(map(_is_line, (sys / it for it in up))),
        address=_has_address(proc, dead) or _unless_hidden(proc / "fib_trie"),
        route=ipv4 or ipv6 or _unless_hidden(proc / "route"),
        ipv6=ipv6,
        vpn=next((kind for it in up if (kind := _vpn(it))), ""),
    )


def _unless_hidden(table: Path) -> bool | None:
    """Return that there is nothing; None when the table cannot be seen."""
    try:
        table.read_bytes()
    except OSError:
        return None
    return False


def _is_line(interface: Path) -> bool:
    """Whether it leads anywhere, and is not this computer or a bridge inside it."""
    inside = (interface / "bridge").exists() or (interface / "brport").exists()
    return interface.name != "lo" and not inside


def _leads_out(
    lines: list[list[str]], width: int, flags: int, dead: AbstractSet[str]
) -> bool:
    """Whether a route to everywhere, or half of it, leaves by an interface that works.

    Args:
        lines: Of the table, in words; all numbers are hexadecimal. The interface
            stands first or last.
        width: Which word is its mask, or the length of its prefix.
        flags: Which are the flags.
        dead: The interfaces that lead nowhere.
    """
    return any(
        words[width] in _WIDE
        and dead.isdisjoint((words[0], words[-1]))
        and not int(words[flags], 16) & _NO_WAY
        for words in lines
        if len(words) > max(width, flags)
    )


def _has_address(proc: Path, dead: AbstractSet[str]) -> bool:
    """Whether an address reaches further than this computer or its cable."""
    six = (words[0] for words in _lines(proc / "if_inet6") if words[-1] not in dead)
    found = [
        *_LOCAL.findall(_word(proc / "fib_trie")),
        *(":".join(re.findall("....", it)) for it in six),
    ]
    known = map(ip_address, found)
    return any(not (it.is_loopback or it.is_link_local) for it in known)


def _vpn(name: str) -> str:
    """Return what kind of VPN an interface belongs to; empty for none."""
    return next((kind for start, kind in _VPNS.items() if name.startswith(start)), "")


def _lines(file: Path) -> list[list[str]]:
    return [line.split() for line in _word(file).splitlines() if line.strip()]


def _word(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
