"""Whether a measured time lies outside all that was seen before.

A novelty band: how far outside the range so far is the value itself, how much it jumps
lately, and how far it strays lately from what is usual at this time of day? A record
moves the range, so the same height is not reported twice, and an hour passes between
two events. And news is told once: what is less new than what was told lately is taken
for the same event going on, or its end. On the Numenta benchmark's official scale such
a band was given 66 points in the study, more than all but three of the published
detectors; telling once adds two on the 39 files at hand. That scale says little of
outages (the study: "new highest or lowest value", two numbers, has 57).

It finds what was never so before: after one very slow answer, less slow ones are no
news. And it is for latencies only. On counts of posts it is worth nothing: one huge
outage sets the record and hides all smaller ones.

Its values are named tuples, where the house has frozen dataclasses: new ones are built
for each answer, and with these that takes a third less time (measured).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

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
FADING: Final = 1.0 - RECENT
"""What is left of what was told, one observation later: half after 20 (assumed: as
long as what is "lately"; on the benchmark's files 5 to 80 are better than nothing)."""
SLOW: Final = 0.015
"""Novelty from which an answer is slow as never before: about the best threshold for 39
files of the benchmark (measured with this code); that it suits latencies is assumed."""
MOST: Final = 1e9
"""The largest value that is taken as it is (assumed: a second is 1 or 1000)."""
BELIEVED: Final = 1e10
"""The largest number that is taken back from the journal."""
BEYOND: Final = 1e6
"""The largest novelty; more says no more (assumed)."""


class Span(NamedTuple):
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
        low, high, seen = self
        if low <= value <= high:
            return (self if seen > WARM else Span(low, high, seen + 1)), 0.0
        if seen == 0:
            return Span(value, value, 1), 0.0
        above = value > high
        now = Span(low, value, seen + 1) if above else Span(value, high, seen + 1)
        if seen < WARM:
            return now, 0.0
        edge = high if above else low
        return now, min(BEYOND, abs(value - edge) / ((high - low) or abs(edge) or 1.0))


class Band(NamedTuple):
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
    heard: float = 0.0
    """The novelty that was last told, fading; what is less than that is no news."""
    above: bool = False
    """Whether the last value was above the usual."""

    @property
    def news(self) -> float:
        """The novelty of the last value; 0 when one as large was told lately."""
        return self.novelty if self.novelty >= self.heard else 0.0

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
        values, jumps, strays, last, jump, stray, by_hour, seen, _, heard, _ = self
        if last is None:
            last = value
        jump += RECENT * (abs(value - last) - jump)
        values, novelty = values.after(value)
        jumps, jumping = jumps.after(jump)
        straying = 0.0
        half_hour = 2 * at.hour + at.minute // 30
        usual = list(by_hour)
        expected = usual[half_hour]
        if expected is None:
            above = value > last
            usual[half_hour] = value
        else:
            off = value - expected
            above = off > 0.0
            usual[half_hour] = expected + USUAL * off
            stray = abs(off) if stray is None else stray + RECENT * (abs(off) - stray)
            strays, straying = strays.after(stray)
        seen += 1
        heard *= FADING
        if novelty or jumping or straying:
            novelty = max(novelty, JUMPING * jumping, STRAYING * straying)
            novelty *= seen / (seen + TRUST)
            heard = max(heard, novelty)
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
            heard,
            above,
        )

    def numbers(self) -> Marks:
        """Return what is worth keeping in the journal.

        The last value is not: nobody measured between then and the next start, so
        that is no jump.
        """
        spans = (self.values, self.jumps, self.strays)
        ranges = (n for span in spans for n in (span.low, span.high, span.seen))
        return (*ranges, self.jump, self.heard, self.seen, self.stray, *self.usual)

    @classmethod
    def of(cls, numbers: Sequence[float | None]) -> Band:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a band gives.
        """
        known = [n for n in numbers[:KNOWN] if n is not None]
        if len(numbers) != SIZE or len(known) != KNOWN or not _plain(numbers):
            raise ValueError("not the numbers of a band")
        if min(known[2], known[5], known[8], *known[-2:]) < 0:
            raise ValueError("not the numbers of a band")
        values, jumps, strays = (
            Span(known[i], known[i + 1], int(known[i + 2])) for i in (0, 3, 6)
        )
        return cls(
            values,
            jumps,
            strays,
            jump=known[-3],
            heard=known[-2],
            seen=int(known[-1]),
            stray=numbers[KNOWN],
            usual=tuple(numbers[KNOWN + 1 :]),
        )


class Latency(NamedTuple):
    """All that is remembered of how long something takes to answer.

    An answer slower than all before is slow, whatever was told lately: that it is not
    would be untrue. One that is only strange is slow where that is news.
    """

    band: Band = Band()
    bound: float = 0.0
    """The slowest before it was last slow as never before, in seconds."""
    slow: bool = False
    """Whether the last answer was slow as never before, or as slow as since then."""
    episode: Episode = Episode()
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
        known, bound, slow, episode = self
        if not slow:
            bound = known.values.high
        band = known.after(seconds, at)
        if seconds > bound:
            slow = slow or band.novelty >= SLOW
        else:
            slow = band.above and band.news >= SLOW
        return Latency(band, bound, slow, episode.after(at, exceeds=slow))

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


KNOWN: Final = 3 * 3 + 3
"""How many numbers of a band are always known: three ranges, what it jumps, what was
told, the count."""
SIZE: Final = KNOWN + 1 + BINS
"""How many numbers a band is."""


def _plain(numbers: Sequence[float | None]) -> bool:
    return all(n is None or abs(n) <= BELIEVED for n in numbers)


def _within(value: float) -> float:
    if math.isnan(value):
        raise ValueError("not a measured time: nan")
    return math.copysign(MOST, value)
