"""The own line as the rule's gate sees it, from a climb of the ladder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.gate import Line, Trust
from downlight.core.rungs.ladder import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.rungs.ladder import Climb

_CUT_OFF: Final = Line(link=False)
_NAMELESS: Final = Line(names=False)
_READ: Final = Line(trust=Trust.INTERCEPTED)
_SEEN: Final[Mapping[Trouble, Line]] = {
    Trouble.NO_LINK: _CUT_OFF,
    Trouble.NO_ADDRESS: _CUT_OFF,
    Trouble.NO_ROUTE: _CUT_OFF,
    Trouble.DNS_DEAD: _NAMELESS,
    Trouble.DNS_CUT: _NAMELESS,
    Trouble.DNS_LIES: _NAMELESS,
    Trouble.PORTAL: Line(portal=True),
    Trouble.WEAK: Line(lossy=True),
    Trouble.CLOCK: Line(trust=Trust.CLOCK),
    Trouble.INTERCEPTED: _READ,
    Trouble.TLS_CUT: _READ,
}
"""What each trouble of the own line looks like. Nothing but the count of places that
answer shows the others; a service's are not the line's."""


def line_of(climb: Climb) -> Line:
    """Return what a climb shows of the own line.

    Where it came to no unrelated place and met no trouble either, the line is one of
    which nobody knows: `gate.Fault.UNASKED`.
    """
    met = climb.failed
    seen = _SEEN.get(met.trouble, Line()) if met and met.trouble else Line()
    return replace(seen, reached=climb.reached, asked=climb.asked)
