"""Whether many more people write about a service than usual at this hour.

A cumulated sum (Page 1954) of what each minute says for "five times as many" against
"as usual", with a ceiling on what one minute may say. That ceiling matters more than
the choice of detector: one burst of a bot, or an hour's posts delivered at once, is
one minute. In the study at three posts a minute: 0.14 false alarms a month, and an
alarm 8 minutes after the start of a huge outage, 15 of a large, 51 of a partial one.
Twice as many posts as usual are not seen reliably by this or any other detector.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.detectors.baseline import MOST, SIZE, Baseline, Numbers
from downlight.core.detectors.episode import Episode

if TYPE_CHECKING:
    from collections.abc import Sequence

RISE: Final = 5.0
"""How many times as many posts an outage brings, as the sum supposes (study)."""
CAP: Final = 2.0
"""Nats that one minute may add (study)."""
CEILING: Final = 30.0
"""Nats that the sum may reach (study), so that it comes down soon after an end."""
WATCH: Final = 4.0
"""Nats from which nothing more is learnt as usual (study)."""
ELEVATED: Final = 9.0
"""Nats from which many people write (study)."""
ALARM: Final = 12.0
"""Nats that are an alarm with no other evidence (study: 0.08 to 0.42 false ones a
month, from one post in twenty minutes to thirty a minute)."""
SILENCE: Final = timedelta(minutes=5)
"""After a longer gap the sum begins anew: what was before is not now (assumed)."""

_LOG_RISE: Final = math.log(RISE)


@dataclass(frozen=True, slots=True)
class Cusum:
    """How much better "five times as many" explains the last minutes."""

    nats: float = 0.0
    """A log-likelihood ratio, 0..`CEILING`."""

    def after(self, count: float, expected: float, dispersion: float) -> Cusum:
        """Take one minute into account.

        Args:
            count: Posts in it, >= 0.
            expected: Posts that are usual, > 0.
            dispersion: Variance by mean, >= 1; the larger, the less one post says.
        """
        said = (count * _LOG_RISE - expected * (RISE - 1.0)) / dispersion
        return Cusum(min(CEILING, max(0.0, self.nats + min(CAP, said))))


@dataclass(frozen=True, slots=True)
class Counts:
    """All that is remembered of how many people write about one service."""

    baseline: Baseline = Baseline()
    cusum: Cusum = Cusum()
    at: datetime | None = None
    """The last minute that was counted."""
    episode: Episode = Episode()
    """The last alarm: one surge of posts is one."""

    @property
    def is_elevated(self) -> bool | None:
        """Whether many more write than usual; None while that is not known."""
        return self._exceeds(ELEVATED)

    @property
    def is_alarm(self) -> bool | None:
        """The same, so many that it needs no other evidence."""
        return self._exceeds(ALARM)

    def after(self, count: float | None, at: datetime) -> Counts:
        """Take one minute into account.

        Args:
            count: Posts in it; None when nobody could count them, which is not zero.
            at: The minute (aware). One that was counted already is not counted
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
        before = self.cusum if flowing else Cusum()
        usual = self.baseline
        cusum = before.after(count, usual.expected(at), usual.dispersion)
        usual = usual.after(count, at, elevated=cusum.nats > WATCH)
        now = Counts(usual, cusum, at, self.episode)
        episode = self.episode.after(at, exceeds=bool(now.is_alarm))
        return now if episode is self.episode else replace(now, episode=episode)

    def numbers(self) -> Numbers:
        """Return what is worth keeping in the journal; the sum itself is not.

        After a start it begins anew: nobody counted meanwhile.
        """
        return self.baseline.numbers()

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Counts:
        return cls(Baseline.of(numbers))

    def _exceeds(self, threshold: float) -> bool | None:
        if not self.baseline.is_ready:
            return None
        return self.cusum.nats >= threshold
