"""Where each day of a year stands: a column is a week, a row a day of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

WEEK: Final = 7
_YEAR: Final = 12
BANDS: Final = (1, 2, 4)
"""Into so many parts a year may be cut, one below the other."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A year, week by week; all lengths in device-independent pixels."""

    year: int
    bands: int
    pitch: int
    """From one day to the next."""
    side: int
    """What is left free for the days of the week."""
    top: int
    """What is left free for the months, above each band."""

    @property
    def height(self) -> int:
        """How high all of it is."""
        return self.bands * self._band

    @property
    def _band(self) -> int:
        return self.top + WEEK * self.pitch + self.pitch // 2

    def at(self, day: date) -> tuple[int, int]:
        """Return the left upper corner of a day."""
        band = self._band_of(day.month)
        column = _column(day) - _column(self._first(band))
        below = band * self._band + self.top
        return self.side + column * self.pitch, below + day.weekday() * self.pitch

    def day(self, x: float, y: float) -> date | None:
        """Return the day at a point; None where there is none."""
        band, within = divmod(int(y), self._band)
        row = (within - self.top) // self.pitch
        column = (int(x) - self.side) // self.pitch
        if not (0 <= band < self.bands and 0 <= row < WEEK and column >= 0):
            return None
        first = self._first(band)
        number = (
            (_column(first) + column) * WEEK + row - date(self.year, 1, 1).weekday()
        )
        begin = date(self.year, 1, 1).toordinal()
        if not 0 <= number < date(self.year + 1, 1, 1).toordinal() - begin:
            return None
        found = date.fromordinal(begin + number)
        return found if self._band_of(found.month) == band else None

    def _band_of(self, month: int) -> int:
        return (month - 1) * self.bands // _YEAR

    def _first(self, band: int) -> date:
        return date(self.year, band * _YEAR // self.bands + 1, 1)


@lru_cache(maxsize=8)
def arrange(
    year: int, width: int, *, side: int, top: int, least: int, most: int
) -> Grid:
    """Return a year in as few parts as its days are not too small in.

    Args:
        year: Which.
        width: What there is.
        side: What the days of the week need.
        top: What the months need.
        least: How far days must be apart, if that is possible.
        most: How far they may be.
    """
    pitch = bands = 1
    for bands in BANDS:
        weeks = 53 // bands + 2
        pitch = (width - side) // weeks
        if pitch >= least:
            break
    return Grid(year, bands, max(4, min(pitch, most)), side, top)


def _column(day: date) -> int:
    """Return the number of the week in its year, Monday first."""
    first = date(day.year, 1, 1)
    return (day.toordinal() - first.toordinal() + first.weekday()) // WEEK
