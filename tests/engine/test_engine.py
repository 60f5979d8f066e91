"""The engine in virtual time: outcomes in, news out, nothing twice."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from downlight.core.errors import (
    Refused,
    StorageError,
    Unreachable,
    Unreadable,
)
from downlight.core.evidence.story import Patience
from downlight.core.level import Level
from downlight.core.model import Check, Place, Report, Selection, SourceId, Update
from downlight.core.news import Turn
from downlight.core.schedule import Cadence
from downlight.core.scope import Scope
from downlight.core.service import Feed
from downlight.engine.clock import VirtualLoop
from downlight.engine.engine import Engine, Plan
from downlight.engine.messages import KEPT
from downlight.engine.poller import Alarm
from downlight.storage.journal import Journal
from tests.engine.world import (
    MINUTE,
    START,
    Scripted,
    World,
    incident,
    info,
    page,
    report,
    service,
    world,
)

OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level


def asked(source: Scripted) -> tuple[Scripted, list[float]]:
    """Return the source with a list of the minutes at which it is asked."""
    minutes: list[float] = []

    def say(now: datetime) -> Report:
        minutes.append((now - START) / MINUTE)
        return source.say(now)

    return replace(source, say=say), minutes


def failing(name: str, error: Exception, host: str = "") -> Scripted:
    def say(now: datetime) -> Report:
        raise error

    return Scripted(info(name, host=host), say)


def test_an_outage_is_told_once_when_it_starts_and_once_when_it_ends() -> None:
    it = world(page((0, OK), (12, MAJOR), (30, OK)))
    it.run(60)
    assert it.turns == ["began", "ended"]
    began, ended = (event for news in it.news for event in news.events)
    assert (began.level, began.at, began.incident) == (MAJOR, START + 15 * MINUTE, "i1")
    assert (ended.level, ended.at) == (OK, START + 30 * MINUTE)
    assert began.episode == ended.episode
    assert began.title == "App is down"
    assert [e.id for e in it.journal.events()] == [ended.id, began.id]


def test_quiet_sources_are_asked_seldom_and_lively_ones_often() -> None:
    source, minutes = asked(page((0, OK), (5, MAJOR), (8, OK)))
    world(source).run(50)
    assert minutes == [0, 5, 6, 7, *range(8, 38), 38, 43, 48]


def test_losing_the_source_ends_nothing_and_announces_nothing_twice() -> None:
    good = page((0, OK), (5, MAJOR))

    def say(now: datetime) -> Report:
        if 7 <= (now - START) / MINUTE < 50:
            raise Unreachable("timed out", "timeout")
        return good.say(now)

    it = world(replace(good, say=say))
    it.run(90)
    assert it.turns == ["began"]
    lost = [n.snapshot.services[0].verdict.level for n in it.news]
    assert None in lost  # too old to count, so no longer shown as known
    assert lost[-1] is MAJOR


@pytest.mark.parametrize("stop", [3, 11, 16, 22, 31, 44])
def test_a_restart_at_any_time_announces_nothing_twice(stop: int) -> None:
    source = page((0, OK), (12, DEGRADED), (20, MAJOR), (30, OK), (40, MAINT))
    whole = world(source)
    whole.run(60)
    first = world(source)
    first.run(stop)
    second = World(first.plan, journal=first.journal, start=first.start)
    second.run(60 - stop)
    assert first.turns + second.turns == whole.turns
    assert whole.turns == ["began", "worsened", "ended", "maintenance_began"]


def test_an_interrupted_replay_goes_on_where_it_was() -> None:
    source, minutes = asked(page((0, OK), (12, MAJOR)))
    first = world(source)
    first.replay = "tape"
    first.run(7)
    again = World(first.plan, first.journal, replay="tape", start=first.start)
    again.run(10)
    assert minutes == [0, 5, 10, 15, 16, 17]
    assert again.news[-1].snapshot.replay == "tape"
    position = first.journal.meta("position")
    assert position == (START + 17 * MINUTE).isoformat()


def test_new_messages_of_the_provider_are_updates_and_old_ones_are_not() -> None:
    def say(now: datetime) -> Report:
        passed = (now - START) / MINUTE
        texts = ["one", "two", "three"][: 1 + (passed >= 2) + (passed >= 4)]
        return report(now, MAJOR, incident(MAJOR, *texts))

    it = world(Scripted(info(), say))
    it.run(10)
    assert it.turns == ["began", "update", "update"]
    update = it.journal.events()[0]
    assert (update.title, update.sentence) == ("App: Trouble", "three")
    assert update.scope == "not known"


def test_a_bulk_of_messages_is_not_told_one_by_one() -> None:
    def say(now: datetime) -> Report:
        texts = [str(n) for n in range(30 if now > START else 1)]
        return report(now, MAJOR, incident(MAJOR, *texts))

    it = world(Scripted(info(), say))
    it.run(10)
    assert it.turns == ["began", *["update"] * 5]


def test_messages_without_an_id_are_told_by_time_and_text() -> None:
    def say(now: datetime) -> Report:
        what = incident(MAJOR, *(["a", "b"] if now > START else ["a"]))
        bare = tuple(replace(update, id="") for update in what.updates)
        return report(now, MAJOR, replace(what, updates=bare))

    it = world(Scripted(info(), say))
    it.run(5)
    assert it.turns == ["began", "update"]


def test_the_scope_of_an_event_is_where_the_provider_says() -> None:
    places = (Place("BR", "Brazil"), Place("ES", "Spain"))

    def say(now: datetime) -> Report:
        texts = ["a", "b"] if now > START else ["a"]
        if now > START + 3 * MINUTE:
            return report(now, OK)
        what = replace(incident(MAJOR, *texts), places=places)
        return report(now, MAJOR, what)

    it = world(Scripted(info(), say))
    it.run(10)
    scopes = {event.turn: event.scope for event in it.journal.events()}
    assert scopes == dict.fromkeys(
        (Turn.BEGAN, Turn.UPDATE, Turn.ENDED), "Brazil and Spain"
    )
    ended = it.journal.events()[0]
    assert "It was felt in Brazil and Spain." in ended.sentence


def test_a_message_about_everywhere_says_so() -> None:
    def say(now: datetime) -> Report:
        what = incident(MAJOR, *(["a", "b"] if now > START else ["a"]))
        return report(now, MAJOR, replace(what, places=(Place("global", "Global"),)))

    it = world(Scripted(info(), say))
    it.run(3)
    assert it.journal.events()[0].turn is Turn.UPDATE
    assert it.journal.events()[0].scope == "worldwide"


def test_levels_are_believed_after_as_many_sightings_as_the_person_wants() -> None:
    it = world(page((0, OK), (5, MAJOR), (6, OK)), patience=Patience(begin=2))
    it.run(30)
    assert it.turns == []


def test_a_source_that_breaks_costs_one_attempt_not_the_program(
    caplog: pytest.LogCaptureFixture,
) -> None:
    good = page((0, OK), (5, MAJOR))

    def say(now: datetime) -> Report:
        if now == START:
            raise ZeroDivisionError
        return good.say(now)

    it = world(replace(good, say=say))
    with caplog.at_level(logging.ERROR):
        it.run(6)
    assert it.turns == ["began"]
    assert "bug in source page" in caplog.text
    caplog.clear()


def test_only_the_turn_of_a_source_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def say(now: datetime) -> Report:
        if now < START + 20 * MINUTE:
            raise Refused(503)
        return report(now, OK)

    with caplog.at_level(logging.INFO, "downlight.engine"):
        world(Scripted(info(), say)).run(50)
    assert [r.getMessage() for r in caplog.records] == [
        "page: HTTP 503",
        "page: answers again after 3",
    ]


def test_a_server_that_asks_for_patience_gets_it_even_from_a_person() -> None:
    calm = failing("page", Refused(429, timedelta(minutes=20)))
    source, minutes = asked(calm)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(5 * 60, engine.refresh)

    world(source).run(30, script)
    assert minutes == [0, 20]


def test_a_person_can_ask_now_but_not_every_second() -> None:
    source, minutes = asked(page((0, OK)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        for second in (90, 91, 95, 120):
            loop.call_at(second, engine.refresh)

    world(source).run(4, script)
    assert minutes == [0, 1.5, 2]


def test_a_wish_during_an_attempt_is_not_kept_for_later() -> None:
    it = world(page((0, OK)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        engine.refresh()

    it.run(1, script)
    assert len(it.news) == 2


def test_watching_something_else_starts_and_ends_polls() -> None:
    one, first = asked(page((0, OK)))
    quiet = Scripted(info("other"), lambda now: report(now, OK, name="other"))
    other, second = asked(quiet)
    it = world(one)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        both = Plan((service("page"), service("other", slug="b")), (one, other))
        loop.call_at(6 * 60, engine.adopt, both)
        loop.call_at(8 * 60, engine.adopt, Plan((both.services[1],), (other,)))

    it.run(17, script)
    assert first == [0, 5]
    assert second == [6, 11, 16]
    assert [view.service.slug for view in it.news[-1].snapshot.services] == ["b"]


def test_everything_failing_means_the_own_line_is_dead() -> None:
    down = Unreachable("no route")
    it = world(failing("page", down), failing("mirror", down))
    it.run(1)
    snapshot = it.news[-1].snapshot
    assert snapshot.online is False
    assert snapshot.services[0].verdict.offline
    assert it.turns == []


def test_one_dead_host_is_no_dead_line() -> None:
    down = Unreachable("no route")
    it = world(failing("page", down), failing("feed", down, host="page"))
    it.run(1)
    assert it.news[-1].snapshot.online is None
    assert it.news[-1].snapshot.services[0].verdict.level is None


def test_a_refusal_shows_that_the_line_is_fine() -> None:
    it = world(
        failing("page", Unreachable("no")),
        failing("mirror", Unreachable("no")),
        failing("third", Refused(500)),
    )
    it.run(1)
    assert False not in [news.snapshot.online for news in it.news[3:]]


def test_when_two_hosts_fail_the_slow_sources_are_asked_at_once() -> None:
    hourly = Cadence(timedelta(hours=1), timedelta(hours=1), timedelta(hours=2))
    identity = info("slow", "regional", cadence=hourly)
    slow, minutes = asked(
        Scripted(identity, lambda now: report(now, None, name="slow"))
    )

    def gone(name: str) -> Scripted:
        def say(now: datetime) -> Report:
            if now > START:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return Scripted(info(name), say)

    it = world(gone("page"), gone("mirror"), slow)
    it.run(6)
    assert minutes[:2] == [0, 5]
    assert it.news[-1].snapshot.online is True


def test_coming_back_from_a_dead_line_tells_nothing_that_is_not_new() -> None:
    def flaky(name: str) -> Scripted:
        def say(now: datetime) -> Report:
            if 4 < (now - START) / MINUTE < 8:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return Scripted(info(name), say)

    it = world(flaky("page"), flaky("mirror"))
    it.run(30)
    assert False in [news.snapshot.online for news in it.news]
    assert it.news[-1].snapshot.online is True
    assert it.turns == []


def probe(fails_from: float) -> Scripted:
    def say(now: datetime) -> Report:
        bad = (now - START) / MINUTE >= fails_from
        check = Check("e1:443", None if bad else timedelta(seconds=1), "no" * bad)
        return replace(report(now, None if bad else OK, name="own"), checks=(check,))

    return Scripted(info("own", "measured"), say)


def test_the_own_check_is_believed_after_ten_minutes_and_says_here() -> None:
    it = world(page((0, OK)), probe(5))
    it.run(40)
    assert it.turns == ["began"]
    (began,) = it.journal.events()
    assert (began.at, began.level) == (START + 15 * MINUTE, DEGRADED)
    assert began.scope == "here"
    assert began.sentence.endswith("Your own connection is fine.")
    assert it.news[-1].snapshot.services[0].verdict.scope is Scope.HERE


def test_the_own_check_that_recovers_in_time_is_no_news() -> None:
    def say(now: datetime) -> Report:
        bad = 5 <= (now - START) / MINUTE < 12
        return probe(0 if bad else 99).say(now)

    it = world(page((0, OK)), Scripted(info("own", "measured"), say))
    it.run(60)
    assert it.turns == []


def test_own_checks_and_page_failing_together_are_the_own_line() -> None:
    it = world(failing("page", Unreachable("no")), probe(0))
    it.run(60)
    assert it.news[-1].snapshot.online is False
    assert it.turns == []


def test_a_journal_that_fails_is_said_and_monitoring_goes_on() -> None:
    class Full(Journal):
        full = False

        def write(self, *args: object, **more: object) -> None:
            if self.full:
                error = StorageError("disk full")
                error.title, error.hint = "The disk is full", "Make room."
                raise error
            super().write(*args, **more)  # type: ignore[arg-type]  # passed on

    kept = Journal.in_memory()
    journal = Full(kept._connection)
    it = world(page((0, OK), (5, MAJOR), (8, DEGRADED), (12, MAJOR)))
    it.journal = journal

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(60, setattr, journal, "full", True)
        loop.call_at(9 * 60, setattr, journal, "full", False)

    it.run(7, script)
    assert it.turns == ["began"]
    assert it.news[-1].snapshot.notices == ("The disk is full. Make room.",)


def test_the_notice_goes_when_the_disk_has_room_again() -> None:
    class Shy(Journal):
        calls = 0

        def write(self, *args: object, **more: object) -> None:
            self.calls += 1
            if self.calls in {1, 2}:
                raise StorageError("busy")
            super().write(*args, **more)  # type: ignore[arg-type]  # passed on

    it = world(page((0, MAJOR), (1, DEGRADED), (2, MAJOR)))
    it.journal = Shy(Journal.in_memory()._connection)
    it.run(5)
    notices = [news.snapshot.notices for news in it.news]
    assert notices[2] == ("Storage failed.",)
    assert notices[-1] == ()


def test_what_the_journal_has_to_say_is_shown() -> None:
    it = world(page((0, OK)))
    it.journal = Journal.in_memory(trouble="The journal was damaged.")
    it.run(1)
    assert it.news[0].snapshot.notices == ("The journal was damaged.",)


def test_a_source_nobody_built_is_left_out() -> None:
    source = page((0, MAJOR))
    it = World(Plan((service("page", "never-built"),), (source,)))
    it.run(1)
    assert len(it.news[-1].snapshot.services[0].evidence) == 1


def test_a_selection_decides_what_of_a_page_counts() -> None:
    chosen = replace(
        service(slug="part"),
        feeds=(Feed(SourceId("page"), Selection(components=frozenset({"x"}))),),
    )
    it = World(Plan((chosen,), (page((0, MAJOR)),)))
    it.run(1)
    assert it.news[-1].snapshot.services[0].verdict.level is None
    assert it.turns == []


def test_before_the_first_answer_everything_is_being_asked() -> None:
    it = world(page((0, OK)))
    it.run(1)
    first, last = it.news[0].snapshot, it.news[-1].snapshot
    assert (first.online, first.asking, first.services[0].verdict.level) == (
        None,
        True,
        None,
    )
    assert (last.online, last.asking) == (True, False)
    (evidence,) = last.services[0].evidence
    assert evidence.standing.due == START + 5 * MINUTE


def test_outcomes_of_a_source_no_longer_watched_do_no_harm() -> None:
    it = world(page((0, MAJOR)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(
            30, engine.take, page((0, MAJOR)), report(START, MAJOR, name="gone")
        )

    it.run(1, script)
    assert it.turns == ["began"]


def test_a_failing_answer_that_cannot_be_read_counts_as_an_answer() -> None:
    it = world(failing("page", Unreadable("?")), failing("b", Unreachable("no")))
    it.run(1)
    assert False not in [news.snapshot.online for news in it.news]
    big = Unreachable("larger than 8 MB", "unusable")
    it = world(failing("page", big), failing("b", big))
    it.run(1)
    assert it.news[-1].snapshot.online is True


def test_an_engine_that_cannot_open_its_journal_says_so() -> None:
    it = world(page((0, OK)))

    def refuse() -> Journal:
        raise StorageError("no")

    loop = VirtualLoop(START)
    around = replace_journal(it, loop, refuse)
    with (
        asyncio.Runner(loop_factory=lambda: loop) as runner,
        pytest.raises(StorageError),
    ):
        runner.run(around.run())


def replace_journal(it: World, loop: VirtualLoop, journal: object) -> Engine:
    from downlight.engine.engine import Surroundings
    from downlight.engine.ledger import Ledger
    from tests.engine.world import Clockwork

    around = Surroundings(
        web=lambda: Clockwork(loop.clock),
        clock=loop.clock,
        journal=journal,  # type: ignore[arg-type]  # made by the caller
        sinks=(it,),
        spread=lambda: 0.5,
    )
    return Engine(it.plan, around, Ledger())


def test_a_plan_that_changes_before_the_network_is_open_is_the_one_followed() -> None:
    one, first = asked(page((0, OK)))
    it = world(one)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        engine.adopt(Plan((), ()))

    it.run(6, script)
    assert first == []
    assert it.news[-1].snapshot.services == ()


def test_an_alarm_that_rings_while_nobody_sleeps_is_not_kept_for_later() -> None:
    loop = VirtualLoop(START)

    async def main() -> datetime:
        alarm = Alarm()
        alarm.ring()
        await alarm.sleep(MINUTE)
        return loop.clock()

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        assert runner.run(main()) == START + MINUTE


def test_who_asked_to_be_left_alone_is_not_asked_to_settle_a_doubt() -> None:
    shy, minutes = asked(
        Scripted(
            info("shy"),
            lambda now: replace(
                report(now, None, name="shy"), next_check=timedelta(hours=1)
            ),
        )
    )

    def gone(name: str) -> Scripted:
        def say(now: datetime) -> Report:
            if now > START:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return Scripted(info(name), say)

    world(gone("page"), gone("mirror"), shy).run(30)
    assert minutes == [0]


def test_when_the_line_is_back_everyone_who_failed_is_asked_at_once() -> None:
    hourly = Cadence(timedelta(hours=1), timedelta(hours=1), timedelta(hours=2))

    def flaky(name: str, cadence: Cadence) -> tuple[Scripted, list[float]]:
        def say(now: datetime) -> Report:
            if now < START + 4 * MINUTE:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return asked(Scripted(info(name, cadence=cadence), say))

    page_, first = flaky("page", Cadence())
    slow, second = flaky("slow", hourly)
    world(page_, slow).run(20)
    assert first[:3] == [0, 5, 10]
    assert second == [0, 5]


def minutes_since_start(now: datetime) -> float:
    return (now - START) / MINUTE


def test_another_source_that_answers_does_not_end_what_the_page_announced() -> None:
    def say(now: datetime) -> Report:
        passed = minutes_since_start(now)
        if 2 <= passed < 60:
            raise Refused(503)
        return report(now, OK if passed >= 80 else MAJOR)

    it = world(Scripted(info(), say), probe(9999))
    it.run(120)
    assert it.turns == ["began", "ended"]
    ended = it.journal.events()[0]
    assert ended.at >= START + 80 * MINUTE
    held = [
        news.snapshot.services[0].verdict
        for news in it.news
        if news.snapshot.at == START + 50 * MINUTE
    ]
    assert {verdict.last for verdict in held} == {MAJOR}
    assert {verdict.level for verdict in held} == {None}


def test_what_the_own_check_began_it_may_end_while_the_page_is_lost() -> None:
    def lost(now: datetime) -> Report:
        if minutes_since_start(now) > 1:
            raise Refused(503)
        return report(now, OK)

    def say(now: datetime) -> Report:
        return probe(5 if minutes_since_start(now) < 40 else 9999).say(now)

    it = world(Scripted(info(), lost), Scripted(info("own", "measured"), say))
    it.run(80)
    assert it.turns == ["began", "ended"]


def test_a_line_that_was_cut_leaves_no_own_check_that_failed_for_hours() -> None:
    def say(name: str) -> Scripted:
        def say(now: datetime) -> Report:
            if 10 <= minutes_since_start(now) < 300:
                raise Unreachable("no route")
            return report(now, OK, name=name)

        return Scripted(info(name), say)

    def own(now: datetime) -> Report:
        return probe(0 if 10 <= minutes_since_start(now) < 301 else 9999).say(now)

    it = world(say("page"), say("mirror"), Scripted(info("own", "measured"), own))
    it.run(400)
    assert it.turns == []
    assert False in [news.snapshot.online for news in it.news]


def test_two_failed_checks_with_a_night_between_are_no_outage() -> None:
    it = world(page((0, OK)), probe(0))
    it.run(1)
    it.start += timedelta(hours=8)  # the computer slept
    again = World(it.plan, it.journal, start=it.start)
    again.run(5)
    assert again.turns == []


def test_a_check_that_is_dropped_and_taken_up_again_begins_anew() -> None:
    own = probe(0)
    it = World(Plan((service("page", "own"),), (page((0, OK)), own)))
    bare = Plan((service("page"),), (it.plan.sources[0],))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(5 * 60, engine.adopt, bare)
        loop.call_at(60 * 60, engine.adopt, it.plan)

    it.run(65, script)
    assert it.turns == []


def test_nobody_else_being_heard_makes_no_outage_of_a_failing_check() -> None:
    it = world(probe(0))
    it.run(60)
    assert it.turns == []


def test_the_own_line_is_called_fine_only_when_somebody_was_heard() -> None:
    kept = world(page((0, MAJOR)))
    kept.run(1)
    again = World(kept.plan, kept.journal, start=kept.start)
    again.run(0.01)
    assert again.news[0].snapshot.online is None
    gone = world(failing("page", Unreachable("no")))
    gone.run(1)
    assert gone.news[-1].snapshot.online is None


def test_dropping_a_silent_source_does_not_hide_a_dead_line() -> None:
    down = Unreachable("no route")
    one, two, three = (failing(name, down) for name in ("a", "b", "c"))
    it = World(Plan((service("a", "b", "c"),), (one, two, three)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(60, engine.adopt, Plan((service("b", "c"),), (two, three)))

    it.run(20, script)
    assert it.news[-1].snapshot.online is False


def test_the_end_is_when_the_provider_says() -> None:
    def say(now: datetime) -> Report:
        what = incident(MAJOR, "a")
        if now == START:
            return report(now, MAJOR, what)
        end = START + 30 * MINUTE
        return report(now, OK, replace(what, open=False, ended_at=end))

    it = world(Scripted(info(), say))
    it.run(0.1)
    it.start += timedelta(days=3)
    again = World(it.plan, it.journal, start=it.start)
    again.run(1)
    (ended,) = [e for news in again.news for e in news.events]
    assert ended.sentence.startswith("Since 1 Mar 12:30 after 30 min.")


def test_an_end_after_nobody_looked_is_noticed_not_dated() -> None:
    it = world(page((0, MAJOR), (60, OK), incidents=False))
    it.run(1)
    it.start += timedelta(days=3)
    again = World(it.plan, it.journal, start=it.start)
    again.run(1)
    (ended,) = [e for news in again.news for e in news.events]
    assert ended.sentence.startswith("Noticed at 12:0")


def test_what_is_too_old_stops_being_shown_when_it_gets_too_old() -> None:
    def say(now: datetime) -> Report:
        return replace(report(now, OK), next_check=timedelta(hours=20))

    it = world(Scripted(info(), say))
    it.run(60)
    assert it.news[-1].snapshot.services[0].verdict.level is None
    levels = {n.snapshot.at: n.snapshot.services[0].verdict.level for n in it.news}
    unknown = [at for at, level in levels.items() if level is None and at > START]
    assert unknown[0] == START + timedelta(minutes=30, seconds=1)


def test_dropping_a_source_forgets_when_it_would_have_been_too_old() -> None:
    def say(now: datetime) -> Report:
        return replace(report(now, OK), next_check=timedelta(hours=20))

    it = world(Scripted(info(), say))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(60, engine.adopt, Plan((), ()))

    it.run(60, script)
    assert it.news[-1].snapshot.at == START + MINUTE


def test_a_clock_that_was_set_back_does_not_silence_a_person() -> None:
    source, minutes = asked(page((0, OK)))
    it = world(source)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        def back() -> None:
            loop._start -= timedelta(days=1)
            engine.refresh()

        loop.call_at(120, back)

    it.run(3, script)
    assert minutes == [0, 2 - 24 * 60]


def test_after_sleep_everyone_is_asked_at_once() -> None:
    one, first = asked(page((0, OK)))
    hourly = Cadence(timedelta(hours=1), timedelta(hours=1), timedelta(hours=2))
    slow = Scripted(
        info("slow", cadence=hourly), lambda now: report(now, OK, name="slow")
    )
    two, second = asked(slow)
    it = world(one, two)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        def sleep() -> None:
            loop._start += timedelta(hours=8)

        loop.call_at(120, sleep)

    it.run(6, script)
    assert first[:2] == [0, 8 * 60 + 5]
    assert second == [0, 8 * 60 + 5]


def test_a_message_that_was_missing_once_is_not_told_again() -> None:
    def say(now: datetime) -> Report:
        if minutes_since_start(now) == 2:
            return report(now, MAJOR)
        texts = ["a"] if now == START else ["a", "b"]
        return report(now, MAJOR, incident(MAJOR, *texts))

    it = world(Scripted(info(), say))
    it.run(10)
    assert it.turns == ["began", "update"]


def test_messages_that_come_in_doubt_are_told_when_it_is_over() -> None:
    def say(now: datetime) -> Report:
        passed = minutes_since_start(now)
        texts = ["a", "b"] if passed >= 4 else ["a"]
        level = OK if passed == 4 else MAJOR
        return report(now, level, incident(level, *texts))

    it = world(Scripted(info(), say), patience=Patience(end=3))
    it.run(10)
    assert it.turns == ["began", "update"]


def test_polls_of_others_do_not_confirm_what_the_page_said_once() -> None:
    def say(now: datetime) -> Report:
        return replace(report(now, MAJOR), next_check=timedelta(hours=1))

    it = world(Scripted(info(), say), probe(9999), patience=Patience(begin=3))
    it.run(25)
    assert it.turns == []


def test_what_a_full_disk_refused_is_written_when_it_has_room() -> None:
    class Shy(Journal):
        calls = 0

        def write(self, *args: object, **more: object) -> None:
            self.calls += 1
            if self.calls <= 2:
                raise StorageError("full")
            super().write(*args, **more)  # type: ignore[arg-type]  # passed on

    it = world(page((0, MAJOR), (3, DEGRADED)))
    it.journal = Shy(Journal.in_memory()._connection)
    it.run(10)
    assert [event.turn for event in it.journal.events()] == [Turn.EASED, Turn.BEGAN]
    assert it.journal.tracks()[service().slug].level is DEGRADED


def test_watching_it_again_does_not_forget_that_it_asked_to_be_left_alone() -> None:
    source, minutes = asked(failing("page", Refused(429, timedelta(minutes=20))))
    it = world(source)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        for second in range(10, 60, 10):
            loop.call_at(second, engine.adopt, Plan((), ()))
            loop.call_at(second + 1, engine.adopt, it.plan)

    it.run(25, script)
    assert minutes == [0, 20]


def test_after_a_restart_everyone_is_being_asked_whatever_was_known() -> None:
    first = world(page((0, OK)))
    first.run(1)
    again = World(first.plan, first.journal, start=first.start)
    again.run(1)
    assert [news.snapshot.asking for news in again.news] == [True, False]
    assert again.news[0].snapshot.services[0].verdict.level is OK


def test_a_source_that_shall_be_asked_otherwise_is_asked_anew() -> None:
    one, first = asked(page((0, OK)))
    more, second = asked(page((0, OK)))
    it = world(one)

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(2 * 60, engine.adopt, it.plan)  # the same: nobody is hurried
        loop.call_at(3 * 60, engine.adopt, Plan(it.plan.services, (more,)))

    it.run(9, script)
    assert (first, second) == ([0], [3, 8])


def test_a_page_with_more_messages_than_are_remembered_tells_each_once() -> None:
    texts = [f"Message {n}." for n in range(KEPT + 100)]
    told = incident(Level.MAJOR, *texts, at=START - len(texts) * MINUTE)
    more = replace(told, updates=(Update(START, "One more.", id="x"), *told.updates))

    def say(now: datetime) -> Report:
        return report(now, Level.MAJOR, told if now < START + 9 * MINUTE else more)

    it = world(Scripted(info(), say))
    it.run(30)
    assert it.turns == ["began", "update"]
    assert it.events[-1].sentence == "One more."
