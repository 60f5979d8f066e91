"""The engine's memory: standings per source, tracks per service, news out of both.

No asyncio and no I/O: outcomes go in, an `Entry` to keep and publish comes out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core import words
from downlight.core.errors import Unreachable
from downlight.core.model import Failure, Report, ServiceSlug, SourceId, Standing
from downlight.core.news import Event, ServiceView, Snapshot, Turn
from downlight.core.story import Change, Patience, Sighting, Track, tell
from downlight.core.verdict import Evidence, Verdict, hold, weigh
from downlight.engine.messages import untold, update_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Outcome
    from downlight.core.service import Service
    from downlight.core.source import SourceInfo

HOSTS_FOR_OFFLINE: Final = 2
"""Unrelated hosts that must fail before the own connection is blamed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What outcomes changed."""

    reports: tuple[Report, ...] = ()
    """The newest of each source that said something else."""
    tracks: Mapping[ServiceSlug, Track] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def then(self, later: Entry) -> Entry:
        """Return both as one; of reports and tracks the later ones."""
        reports = {report.source: report for report in (*self.reports, *later.reports)}
        return Entry(
            tuple(reports.values()),
            {**self.tracks, **later.tracks},
            self.events + later.events,
        )


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
        self._answers: set[SourceId] = set()
        """Who was asked in this run, and gave a report or failed."""
        self._heard: datetime | None = None
        """When anybody last answered in this run."""
        self._looked: datetime | None = None
        """When an earlier run last wrote; it was looking until then."""

    def restore(
        self,
        tracks: Mapping[ServiceSlug, Track],
        reports: Mapping[SourceId, Report],
        looked: datetime | None = None,
    ) -> None:
        """Take over what the journal remembers.

        Args:
            tracks: What was known about each service.
            reports: The newest report kept of each source.
            looked: When the earlier run last wrote.
        """
        self._looked = looked
        self._tracks.update(tracks)
        for id_, report in reports.items():
            self._standings.setdefault(id_, Standing(report=report))

    def adopt(self, services: Sequence[Service], infos: Iterable[SourceInfo]) -> None:
        """Watch exactly these services from now on."""
        self._services = tuple(services)
        self._infos = {info.id: info for info in infos}
        self._views = {}
        # Who is not asked any more settles nothing; who is asked again begins anew.
        self._silent = {i: h for i, h in self._silent.items() if i in self._infos}
        self._failing = {i: at for i, at in self._failing.items() if i in self._infos}

    def last(self, id_: SourceId) -> Report | None:
        """Return the last report of a source, however old."""
        return self._standings.get(id_, Standing()).report

    def failures(self, id_: SourceId) -> int:
        """Return how often a source has failed in a row."""
        return self._standings.get(id_, Standing()).failures

    def is_lively(self, id_: SourceId, now: datetime) -> bool:
        """Whether a service this source speaks about makes news."""
        return id_ in self._failing or any(
            self._tracks.get(service.slug, Track()).is_lively(now)
            for service in self._about(id_)
        )

    @property
    def is_offline(self) -> bool:
        """Whether every source that was asked since the last answer failed."""
        return self._infos.keys() <= self._silent.keys() and self._is_suspicious

    @property
    def online(self) -> bool | None:
        """Whether the own connection works; None when that is not known now."""
        if self.is_offline:
            return False
        # What our own checks try may be down by itself; it says nothing of the line.
        pages = any(self._infos[i].kind != "measured" for i in self._silent)
        return True if self._heard is not None and not pages else None

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
        id_ = outcome.source
        before = self._standings.get(id_, Standing())
        was_online = self.online
        self._answers.add(id_)
        self._standings[id_] = before.after(outcome)
        self._note_line(outcome)
        reports: tuple[Report, ...] = ()
        if isinstance(outcome, Report):
            self._note_failing(outcome, before.report)
            if before.report is None or not outcome.says_the_same(before.report):
                reports = (outcome,)
        if self.online is False or was_online is False:
            self._failing.clear()  # the line was to blame, not the service
        touched = self._services if was_online is not self.online else self._about(id_)
        late = self._is_late(before.report, outcome)
        events: list[Event] = []
        tracks: dict[ServiceSlug, Track] = {}
        for service in touched:
            track = self._tracks.get(service.slug, Track())
            after, news = self._follow(service, track, outcome, late=late)
            events += news
            if after != track:
                tracks[service.slug] = after
        self._tracks.update(tracks)
        return Entry(reports, tracks, tuple(events))

    def snapshot(self, at: datetime) -> Snapshot:
        """Return the state of everything, complete and immutable."""
        views = tuple(self._view(service, at) for service in self._services)
        asking = not self._infos.keys() <= self._answers
        return Snapshot(at, views, online=self.online, asking=asking)

    def expiry(self, id_: SourceId) -> datetime | None:
        """Return when the last report of a source stops counting."""
        report, info = self.last(id_), self._infos.get(id_)
        return report.at + info.shelf_life if report and info else None

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
            isinstance(outcome.error, Unreachable) and outcome.error.is_silence
            if isinstance(outcome, Failure)
            else outcome.is_silent
        )
        if silent:
            self._silent[outcome.source] = _host(info)
        else:
            self._silent.clear()
            self._heard = outcome.at

    def _note_failing(self, report: Report, before: Report | None) -> None:
        """Keep book of since when our own checks fail, as long as we were looking."""
        info = self._infos.get(report.source)
        if not report.is_silent or info is None:
            self._failing.pop(report.source, None)
            return
        gap = report.at - before.at if before else timedelta()
        if abs(gap) > 3 * info.cadence.every:
            self._failing[report.source] = report.at
        self._failing.setdefault(report.source, report.at)

    def _is_late(self, before: Report | None, outcome: Outcome) -> bool:
        """Whether nobody had looked for so long that changes may be old."""
        info = self._infos.get(outcome.source)
        looks = (before.at if before else None, self._looked)
        last = max((at for at in looks if at is not None), default=None)
        if last is None or info is None:
            return False
        return outcome.at - last > info.shelf_life

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
            since = self._failing.get(feed.source)
            if since is not None and (self._heard is None or self._heard <= since):
                since = None  # nobody else was heard either: it may be the line
            found.append(Evidence(info, standing, since))
        return tuple(found)

    def _view(self, service: Service, at: datetime) -> ServiceView:
        kept = self._views.get(service.slug)
        track = self._tracks.get(service.slug, Track())
        evidence = kept.evidence if kept else self._evidence(service)
        verdict = weigh(evidence, at, online=self.online)
        verdict = hold(verdict, track.level, self._claimed(service, track))
        view = ServiceView(service, verdict, evidence, track.began)
        self._views[service.slug] = view
        return view

    def _claimed(self, service: Service, track: Track) -> frozenset[SourceId]:
        """Return who claimed the open outage, of those who are still asked."""
        feeds = {feed.source for feed in service.feeds}
        return track.by & feeds & self._infos.keys()

    def _follow(
        self, service: Service, track: Track, outcome: Outcome, *, late: bool
    ) -> tuple[Track, list[Event]]:
        """Let the story of one service go on, and write its events."""
        at = outcome.at
        self._views.pop(service.slug, None)
        view = self._view(service, at)
        verdict, by = view.verdict, self._claimed(service, track)
        trouble = verdict.level is not None and verdict.level.is_trouble
        decides = verdict.claims if trouble else by or verdict.sources
        seen = Sighting(
            verdict.level,
            at,
            verdict.since,
            verdict.maintenance,
            where=words.felt(verdict.scope, verdict.places),
            by=verdict.claims,
            ended=_ended(view.evidence, track, at),
            late=late,
            new=isinstance(outcome, Report) and outcome.source in decides,
        )
        first = track.level is None
        after, changes = tell(track, seen, self._patience)
        events = [self._event(service, verdict, change) for change in changes]
        if after.candidate is not None:
            return after, events  # the messages are told when the doubt is over
        turned = any(change.turn in _ONCE for change in changes)
        after, messages = untold(after, view.evidence, at)
        if not (first or turned):
            events += [
                update_event(service, after, message, at) for message in messages
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


def _ended(evidence: Sequence[Evidence], track: Track, at: datetime) -> datetime | None:
    """Return when the provider says the open outage ended, if it does."""
    since = track.began or track.since
    ends = [
        incident.ended_at
        for e in evidence
        if e.info.kind == "official" and e.standing.report is not None
        for incident in e.standing.report.incidents
        if not incident.open and incident.ended_at is not None
    ]
    return max((end for end in ends if since and since < end <= at), default=None)


def _host(info: SourceInfo) -> str:
    return urlsplit(info.urls[0]).hostname or info.id if info.urls else info.id
