"""What is seen of one service at one moment, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.result import Result

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.fusion.gate import Event, Line


MOST: Final = 1e9
"""More reports in a minute are a mistake; so is what is no number at all."""
SKEW: Final = timedelta(minutes=5)
"""How far the clock of who counts may be ahead of ours. Assumed."""


@unique
class PageWord(StrEnum):
    """What the official page says, in one word."""

    GREEN = "ok"
    MINOR = "minor"
    MAJOR = "major"
    MAINTENANCE = "maintenance"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Page:
    """The official page as it was read."""

    word: PageWord
    updated: datetime | None = None
    """When it was last written to; None when it does not say."""
    places: tuple[str, ...] = ()
    """Countries its incident is limited to; empty when it names none."""
    planned_end: datetime | None = None
    """When planned work was to end; None when it does not say."""


@dataclass(frozen=True, slots=True)
class Checks:
    """One round of our own checks."""

    at: datetime
    failing: int
    tried: int
    """At least 1."""
    result: Result = Result.OK
    real: bool = False
    """Whether it does what people do, rather than knock at a front door."""
    since: datetime | None = None
    """Since when they fail, where that was seen before; None where it was not."""
    lonely: bool = False
    """Whether nobody else was heard since they fail, so that it may be the line."""


@dataclass(frozen=True, slots=True)
class Posts:
    """What people wrote in one minute."""

    at: datetime
    """Names the minute: the same one is never counted twice."""
    rate: float
    """Reports in this minute."""
    usual: float
    """Reports per minute at this hour of the week."""
    people: int
    """How many different people wrote within 15 minutes."""
    spread: float = weights.SPREAD
    """Variance over mean of the usual counts, >= 1."""
    places: tuple[tuple[str, float], ...] = ()
    """Countries, and how many times their usual they write."""

    def is_sound(self, now: datetime) -> bool:
        """Whether these are numbers that can be, of a minute that has begun."""
        return (
            0 <= self.rate <= MOST
            and 0 <= self.usual <= MOST
            and 1 <= self.spread <= MOST
            and self.at <= now + SKEW
        )


@dataclass(frozen=True, slots=True)
class Country:
    """What others measured in one country."""

    code: str
    at: datetime
    failing: int
    measured: int
    networks: int
    """In how many networks."""


@dataclass(frozen=True, slots=True)
class Kin:
    """How the services do that stand or fall with it."""

    parent: bool = False
    """Whether the platform it stands on has an incident."""
    siblings: int = 0
    """How many services of the same house are in alarm."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything seen at one moment; None is what was not, or could not be, read.

    What is asked less often than this is made holds its last answer while it is fresh.
    """

    now: datetime
    line: Line
    home: str = ""
    """The person's country (ISO 3166-1 alpha-2); empty when not known."""
    page: Page | None = None
    checks: Checks | None = None
    posts: Posts | None = None
    countries: tuple[Country, ...] = ()
    kin: Kin = Kin()
    event: Event | None = None
    missed: tuple[Posts, ...] = ()
    """Minutes before that of ``posts`` that nobody was asked about yet, in order."""
    others: bool = False
    """Whether others than the official page are asked, heard just now or not."""
    held: bool = False
    """Whether answers are held already for as long as they count, so that none is
    carried over."""
    also: tuple[str, ...] = ()
    """Other countries whose trouble counts, too, for the person."""
