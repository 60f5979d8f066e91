"""What was held back, told in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.news import Event, Turn
from downlight.core.speech import trn
from downlight.core.telling.decided import key

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED: Final = 5
"""Of more outages than this the others are counted."""
WHOLE: Final = 2
"""Of more outages than this only the titles are told."""


def newest(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return of each outage the event that says how it is now.

    Those that go on come first, else the order stays. Of what several services share
    only the newest is left: it names all of them, or who works again and who does not.
    That an outage is over is left out where the same service is in trouble again.

    Args:
        events: What was held back, oldest first.
    """
    last = {key(event): event for event in events}.values()
    open_ = [event for event in last if event.turn is not Turn.ENDED]
    shared = {event.cause or key(event): event for event in open_}
    # Wherever its service stands: of what is shared the newest event counts.
    shared |= {event.cause: event for event in events if event.cause and event in open_}
    ended = [event for event in last if event.turn is Turn.ENDED]
    # Who works again also says who of them does not: the older list is not true now.
    for event in ended:
        older = shared.get(event.cause)
        if event.cause and older in events[: events.index(event)]:
            del shared[event.cause]
    again = {event.service for event in shared.values()}
    over = (it for it in ended if it.cause or it.service not in again)
    return (*shared.values(), *over)


def digest(events: Sequence[Event]) -> tuple[str, str]:
    """Return title and body that tell of several outages.

    Args:
        events: One of each outage; two or more.
    """
    whole = len(events) <= WHOLE
    # Who of several still is in trouble stands in the sentence only, of the last one.
    ends = {it.cause: it for it in events if it.cause and it.turn is Turn.ENDED}
    last = ends.values()
    lines = [
        f"{it.title}. {it.sentence}"
        if it in last or (whole and it.cause not in ends)
        else it.title
        for it in events
    ]
    more = len(lines) - NAMED
    if more > 0:
        rest = trn("and {n} more, in the window", "and {n} more, in the window", more)
        lines = [*lines[:NAMED], rest]
    title = trn("Meanwhile: {n} outage", "Meanwhile: {n} outages", len(events))
    return title, "\n".join(lines)
