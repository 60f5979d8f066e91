"""One recording told by several sets of rules, and held against what was true."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from downlight.cli import playback
from downlight.core.backtest import (
    Episode,
    Outage,
    Score,
    Telling,
    compare,
    during,
    episodes,
    merged,
    said,
)
from downlight.core.fusion.findings import Voice
from downlight.core.news import Turn
from downlight.core.schedule import Cadence
from downlight.engine import replay as player
from downlight.engine.folding import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from downlight.core.news import News, ServiceView
    from downlight.core.service import Service
    from downlight.core.settings import Settings
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a person is told."""

    settings: Settings
    every: timedelta | None = None
    """The pause of every source; None: as each has it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one service."""

    episodes: tuple[Episode, ...]
    requests: int
    """How often its sources went to the network."""


@dataclass(frozen=True, slots=True)
class Truth:
    """When a service was really in trouble."""

    outages: tuple[Outage, ...]
    stated: bool
    """Whether the recording itself says so; else its official pages do."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What each set of rules told of one service."""

    service: Service
    truth: Truth | None
    """None: nobody says when it was in trouble."""
    told: tuple[Told, ...]
    """In the order of the rules."""

    @property
    def scores(self) -> tuple[Score, ...]:
        """How well each told it; none where there is nothing to compare with."""
        truth = self.truth
        if truth is None:
            return ()
        return tuple(compare(truth.outages, told.episodes) for told in self.told)


class Tellings:
    """Keeps what is told: a sink."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.by_service: dict[str, list[Telling]] = {}

    def publish(self, news: News) -> None:
        """Keep the beginnings and ends a person is told of."""
        views = {view.service.slug: view for view in news.snapshot.services}
        for event in news.events:
            # What is told together with others is told.
            if event.turn in {Turn.BEGAN, Turn.ENDED} and event.held in {"", TOGETHER}:
                telling = Telling(event.at, event.turn, _by(views[event.service]))
                self.by_service.setdefault(event.service, []).append(telling)


def attempt(
    tape: Recording,
    plan: Plan,
    rules: Sequence[Rules],
    stated: Mapping[str, tuple[Outage, ...]],
) -> tuple[Trial, ...]:
    """Play a recording by each of the rules.

    Args:
        tape: The recording.
        plan: What of it is played.
        rules: The rules.
        stated: What the recording says was true, by the slug of a service.

    Returns:
        How they did, for each service of the plan.
    """
    plans = [_paced(plan, by.every) for by in rules]
    until = max(player.end(tape, paced) for paced in plans)
    told = [
        _told(tape, paced, by.settings, until)
        for paced, by in zip(plans, rules, strict=True)
    ]
    return tuple(
        Trial(
            service,
            _truth(tape, plan, service, stated, until),
            tuple(by[service.slug] for by in told),
        )
        for service in plan.services
    )


def _paced(plan: Plan, every: timedelta | None) -> Plan:
    """Return the plan with sources that count, each asked so often."""
    sources = []
    for source in plan.sources:
        info = source.info
        if every is not None:
            ceiling = max(every, info.cadence.ceiling)
            info = replace(info, cadence=Cadence(every, every, ceiling))
        sources.append(playback.Counted(source, info))
    return replace(plan, sources=tuple(sources))


def _told(
    tape: Recording, plan: Plan, settings: Settings, until: datetime
) -> dict[str, Told]:
    """Return what is told of each service."""
    tellings = Tellings()
    playback.play(tape, plan, settings, until, tellings)
    asked = {
        source.info.id: source.requests
        for source in plan.sources
        if isinstance(source, playback.Counted)
    }
    return {
        service.slug: Told(
            episodes(tellings.by_service.get(service.slug, ())),
            sum(asked.get(id_, 0) for id_ in {feed.source for feed in service.feeds}),
        )
        for service in plan.services
    }


def _truth(
    tape: Recording,
    plan: Plan,
    service: Service,
    stated: Mapping[str, tuple[Outage, ...]],
    until: datetime,
) -> Truth | None:
    """Return when a service was in trouble, as the recording or its pages say."""
    if service.slug in stated:
        return Truth(during(stated[service.slug], tape.start, until), stated=True)
    pages = {s.info.id: s for s in plan.sources if s.info.kind == "official"}
    heard, found = False, list[Outage]()
    for feed in service.feeds:
        if feed.source not in pages:
            continue
        reports = playback.answers(tape, pages[feed.source])
        own = [feed.selection.narrow(report) for report in reports]
        heard = heard or any(report.level is not None for report in own)
        found += said(own)
    if not heard:
        return None
    return Truth(during(merged(found), tape.start, until), stated=False)


def _by(view: ServiceView) -> tuple[Voice, ...]:
    """Return who says that there is trouble."""
    judgement = view.verdict.judgement
    support: Iterable[Voice] = judgement.support if judgement else ()
    return tuple(voice for voice in Voice if voice in support)
