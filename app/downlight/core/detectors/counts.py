"""Whether many more people write about a service than usual at this hour.

A cumulated sum (Page 1954) of what each minute says for "five times as many" against
"as usual", with a ceiling on what one minute may say. That ceiling matters more than
the choice of detector: one burst of a bot, or an hour's posts delivered at once, is
one minute. In the study's simulation, with three posts a minute, an alarm came 8.5
minutes after the start of a huge outage, 15.5 of a large one, 51 of a partial one, and
0.14 times a month for nothing; this code gives the same figures there.
Twice as many posts as usual are not seen reliably by this or any other detector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.detectors.baseline import MOST, Baseline, Numbers
from downlight.core.detectors.episode import Episode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

RISE: Final = 5.0
"""How many times as many posts an outage brings, as the sum supposes (study)."""
CAP: Final = 2.0
"""Nats that one minute may add (study)."""
CEILING: Final = 30.0
"""Nats that a sum may reach (study), so that it comes down after an end: below an alarm
in three minutes where three posts a minute are usual, in two hours where one in twenty
minutes is (measured): silence says little there."""
ELEVATED: Final = 9.0
"""Nats from which many people write (study)."""
ALARM: Final = 12.0
"""Nats that are an alarm with no other evidence (study: 0.08 to 0.42 false ones a
month, from one post in twenty minutes to thirty a minute)."""
STIR_RISE: Final = 3.0
"""The rise for the sum that says when not to learn (study)."""
STIR_CAP: Final = 3.0
"""Nats that one minute may add to it (study)."""
STIR: Final = 4.0
"""Nats of it above which no minute is learnt as usual (study): long before an alarm,
and more often."""
SILENCE: Final = timedelta(minutes=5)
"""After a longer gap the sums begin anew: what was before is not now (assumed)."""


@dataclass(frozen=True, slots=True)
class Cusum:
    """How much better a rise explains the last minutes than "as usual" does."""

    nats: float = 0.0
    """A log-likelihood ratio, 0..`CEILING`."""

    def after(
        self,
        count: float,
        expected: float,
        dispersion: float,
        *,
        rise: float = RISE,
        cap: float = CAP,
    ) -> Cusum:
        """Take one minute into account.

        Args:
            count: Posts in it, >= 0.
            expected: Posts that are usual, > 0.
            dispersion: Variance by mean, >= 1; the larger, the less one post says.
            rise: How many times as many posts it looks for, > 1.
            cap: Nats that this minute may add.
        """
        says = (count * math.log(rise) - expected * (rise - 1.0)) / dispersion
        return Cusum(min(CEILING, max(0.0, self.nats + min(cap, says))))


@dataclass(frozen=True, slots=True)
class Counts:
    """All that is remembered of how many people write about one service."""

    baseline: Baseline = field(default_factory=Baseline)
    cusum: Cusum = Cusum()
    stir: Cusum = Cusum()
    """A sum more easily moved; while it is, nothing is learnt."""
    at: datetime | None = None
    """The last minute that was counted."""
    episode: Episode = field(default_factory=Episode)
    """The last alarm: one surge of posts is one."""

    @property
    def is_elevated(self) -> bool | None:
        """Whether many more wrote than usual when it was last counted (`at`).

        None while too little was learnt to know.
        """
        return self._exceeds(ELEVATED)

    @property
    def is_alarm(self) -> bool | None:
        """The same, so many that the alarm needs no other evidence."""
        return self._exceeds(ALARM)

    def after(self, count: float | None, at: datetime) -> Counts:
        """Take one minute into account.

        Args:
            count: Posts in it; None when nobody could count them, which is not zero.
            at: The minute (aware, UTC). One that was counted already is not counted
                again. When the clock was set back, or nothing was counted for long,
                the sum begins anew and says nothing of the gap.

        Raises:
            ValueError: The count is negative or no number.
        """
        if count is None or at == self.at:
            return self
        if not count >= 0:
            raise ValueError(f"not a number of posts: {count!r}")
        count = min(count, MOST)
        flowing = self.at is not None and timedelta() < at - self.at <= SILENCE
        before = self if flowing else _BLANK
        usual = self.baseline
        minute = (count, usual.expected(at), usual.dispersion)
        cusum = before.cusum.after(*minute)
        stir = before.stir.after(*minute, rise=STIR_RISE, cap=STIR_CAP)
        usual = usual.after(count, at, elevated=stir.nats > STIR)
        now = Counts(usual, cusum, stir, at, self.episode)
        episode = self.episode.after(at, exceeds=bool(now.is_alarm))
        return now if episode is self.episode else replace(now, episode=episode)

    def numbers(self) -> Numbers:
        """Return what is worth keeping in the journal; the sums are not.

        After a start they begin anew: nobody counted meanwhile.
        """
        return (*self.episode.numbers(), *self.baseline.numbers())

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Counts:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what counts give.
        """
        began, seen, *usual = numbers
        return cls(Baseline.of(usual), episode=Episode.of(began, seen))

    def _exceeds(self, threshold: float) -> bool | None:
        if not self.baseline.is_ready:
            return None
        return self.cusum.nats >= threshold


_BLANK: Final = Counts()
