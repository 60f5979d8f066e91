"""Whether a measured time lies outside all that was seen before.

A novelty band: how far outside the range so far is the value itself, how much it jumps
lately, and how far it strays lately from what is usual at this time of day? A record
moves the range, so the same height is not reported twice, and an hour passes between
two events. On the Numenta benchmark's official scale such a band was given 66 points in
the study, more than all but three of the published detectors; that scale says little of
outages (the study: "new highest or lowest value", two numbers, has 57).

It finds what was never so before: after one very slow answer, less slow ones are no
news. And it is for latencies only. On counts of posts it is worth nothing: one huge
outage sets the record and hides all smaller ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.detectors.episode import Episode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Marks: TypeAlias = tuple[float | None, ...]
"""What is kept of a band in the journal; None is not known."""

BINS: Final = 48
"""Half hours of a day (study)."""
RECENT: Final = 1.0 - 0.5 ** (1.0 / 20.0)
"""The share of one observation in what is "lately": half after 20 (study)."""
USUAL: Final = 1.0 / 12.0
"""The share of one observation in the usual of its half hour (study)."""
WARM: Final = 150
"""Observations of each range before it says anything (study)."""
TRUST: Final = 1000.0
"""Observations after which a novelty is believed by half (study)."""
JUMPING: Final = 0.6
"""What a record of its jumps weighs, where one of the value weighs 1 (study)."""
STRAYING: Final = 0.6
"""What a record of its straying weighs (study)."""
SLOW: Final = 0.015
"""Novelty from which an answer is slow as never before: the best threshold for 39 files
of the benchmark (measured with this code); that it suits latencies is assumed."""
MOST: Final = 1e9
"""The largest value that is taken as it is (assumed: a second is 1 or 1000)."""
BELIEVED: Final = 1e10
"""The largest number that is taken back from the journal."""
BEYOND: Final = 1e6
"""The largest novelty; more says no more (assumed)."""


@dataclass(frozen=True, slots=True)
class Span:
    """The range of what was seen."""

    low: float = 0.0
    high: float = 0.0
    seen: int = 0
    """How many values; once it is warm, only those outside are counted."""

    def after(self, value: float) -> tuple[Span, float]:
        """Take one more value in.

        Returns:
            The range with it, and how many ranges it was outside: 0 within, and 0
            while little is known.
        """
        low, high, seen = self.low, self.high, self.seen
        if seen == 0:
            return Span(value, value, 1), 0.0
        if low <= value <= high:
            return (self if seen > WARM else Span(low, high, seen + 1)), 0.0
        above = value > high
        now = Span(low, value, seen + 1) if above else Span(value, high, seen + 1)
        if seen < WARM:
            return now, 0.0
        edge = high if above else low
        return now, min(BEYOND, abs(value - edge) / ((high - low) or abs(edge) or 1.0))


@dataclass(frozen=True, slots=True)
class Band:
    """All that was seen of one series, in constant memory."""

    values: Span = Span()
    jumps: Span = Span()
    strays: Span = Span()
    last: float | None = None
    """The last value."""
    jump: float = 0.0
    """How much it jumps lately, from one value to the next."""
    stray: float | None = None
    """How far it is lately from the usual of its half hour."""
    usual: Marks = (None,) * BINS
    """The usual value by half hour of the day, UTC."""
    seen: int = 0
    """Values, in all."""
    novelty: float = 0.0
    """How far the last value went beyond all before it, in ranges; 0..`BEYOND`."""
    above: bool = False
    """Whether the last value was above the usual."""

    def after(self, value: float, at: datetime) -> Band:
        """Take one more value into account.

        Args:
            value: In any unit, always the same; at most ``MOST`` either way.
            at: When it was measured (aware, UTC).

        Raises:
            ValueError: The value is no number.
        """
        if not -MOST <= value <= MOST:
            value = _within(value)
        last = value if self.last is None else self.last
        jump = self.jump + RECENT * (abs(value - last) - self.jump)
        values, novelty = self.values.after(value)
        jumps, jumping = self.jumps.after(jump)
        strays, stray, straying = self.strays, self.stray, 0.0
        half_hour = 2 * at.hour + at.minute // 30
        expected = self.usual[half_hour]
        if expected is None:
            above, learnt = value > last, value
        else:
            off = value - expected
            above, learnt = off > 0.0, expected + USUAL * off
            stray = abs(off) if stray is None else stray + RECENT * (abs(off) - stray)
            strays, straying = strays.after(stray)
        usual = list(self.usual)
        usual[half_hour] = learnt
        seen = self.seen + 1
        if jumping or straying:
            novelty = max(novelty, JUMPING * jumping, STRAYING * straying)
        novelty *= seen / (seen + TRUST)
        return Band(
            values,
            jumps,
            strays,
            value,
            jump,
            stray,
            tuple(usual),
            seen,
            novelty,
            above,
        )

    def numbers(self) -> Marks:
        """Return what is worth keeping in the journal.

        The last value is not: nobody measured between then and the next start, so
        that is no jump.
        """
        spans = (self.values, self.jumps, self.strays)
        ranges = (n for span in spans for n in (span.low, span.high, span.seen))
        return (*ranges, self.jump, self.seen, self.stray, *self.usual)

    @classmethod
    def of(cls, numbers: Sequence[float | None]) -> Band:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a band gives.
        """
        known = [n for n in numbers[:KNOWN] if n is not None]
        if len(numbers) != SIZE or len(known) != KNOWN or not _plain(numbers):
            raise ValueError("not the numbers of a band")
        if min(known[2], known[5], known[8], known[-1]) < 0:
            raise ValueError("not the numbers of a band")
        values, jumps, strays = (
            Span(known[i], known[i + 1], int(known[i + 2])) for i in (0, 3, 6)
        )
        return cls(
            values,
            jumps,
            strays,
            jump=known[-2],
            seen=int(known[-1]),
            stray=numbers[KNOWN],
            usual=tuple(numbers[KNOWN + 1 :]),
        )


@dataclass(frozen=True, slots=True)
class Latency:
    """All that is remembered of how long something takes to answer."""

    band: Band = Band()
    bound: float = 0.0
    """The slowest before it was last slow as never before, in seconds."""
    slow: bool = False
    """Whether the last answer was slow as never before, or as slow as since then."""
    episode: Episode = field(default_factory=Episode)
    """The last time of slowness: one is one."""

    @property
    def is_slow(self) -> bool | None:
        """Whether it is slower than ever before; None while little was measured."""
        return self.slow if self.band.seen > WARM else None

    def after(self, seconds: float | None, at: datetime) -> Latency:
        """Take one more answer into account.

        Args:
            seconds: How long it took; None when none came, which is not slowness.
            at: When it came (aware, UTC).

        Raises:
            ValueError: The time is no number.
        """
        if seconds is None:
            return self
        band = self.band.after(seconds, at)
        bound = self.bound if self.slow else self.band.values.high
        slow = band.above and band.novelty >= SLOW
        slow = slow or (self.slow and seconds > bound)
        return Latency(band, bound, slow, self.episode.after(at, exceeds=slow))

    def numbers(self) -> Marks:
        """Return what is worth keeping in the journal."""
        return (*self.episode.numbers(), *self.band.numbers())

    @classmethod
    def of(cls, numbers: Sequence[float | None]) -> Latency:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a latency gives.
        """
        began, seen, *band = numbers
        return cls(Band.of(band), episode=Episode.of(began or 0.0, seen or 0.0))


KNOWN: Final = 3 * 3 + 2
"""How many numbers of a band are always known: three ranges, the jump, the count."""
SIZE: Final = KNOWN + 1 + BINS
"""How many numbers a band is."""


def _plain(numbers: Sequence[float | None]) -> bool:
    return all(n is None or abs(n) <= BELIEVED for n in numbers)


def _within(value: float) -> float:
    if math.isnan(value):
        raise ValueError("not a measured time: nan")
    return math.copysign(MOST, value)
