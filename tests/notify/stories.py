"""Stories that are played to a person, and what can happen in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event as Flag
from typing import TYPE_CHECKING

from downlight.core.errors import DeliveryError, Unreachable
from downlight.core.level import Level
from downlight.core.model import Check, Component, Place, Report, ServiceSlug
from downlight.core.news import News
from downlight.core.places.countries import country
from downlight.core.result import Result
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed
from downlight.core.service import Feed, Service
from downlight.core.telling.mute import Span
from downlight.core.telling.policy import Wanted, Wishes
from downlight.core.telling.quiet import parse
from downlight.engine.engine import Plan
from downlight.notify.record import Turns
from downlight.notify.ways import Ways
from tests.engine.world import (
    MINUTE,
    START,
    Scripted,
    incident,
    info,
    page,
    report,
    service,
)
from tests.notify.person import Inhabited, Person, inhabited

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import TypeAlias

    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine

    Levels: TypeAlias = tuple[tuple[float, Level | None], ...]

OK, MAINT, TROUBLED, PARTLY, DOWN = Level
APP = ServiceSlug("app")
IS_DOWN, PARTLY_DOWN, IS_TROUBLED = (
    "App is down",
    "App is partly down",
    "App is troubled",
)
WORKS = "App works again"


@dataclass
class Stage:
    """Where a story is played; what happens in it acts on this."""

    world: Inhabited
    engine: Engine | None = None
    loop: VirtualLoop | None = None

    @property
    def person(self) -> Person:
        return self.world.person


if TYPE_CHECKING:
    Act: TypeAlias = Callable[[Stage], object]


@dataclass(frozen=True)
class Story:
    """What sources say and what else happens, and when."""

    sources: tuple[Scripted, ...]
    services: tuple[Service, ...] = ()
    """One of which all sources speak, where none are named."""
    wishes: Wishes = field(default_factory=Wishes)
    minutes: float = 120
    acts: tuple[tuple[float, Act], ...] = ()
    """What happens, and at which minute."""
    off: tuple[tuple[float, float], ...] = ()
    """When the program does not run, from one minute to another."""
    climb: Callable[[datetime], Climb] | None = None
    """What the ladder finds of the own line."""
    home: str = ""
    """The person's country."""
    also: tuple[str, ...] = ()
    """Other countries whose trouble counts, too."""

    def play(self) -> Person:
        """Return the person, when it is over."""
        names = [str(source.info.id) for source in self.sources]
        services = self.services or (service(*names),)
        world = inhabited(
            services,
            self.sources,
            self.wishes,
            climb=self.climb,
            home=self.home,
            also=self.also,
        )
        stage = Stage(world)
        begin = 0.0
        for end, again in (*self.off, (self.minutes, self.minutes)):
            if begin:
                world.start = START + begin * MINUTE
                world.person.now = world.start
                world.person.sit_down()
            self._run(stage, begin, end)
            begin = again
        return world.person

    def _run(self, stage: Stage, begin: float, end: float) -> None:
        def script(engine: Engine, loop: VirtualLoop) -> None:
            stage.engine, stage.loop = engine, loop
            for minute, act in self.acts:
                if begin <= minute < end:
                    loop.call_at((minute - begin) * 60, happen, act)

        def happen(act: Act) -> None:
            assert stage.loop is not None
            stage.person.wait(stage.loop.clock())
            act(stage)
            stage.person.hear(
                News(replace(stage.world.news[-1].snapshot, at=stage.loop.clock()))
            )

        stage.world.run(end - begin, script)
        stage.person.wait(START + end * MINUTE)


# What sources say.


def says(name: str, *levels: tuple[float, Level | None]) -> Scripted:
    """Return a page of that name whose level changes after so many minutes."""
    told = page(*levels)

    def say(now: datetime) -> Report:
        return replace(told.say(now), source=info(name).id)

    return Scripted(info(name), say)


def stuck(since: float) -> Scripted:
    """Return a page that is down from then on, whatever our own clock says."""

    def say(now: datetime) -> Report:
        if 0 <= minute(now) < since:
            return report(now, OK)
        return report(now, DOWN, incident(DOWN, "We look.", at=START))

    return Scripted(info(), say)


def silent(source: Scripted, since: float = 0, until: float = 1e9) -> Scripted:
    """Return a source that cannot be reached from one minute to another."""
    return breaking(source, Unreachable("no answer", "timeout"), since, until)


def breaking(
    source: Scripted, error: Exception, since: float = 0, until: float = 1e9
) -> Scripted:
    """Return a source that fails from one minute to another."""

    def say(now: datetime) -> Report:
        if since <= minute(now) < until:
            raise error
        return source.say(now)

    return replace(source, say=say)


def check(*fails: tuple[float, float]) -> Scripted:
    """Return an own check that nothing answers from one minute to another."""

    def say(now: datetime) -> Report:
        bad = any(since <= minute(now) < until for since, until in fails)
        took = None if bad else timedelta(milliseconds=90)
        result = Result.TIMEOUT if bad else Result.OK
        probe = Check("e1:443", took, "no answer" * bad, result)
        return replace(report(now, None if bad else OK, name="own"), checks=(probe,))

    return Scripted(info("own", "measured"), say)


def felt_in(source: Scripted, *codes: str) -> Scripted:
    """Return a source whose incidents are limited to these countries."""
    places = tuple(Place(code, country(code)) for code in codes)

    def say(now: datetime) -> Report:
        told = source.say(now)
        found = tuple(replace(it, places=places) for it in told.incidents)
        return replace(told, incidents=found)

    return replace(source, say=say)


def spreading(
    source: Scripted, at: float, first: tuple[str, ...], then: tuple[str, ...]
) -> Scripted:
    """Return a source whose incidents are limited to other countries after a while."""
    before, after = felt_in(source, *first), felt_in(source, *then)

    def say(now: datetime) -> Report:
        return (before if minute(now) < at else after).say(now)

    return replace(source, say=say)


def flapping(times: int, every: float = 5) -> Scripted:
    """Return a page that says something else every few minutes, so often."""
    return page(*((every * n, DOWN if n % 2 else OK) for n in range(times + 1)))


def parts(count: int, since: float = 10) -> Scripted:
    """Return a page on which so many parts go down at once, with one incident."""

    def say(now: datetime) -> Report:
        bad = minute(now) >= since
        level = DOWN if bad else OK
        found = tuple(Component(f"c{n}", f"Part {n}", level) for n in range(count))
        what = (incident(DOWN, "We look.", at=START + since * MINUTE),) if bad else ()
        return report(now, level, *what, components=found)

    return Scripted(info(), say)


def writing(every: float, since: float = 10) -> Scripted:
    """Return a page that goes on writing about one incident."""

    def say(now: datetime) -> Report:
        passed = minute(now) - since
        if passed < 0:
            return report(now, OK)
        texts = [f"Still looking, {n}." for n in range(int(passed // every) + 1)]
        return report(now, DOWN, incident(DOWN, *texts, at=START + since * MINUTE))

    return Scripted(info(), say)


def house(*slugs: str, feeds: str = "", parent: str = "meta") -> tuple[Service, ...]:
    """Return services of one house.

    Args:
        slugs: Their short names.
        feeds: The page all of them stand on; empty: each on one of its own name.
        parent: The house.
    """
    return tuple(
        Service(
            ServiceSlug(slug),
            slug.title(),
            "messaging",
            (Feed(info(feeds or slug).id),),
            owner=parent.title(),
            parent=parent,
        )
        for slug in slugs
    )


def apart(count: int) -> tuple[Service, ...]:
    """Return services that have nothing in common."""
    return tuple(service(f"s{n}", slug=f"s{n}") for n in range(count))


def minute(at: datetime) -> float:
    return (at - START) / MINUTE


def no_link(_at: datetime) -> Climb:
    return Climb("", (failed(Rung.LINK, Trouble.NO_LINK),))


# What else happens.


def mute(slug: str | None = "app", span: Span = Span.HOUR) -> Act:
    """A person asks for silence."""
    name = None if slug is None else ServiceSlug(slug)
    return lambda stage: stage.person.desk.mute(name, span)


def unmute(stage: Stage) -> None:
    """A person has had enough of it."""
    stage.person.desk.unmute(APP)


def tell_once(stage: Stage) -> None:
    """A person wants to know when it works again."""
    stage.person.desk.tell_once(APP)


def busy(words: str) -> Act:
    """A person begins to present something, or ends it."""
    return lambda stage: setattr(stage.person, "busy", words)


def jump(by: timedelta) -> Act:
    """The clock jumps, as it does when a computer sleeps."""

    def act(stage: Stage) -> None:
        assert stage.loop is not None
        stage.loop._start += by

    return act


def refresh(stage: Stage) -> None:
    """A person asks everyone now."""
    assert stage.engine is not None
    stage.engine.refresh()


def watch(*indexes: int) -> Act:
    """A person watches only these of the services."""

    def act(stage: Stage) -> None:
        assert stage.engine is not None
        plan = stage.world.plan
        services = tuple(plan.services[n] for n in indexes)
        asked = {feed.source for it in services for feed in it.feeds}
        sources = tuple(s for s in plan.sources if s.info.id in asked)
        stage.engine.adopt(Plan(services, sources))

    return act


def second_light(stage: Stage) -> None:
    """Another program begins to tell from the same journal, on the same screen."""
    first = stage.person
    other = Person(stage.world, first.wishes, screen=first.screen, now=first.now)

    def both(news: News) -> None:
        Person.hear(first, news)
        other.hear(news)

    first.hear = both  # type: ignore[method-assign]  # two hear where one did


def crash(stage: Stage) -> None:
    """The program is about to be killed: what it decides from now on is not sent."""
    stage.person.ways = Ways(
        lambda _click: (stage.person.screen,), Turns(), _set(), print, print
    )


def _set() -> Flag:
    flag = Flag()
    flag.set()
    return flag


def no_screen(stage: Stage) -> None:
    """Whatever shows notifications dies."""
    stage.person.screen.failure = DeliveryError("nobody is there")


def screen_again(stage: Stage) -> None:
    """It is started again."""
    stage.person.screen.failure = None


# What a person wants.

OFF = Wishes(notify=False)
NIGHT = (parse("12:05-13:30"),)
"""Quiet hours of the stories, which begin at noon on a Sunday."""


def when(what: Wanted, slug: str = "app") -> Wishes:
    return Wishes(wanted={ServiceSlug(slug): what})


def quiet(*windows: str, floor: Level | None = None) -> Wishes:
    found = tuple(map(parse, windows)) or NIGHT
    return Wishes(quiet=found, quiet_floor=floor)
