"""How often sources are asked, and what asking them takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Refused, StorageError, Unreachable
from downlight.core.health import Health
from downlight.core.level import Level
from downlight.core.model import Component, Place, Report, Selection, SourceId
from downlight.core.ports import Answer
from downlight.core.service import Feed
from downlight.engine.engine import WITNESSES, Plan
from downlight.storage.journal import Journal
from tests.engine.world import (
    MINUTE,
    START,
    Clockwork,
    Scripted,
    World,
    incident,
    info,
    page,
    report,
    service,
    world,
)

if TYPE_CHECKING:
    from downlight.core.ports import Web
    from downlight.core.source import SourceInfo
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine

OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level
PAGE = SourceId("page")


def asked(source: Scripted) -> tuple[Scripted, list[float]]:
    minutes: list[float] = []

    def say(now: datetime) -> Report:
        minutes.append((now - START) / MINUTE)
        return source.say(now)

    return replace(source, say=say), minutes


class Server(Clockwork):
    """A network on which a body changes every ten minutes, a kilobyte each time."""

    kept = b""
    moved = ""

    async def get(self, url: str, **_: object) -> Answer:
        body = f"{(self.now() - START) // (10 * MINUTE)}".encode()
        received = 0 if body == self.kept else 1000
        self.kept = body
        return Answer(url, body, self.now(), received=received, moved=self.moved)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with one part, fetched over the network."""

    info: SourceInfo
    parsed: list[bytes]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        answer = await web.get(self.info.urls[0])
        return answer.parsed(self.parse, last)

    def parse(self, answer: Answer) -> Report:
        self.parsed.append(answer.body)
        part = Component("c", f"Body {answer.body.decode()}", OK)
        return Report(self.info.id, answer.at, OK, components=(part,))


def fetched(**more: object) -> World:
    it = World(Plan((service("page"),), (Fetched(info(), []),)), **more)  # type: ignore[arg-type]  # as World takes them
    it.web = Server
    return it


def health(it: World) -> Health:
    """What the last news says about the page."""
    (evidence,) = it.news[-1].snapshot.services[0].evidence
    return evidence.standing.health


def test_the_cost_of_each_attempt_adds_up_in_what_is_told() -> None:
    it = fetched()
    it.run(21)
    assert health(it) == Health(
        START.date(),
        requests=5,
        received=3000,
        answers=5,
        unchanged=2,
        answered=START + 20 * MINUTE,
    )


def test_failed_attempts_cost_as_well_and_change_no_share() -> None:
    @dataclass(frozen=True, slots=True)
    class Broken(Fetched):
        async def read(self, web: Web, last: Report | None = None) -> Report:
            await web.get(self.info.urls[0])
            raise Refused(503)

    it = fetched()
    it.plan = Plan(it.plan.services, (Broken(info(), []),))
    it.run(6)
    assert health(it) == Health(START.date(), requests=2, received=1000)
    (evidence,) = it.news[-1].snapshot.services[0].evidence
    assert evidence.standing.failing_since == START
    assert it.journal.last_reports() == {}


def test_a_source_without_a_body_brings_nothing_new_when_it_says_the_same() -> None:
    it = world(page((0, OK), (5, MAJOR)))
    it.run(8)
    assert (health(it).answers, health(it).unchanged) == (5, 3)


def test_a_source_that_has_moved_is_said_to() -> None:
    class Moved(Server):
        moved = "https://new.example/"

    it = fetched()
    it.web = Moved
    it.run(1)
    assert health(it).moved == "https://new.example/"


def test_the_numbers_of_the_day_go_on_after_a_restart() -> None:
    first = fetched()
    first.run(6)
    assert first.journal.health()[PAGE].health.requests == 2
    again = fetched(journal=first.journal, start=first.start)
    again.run(6)
    assert health(again).requests == 4
    assert health(again).received == 3000


class Counting(Journal):
    """A journal that knows how often it is written to."""

    def __init__(self) -> None:
        super().__init__(Journal.in_memory()._connection)
        self.written: list[str] = []
        self.full = False

    def write(self, *args: object, **more: object) -> None:
        self.written.append("news")
        super().write(*args, **more)  # type: ignore[arg-type]  # passed on

    def write_health(self, *args: object) -> None:
        self.written.append("health")
        if self.full:
            error = StorageError("disk full")
            error.title = "The disk is full"
            raise error
        super().write_health(*args)  # type: ignore[arg-type]  # passed on


def test_health_is_no_news_and_written_every_ten_minutes_at_most() -> None:
    it = world(page((0, OK)))
    it.journal = journal = Counting()
    it.run(36)
    assert journal.written == ["news", "health", "health", "health", "health"]
    kept = journal.health()[PAGE]
    assert (kept.health.answers, kept.due) == (8, START + 40 * MINUTE)
    assert kept.at == START + 36 * MINUTE


def test_what_is_written_anyway_takes_health_along() -> None:
    it = world(page((0, OK), (5, MAJOR)))
    it.journal = journal = Counting()
    seen: list[int] = []

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(
            5 * 60 + 1, lambda: seen.append(journal.health()[PAGE].health.answers)
        )

    it.run(5.5, script)
    assert seen == [2]
    assert journal.written == ["news", "news"]


def test_why_a_source_fails_is_kept_for_who_looks_from_outside() -> None:
    def say(now: datetime) -> Report:
        if now > START:
            raise Unreachable("no such name", "dns")
        return report(now, OK)

    it = world(Scripted(info(), say))
    it.run(12)
    kept = it.journal.health()[PAGE]
    assert (kept.failures, kept.trouble, kept.hint) == (2, "Name not found", "")
    assert kept.failing_since == START + 5 * MINUTE
    assert kept.health.answered == START


def test_a_disk_that_refuses_health_is_told_of_and_tried_again() -> None:
    it = world(page((0, OK)))
    it.journal = journal = Counting()

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(60, setattr, journal, "full", True)
        loop.call_at(18 * 60, setattr, journal, "full", False)

    it.run(21, script)
    notices = {n.snapshot.at - START: n.snapshot.notices for n in it.news}
    assert notices[10 * MINUTE] == notices[15 * MINUTE] == ("The disk is full.",)
    assert notices[5 * MINUTE] == notices[20 * MINUTE] == ()
    assert journal.health()[PAGE].health.answers == 5


def test_a_disk_that_refuses_at_the_end_spoils_nothing() -> None:
    it = world(page((0, OK)))
    it.journal = journal = Counting()
    journal.full = True
    it.run(6)
    assert journal.written == ["news", "health"]


def test_a_replay_keeps_no_health() -> None:
    it = world(page((0, OK)))
    it.replay = "tape"
    it.run(31)
    assert it.journal.health() == {}


def test_places_are_found_once_for_each_body() -> None:
    located: list[str] = []

    def locate(told: Report) -> Report:
        located.append(told.components[0].name)
        place = Place("BR", "Brazil")
        parts = tuple(replace(c, place=place) for c in told.components)
        return replace(told, components=parts)

    it = fetched(locate=locate)
    it.run(16)
    assert located == ["Body 0", "Body 1"]
    (evidence,) = it.news[-1].snapshot.services[0].evidence
    assert evidence.standing.report is not None
    assert evidence.standing.report.components[0].place == Place("BR", "Brazil")
    assert len(it.journal.last_reports()[PAGE].components) == 1


def test_on_battery_quiet_sources_are_asked_half_as_often() -> None:
    source, minutes = asked(page((0, OK), (20, MAJOR)))
    it = world(source)
    it.frugal = True
    it.run(25)
    assert minutes == [0, 10, 20, 21, 22, 23, 24, 25]


def test_an_open_incident_that_troubles_nobody_is_followed_closely() -> None:
    def say(now: datetime) -> Report:
        passed = (now - START) / MINUTE
        if passed < 40:
            return report(now, OK)
        what = incident(OK, "We are looking.", at=START + 38 * MINUTE)
        if passed < 44:
            return report(now, OK, what)
        over = replace(what, open=False, ended_at=START + 44 * MINUTE)
        return report(now, OK, over)

    source, minutes = asked(Scripted(info(), say))
    world(source).run(90)
    assert minutes == [*range(0, 40, 5), *range(40, 74), 74, 79, 84, 89]


def test_an_incident_that_came_and_went_between_two_looks_is_looked_after() -> None:
    def say(now: datetime) -> Report:
        if now < START + 5 * MINUTE:
            return report(now, OK)
        what = incident(DEGRADED, at=START + 2 * MINUTE)
        return report(now, OK, replace(what, open=False))

    source, minutes = asked(Scripted(info(), say))
    world(source).run(45)
    assert minutes == [0, *range(5, 32), 32, 37, 42]


def test_an_incident_about_other_parts_hurries_nobody() -> None:
    def say(now: datetime) -> Report:
        what = replace(incident(OK, "Elsewhere."), component_ids=("y",))
        return report(now, OK, what, components=(Component("x", "X", OK),))

    source, minutes = asked(Scripted(info(), say))
    chosen = replace(
        service(), feeds=(Feed(PAGE, Selection(components=frozenset({"x"}))),)
    )
    World(Plan((chosen,), (source,))).run(11)
    assert minutes == [0, 5, 10]


def test_a_page_makes_its_other_sources_no_quicker_before_there_is_trouble() -> None:
    def say(now: datetime) -> Report:
        return report(now, OK, incident(OK, "We are looking."))

    first, often = asked(Scripted(info(), say))
    other = Scripted(info("other"), lambda now: report(now, OK, name="other"))
    second, seldom = asked(other)
    world(first, second).run(6)
    assert often == [0, 1, 2, 3, 4, 5, 6]
    assert seldom == [0, 5]


def test_hundreds_of_answers_at_once_are_told_in_a_few_states() -> None:
    def made(name: str) -> Scripted:
        return Scripted(info(name), lambda now: report(now, OK, name=name))

    sources = tuple(made(f"s{n}") for n in range(100))
    services = tuple(service(f"s{n}", slug=f"v{n}") for n in range(100))
    it = World(Plan(services, sources))
    it.run(6)
    assert [news.snapshot.asking for news in it.news][:2] == [True, False]
    assert len(it.news) == 4  # the start, the first answers, the next, and the rest
    last = it.news[-1].snapshot
    assert last.at == START + 5 * MINUTE + timedelta(milliseconds=500)
    assert {view.evidence[0].standing.due for view in last.services} == {
        START + 10 * MINUTE
    }


def test_what_was_not_told_yet_is_told_at_the_end() -> None:
    first, second = (
        Scripted(info(n), lambda now, n=n: report(now, OK, name=n))  # type: ignore[misc]  # the name is bound
        for n in ("page", "other")
    )
    it = world(first, second)
    it.run(5 + 1 / 600)
    newest = [n.snapshot.services[0].evidence for n in it.news[-2:]]
    assert [
        [(e.standing.report.at - START) / MINUTE for e in told if e.standing.report]
        for told in newest
    ] == [[5, 0], [5, 5]]


def test_views_in_which_nothing_changed_are_the_very_same() -> None:
    one, two = page((0, OK)), Scripted(info("b"), lambda now: report(now, OK, name="b"))
    it = World(Plan((service("page"), service("b", slug="b")), (one, two)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(60, lambda: engine.take(two, report(loop.clock(), OK, name="b")))

    it.run(2, script)
    before, after = (news.snapshot.services for news in it.news[-2:])
    assert before[0] is after[0]
    assert before[1] is not after[1]


def test_two_silent_hosts_make_a_few_others_speak_not_all() -> None:
    def gone(name: str) -> Scripted:
        def say(now: datetime) -> Report:
            if now > START:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return Scripted(info(name), say)

    def shy(name: str) -> tuple[Scripted, list[float]]:
        def say(now: datetime) -> Report:
            return replace(report(now, OK, name=name), next_check=timedelta(seconds=30))

        slow = info(name, cadence=replace(info().cadence, every=60 * MINUTE))
        return asked(Scripted(slow, say))

    others = [shy(f"s{n}") for n in range(9)]
    world(gone("page"), gone("mirror"), *(source for source, _ in others)).run(5.5)
    assert sum(len(minutes) > 1 for _, minutes in others) == WITNESSES


@pytest.mark.parametrize("dead", [True, False])
def test_whether_the_line_is_dead_is_soon_known_with_many_sources(dead: bool) -> None:
    def made(name: str, pause: int) -> Scripted:
        def say(now: datetime) -> Report:
            if now > START and (dead or name != "s7"):
                raise Unreachable("no route")
            return report(now, OK, name=name)

        slow = replace(info().cadence, every=pause * MINUTE)
        return Scripted(info(name, cadence=slow), say)

    it = world(*(made(f"s{n}", 5 if n < 2 else 120) for n in range(40)))
    it.run(6)
    assert (it.news[-1].snapshot.online is False) is dead
