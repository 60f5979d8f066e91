"""A small world for the engine: sources that tell a script, on a virtual clock."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from downlight.core.evidence.story import Patience
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Report,
    ServiceSlug,
    SourceId,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.service import Feed, Service
from downlight.core.source import SourceInfo
from downlight.engine.clock import VirtualLoop
from downlight.engine.engine import Engine, Plan, Surroundings
from downlight.engine.ledger import Ledger, as_told
from downlight.storage.journal import Journal as SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from downlight.core.evidence.verdict import Verdict
    from downlight.core.memory import Journal
    from downlight.core.news import Event, News
    from downlight.core.ports import Source, Web
    from downlight.core.rungs.ladder import Climb

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Scripted:
    """A source that says at each moment what a function says."""

    info: SourceInfo
    say: Callable[[datetime], Report]
    """Returns a report, or raises what a source may raise."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask the script."""
        del last
        return self.say(web.now())


def info(
    name: str = "page",
    kind: str = "official",
    host: str = "",
    cadence: Cadence | None = None,
) -> SourceInfo:
    """Return the identity of a made-up source."""
    return SourceInfo(
        SourceId(name),
        f"The {name}",
        "scripted",
        kind,
        cadence or Cadence(),
        urls=(f"https://{host or name}.example/summary.json",),
    )


def service(*sources: str, slug: str = "app") -> Service:
    """Return a made-up service that these sources speak about."""
    feeds = tuple(Feed(SourceId(name)) for name in sources)
    return Service(ServiceSlug(slug), slug.title(), "messaging", feeds, owner="Maker")


def incident(
    level: Level | None = Level.MAJOR,
    *texts: str,
    at: datetime = START,
    name: str = "i1",
) -> Incident:
    """Return an open incident with a message per text, a minute apart."""
    updates = tuple(
        Update(at + n * MINUTE, text, id=f"{name}-{n}") for n, text in enumerate(texts)
    )
    return Incident(name, "Trouble", level, None, True, at, updates=updates[::-1])


def report(
    at: datetime,
    level: Level | None,
    *incidents: Incident,
    name: str = "page",
    components: tuple[Component, ...] = (),
) -> Report:
    """Return a report of the source ``name``."""
    return Report(SourceId(name), at, level, incidents=incidents, components=components)


class Clockwork:
    """A network that only knows the time."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.now = clock

    async def __aenter__(self) -> Web:
        return self  # type: ignore[return-value]  # scripted sources only ask the time

    async def __aexit__(self, *_: object) -> None:
        """Nothing to close."""


@dataclass
class World:
    """An engine in its own time."""

    plan: Plan
    journal: Journal = field(default_factory=SqliteJournal.in_memory)
    patience: Patience = field(default_factory=Patience)
    replay: str = ""
    start: datetime = START
    frugal: bool = False
    locate: Callable[[Report], Report] = as_told
    web: Callable[[Callable[[], datetime]], AbstractAsyncContextManager[Web]] = (
        Clockwork
    )
    """Makes the network, given the time."""
    home: str = ""
    """The person's country."""
    also: tuple[str, ...] = ()
    """Other countries whose trouble counts, too."""
    climb: Callable[[datetime], Climb] | None = None
    """Says what the ladder finds of the own line at a moment, or raises."""
    climbs_for: timedelta = timedelta(seconds=1)
    """How long that takes."""
    news: list[News] = field(default_factory=list)

    def publish(self, news: News) -> None:
        """Be the sink."""
        self.news.append(news)

    @property
    def events(self) -> list[Event]:
        """What happened so far."""
        return [event for news in self.news for event in news.events]

    @property
    def told(self) -> list[str]:
        """What a person was notified of so far."""
        return [str(event.turn) for event in self.events if event.is_worth_telling]

    @property
    def verdict(self) -> Verdict:
        """What is shown of the first service."""
        return self.news[-1].snapshot.services[0].verdict

    def _climbing(self, loop: VirtualLoop) -> Callable[[], Awaitable[Climb]]:
        async def climb() -> Climb:
            assert self.climb is not None
            took = loop.create_future()
            seconds = self.climbs_for.total_seconds()
            bell = loop.call_later(seconds, took.set_result, None)
            try:
                await took
            finally:
                bell.cancel()
            return self.climb(loop.clock())

        return climb

    @property
    def turns(self) -> list[str]:
        """What was told so far."""
        return [str(event.turn) for event in self.events]

    def run(
        self,
        minutes: float,
        script: Callable[[Engine, VirtualLoop], None] | None = None,
    ) -> None:
        """Let the engine run for some virtual minutes.

        Args:
            minutes: How long.
            script: Called before the start; may plan calls with ``loop.call_at``.
        """
        loop = VirtualLoop(self.start)
        around = Surroundings(
            web=lambda: self.web(loop.clock),
            clock=loop.clock,
            journal=lambda: nullcontext(self.journal),
            sinks=(self,),
            spread=lambda: 0.5,
            replay=self.replay,
            frugal=lambda: self.frugal,
            climb=self._climbing(loop) if self.climb else None,
        )
        ledger = Ledger(self.patience, UTC, self.locate, self.home, self.also)
        engine = Engine(self.plan, around, ledger)

        async def main() -> None:
            if script is not None:
                script(engine, loop)
            task = asyncio.ensure_future(engine.run())
            await asyncio.wait({task}, timeout=minutes * 60)
            if task.done():
                task.result()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(main())
        self.start = loop.clock()


def world(*sources: Source, patience: Patience = Patience()) -> World:
    """Return a world with one service that all ``sources`` speak about."""
    names = [str(source.info.id) for source in sources]
    return World(Plan((service(*names),), sources), patience=patience)


def page(*levels: tuple[float, Level | None], incidents: bool = True) -> Scripted:
    """Return an official page whose level changes after so many minutes.

    Args:
        levels: (minutes since the start, level), ascending, the first at 0.
        incidents: Whether trouble comes with an incident.
    """

    def say(now: datetime) -> Report:
        passed = (now - START) / MINUTE
        since, level = next(p for p in reversed(levels) if p[0] <= passed)
        if level is not None and level.is_trouble and incidents:
            what = incident(level, "We are looking.", at=START + since * MINUTE)
            return report(now, level, what)
        return report(now, level)

    return Scripted(info(), say)
