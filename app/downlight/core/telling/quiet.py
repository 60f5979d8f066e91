"""Quiet hours: when nothing but the worst is told at once.

Written as people say it: ``22:00-07:00``, ``sat-sun 00:00-24:00``, ``mon,fri
9:00-12:30``.
A window that ends before it begins goes on past midnight and belongs to the day it
begins on. All of it goes by the clock on the wall: a night in which clocks change is an
hour longer or shorter, and an hour that comes twice is quiet twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As ISO 8601 counts them."""

_WINDOW: Final = re.compile(
    r"(?:([a-z]{3}(?:[,-][a-z]{3})*) )?(\d{1,2}):(\d\d) ?- ?(\d{1,2}):(\d\d)", re.ASCII
)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_ANY_DAY: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - on the wall, of no zone


@dataclass(frozen=True, slots=True)
class Window:
    """Some hours of some days."""

    days: frozenset[int]
    """On which it begins; Monday is 0."""
    begins: timedelta
    """Since midnight."""
    lasts: timedelta
    """More than nothing, a day at most."""

    def end(self, at: datetime) -> datetime | None:
        """Return when the window ends that is open at ``at`` (local); None: none is."""
        for day in (at - _DAY, at):
            midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
            begins = midnight + self.begins
            if day.weekday() in self.days and begins <= at < begins + self.lasts:
                # In the hour that comes twice: the second time stays the second.
                return (begins + self.lasts).replace(fold=at.fold)
        return None


def parse(text: str) -> Window:
    """Return the window that ``text`` describes.

    Raises:
        ValueError: It describes none; the message says what is wrong.
    """
    found = _WINDOW.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        raise ValueError("not of the form 22:00-07:00 or mon-fri 22:00-07:00")
    days, *clock = found.groups()
    begins, ends = _time(*clock[:2]), _time(*clock[2:])
    if begins >= _DAY:
        raise ValueError("a day has 24 hours")
    if begins == ends:
        raise ValueError("it ends when it begins; a whole day is 00:00-24:00")
    lasts = ends - begins if ends > begins else ends - begins + _DAY
    return Window(_days(days) if days else frozenset(range(7)), begins, lasts)


def until(windows: Iterable[Window], at: datetime) -> datetime | None:
    """Return when it is quiet no more; None when it is not quiet at ``at``.

    Args:
        windows: Quiet hours; one may follow upon another. Where they leave nothing of
            the week, a moment a week later or more is returned.
        at: A moment in the zone the person lives by.
    """
    windows, end = tuple(windows), at
    while end - at < _WEEK:
        ends = [it for w in windows if (it := w.end(end)) is not None]
        if not ends:
            break
        end = max(ends)
    return None if end is at else end


def is_endless(windows: Iterable[Window]) -> bool:
    """Whether nothing of the week is left."""
    end = until(windows, _ANY_DAY)
    return end is not None and end - _ANY_DAY >= _WEEK


def _time(hours: str, minutes: str) -> timedelta:
    if int(minutes) > 59:  # noqa: PLR2004 - of a clock
        raise ValueError("an hour has 60 minutes")
    found = timedelta(hours=int(hours), minutes=int(minutes))
    if found > _DAY:
        raise ValueError("a day has 24 hours")
    return found


def _days(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        names = part.split("-")
        if len(names) > 2 or not set(names) <= set(DAYS):  # noqa: PLR2004 - from, to
            raise ValueError(f"not days: {part!r}; there are {', '.join(DAYS)}")
        first, last = DAYS.index(names[0]), DAYS.index(names[-1])
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return frozenset(found)
