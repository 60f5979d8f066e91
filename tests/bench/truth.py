"""What was told, held against what was true."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from downlight.core.news import Turn
from tests.bench.almanac import DAY, MINUTE, OWN, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.news import Event, Message
    from tests.bench.almanac import Month, Outage, Spell

AFTER: Final = 30 * MINUTE
"""So long after a nuisance it may still be why something is told."""
LOOKED: Final = 15 * MINUTE
"""An outage that a page tells for less of the time we look may be missed: feeds are
asked every ten minutes."""
AWAY: Final = frozenset({Kind.SLEEP, Kind.OFF, *OWN})
"""While we look at nothing, or see nothing."""
UNEXPLAINED: Final = "nothing at all"
_HERE: Final = "here"


@dataclass
class Judge:
    """Says of each notification whether it was true, and what it was due to if not."""

    month: Month
    shown: list[tuple[datetime, Message]] = field(default_factory=list)
    """Everything a person saw, and when it really was."""
    wrong: list[tuple[datetime, Message, str]] = field(default_factory=list)
    """What of that was not true, and what disturbed then."""
    again: list[tuple[datetime, Message]] = field(default_factory=list)
    """What was true, and had been told."""
    events: list[Event] = field(default_factory=list)
    """Everything that happened as the engine saw it, told or not."""
    _told: set[Outage] = field(default_factory=set)
    _meant: dict[str, Outage | None] = field(default_factory=dict)
    """The true outage that each episode is about, as far as it was told."""

    def hear(self, at: datetime, message: Message) -> None:
        """Judge one notification at the moment it is shown."""
        self.shown.append((at, message))
        for event in message.events:
            found = self._true(event, at)
            if not found:
                self.wrong.append((at, message, self._why(event, at)))
                return
        if all(self._is_known(event, at) for event in message.events):
            self.again.append((at, message))
        # Who fell together is told in the name of one.
        causes = {event.cause for event in message.events if event.cause}
        for event in (*message.events, *(e for e in self.events if e.cause in causes)):
            self._note(event, at)

    @property
    def precision(self) -> float:
        """The share of notifications that were true; 1 where there was none."""
        return 1 - len(self.wrong) / len(self.shown) if self.shown else 1.0

    @property
    def in_place(self) -> int:
        """How many notifications took the place of one that was there."""
        return len(self.shown) - len({message.key for _, message in self.shown})

    @property
    def due_to(self) -> Counter[str]:
        """How many false notifications each nuisance brought about."""
        return Counter(why for _, _, why in self.wrong)

    def quiet_days(self) -> list[int]:
        """Return how many notifications came on each day on which nothing was wrong."""
        found = []
        at = self.month.begin
        while at < self.month.end:
            end = at + DAY
            bad = any(it.began < end and at < it.ended for it in self.month.outages)
            if not bad:
                found.append(sum(at <= moment < end for moment, _ in self.shown))
            at = end
        return found

    def missed(self) -> list[Outage]:
        """Return what a page told while we looked, and nobody was told."""
        return [
            it
            for it in self.month.outages
            if it.said is not None
            and it.shape not in {"flapping", "path"}
            and it not in self._told
            and self._looked(it.said, it.ended)
        ]

    def unsaid(self) -> tuple[int, int]:
        """Return how many outages no page told, and how many of these we did."""
        found = [o for o in self.month.outages if o.said is None and o.shape != "path"]
        return len(found), sum(it in self._told for it in found)

    def of_shape(self, shape: str) -> int:
        """Return how many notifications were about outages of one shape."""
        found = [it for it in self.month.outages if it.shape == shape]
        return sum(
            any(
                message.event.service == it.on and it.began <= at < it.ended + 2 * AFTER
                for it in found
            )
            for at, message in self.shown
        )

    def _true(self, event: Event, at: datetime) -> bool:
        here = event.scope == _HERE
        open_now = [
            it
            for it in self.month.outages
            if it.on == event.service and it.holds(at) and (here or not it.here)
        ]
        if event.turn is not Turn.ENDED:
            return bool(open_now)
        meant = self._meant.get(_episode(event))
        if meant is None:
            return False
        return meant.ended <= at and all(it.here != meant.here for it in open_now)

    def _note(self, event: Event, at: datetime) -> None:
        outage = self._outage(event, at)
        if event.turn is not Turn.ENDED and outage is not None:
            self._told.add(outage)
            self._meant[_episode(event)] = outage

    def _outage(self, event: Event, at: datetime) -> Outage | None:
        held = [o for o in self.month.outages if o.on == event.service and o.holds(at)]
        # The one that is everybody's, where the way from here is broken as well.
        return min(held, key=lambda it: (it.here, it.began), default=None)

    def _is_known(self, event: Event, at: datetime) -> bool:
        return event.turn is Turn.BEGAN and self._outage(event, at) in self._told

    def _looked(self, begin: datetime, end: datetime) -> bool:
        """Whether we looked for long enough in one go, over a line that worked."""
        away = [it for it in self._everything() if it.kind in AWAY]
        at = begin
        for spell in sorted(away, key=lambda it: it.began):
            if spell.began - at >= LOOKED:
                break
            at = max(at, spell.ended)
        return end - at >= LOOKED

    def _everything(self) -> list[Spell]:
        hours = self.month.hours
        return [*self.month.spells, *hours.sleeps, *hours.off]

    def _why(self, event: Event, at: datetime) -> str:
        near = [
            it
            for it in self._everything()
            if it.began <= at < it.ended + AFTER and it.on in {"", event.service}
        ]
        # What falls upon the service itself explains more than what falls upon all.
        near.sort(key=lambda it: (it.on != "", it.began))
        return str(near[-1].kind) if near else UNEXPLAINED


def _episode(event: Event) -> str:
    return f"{event.service}/{event.episode}"
