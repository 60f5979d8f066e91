"""What is known about each service, worked out no oftener than it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import gather
from downlight.core.evidence.judging import conclude, hold
from downlight.core.evidence.story import Track
from downlight.core.evidence.verdict import Evidence
from downlight.core.model import SKEW, Selection, Standing
from downlight.core.news import ServiceView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from downlight.core.evidence.verdict import Verdict
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.model import Report, ServiceSlug, SourceId
    from downlight.core.service import Feed, Service
    from downlight.core.source import SourceInfo
    from downlight.engine.line import Line
    from downlight.engine.minds import Minds

UNTOLD: Final = Track()
"""Of a service about which nothing was ever known."""


@dataclass(frozen=True, slots=True)
class _Span:
    """When something may be shown again as it is, while nothing is heard."""

    online: bool | None = None
    since: datetime | None = None
    """None: never."""
    until: datetime | None = None
    """When time alone may change it, at the earliest; None: never."""

    def covers(self, at: datetime, *, online: bool | None) -> bool:
        """Whether it still is as it was."""
        return (
            self.online is online
            and self.since is not None
            and self.since <= at
            and (self.until is None or at < self.until)
        )

    def cut(self, until: datetime | None) -> _Span:
        """Return the span that ends at ``until`` at the latest."""
        if until is None or (self.until is not None and self.until <= until):
            return self
        return replace(self, until=until)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A view, and for how long it stays true."""

    view: ServiceView
    track: Track
    judgement: Judgement | None
    span: _Span


class Views:
    """The views of all services; reads what the ledger knows, changes none of it."""

    def __init__(
        self,
        standings: Mapping[SourceId, Standing],
        tracks: Mapping[ServiceSlug, Track],
        line: Line,
        minds: Minds,
    ) -> None:
        """Look at what the ledger goes on writing."""
        self._standings = standings
        self._tracks = tracks
        self._line = line
        self._minds = minds
        self._infos: Mapping[SourceId, SourceInfo] = {}
        self._drawn: dict[ServiceSlug, _Drawn] = {}
        self._facts: dict[ServiceSlug, tuple[datetime, bool | None, Verdict]] = {}
        """What `facts` returned last, and of when."""
        self._cuts: dict[Feed, tuple[Report, Report]] = {}
        """The last report of a feed: the whole, and the part that counts."""
        self._all: dict[ServiceSlug, ServiceView] = {}
        """What `every` returned last, of each service."""
        self._stale: dict[ServiceSlug, Service] = {}
        """Of whom something was heard or planned since."""
        self._span = _Span()
        """When the others may be shown again as they are."""

    def adopt(
        self, services: Sequence[Service], infos: Mapping[SourceId, SourceInfo]
    ) -> None:
        """Draw exactly these anew, from these sources."""
        self._infos = infos
        self._drawn, self._cuts, self._all, self._span = {}, {}, {}, _Span()
        self._facts = {}
        self._stale = {service.slug: service for service in services}

    def forget(self, service: Service) -> None:
        """Draw this one anew when it is asked for: something was heard."""
        self._drawn.pop(service.slug, None)
        self._facts.pop(service.slug, None)
        self._stale[service.slug] = service

    def plan(self, service: Service, id_: SourceId, due: datetime) -> None:
        """Show when a source is asked next, which changes nothing else."""
        drawn = self._drawn.get(service.slug)
        if drawn is None:
            return
        evidence = tuple(
            replace(e, standing=replace(e.standing, due=due)) if e.info.id == id_ else e
            for e in drawn.view.evidence
        )
        view = replace(drawn.view, evidence=evidence)
        self._drawn[service.slug] = replace(drawn, view=view)
        self._stale[service.slug] = service

    def every(self, at: datetime, *, online: bool | None) -> tuple[ServiceView, ...]:
        """Return the views of all services; those that still hold are the very same.

        Args:
            at: The present moment (aware, UTC).
            online: Whether the own connection works.
        """
        if not self._span.covers(at, online=online):
            self._span = _Span(online, at)
            self._stale = {s: view.service for s, view in self._all.items()} | (
                self._stale
            )
        for slug, service in self._stale.items():
            self._all[slug] = self.view(service, at, online=online)
            self._span = self._span.cut(self._drawn[slug].span.until)
        self._stale = {}
        return tuple(self._all.values())

    def view(
        self, service: Service, at: datetime, *, online: bool | None
    ) -> ServiceView:
        """Return what is known about ``service`` at the moment ``at``.

        Args:
            service: Which one.
            at: The present moment (aware, UTC).
            online: Whether the own connection works.
        """
        drawn = self._drawn.get(service.slug)
        track = self._tracks.get(service.slug, UNTOLD)
        judgement = self._minds.judgement(service)
        if (
            drawn is not None
            and drawn.track is track
            and drawn.judgement is judgement
            and drawn.span.covers(at, online=online)
        ):
            return drawn.view
        evidence, facts = self.evidence(service), self.facts(service, at, online=online)
        # What was announced or believed of other parts says nothing of these.
        ours = track if track.choice in {"", service.choice} else UNTOLD
        verdict = self._verdict(service, facts, judgement, ours)
        began, stamps, late = ours.began, track.stamps, ours.late
        view = ServiceView(service, verdict, evidence, began, stamps, late)
        until = min((m for m in _moments(evidence) if m >= at), default=None)
        span = _Span(online, at, until)
        self._drawn[service.slug] = _Drawn(view, track, judgement, span)
        return view

    def _verdict(
        self,
        service: Service,
        facts: Verdict,
        judgement: Judgement | None,
        track: Track,
    ) -> Verdict:
        """Return what follows; before the first look, what the page said last."""
        if judgement is None:
            return replace(facts, level=facts.official)
        verdict = conclude(facts, judgement, track.level, track.stamps.first)
        verdict = replace(
            verdict,
            admitted=track.stamps.official is not None,
            spell=track.spell if judgement.unstable else None,
        )
        return hold(verdict, track.level, self.claimed(service, track))

    def facts(self, service: Service, at: datetime, *, online: bool | None) -> Verdict:
        """Return what is said of ``service``, as it stands."""
        known = self._facts.get(service.slug)
        if known is None or known[:2] != (at, online):
            evidence = self.evidence(service)
            works = True if self._line.is_beside(evidence) else online
            known = at, online, gather(evidence, at, online=works)
            self._facts[service.slug] = known
        return known[2]

    def evidence(self, service: Service) -> tuple[Evidence, ...]:
        """Return every source that speaks about ``service``."""
        drawn = self._drawn.get(service.slug)
        return drawn.view.evidence if drawn else self._evidence(service)

    def claimed(self, service: Service, track: Track) -> frozenset[SourceId]:
        """Return who claimed the open outage, of those who are still asked."""
        if not track.by:
            return track.by
        feeds = {feed.source for feed in service.feeds}
        return track.by & feeds & self._infos.keys()

    def _evidence(self, service: Service) -> tuple[Evidence, ...]:
        found = []
        for feed in service.feeds:
            info = self._infos.get(feed.source)
            if info is None:  # a replay leaves out what was never recorded
                continue
            standing = self._standings.get(feed.source, Standing())
            if standing.report is not None and feed.selection != Selection():
                standing = replace(standing, report=self._cut(feed, standing.report))
            since = self._line.failing_since(feed.source)
            found.append(Evidence(info, standing, since))
        return tuple(found)

    def _cut(self, feed: Feed, report: Report) -> Report:
        """Return the part of ``report`` that counts; the last one if it says that."""
        whole, part = self._cuts.get(feed, (None, None))
        if whole is not None and part is not None and _is_anew(report, whole):
            part = replace(part, at=report.at, next_check=report.next_check)
        else:
            part = feed.selection.narrow(report)
        self._cuts[feed] = report, part
        return part


def _is_anew(report: Report, before: Report) -> bool:
    """Whether it is the same report received again; cheap, as its parts are shared."""
    return report == replace(before, at=report.at, next_check=report.next_check)


def _moments(evidence: Sequence[Evidence]) -> Iterator[datetime]:
    """Yield when time alone may change what the evidence says (see `gather`)."""
    for e in evidence:
        report = e.standing.report
        if report is None:
            continue
        yield report.at - SKEW
        yield report.at + e.info.shelf_life
        for incident in report.open_incidents:
            if incident.started_at is not None:
                yield incident.started_at
