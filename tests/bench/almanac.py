"""What happens in a month: outages that are true, and everything that looks like one.

Rates are of 30 days. Those of the study's simulated month are its own (line, portal,
names, pages that fail, robots, blips, chatter, mistaken pages); the others are
assumed, and say so.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MONTH: Final = 30 * DAY


@unique
class Kind(StrEnum):
    """What may disturb, though nothing is wrong; in words for the table."""

    OFFLINE = "own line dead"
    WIFI = "own line weak"
    PORTAL = "sign-in page"
    NAMES = "no name is found"
    NETWORK = "another network"
    SLEEP = "the computer slept"
    OFF = "the program did not run"
    CLOCK = "clock wrong, then right"
    FAILS = "a page fails"
    ROBOT = "our check is refused"
    BLIP = "our check fails shortly"
    WORKS = "planned work"
    HINT = "a page informs"
    RIDDLE = "a word nobody knows"
    AFTER = "written when it was over"
    EDITED = "an old incident edited"
    ELSEWHERE = "parts that do not count"
    BOTS = "bots write"
    ECHO = "people write of another"
    STALL = "posts come late, at once"
    MISTAKE = "the page is mistaken"


@unique
class Span(StrEnum):
    """What a nuisance falls upon."""

    ALL = "all"
    """Once, whoever is watched."""
    PAGE = "page"
    """Each page on its own."""
    CHECK = "check"
    """Each check of ours."""
    PEOPLE = "people"
    """Each place where people write."""
    CHOSEN = "chosen"
    """Each service of which only parts count."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often, and for how many minutes."""

    often: float
    least: float
    most: float
    span: Span = Span.ALL


RATES: Final = {
    Kind.OFFLINE: Rate(6, 2, 60),
    Kind.WIFI: Rate(6, 3, 20),
    Kind.PORTAL: Rate(1, 3, 30),
    Kind.NAMES: Rate(1, 3, 20),
    Kind.NETWORK: Rate(30, 1, 2),
    Kind.CLOCK: Rate(2, 5, 60),  # assumed
    Kind.FAILS: Rate(30, 1, 15, Span.PAGE),
    Kind.ROBOT: Rate(4, 30, 600, Span.CHECK),
    Kind.BLIP: Rate(0.3, 1, 3, Span.CHECK),
    Kind.WORKS: Rate(1.5, 30, 240, Span.PAGE),  # assumed, as the five below
    Kind.HINT: Rate(0.5, 30, 600, Span.PAGE),
    Kind.RIDDLE: Rate(0.3, 60, 720, Span.PAGE),
    Kind.AFTER: Rate(0.3, 1, 2, Span.PAGE),
    Kind.ELSEWHERE: Rate(10, 20, 300, Span.CHOSEN),
    Kind.BOTS: Rate(4, 1, 2, Span.PEOPLE),
    Kind.ECHO: Rate(3, 40, 90, Span.PEOPLE),
    Kind.STALL: Rate(2, 5, 30, Span.PEOPLE),
    Kind.MISTAKE: Rate(0.1, 2, 10, Span.PAGE),
}
OWN: Final = (Kind.OFFLINE, Kind.PORTAL, Kind.NAMES, Kind.WIFI)
"""What is wrong with the own line; the worst first."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that lasts for a while."""

    kind: Kind
    began: datetime
    ended: datetime
    on: str = ""
    """The slug of the service; empty when it falls upon all."""
    seed: float = 0.0
    """0..1, for whatever else is to be drawn for it."""

    def holds(self, at: datetime) -> bool:
        """Whether it goes on at a moment."""
        return self.began <= at < self.ended


class Spells:
    """Spells of which no two overlap."""

    def __init__(self, found: Sequence[Spell] = ()) -> None:
        """Keep, of those that overlap, the one that began first."""
        self.all: list[Spell] = []
        for spell in sorted(found, key=lambda it: it.began):
            if not self.all or self.all[-1].ended <= spell.began:
                self.all.append(spell)
        self._begins = [spell.began for spell in self.all]

    def at(self, moment: datetime) -> Spell | None:
        """Return the one that goes on at a moment."""
        index = bisect_right(self._begins, moment) - 1
        found = self.all[index] if index >= 0 else None
        return found if found is not None and found.holds(moment) else None


def draw(
    lot: random.Random, kind: Kind, begin: datetime, end: datetime, often: float
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a nuisance comes and goes, as often as its rate says.

    Args:
        lot: Draws.
        kind: Which one.
        begin: From when on.
        end: Until when.
        often: So many times as often as its rate says.
    """
    rate = RATES[kind]
    mean = rate.often * often * ((end - begin) / MONTH)
    at = begin
    while mean and (at := at + lot.expovariate(mean) * (end - begin)) < end:
        yield at, min(at + lot.uniform(rate.least, rate.most) * MINUTE, end)


@dataclass(frozen=True, slots=True)
class Hours:
    """When the program runs, and when the computer sleeps meanwhile."""

    runs: tuple[tuple[datetime, datetime], ...]
    sleeps: tuple[Spell, ...]
    """Each within one run."""
    off: tuple[Spell, ...]

    def awake(self, at: datetime) -> bool:
        """Whether anything is looked at."""
        return not any(spell.holds(at) for spell in (*self.sleeps, *self.off))


def hours(lot: random.Random, begin: datetime, days: int, starts: float) -> Hours:
    """Return the hours of a person: work and evenings, and nights without.

    Assumed: at night three computers in four sleep, the others are off; by day one
    sleeps once, for 20 minutes to four hours.

    Args:
        lot: Draws.
        begin: A midnight.
        days: How many.
        starts: How often in these days the program is started again.
    """
    sleeps, off = [], []
    for day in range(days):
        midnight = begin + day * DAY
        lunch = midnight + lot.uniform(10, 19) * HOUR
        woken = lunch + lot.uniform(20, 240) * MINUTE
        sleeps.append(Spell(Kind.SLEEP, lunch, woken))
        night = midnight + lot.uniform(23.2, 24.5) * HOUR
        morning = midnight + lot.uniform(30, 32.5) * HOUR
        if day == days - 1:
            continue
        if lot.random() < 0.75:
            sleeps.append(Spell(Kind.SLEEP, night, morning))
        else:
            off.append(Spell(Kind.OFF, night, morning))
    for _ in range(round(starts)):
        at = begin + lot.uniform(0, days) * DAY
        again = at + lot.uniform(0.5, 3) * MINUTE
        near = [s for s in (*sleeps, *off) if s.began < again + HOUR and at < s.ended]
        if not near and again < begin + days * DAY:
            off.append(Spell(Kind.OFF, at, again))
    off.sort(key=lambda spell: spell.began)
    begins = [begin, *(spell.ended for spell in off)]
    ends = [*(spell.began for spell in off), begin + days * DAY]
    return Hours(tuple(zip(begins, ends, strict=True)), tuple(sleeps), tuple(off))


@dataclass(frozen=True, slots=True)
class Outage:
    """A service that truly does not work."""

    on: str
    began: datetime
    ended: datetime
    said: datetime | None = None
    """When the official page says so; None: never, or not before it is over."""
    here: bool = False
    """Whether it is only that it cannot be reached from here."""
    shape: str = ""
    """What is odd about it, if anything."""

    def holds(self, at: datetime) -> bool:
        """Whether it goes on at a moment."""
        return self.began <= at < self.ended


@dataclass
class Month:
    """All of it."""

    begin: datetime
    end: datetime
    hours: Hours
    outages: list[Outage] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)

    def of(self, *kinds: Kind, on: str = "") -> Spells:
        """Return the spells of these kinds that fall upon a service, or upon all."""
        return Spells([s for s in self.spells if s.kind in kinds and s.on == on])
