"""What many outages have in common, in figures that say what they rest on.

Below `LEAST` outages nothing is worked out: the list itself says more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from downlight.core.history.calendar import extent
from downlight.core.history.past import DAY, Root, cut, joined, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta, tzinfo

    from downlight.core.history.past import Outage, Past

LEAST: Final = 3
"""So many are needed before a figure is worked out of them."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on."""

    n: int
    """From how many outages."""
    since: datetime | None
    """When the first of them began; None when there is none."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long something took; the figures are None where there are too few."""

    all: tuple[timedelta, ...]
    """Each of them, the shortest first."""
    basis: Basis

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.all)

    @property
    def median(self) -> timedelta | None:
        """The middle one; between two in the middle, halfway."""
        if self.n < LEAST:
            return None
        return (self.all[(self.n - 1) // 2] + self.all[self.n // 2]) / 2

    @property
    def p90(self) -> timedelta | None:
        """Nine of ten were not longer: one of them, not a value between two."""
        rank = math.ceil(0.9 * self.n)
        return self.all[rank - 1] if self.n >= LEAST else None

    @property
    def longest(self) -> timedelta | None:
        """The longest of them."""
        return self.all[-1] if self.n >= LEAST else None

    @property
    def shortest(self) -> timedelta | None:
        """The shortest of them."""
        return self.all[0] if self.n >= LEAST else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """When outages begin, in the clock of a place."""

    hours: tuple[int, ...]
    """How many in each of the 24 hours."""
    weekdays: tuple[int, ...]
    """How many on each day of the week, Monday first."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class Why:
    """How often one kind of cause was named."""

    root: Root
    confirmed: int
    supposed: int


@dataclass(frozen=True, slots=True)
class Causes:
    """Why outages came, as far as it was published."""

    named: tuple[Why, ...]
    """The most frequent one first."""
    unknown: int
    """Of how many nobody says."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How the provider speaks of its outages."""

    delay: Lengths
    """From the first evidence of others to the provider's first word."""
    gaps: Lengths
    """Between two messages about the same outage; `Lengths.n` counts the gaps."""
    silent: int | None
    """Of how many outages it wrote no word; None when that is known of too few."""
    heard: Basis
    """Of how many that is known."""


@dataclass(frozen=True, slots=True)
class Uptime:
    """Which part of the time we looked it worked."""

    share: float
    """0..1; partly down is down, "troubled" is not."""
    down: timedelta
    looked: timedelta
    basis: Basis


def basis(outages: Sequence[Outage]) -> Basis:
    """Return what a figure from these outages rests on."""
    return Basis(len(outages), min((it.begun for it in outages), default=None))


def durations(past: Past) -> Lengths:
    """Return how long outages were, those left out of which nobody knows."""
    return _lengths(
        (outage, [length])
        for outage in _counted(past)
        if (length := outage.length) is not None
    )


def pattern(past: Past, zone: tzinfo | None = None) -> Pattern | None:
    """Return at what time outages begin; None from too few.

    Args:
        past: What is known; only beginnings known to the hour count.
        zone: Whose clock; None for the system's.
    """
    exact = [outage for outage in _counted(past) if outage.to_the_hour]
    if len(exact) < LEAST:
        return None
    hours, weekdays = [0] * 24, [0] * 7
    for outage in exact:
        begun = outage.begun.astimezone(zone)
        hours[begun.hour] += 1
        weekdays[begun.weekday()] += 1
    return Pattern(tuple(hours), tuple(weekdays), basis(exact))


def causes(past: Past) -> Causes | None:
    """Return why outages came; None from too few."""
    counted = _counted(past)
    if len(counted) < LEAST:
        return None
    named = [
        Why(
            root,
            confirmed=sum(it.root is root and it.sure for it in counted),
            supposed=sum(it.root is root and not it.sure for it in counted),
        )
        for root in Root
    ]
    named = [why for why in named if why.confirmed + why.supposed]
    named.sort(key=lambda why: -(why.confirmed + why.supposed))
    unknown = sum(outage.root is None for outage in counted)
    return Causes(tuple(named), unknown, basis(counted))


def scorecard(past: Past) -> Scorecard:
    """Return how the provider speaks of its outages."""
    counted = _counted(past)
    heard = [outage for outage in counted if outage.silent is not None]
    silent = sum(outage.silent is True for outage in heard)
    return Scorecard(
        delay=_lengths(
            (outage, [delay])
            for outage in counted
            if (delay := outage.delay) is not None
        ),
        gaps=_lengths(
            (outage, [later - one for one, later in pairwise(outage.said)])
            for outage in counted
            if len(outage.said) > 1
        ),
        silent=silent if len(heard) >= LEAST else None,
        heard=basis(heard),
    )


def uptime(past: Past, begun: datetime, ended: datetime) -> Uptime | None:
    """Return which part of a time it worked; None where we looked less than a day.

    Only the time counts in which we looked: of the rest nothing is known.
    """
    watched = cut(past.watched, begun, min(ended, past.now))
    looked = total(watched)
    if looked < DAY:
        return None
    bad = [it for it in _counted(past) if it.level is not None and it.level.is_outage]
    spans = [(it, span) for it in bad if (span := extent(past, it)) is not None]
    down = joined(
        part for _, span in spans for part in cut(watched, span.begun, span.ended)
    )
    touched = [it for it, span in spans if cut(watched, span.begun, span.ended)]
    lost = total(down)
    return Uptime(1 - lost / looked, lost, looked, basis(touched))


def _counted(past: Past) -> list[Outage]:
    return [outage for outage in past.outages if outage.counts]


def _lengths(found: Iterable[tuple[Outage, list[timedelta]]]) -> Lengths:
    known = list(found)
    lengths = sorted(length for _, some in known for length in some)
    return Lengths(tuple(lengths), basis([outage for outage, _ in known]))
