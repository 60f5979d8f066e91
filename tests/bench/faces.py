"""What a status page shows at a moment of the made-up month, in no format yet."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum, unique
from functools import cached_property
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

DAY: Final = timedelta(days=1)
FORGOTTEN: Final = 14 * DAY
"""So long a feed shows what is over."""
PARTS: Final = ("API", "Sign-in", "Web", "Search", "Files", "Billing")
OTHER: Final = "Nebula Edge"
"""A part that no service of the catalog chooses."""
EVERY_PART: Final = tuple(range(len(PARTS)))


@unique
class About(StrEnum):
    """What kind of thing a page speaks of."""

    TROUBLE = "trouble"
    WORKS = "works"
    """Planned work that has begun."""
    HINT = "hint"
    """For information: the page calls it no trouble."""
    RIDDLE = "riddle"
    """A part whose state is a word nobody knows."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a page says of a thing from some moment on."""

    at: datetime
    phase: str
    """A word of Statuspage."""
    text: str
    level: Level = Level.OPERATIONAL
    dated: datetime | None = None
    """The date it bears, where that is not when it appeared."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a page speaks of."""

    id: str
    about: About
    since: datetime
    """When it began, as the page says."""
    steps: tuple[Step, ...]
    """Oldest first; the first is when it appears."""
    gone: datetime
    """From when on it is over; before that it counts."""
    parts: tuple[int, ...] = (0,)
    """Which of the page's parts it is about."""
    spoken: bool = True
    """Whether the page writes about it, and does not only colour its parts."""

    def said(self, at: datetime) -> tuple[Step, ...]:
        """Return what was said of it up to a moment, oldest first."""
        return tuple(step for step in self.steps if step.at <= at)

    def holds(self, at: datetime) -> bool:
        """Whether it is going on, as far as the page shows."""
        return self.steps[0].at <= at < self.gone

    def is_past(self, at: datetime) -> bool:
        """Whether a page that lists what is over lists it."""
        return self.steps[0].at <= at and self.gone <= at < self.gone + FORGOTTEN


@dataclass(frozen=True, slots=True)
class Face:
    """What one page shows at one moment."""

    at: datetime
    notes: tuple[Note, ...]
    """What goes on."""
    past: tuple[Note, ...]
    parts: tuple[str, ...]

    def level(self, note: Note) -> Level:
        """Return how bad a thing is now, as the page says."""
        return note.said(self.at)[-1].level

    def states(self) -> list[Level | str]:
        """Return how each part is; in words nobody knows, where a note has them."""
        found: list[Level | str] = [Level.OPERATIONAL] * len(self.parts)
        for note in self.notes:
            for part in note.parts:
                here = found[part]
                if note.about is About.RIDDLE:
                    found[part] = "becalmed"
                elif note.about is About.WORKS and here is Level.OPERATIONAL:
                    found[part] = Level.MAINTENANCE
                elif note.about is About.TROUBLE and isinstance(here, Level):
                    found[part] = max(here, self.level(note))
        return found

    def worst(self) -> Level:
        """Return how the page as a whole is."""
        known = (state for state in self.states() if isinstance(state, Level))
        return max(known, default=Level.OPERATIONAL)

    def of(self, *kinds: About) -> list[Note]:
        """Return what goes on of these kinds, as far as it is written about."""
        return [note for note in self.notes if note.about in kinds and note.spoken]


@dataclass
class Page:
    """One page through the month: its answer at each moment."""

    write: Callable[[Face], bytes]
    notes: list[Note] = field(default_factory=list)
    parts: tuple[str, ...] = PARTS
    _bodies: dict[int, bytes] = field(default_factory=dict)

    @cached_property
    def _turns(self) -> list[datetime]:
        """When it changes."""
        moments = {step.at for note in self.notes for step in note.steps}
        moments |= {note.gone for note in self.notes}
        return sorted(moments | {note.gone + FORGOTTEN for note in self.notes})

    def body(self, at: datetime) -> bytes:
        """Return what it answers; call it when all its notes are there."""
        index = bisect_right(self._turns, at)
        if index not in self._bodies:
            notes = tuple(note for note in self.notes if note.holds(at))
            past = tuple(note for note in self.notes if note.is_past(at))
            self._bodies[index] = self.write(Face(at, notes, past, self.parts))
        return self._bodies[index]
