"""What was before, in short: the latest outages, and how long all of them took."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from downlight.core.history.figure_words import lengths, rests_on
from downlight.core.history.figures import durations
from downlight.core.history.past import HOUR
from downlight.core.history.when import basis
from downlight.core.speech import tr, trn

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.history.past import Outage, Past

LATEST: Final = 10
"""So many outages are named."""


@dataclass(frozen=True, slots=True)
class Before:
    """The outages of a service that are over, in short."""

    name: str
    """What the service is called."""
    latest: tuple[Outage, ...]
    """Those that count, the newest first; none that goes on."""
    lengths: str
    """How long outages took, or why that is not known, in a sentence."""
    basis: str
    """What all of it rests on."""

    def over(self, *, trouble: bool) -> tuple[Outage, ...]:
        """Return the latest that are over.

        Args:
            trouble: Whether it is in trouble now: then the newest may be that very
                trouble where nobody says when it ended.
        """
        first = self.latest[:1]
        return (
            self.latest[1:] if trouble and any(map(_may_last, first)) else self.latest
        )


def before(past: Past, zone: tzinfo | None = None) -> Before:
    """Return a past in short; takes its time where there is much.

    Args:
        past: What is known.
        zone: Zone for dates; None for the system's.
    """
    over = (it for it in reversed(past.outages) if it.counts and not it.lasts)
    return Before(
        past.service.name,
        tuple(islice(over, LATEST)),
        _lengths(past, zone),
        basis(past, zone),
    )


def _lengths(past: Past, zone: tzinfo | None) -> str:
    found, name = durations(past), past.service.name
    words = lengths(found)
    if words:
        return tr(
            "How long outages of {name} took so far: {lengths}; {basis}.",
            name=name,
            lengths=words,
            basis=rests_on(found.basis, zone),
        )
    if not found.n:
        return tr(
            "How long outages of {name} take is not known: there is none of known "
            "length.",
            name=name,
        )
    return trn(
        "How long outages of {name} take is not known: there is only one of known "
        "length, which is too few to say.",
        "How long outages of {name} take is not known: there are only {n} of known "
        "length, which is too few to say.",
        found.n,
        name=name,
    )


def _may_last(outage: Outage) -> bool:
    """Whether nobody says that it is over; not of what is known to the day only."""
    rough = outage.precision is not None and outage.precision > HOUR
    return outage.ended is None and outage.lasted is None and not rough
