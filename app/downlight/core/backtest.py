"""How well outages were told: what was told, against what is known to be true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from downlight.core.news import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from downlight.core.fusion.findings import Voice
    from downlight.core.model import Incident, Report


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of time in which a service was in trouble, as somebody says."""

    began: datetime
    ended: datetime | None = None
    """None: not before the end of the recording."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A beginning or an end, as a person was told of it."""

    at: datetime
    turn: Turn
    by: tuple[Voice, ...] = ()
    """Who said then that there was trouble."""


@dataclass(frozen=True, slots=True)
class Episode:
    """An outage as a person was told of it."""

    began: datetime
    """When its beginning was told, not when it began."""
    ended: datetime | None = None
    """When its end was told; None: never."""
    by: tuple[Voice, ...] = ()
    """On whose word it was told."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A true outage, and what was told of it."""

    outage: Outage
    episodes: tuple[Episode, ...] = ()
    """Those that overlap it, by time; empty: it was missed."""
    carried: bool = False
    """Whether the first of them was told of an earlier outage, and had not ended."""

    @property
    def late(self) -> timedelta | None:
        """How long after its beginning it was told; below 0: before.

        None when it was missed, or nothing was told of it alone.
        """
        if not self.episodes or self.carried:
            return None
        return self.episodes[0].began - self.outage.began

    @property
    def end_late(self) -> timedelta | None:
        """How long after its end that was told; None when either has no end."""
        ended = self.episodes[-1].ended if self.episodes else None
        if ended is None or self.outage.ended is None:
            return None
        return ended - self.outage.ended


@dataclass(frozen=True, slots=True)
class Score:
    """How well the outages of one service were told."""

    hits: tuple[Hit, ...]
    """Every true outage, by time."""
    false: tuple[Episode, ...]
    """What was told and overlaps no true outage."""

    @property
    def missed(self) -> int:
        """How many true outages were not told while they lasted."""
        return sum(not hit.episodes for hit in self.hits)


def episodes(tellings: Iterable[Telling]) -> tuple[Episode, ...]:
    """Return what was told of one service, as stretches of time."""
    found: list[Episode] = []
    for telling in tellings:
        is_open = bool(found) and found[-1].ended is None
        if telling.turn is Turn.BEGAN and not is_open:
            found.append(Episode(telling.at, None, telling.by))
        elif telling.turn is Turn.ENDED and is_open:
            found[-1] = replace(found[-1], ended=telling.at)
    return tuple(found)


def compare(truth: Sequence[Outage], told: Sequence[Episode]) -> Score:
    """Hold what was told of one service against what is true.

    Args:
        truth: Its outages, by time; they do not overlap.
        told: What was told of it, by time.
    """
    hits: list[Hit] = []
    for outage in truth:
        own = tuple(episode for episode in told if _overlap(outage, episode))
        before = hits[-1].episodes if hits else ()
        hits.append(Hit(outage, own, carried=bool(own) and own[0] in before))
    matched = {episode for hit in hits for episode in hit.episodes}
    return Score(tuple(hits), tuple(e for e in told if e not in matched))


def said(reports: Iterable[Report]) -> tuple[Outage, ...]:
    """Return which outages one official page tells of.

    An incident counts from when the page says it began until it says it ended; one
    that it stops to name has ended then. Where it is red and names no incident that
    is trouble, the answers themselves say from when until when.

    Args:
        reports: Its answers, by time, cut down to what speaks about one service.
    """
    page = _Page()
    for report in reports:
        page.read(report)
    return page.outages


def during(
    outages: Iterable[Outage], start: datetime, end: datetime
) -> tuple[Outage, ...]:
    """Return those that lasted at some moment between ``start`` and ``end``."""
    return tuple(
        outage
        for outage in outages
        if outage.began < end and (outage.ended is None or outage.ended > start)
    )


def merged(outages: Iterable[Outage]) -> tuple[Outage, ...]:
    """Return the same stretches of time, by time, with those that touch made one."""
    found: list[Outage] = []
    for outage in sorted(outages, key=lambda it: it.began):
        last = found[-1] if found else None
        if last is None or (last.ended is not None and last.ended < outage.began):
            found.append(outage)
        elif last.ended is not None:
            longer = outage.ended is None or outage.ended > last.ended
            found[-1] = replace(last, ended=outage.ended) if longer else last
    return tuple(found)


class _Page:
    """What an official page has told so far."""

    def __init__(self) -> None:
        self._incidents: dict[str, Outage] = {}
        self._bare: list[Outage] = []
        """When it was red without an incident; the last one may go on."""
        self._red = False

    @property
    def outages(self) -> tuple[Outage, ...]:
        """All of them, by time."""
        stated = tuple(self._incidents.values())
        # An answer may show it red just before the incident is named.
        alone = (it for it in self._bare if not any(_overlap(it, s) for s in stated))
        return merged((*stated, *alone))

    def read(self, report: Report) -> None:
        """Take one more answer into account."""
        named = {incident.id: incident for incident in report.incidents}
        for id_, outage in self._incidents.items():
            if id_ not in named and outage.ended is None:
                self._incidents[id_] = replace(outage, ended=report.at)
        for id_, incident in named.items():
            trouble = incident.level is not None and incident.level.is_trouble
            before = self._incidents.get(id_)
            if trouble or before:
                self._incidents[id_] = _as_said(incident, before, report.at)
        if report.level is not None:
            self._look(report.at, red=report.level.is_trouble)

    def _look(self, at: datetime, *, red: bool) -> None:
        """Note when it is red of itself, not for an incident or in its wake."""
        alone = all(outage.ended for outage in self._incidents.values())
        is_open = bool(self._bare) and self._bare[-1].ended is None
        if is_open and not (red and alone):
            self._bare[-1] = replace(self._bare[-1], ended=at)
        elif red and alone and not self._red:
            self._bare.append(Outage(at))
        self._red = red


def _as_said(incident: Incident, before: Outage | None, at: datetime) -> Outage:
    """Return an incident as an outage; what is not dated is as of the answer."""
    began = incident.started_at or (before.began if before else at)
    if incident.open:
        return Outage(began)
    ended = incident.ended_at or (before and before.ended) or at
    return Outage(began, max(began, ended))


def _overlap(one: Outage, other: Outage | Episode) -> bool:
    """Whether they share a moment."""
    return (one.ended is None or other.began <= one.ended) and (
        other.ended is None or one.began <= other.ended
    )
