"""How many posts a minute are usual at this hour of the week, learnt on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Numbers: TypeAlias = tuple[float, ...]
"""What is kept of a detector in the journal."""

HOURS: Final = 168
"""Hours of a week; UTC, so that a clock's summer time is a slow change like others."""
FULL: Final = 240
"""Minutes after which an hour of the week is known: four weeks (study)."""
DOUBT: Final = 30
"""Minutes of an hour that weigh as much as the overall level (study)."""
LEVEL_MINUTES: Final = 7 * 24 * 60
"""Over how many minutes the overall level is averaged: a week (study)."""
READY: Final = 7 * 24 * 60
"""Minutes to learn before anything is said: a week (study)."""
FLOOR: Final = 0.02
"""The least that is expected, posts a minute; who expects none is alarmed by one
(study)."""
MOST: Final = 1e6
"""Posts a minute that are counted at most (assumed: beyond any real feed)."""
BELIEVED: Final = 1e9
"""The largest number that is taken back from the journal."""
FREEZE: Final = 12 * 60
"""Minutes that learning stands still at most while many write. Without an end, one
lasting change of level froze the baseline for ever (study)."""
CLIP: Final = 3.0
"""Standard deviations above the expected that are learnt at most (study)."""
THAW: Final = 1.0 / 14.0
"""Minutes that a calm one takes from those: twelve hours in a week (assumed). With one
for one, as in the study, the busy half of each day was never learnt (measured)."""
DISPERSION: Final = 1.3
"""Variance by mean before anything is learnt (study; people answer one another)."""
DISPERSIONS: Final = (1.0, 20.0)
"""Between which the dispersion is sought (study): not calmer than chance."""
DISPERSION_STEP: Final = 0.0005
"""The share of one minute in the dispersion, once that has settled (study)."""
SURPRISE: Final = 50.0
"""The most that one minute says of the dispersion (study)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual, and how much chance there is in it.

    A minute that is missing is given to nobody, so it is not learnt as a zero.
    """

    rates: Numbers = (0.0,) * HOURS
    """Posts a minute, by hour of the week from Monday 00:00 UTC."""
    seen: Numbers = (0,) * HOURS
    """Minutes learnt in each of them, up to `FULL`."""
    level: float = FLOOR
    """Posts a minute over all."""
    minutes: int = 0
    """How many were learnt or held back, in all."""
    dispersion: float = DISPERSION
    """Variance by mean."""
    held: float = 0.0
    """Minutes for which learning has stood still; calm minutes take from it."""

    @property
    def is_ready(self) -> bool:
        """Whether it has seen enough for anything to be said."""
        return self.minutes >= READY

    def expected(self, at: datetime) -> float:
        """Return the posts a minute that are usual at this moment, never zero.

        An hour that was hardly seen leans on the overall level; between the middles
        of two hours it is a straight line.
        """
        hour = _hour(at)
        part = at.minute / 60.0 - 0.5
        here = self._rate(hour)
        other = self._rate((hour + (1 if part > 0.0 else -1)) % HOURS)
        return max(FLOOR, here + abs(part) * (other - here))

    def after(self, count: float, at: datetime, *, elevated: bool = False) -> Baseline:
        """Learn one minute.

        Args:
            count: Posts in this minute, 0..`MOST`.
            at: The minute (aware, UTC).
            elevated: Whether an alarm is building: an outage is nothing usual.
        """
        expected = self.expected(at)
        held = max(0.0, self.held - THAW)
        if elevated and self.is_ready:
            if self.held < FREEZE:
                return Baseline(
                    self.rates,
                    self.seen,
                    self.level,
                    self.minutes + 1,
                    self.dispersion,
                    self.held + 1,
                )
            held = self.held
        minutes = self.minutes + 1
        count = min(count, self._most(expected))
        rates, seen = self._learnt(count, _hour(at))
        level = count if self.minutes == 0 else self.level
        level += (count - level) * max(1.0 / LEVEL_MINUTES, 1.0 / (minutes + 1))
        return Baseline(
            rates,
            seen,
            level,
            minutes,
            self._spread((count - expected) * (count - expected) / expected),
            held,
        )

    def numbers(self) -> Numbers:
        """Return all of it, for the journal."""
        few = (self.level, self.minutes, self.dispersion, self.held)
        return (*few, *self.rates, *self.seen)

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Baseline:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a baseline gives.
        """
        if len(numbers) != SIZE or not all(0 <= n <= BELIEVED for n in numbers):
            raise ValueError("not the numbers of a baseline")
        level, minutes, dispersion, held, *hours = numbers
        return cls(
            tuple(hours[:HOURS]),
            tuple(hours[HOURS:]),
            level,
            int(minutes),
            max(dispersion, DISPERSIONS[0]),
            held,
        )

    def _rate(self, hour: int) -> float:
        seen = self.seen[hour]
        return (self.rates[hour] * seen + self.level * DOUBT) / (seen + DOUBT)

    def _most(self, expected: float) -> float:
        """Return the largest count that is learnt as it is."""
        if self.is_ready:
            return expected + CLIP * math.sqrt(expected * self.dispersion) + 1.0
        return 10.0 * expected + 10.0

    def _learnt(self, count: float, hour: int) -> tuple[Numbers, Numbers]:
        rates, seen = list(self.rates), self.seen
        minutes = min(seen[hour] + 1, FULL)
        if minutes > seen[hour]:
            seen = (*seen[:hour], minutes, *seen[hour + 1 :])
        rates[hour] += (count - rates[hour]) / minutes
        return tuple(rates), seen

    def _spread(self, surprise: float) -> float:
        share = max(DISPERSION_STEP, 1.0 / (self.minutes + 51))
        moved = self.dispersion + share * (min(surprise, SURPRISE) - self.dispersion)
        return min(DISPERSIONS[1], max(DISPERSIONS[0], moved))


SIZE: Final = 4 + 2 * HOURS
"""How many numbers a baseline is."""


def _hour(at: datetime) -> int:
    return 24 * at.weekday() + at.hour
