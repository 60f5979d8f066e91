"""The engine's memory: standings per source, tracks per service, news out of both.

No asyncio and no I/O: outcomes go in, an `Entry` to keep and publish comes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core import words
from downlight.core.errors import Unreachable
from downlight.core.model import Failure, Report, ServiceSlug, SourceId, Standing
from downlight.core.news import Event, ServiceView, Snapshot, Turn
from downlight.core.story import Change, Patience, Sighting, Track, tell
from downlight.core.verdict import Evidence, Verdict, weigh
from downlight.engine.messages import untold, update_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Outcome
    from downlight.core.ports import SourceInfo
    from downlight.core.service import Service

HOSTS_FOR_OFFLINE: Final = 2
"""Unrelated hosts that must fail before the own connection is blamed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one outcome changed."""

    reports: tuple[Report, ...] = ()
    tracks: Mapping[ServiceSlug, Track] | None = None
    events: tuple[Event, ...] = ()


class Ledger:
    """Everything known about what is watched. Belongs to the engine's thread."""

    def __init__(
        self,
        patience: Patience = Patience(),
        zone: tzinfo | None = None,
    ) -> None:
        """Begin with an empty memory.

        Args:
            patience: Confirmation counts for every service.
            zone: Zone of the clock times in sentences; None for the system's.
        """
        self._patience = patience
        self._zone = zone
        self._services: tuple[Service, ...] = ()
        self._infos: dict[SourceId, SourceInfo] = {}
        self._standings: dict[SourceId, Standing] = {}
        self._tracks: dict[ServiceSlug, Track] = {}
        self._failing: dict[SourceId, datetime] = {}
        self._views: dict[ServiceSlug, ServiceView] = {}
        self._silent: dict[SourceId, str] = {}
        self._answered = False

    def restore(
        self, tracks: Mapping[ServiceSlug, Track], reports: Mapping[SourceId, Report]
    ) -> None:
        """Take over what the journal remembers."""
        self._tracks.update(tracks)
        for id_, report in reports.items():
            self._standings.setdefault(id_, Standing(report=report))

    def adopt(self, services: Sequence[Service], infos: Iterable[SourceInfo]) -> None:
        """Watch exactly these services from now on."""
        self._services = tuple(services)
        self._infos = {info.id: info for info in infos}
        self._views = {}

    def last(self, id_: SourceId) -> Report | None:
        """Return the last report of a source, however old."""
        return self._standings.get(id_, Standing()).report

    def failures(self, id_: SourceId) -> int:
        """Return how often a source has failed in a row."""
        return self._standings.get(id_, Standing()).failures

    def is_lively(self, id_: SourceId, now: datetime) -> bool:
        """Whether a service this source speaks about makes news."""
        return any(
            self._tracks.get(service.slug, Track()).is_lively(now)
            for service in self._about(id_)
        ) or bool(self._failing.get(id_))

    @property
    def is_offline(self) -> bool:
        """Whether every source that was asked since the last answer failed."""
        return len(self._silent) == len(self._infos) and self._is_suspicious

    @property
    def untried(self) -> tuple[SourceId, ...]:
        """Sources whose answer would settle whether the own line is at fault."""
        if not self._is_suspicious:
            return ()
        return tuple(id_ for id_ in self._infos if id_ not in self._silent)

    @property
    def _is_suspicious(self) -> bool:
        return len(set(self._silent.values())) >= HOSTS_FOR_OFFLINE

    def due(self, id_: SourceId, at: datetime) -> None:
        """Remember when a source is asked next, to be shown."""
        standing = self._standings.get(id_, Standing())
        self._standings[id_] = replace(standing, due=at)
        for service in self._about(id_):
            self._views.pop(service.slug, None)

    def take(self, outcome: Outcome) -> Entry:
        """Take one outcome into account."""
        id_, at = outcome.source, outcome.at
        before = self._standings.get(id_, Standing())
        was_offline = self.is_offline
        self._standings[id_] = before.after(outcome)
        self._note_line(outcome)
        reports: tuple[Report, ...] = ()
        if isinstance(outcome, Report):
            self._note_failing(outcome)
            if before.report is None or not outcome.says_the_same(before.report):
                reports = (outcome,)
        touched = (
            self._services if was_offline is not self.is_offline else self._about(id_)
        )
        events: list[Event] = []
        tracks: dict[ServiceSlug, Track] = {}
        for service in touched:
            track = self._tracks.get(service.slug, Track())
            after, news = self._follow(service, track, at)
            events += news
            if after != track:
                tracks[service.slug] = after
        self._tracks.update(tracks)
        return Entry(reports, tracks, tuple(events))

    def snapshot(self, at: datetime) -> Snapshot:
        """Return the state of everything, complete and immutable."""
        views = tuple(self._view(service, at) for service in self._services)
        asked = any(self._standings.get(id_) for id_ in self._infos)
        online = None
        if self._answered or asked:
            online = not self.is_offline
        asking = any(
            (standing := self._standings.get(id_)) is None
            or (standing.report is None and standing.failure is None)
            for id_ in self._infos
        )
        return Snapshot(at, views, online=online, asking=asking)

    def _about(self, id_: SourceId) -> tuple[Service, ...]:
        return tuple(
            service
            for service in self._services
            if any(feed.source == id_ for feed in service.feeds)
        )

    def _note_line(self, outcome: Outcome) -> None:
        """Keep book of who has been silent since anybody last answered."""
        info = self._infos.get(outcome.source)
        if info is None:
            return
        silent = (
            isinstance(outcome.error, Unreachable)
            if isinstance(outcome, Failure)
            else outcome.is_silent
        )
        if silent:
            self._silent[outcome.source] = _host(info)
        else:
            self._silent.clear()
            self._answered = True

    def _note_failing(self, report: Report) -> None:
        if report.is_silent:
            self._failing.setdefault(report.source, report.at)
        else:
            self._failing.pop(report.source, None)

    def _evidence(self, service: Service) -> tuple[Evidence, ...]:
        found = []
        for feed in service.feeds:
            info = self._infos.get(feed.source)
            if info is None:  # a replay leaves out what was never recorded
                continue
            standing = self._standings.get(feed.source, Standing())
            if standing.report is not None:
                report = feed.selection.narrow(standing.report)
                standing = replace(standing, report=report)
            found.append(Evidence(info, standing, self._failing.get(feed.source)))
        return tuple(found)

    def _view(self, service: Service, at: datetime) -> ServiceView:
        kept = self._views.get(service.slug)
        track = self._tracks.get(service.slug, Track())
        evidence = kept.evidence if kept else self._evidence(service)
        verdict = weigh(evidence, at, online=not self.is_offline)
        since = track.began or track.since
        view = ServiceView(service, verdict, evidence, since)
        self._views[service.slug] = view
        return view

    def _follow(
        self, service: Service, track: Track, at: datetime
    ) -> tuple[Track, list[Event]]:
        """Let the story of one service go on, and write its events."""
        self._views.pop(service.slug, None)
        verdict = self._view(service, at).verdict
        place = words.felt(verdict.scope, verdict.places)
        seen = Sighting(
            verdict.level, at, verdict.since, verdict.maintenance, where=place
        )
        first = track.level is None
        after, changes = tell(track, seen, self._patience)
        events = [self._event(service, verdict, change) for change in changes]
        turned = any(change.turn in _ONCE for change in changes)
        quiet = first or turned or after.candidate is not None
        after, messages = untold(after, self._views[service.slug].evidence, at)
        if not quiet:
            events += [
                update_event(service, after, verdict, message, at)
                for message in messages
            ]
        return after, events

    def _event(self, service: Service, verdict: Verdict, change: Change) -> Event:
        name = change.episode or words.stamp(change.at)
        ending = "" if change.turn in _ONCE else f"/{words.stamp(change.at)}"
        return Event(
            id=f"{service.slug}/{name}/{change.turn}{ending}",
            at=change.at,
            service=service.slug,
            turn=change.turn,
            level=change.level,
            scope=_SCOPES.get(change.where, change.where.removeprefix("in ")),
            title=words.headline(service, verdict, change.turn),
            sentence=words.tale(service, verdict, change, self._zone),
            episode=change.episode,
            incident=verdict.incident.id if verdict.incident else "",
        )


_SCOPES: Final = {"": "not known", "from here": "here"}

_ONCE: Final = frozenset({Turn.BEGAN, Turn.ENDED})
"""Turns that happen once in an episode, so that its name suffices as their id."""


def _host(info: SourceInfo) -> str:
    return urlsplit(info.urls[0]).hostname or info.id if info.urls else info.id
