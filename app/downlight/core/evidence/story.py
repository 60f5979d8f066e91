"""When an outage begins, worsens, eases and ends.

A `Track` is the whole memory about one service: small, kept in the journal with
the events in one transaction, so that a restart announces nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.lead import UNSEEN, Stamps
from downlight.core.evidence.spell import Spell, turned
from downlight.core.fusion.course import Course
from downlight.core.level import Level
from downlight.core.model import SourceId  # noqa: TC001 - the journal reads the types
from downlight.core.news import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import Incident


AFTERMATH: Final = timedelta(minutes=30)
"""How long after an end we still look closely: many outages come in two waves."""


def is_stirring(incident: Incident, now: datetime) -> bool:
    """Whether more is likely to be written about it soon, trouble or not.

    That is while it is open, and for `AFTERMATH` after it began and after it ended.
    """
    return incident.open or any(
        at is not None and timedelta() <= now - at < AFTERMATH
        for at in (incident.started_at, incident.ended_at)
    )


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is seen of a service at one moment."""

    level: Level | None
    """None: cannot tell; changes nothing (HOUSE S4)."""
    at: datetime
    since: datetime | None = None
    """When the trouble began as somebody says, if anybody does."""
    maintenance: bool = False
    """Whether planned work is going on."""
    where: str = ""
    """Where it is felt, in words: "in Brazil"; empty when nobody says."""
    by: frozenset[SourceId] = frozenset()
    """Who claims that there is trouble."""
    ended: datetime | None = None
    """When the trouble ended as somebody says, if anybody does."""
    late: bool = False
    """Nobody looked for so long that a change may have happened much earlier."""
    new: bool = True
    """Whether this is news from who decides, so that it counts as a sighting."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is known and was announced about one service."""

    level: Level | None = None
    """The confirmed level; never MAINTENANCE; None before the first sighting."""
    since: datetime | None = None
    """Since when ``level`` holds: when we knew, not when it began."""
    maintenance: bool = False
    """Whether planned work was announced as going on."""
    candidate: Level | None = None
    """A level seen but not yet believed."""
    sightings: int = 0
    """How often ``candidate`` was seen in a row."""
    episode: str = ""
    """Names the outage that is open; empty while there is none."""
    began: datetime | None = None
    """When the open outage began, as well as anyone says."""
    where: str = ""
    """Where the open outage was last felt, in words."""
    abroad: bool = False
    """Whether a person was told of the open outage only in other countries so far."""
    ended: datetime | None = None
    """When the last outage ended; None when none ever did."""
    by: frozenset[SourceId] = frozenset()
    """Who claimed the open outage: it is over when they say so."""
    last: str = ""
    """Name of the outage before, so that no two have the same."""
    told: tuple[str, ...] = ()
    """Keys of the updates of open incidents that were already told."""
    choice: str = ""
    """Which parts counted (`Service.choice`); empty when that was not written."""
    owed: Turn | None = None
    """The last turn that was not told, as it changed too often; None: none is due."""
    spell: Spell | None = None
    """How often it turned of late; None while it never did."""
    course: Course = Course()
    """What the rule believes, and what it told."""
    stamps: Stamps = UNSEEN
    """Who first saw the trouble, and when."""
    late: bool = False
    """Whether nobody had looked before the open outage was noticed, so that it may have
    begun earlier."""

    def is_lively(self, now: datetime) -> bool:
        """Whether news is likely soon: an outage is open, or has just ended."""
        if self.level is not None and self.level.is_trouble:
            return True
        if self.ended is None:
            return False
        return timedelta() <= now - self.ended < AFTERMATH


@dataclass(frozen=True, slots=True)
class Change:
    """One turn of the story."""

    turn: Turn
    level: Level
    """The level after the turn; of what comes and goes, the worst of late."""
    at: datetime
    since: datetime | None = None
    """When the trouble began, as well as anyone says."""
    episode: str = ""
    where: str = ""
    """Where it is felt, or after the end was felt, in words."""
    ended: datetime | None = None
    """When it ended, as well as anyone says; None while it lasts."""
    late: bool = False
    """Noticed only now, after nobody had looked for long."""
    spell: Spell | None = None
    """How often it turned, where that is to be told."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many sightings in a row are needed before a turn is believed, each >= 1."""

    begin: int = 1
    """For a level that is worse; 1 for official pages, whose word is final."""
    end: int = 1
    """For a level that is better."""


def tell(
    track: Track, seen: Sighting, patience: Patience = Patience()
) -> tuple[Track, tuple[Change, ...]]:
    """Take one more sighting into account.

    Args:
        track: What we knew before.
        seen: What the verdict says now.
        patience: Confirmation counts.

    Returns:
        The new memory, and the turns the story took, in order.
    """
    if seen.level is None:
        return track, ()
    track, works = _maintenance(track, seen)
    before = track.level or Level.OPERATIONAL
    level = seen.level
    if level is Level.MAINTENANCE:
        # Planned work on something that is down does not mean that it works again.
        level = before
    if level is before:
        track = replace(
            track,
            level=level,
            since=track.since or seen.at,
            candidate=None,
            sightings=0,
            where=(seen.where or track.where) if level.is_trouble else "",
            by=(seen.by or track.by) if level.is_trouble else frozenset(),
        )
        return track, works
    return _turn(track, level, seen, patience, works)


def withhold(
    track: Track, changes: Sequence[Change], *, quiet: bool
) -> tuple[Track, bool, Change | None]:
    """Say what of the beginnings and ends is told.

    While a story turns too often to be told each time, a person is told once that it
    comes and goes. How it is then is told when it is quiet no more.

    Args:
        track: What is known after the changes.
        changes: The turns the story just took.
        quiet: Whether turns are not told now.

    Returns:
        The track; whether beginnings and ends among ``changes`` are held; and what is
        to be told beside them, if anything: that it comes and goes, or what is owed.
    """
    turns = [c for c in changes if c.turn in {Turn.BEGAN, Turn.ENDED}]
    if turns:
        last, first = turns[-1], quiet and track.owed is None
        spell = track.spell if first else None
        track = replace(track, owed=last.turn if quiet else None)
        if spell is None:
            return track, quiet, None
        level = spell.worst
        unstable = replace(last, turn=Turn.UNSTABLE, level=level, spell=spell)
        return track, quiet, unstable
    if quiet or track.owed is None or track.level is None or track.since is None:
        return track, False, None
    late = Change(
        track.owed,
        track.level,
        track.since,
        track.began,
        track.episode or track.last,
        where=track.where,
        ended=track.ended if track.owed is Turn.ENDED else None,
        spell=track.spell,
    )
    return replace(track, owed=None), False, late


def rechosen(track: Track, seen: Sighting, choice: str) -> Track:
    """Return the track from which the story of these parts of a service goes on.

    That other parts count than before is no news: an outage of parts that count no
    more ends without a word; one that goes on is the same one, though nobody knows
    since when these parts are in it.

    Args:
        track: What we knew before.
        seen: What the verdict says now, about these parts.
        choice: Which parts count now.
    """
    if seen.level is None or track.choice == choice:
        return track
    if not track.choice:
        return replace(track, choice=choice)
    works = seen.maintenance or seen.level is Level.MAINTENANCE
    if track.level is not None and track.level.is_trouble and seen.level.is_trouble:
        return replace(
            track,
            level=seen.level,
            began=seen.since,
            late=True,
            maintenance=works,
            choice=choice,
        )
    return Track(
        maintenance=works,
        ended=track.ended,
        last=track.episode or track.last,
        told=track.told,
        choice=choice,
    )


def _turn(
    track: Track,
    level: Level,
    seen: Sighting,
    patience: Patience,
    works: tuple[Change, ...],
) -> tuple[Track, tuple[Change, ...]]:
    before = track.level or Level.OPERATIONAL
    worse = level > before
    again = track.candidate is not None and (track.candidate > before) is worse
    sightings = (track.sightings if again else 0) + seen.new
    if sightings < (patience.begin if worse else patience.end):
        return replace(track, candidate=level, sightings=sightings), works
    began = track.began if before.is_trouble else _began(track, seen)
    late = track.late if before.is_trouble else not _was_watched(track, seen)
    over = not level.is_trouble
    episode, spell = track.episode, track.spell
    if over or not before.is_trouble:
        spell = turned(spell, seen.at, max(before, level))
    if not before.is_trouble:
        # What comes and goes is one outage, from when that is told until it is over.
        same = track.last if track.owed is not None else ""
        episode = same or _fresh_name(track, seen.at)
    change = Change(
        _name(before, level),
        level,
        seen.at,
        began,
        episode,
        where=track.where if over else seen.where,
        ended=(seen.ended or (None if seen.late else seen.at)) if over else None,
        late=seen.late,
        spell=spell if track.owed is not None else None,
    )
    track = replace(
        track,
        level=level,
        since=seen.at,
        candidate=None,
        sightings=0,
        episode="" if over else episode,
        began=None if over else began,
        late=late and not over,
        where="" if over else seen.where or track.where,
        abroad=track.abroad and not over,
        ended=seen.at if over else track.ended,
        by=frozenset() if over else seen.by,
        stamps=UNSEEN if over else track.stamps,
        last=episode if over else track.last,
        spell=spell,
    )
    return track, (*works, change)


def _began(track: Track, seen: Sighting) -> datetime | None:
    """Return when an outage began: known only if somebody says, or we were looking."""
    return seen.since or (seen.at if _was_watched(track, seen) else None)


def _was_watched(track: Track, seen: Sighting) -> bool:
    """Whether anybody looked shortly before this was seen."""
    return track.level is not None and not seen.late


def _fresh_name(track: Track, at: datetime) -> str:
    name = f"{at:%Y%m%dT%H%M%SZ}"
    return name if name != track.last else f"{name}+"  # a clock was set back


def _maintenance(track: Track, seen: Sighting) -> tuple[Track, tuple[Change, ...]]:
    under_way = seen.maintenance or seen.level is Level.MAINTENANCE
    if under_way is track.maintenance:
        return track, ()
    turn = Turn.MAINTENANCE_BEGAN if under_way else Turn.MAINTENANCE_ENDED
    level = seen.level or Level.OPERATIONAL
    return replace(track, maintenance=under_way), (Change(turn, level, seen.at),)


def _name(before: Level, after: Level) -> Turn:
    if not before.is_trouble:
        return Turn.BEGAN
    if not after.is_trouble:
        return Turn.ENDED
    return Turn.WORSENED if after > before else Turn.EASED
