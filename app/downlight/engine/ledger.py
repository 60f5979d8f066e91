"""The engine's memory: standings per source, tracks per service, news out of both.

No asyncio and no I/O: outcomes go in, an `Entry` to keep and publish comes out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence import lead
from downlight.core.evidence.story import (
    Patience,
    Sighting,
    Track,
    is_stirring,
    rechosen,
    tell,
)
from downlight.core.health import NOTHING, Kept
from downlight.core.model import Report, ServiceSlug, SourceId, Standing
from downlight.core.news import Snapshot
from downlight.core.saying import words
from downlight.engine.entry import Entry
from downlight.engine.events import ONCE, ended, told
from downlight.engine.folding import Folding
from downlight.engine.line import Line
from downlight.engine.messages import untold, update_event
from downlight.engine.minds import Minds, kin
from downlight.engine.senses import Senses
from downlight.engine.views import UNTOLD, Views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.fusion import gate
    from downlight.core.health import Health, Usage
    from downlight.core.model import Outcome
    from downlight.core.news import Event
    from downlight.core.rungs.ladder import Climb
    from downlight.core.service import Service
    from downlight.core.source import SourceInfo


ELSEWHERE: Final = "elsewhere"
"""Stands for the parts that counted, where other countries did; no choice reads so."""


def as_told(report: Report) -> Report:
    """Return ``report``: nothing is known about places but what it says."""
    return report


class Ledger:
    """Everything known about what is watched. Belongs to the engine's thread."""

    def __init__(
        self,
        patience: Patience = Patience(),
        zone: tzinfo | None = None,
        locate: Callable[[Report], Report] = as_told,
        home: str = "",
        also: Sequence[str] = (),
    ) -> None:
        """Begin with an empty memory.

        Args:
            patience: Confirmation counts for every service.
            zone: Zone of the clock times in sentences; None for the system's.
            locate: Adds to a report where in the world its parts are. Given its
                own result it changes nothing.
            home: The person's country (ISO 3166-1 alpha-2); empty when not known.
            also: Other countries whose trouble counts, too.
        """
        self._patience = patience
        self._zone = zone
        self._locate = locate
        self._services: tuple[Service, ...] = ()
        self._infos: dict[SourceId, SourceInfo] = {}
        self._about: dict[SourceId, tuple[Service, ...]] = {}
        """Which services each source speaks about."""
        self._standings: dict[SourceId, Standing] = {}
        self._tracks: dict[ServiceSlug, Track] = {}
        self._line = Line()
        self.senses = Senses()
        """What is usual, learnt on the way."""
        self._minds = Minds(self._line, self.senses, home, also)
        self._views = Views(self._standings, self._tracks, self._line, self._minds)
        self._folding = Folding()
        self._answers: set[SourceId] = set()
        """Who was asked in this run, and gave a report or failed."""
        self._awaited: set[SourceId] = set()
        """Who is watched and not among them."""
        self._unseen: set[ServiceSlug] = set()
        """Whose next turn may be seen long after it was taken, as after sleep."""
        self._looked: datetime | None = None
        """When an earlier run last wrote; it was looking until then."""

    def restore(
        self,
        tracks: Mapping[ServiceSlug, Track],
        reports: Mapping[SourceId, Report],
        looked: datetime | None = None,
        health: Mapping[SourceId, Health] | None = None,
    ) -> None:
        """Take over what the journal remembers.

        Args:
            tracks: What was known about each service.
            reports: The newest report kept of each source.
            looked: When the earlier run last wrote.
            health: How asking each source went.
        """
        self._looked = looked
        self._tracks.update(tracks)
        for id_, report in reports.items():
            self._standings.setdefault(id_, Standing(report=report))
        for id_, found in (health or {}).items():
            self._standings[id_] = replace(self._standing(id_), health=found)

    def adopt(self, services: Sequence[Service], infos: Iterable[SourceInfo]) -> None:
        """Watch exactly these services from now on."""
        self._services = tuple(services)
        self._infos = {info.id: info for info in infos}
        about: dict[SourceId, dict[ServiceSlug, Service]] = {}
        for service in self._services:
            for feed in service.feeds:
                about.setdefault(feed.source, {})[service.slug] = service
        self._about = {id_: tuple(found.values()) for id_, found in about.items()}
        for id_ in self._standings.keys() - self._infos.keys():
            self._standings[id_] = replace(self._standings[id_], due=None)
        self._awaited = self._infos.keys() - self._answers
        self._line.adopt(self._infos)
        self._minds.adopt(self._services)
        self.senses.adopt(self._services, self._infos.values())
        self._views.adopt(self._services, self._infos)
        self._folding.adopt(self._services, self._tracks)

    def last(self, id_: SourceId) -> Report | None:
        """Return the last report of a source, however old."""
        return self._standing(id_).report

    def failures(self, id_: SourceId) -> int:
        """Return how often a source has failed in a row."""
        return self._standing(id_).failures

    def is_lively(self, id_: SourceId, now: datetime) -> bool:
        """Whether a service this source speaks about makes news, or is about to."""
        if self._line.is_failing(id_):
            return True
        about = self._about.get(id_, ())
        if any(
            self._tracks.get(s.slug, UNTOLD).is_lively(now)
            or self._minds.is_uneasy(s.slug)
            for s in about
        ):
            return True
        report = self.last(id_)
        if report is None or not any(is_stirring(i, now) for i in report.incidents):
            return False
        return any(self._stirs(service, id_, now) for service in about)

    @property
    def is_offline(self) -> bool:
        """Whether every source that was asked since the last answer failed."""
        return self._line.is_down

    @property
    def is_asking(self) -> bool:
        """Whether a first answer in this run is still being waited for."""
        return bool(self._awaited)

    @property
    def untried(self) -> tuple[SourceId, ...]:
        """Sources whose answer would settle whether the own line is at fault."""
        return self._line.untried

    def due(self, id_: SourceId) -> datetime | None:
        """Return when a source is asked next; None when that is not planned."""
        return self._standing(id_).due

    def plan(self, id_: SourceId, due: datetime) -> None:
        """Remember when a source is asked next."""
        self._standings[id_] = replace(self._standing(id_), due=due)
        for service in self._about.get(id_, ()):
            self._views.plan(service, id_, due)

    def take(self, outcome: Outcome, usage: Usage = NOTHING) -> Entry:
        """Take one outcome into account.

        Args:
            outcome: What came of asking a source.
            usage: What asking took.
        """
        id_ = outcome.source
        before, was_online = self._standing(id_), self._line.online
        same = False
        if isinstance(outcome, Report):
            outcome = self._located(outcome, before.report)
            if before.report is not None and outcome.says_the_same(before.report):
                same, outcome = True, _in_its_place(outcome, before.report)
        health = before.health.after(
            usage,
            outcome.at,
            answered=isinstance(outcome, Report),
            unchanged=same or _is_same_body(outcome, before.report),
        )
        self._answers.add(id_)
        self._awaited.discard(id_)
        turned = isinstance(outcome, Report) and not same and before.report is not None
        self._standings[id_] = replace(
            before.after(outcome),
            health=health,
            changed=outcome.at if turned else before.changed,
        )
        if isinstance(outcome, Report):
            self.senses.take(outcome)
        self._line.take(outcome, before.report)
        for failing in self._line.failing:  # since when counts hangs on all the others
            for service in self._about.get(failing, ()):
                self._views.forget(service)
        online = self._line.online
        late = self._is_late(before.report, outcome)
        about = self._about.get(id_, ())
        if same and before.failure is None and not late:
            about = tuple(service for service in about if self._stirs_anew(service))
        services = self._services if was_online is not online else about
        entry = self._look(services, outcome.at, outcome, late=late)
        news_of_it = isinstance(outcome, Report) and not same
        reports = (outcome,) if isinstance(outcome, Report) and news_of_it else ()
        return replace(entry, reports=reports)

    def expire(self, id_: SourceId, at: datetime) -> Entry:
        """Look anew at whoever a source speaks about: its report counts no more."""
        return self._look(self._about.get(id_, ()), at)

    def look(self, at: datetime) -> Entry:
        """Believe what time alone has made believable by now (see `wake`)."""
        slugs = set(self._minds.waiting(at))
        return self._look([s for s in self._services if s.slug in slugs], at)

    def heed(self, climb: Climb, at: datetime) -> Entry:
        """Take what the ladder found of the own line into account."""
        self._line.heed(climb, at)
        return self._look(self._services, at)

    def disturb(self, event: gate.Event) -> None:
        """Begin anew without a word: what was seen before is worth little now."""
        self._minds.disturb(event)

    @property
    def wake(self) -> datetime | None:
        """When time alone changes what is believed, at the earliest; None: never."""
        return self._minds.due()

    @property
    def is_doubtful(self) -> bool:
        """Whether something is silent that may be so because of the own line."""
        return self._line.is_doubtful

    def settle_home(
        self, country: str, at: datetime, also: Sequence[str] = ()
    ) -> Entry:
        """Judge for a person in this country, who cares for others too, from now on."""
        if not self._minds.settle_home(country, also):
            return self._look(self._services, at)
        # As with other parts (`rechosen`): that other countries count is no news.
        for slug, track in self._tracks.items():
            if words.names_places(track.where):  # what is in none hangs on none
                self._tracks[slug] = replace(track, choice=ELSEWHERE)
        return self._look(self._services, at)

    def snapshot(self, at: datetime) -> Snapshot:
        """Return the state of everything, complete and immutable."""
        online = self._line.online
        views = self._views.every(at, online=online)
        return Snapshot(
            at,
            views,
            online=online,
            asking=self.is_asking,
            line=self._line.trouble,
            causes=self._folding.causes,
        )

    def expiry(self, id_: SourceId) -> datetime | None:
        """Return when the last report of a source stops counting."""
        report, info = self.last(id_), self._infos.get(id_)
        return report.at + info.shelf_life if report and info else None

    def kept(self, ids: Iterable[SourceId], at: datetime) -> dict[SourceId, Kept]:
        """Return how these sources stand at the moment ``at``, to be kept."""
        found = {}
        for id_ in ids:
            it = self._standing(id_)
            error = it.failure.error if it.failure else None
            found[id_] = Kept(
                at,
                it.health,
                it.failures,
                error.title if error else "",
                error.hint if error else "",
                it.failing_since,
                it.due,
            )
        return found

    def _standing(self, id_: SourceId) -> Standing:
        return self._standings.get(id_) or Standing()

    def _located(self, report: Report, last: Report | None) -> Report:
        """Return ``report`` with its places; what is ``last`` anew has them."""
        if last is not None and (
            report.components is last.components
            and report.incidents is last.incidents
            and report.readings is last.readings
        ):
            return report
        return self._locate(report)

    def _stirs(self, service: Service, id_: SourceId, now: datetime) -> bool:
        """Whether a page is likely to write more about this service soon."""
        view = self._views.view(service, now, online=self._line.online)
        return any(
            is_stirring(incident, now)
            for e in view.evidence
            if e.info.id == id_ and e.standing.report is not None
            for incident in e.standing.report.incidents
        )

    def _stirs_anew(self, service: Service) -> bool:
        """Whether it matters to a service that a page says just the same again."""
        self._views.forget(service)
        track = self._tracks.get(service.slug, UNTOLD)
        return (
            track.choice != service.choice
            or track.candidate is not None
            or not self._minds.is_at_rest(service.slug)
            # Since when they fail may not have been known yet.
            or any(self._line.is_failing(feed.source) for feed in service.feeds)
        )

    def _is_late(self, before: Report | None, outcome: Outcome) -> bool:
        """Whether nobody had looked for so long that changes may be old."""
        info = self._infos.get(outcome.source)
        looks = (before.at if before else None, self._looked)
        last = max((at for at in looks if at is not None), default=None)
        if last is None or info is None:
            return False
        return outcome.at - last > info.shelf_life

    def _look(
        self,
        services: Iterable[Service],
        at: datetime,
        outcome: Outcome | None = None,
        *,
        late: bool = False,
    ) -> Entry:
        """Look at these services, and let their stories go on.

        Args:
            services: Which ones.
            at: The present moment (aware, UTC).
            outcome: What came of asking a source; None when only time went by.
            late: Whether nobody had looked for long.
        """
        events: list[Event] = []
        tracks: dict[ServiceSlug, Track] = {}
        for service in services:
            track = self._tracks.get(service.slug, UNTOLD)
            after, news = self._follow(service, track, at, outcome, late=late)
            self._tracks[service.slug] = after
            events += news
            if after != track:
                tracks[service.slug] = after
        told = self._folding.fold(events, self._services, self._tracks)
        return Entry((), tracks, told)

    def _judged(self, service: Service, track: Track, at: datetime) -> Track:
        """Let the rule look at a service; return the track with what is believed."""
        if track.choice not in {"", service.choice}:
            track = replace(track, course=UNTOLD.course, stamps=UNTOLD.stamps)
        evidence = self._views.evidence(service)
        facts = self._views.facts(service, at, online=self._line.online)
        course, judgement = self._minds.look(
            service,
            track,
            evidence,
            facts,
            at,
            kin(service, self._tracks),
        )
        stamps = lead.note(
            track.stamps, judgement.reasons, self._minds.home, at, judgement.abroad
        )
        if course != track.course or stamps is not track.stamps:
            track = replace(track, course=course, stamps=stamps)
        return track

    def _follow(
        self,
        service: Service,
        track: Track,
        at: datetime,
        outcome: Outcome | None,
        *,
        late: bool,
    ) -> tuple[Track, list[Event]]:
        """Let the story of one service go on, and write its events."""
        self._views.forget(service)
        late = late or service.slug in self._unseen
        track = self._tracks[service.slug] = self._judged(service, track, at)
        view = self._views.view(service, at, online=self._line.online)
        verdict, by = view.verdict, self._views.claimed(service, track)
        trouble = verdict.level is not None and verdict.level.is_trouble
        decides = verdict.claims if trouble else by or verdict.sources
        # Where nobody claims it, it is what people write, say, that made us believe.
        decides = decides or frozenset(
            e.info.id for e in view.evidence if e.info.kind != "official"
        )
        seen = Sighting(
            verdict.level,
            at,
            verdict.since,
            verdict.maintenance,
            where=words.kept(verdict.scope, verdict.places),
            by=verdict.claims,
            # It is over once calm lasts, but it was when the calm began.
            ended=ended(view.evidence, track, at)
            or (None if late else track.course.since),
            late=late,
            # What was seen already is not seen again because time went by.
            new=(outcome is None and track.candidate is not verdict.level)
            or (isinstance(outcome, Report) and outcome.source in decides),
        )
        track = rechosen(track, seen, service.choice)
        first = track.level is None
        after, changes = tell(track, seen, self._patience)
        after, events = told(service, verdict, after, changes, at, self._zone)
        settling = self._minds.is_settling(service.slug)
        if settling or (late and after.candidate is not None):
            self._unseen.add(service.slug)
        else:
            self._unseen.discard(service.slug)
        if settling or after.candidate is not None:
            return after, events  # the messages are told when the doubt is over
        turned = any(change.turn in ONCE for change in changes)
        after, messages = untold(after, view.evidence, at)
        if not (first or turned):
            events += [
                update_event(service, after, message, at) for message in messages
            ]
        return after, events


def _in_its_place(report: Report, last: Report) -> Report:
    """Return ``report`` made of the parts of ``last``, which says the same.

    Whoever was told of the last one still holds it: so nothing is kept twice.
    """
    return replace(
        last,
        at=report.at,
        next_check=report.next_check,
        fingerprint=report.fingerprint,
        checks=report.checks,
    )


def _is_same_body(outcome: Outcome, last: Report | None) -> bool:
    """Whether the server sent just what it had sent before."""
    return (
        isinstance(outcome, Report)
        and last is not None
        and bool(outcome.fingerprint)
        and outcome.fingerprint == last.fingerprint
    )
