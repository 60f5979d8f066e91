"""The ladder "is it me?", climbed once: from the cable to the answer of a service.

Everything that can be asked at the same time is; each rung is told as soon as what
it stands on is known. Whatever has not answered within its patience counts as silent,
so that all of it is over in less than five seconds.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from downlight.core.rungs.ladder import Climb
from downlight.probes.ascent import Ascent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from downlight.core.rungs.ladder import Step
    from downlight.core.rungs.readings import OwnLine, Reading
    from downlight.probes.place import Place
    from downlight.probes.references import References


class Asking(Protocol):
    """Connects to one place, as far as it goes; `probes.asking` does."""

    async def __call__(
        self, place: Place, addresses: Sequence[str], patience: timedelta
    ) -> Reading:
        """Return how far it went in this time."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited; a look-up and a connection are waited for in turn."""

    name: timedelta = timedelta(seconds=2)
    place: timedelta = timedelta(seconds=2)
    """For each place, once its address is known: with one packet lost, a connection
    is tried again after a second (RFC 6298)."""


@dataclass(frozen=True, slots=True)
class Tools:
    """How the outside is reached."""

    own: Callable[[], OwnLine]
    resolve: Callable[[str], Awaitable[tuple[str, ...]]]
    """By this computer's own name server."""
    second: Callable[[str], Awaitable[tuple[str, ...]]]
    """By another one, reached by number."""
    ask: Asking
    proxied: bool = False
    """Whether `ask` goes through a proxy, which then looks up the names."""
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class Goal:
    """The service that is climbed to."""

    name: str = ""
    """Empty: only the own line is looked at."""
    places: tuple[Place, ...] = ()
    """What can be tried of it."""
    private: bool = False
    """Whether its name is the person's own affair."""


async def climb(
    goal: Goal, by: References, tools: Tools, tell: Callable[[Step], object]
) -> Climb:
    """Climb as far as it holds.

    Args:
        goal: Where to.
        by: Whom to ask whether the internet is there.
        tools: How to reach them.
        tell: Told each rung, in order, as soon as it is known.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    own = tools.own()
    ascent = Ascent(goal, by, tools, tell)
    try:
        await ascent.run(own)
    finally:
        await ascent.stop()
    return Climb(
        goal.name,
        tuple(ascent.steps),
        tuple(ascent.notices),
        own.vpn,
        tuple(ascent.grid),
        goal.private,
        ascent.reached,
        ascent.asked,
        timedelta(seconds=clock() - began),
    )
