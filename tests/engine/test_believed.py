"""What the engine believes and tells when sources agree, differ, come and go."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from downlight.core.detectors.counts import Counts
from downlight.core.errors import DownlightError, Unreachable
from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.evidence.story import Patience
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from downlight.core.model import Check, Place, Report, ServiceSlug, SourceId
from downlight.core.news import Turn
from downlight.core.result import Result
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed, fine, unclear
from downlight.core.saying import service_words
from downlight.engine.engine import Plan
from downlight.engine.ledger import Ledger
from downlight.engine.scout import FIRST, LONGEST, Scout
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.news import Event
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine

OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level
DAY = timedelta(days=1)
GONE = Unreachable("no answer", "timeout")


def minute(at: datetime) -> float:
    return (at - START) / MINUTE


def own(*fails: tuple[float, float]) -> Scripted:
    """Return an own check that nothing answers from one minute to another."""

    def say(now: datetime) -> Report:
        bad = any(since <= minute(now) < until for since, until in fails)
        took = None if bad else timedelta(milliseconds=90)
        result = Result.TIMEOUT if bad else Result.OK
        check = Check("e1:443", took, "no answer" * bad, result)
        told = report(now, None if bad else OK, name="own")
        return replace(told, checks=(check,))

    return Scripted(info("own", "measured"), say)


def lost(source: Scripted, since: float, until: float) -> Scripted:
    """Return a source that cannot be reached from one minute to another."""

    def say(now: datetime) -> Report:
        if since <= minute(now) < until:
            raise GONE
        return source.say(now)

    return replace(source, say=say)


def flapping(times: int, every: float = 5) -> Scripted:
    """Return a page that says something else every few minutes, so often."""
    return page(*((every * n, MAJOR if n % 2 else OK) for n in range(times + 1)))


def said_once(since: timedelta, *places: Place, begins: float = 0) -> Scripted:
    """Return a page whose one incident was written about so long before the start."""
    made = replace(incident(MAJOR, "We look.", at=START - since), places=places)

    def say(now: datetime) -> Report:
        return report(now, OK) if minute(now) < begins else report(now, MAJOR, made)

    return Scripted(info(), say)


def jump(at: float, by: timedelta) -> Callable[[Engine, VirtualLoop], None]:
    """Return a script by which the clock jumps, as it does when a computer sleeps."""

    def script(engine: Engine, loop: VirtualLoop) -> None:
        del engine

        def now() -> None:
            loop._start += by

        loop.call_at(at * 60, now)

    return script


def ladder(trouble: Trouble | None = None, rung: Rung = Rung.LINK) -> Climb:
    """Return what a climb of the own line found."""
    if trouble is None:
        return Climb("", (fine(Rung.LINK),), reached=7, asked=7)
    return Climb("", (failed(rung, trouble),))


def noted(climbs: list[int]) -> Callable[[datetime], Climb]:
    """Return a ladder on which all is well, and note the minutes it is climbed."""

    def climb(at: datetime) -> Climb:
        climbs.append(round(minute(at)))
        return ladder()

    return climb


def dated(events: list[Event]) -> list[tuple[float, str]]:
    return [(round(minute(event.at), 1), str(event.turn)) for event in events]


def states(it: World) -> list[State | None]:
    """Return what was believed of the service, one after the other."""
    found: list[State | None] = []
    for news in it.news:
        judgement = news.snapshot.services[0].verdict.judgement
        if judgement is not None and found[-1:] != [judgement.state]:
            found.append(judgement.state)
    return found


def test_where_a_page_is_all_there_is_its_word_counts_as_it_comes() -> None:
    it = world(page((0, OK), (15, MAJOR), (16, OK), (21, DEGRADED), (22, OK)))
    it.run(40)
    assert dated(it.events) == [
        (15, "began"),
        (16, "ended"),
        (21, "began"),
        (22, "ended"),
    ]
    assert it.told == it.turns


def test_an_own_check_that_fails_for_ten_minutes_is_trouble_from_here() -> None:
    it = world(page((0, OK)), own((5, 30)))
    it.run(34)
    verdict = it.verdict
    assert (verdict.level, verdict.is_guess) == (DEGRADED, True)
    assert verdict.calm_since == START + 30 * MINUTE
    it = world(page((0, OK)), own((5, 30)))
    it.run(60)
    assert dated(it.events) == [(15, "began"), (39, "ended")]
    began, ended = it.events
    assert (began.scope, began.level) == ("here", DEGRADED)
    assert began.title == "App cannot be reached from here"
    # It is over once calm lasts, but it was when the calm began.
    assert ended.sentence.startswith("Since 12:30 after 25 min.")
    assert it.verdict.calm_since is None


def test_a_blip_after_calm_began_puts_off_the_end() -> None:
    it = world(page((0, OK)), own((5, 30), (34, 37)))
    it.run(60)
    assert dated(it.events) == [(15, "began"), (46, "ended")]
    assert it.events[-1].sentence.startswith("Since 12:37")


def test_who_announced_an_outage_is_not_contradicted_by_a_check_that_passes() -> None:
    it = world(lost(page((0, OK), (5, MAJOR), (90, OK)), 10, 100), own())
    it.run(150)
    assert dated(it.events) == [(5, "began"), (133, "ended")]
    assert it.events[-1].sentence.startswith("Noticed at 14:13; it may have ended")
    shown = {
        (verdict.level, verdict.last)
        for news in it.news
        if (verdict := news.snapshot.services[0].verdict).heard
        and 41 < minute(news.snapshot.at) < 133
    }
    assert shown == {(None, MAJOR)}


def test_while_it_is_lost_nobody_says_that_it_has_looked_better() -> None:
    it = world(lost(page((0, OK), (5, MAJOR)), 10, 999), own())
    it.run(42)
    assert (it.verdict.level, it.verdict.last) == (None, MAJOR)
    assert it.verdict.judgement is not None
    assert it.verdict.judgement.state is State.OUTAGE


@pytest.mark.parametrize(
    ("trouble", "rung"),
    [
        (Trouble.NO_LINK, Rung.LINK),
        (Trouble.PORTAL, Rung.PORTAL),
        (Trouble.DNS_DEAD, Rung.DNS),
    ],
)
def test_over_a_dead_line_nothing_begins_and_nothing_ends(
    trouble: Trouble, rung: Rung
) -> None:
    def climb(at: datetime) -> Climb:
        return ladder(trouble, rung) if minute(at) < 60 else ladder()

    calm = world(lost(page((0, OK)), 5, 60), own((5, 60)))
    calm.climb = climb
    calm.run(30)
    assert calm.verdict.is_yours
    assert calm.events == []
    bad = world(lost(page((0, OK), (5, MAJOR), (30, OK)), 10, 60), own((10, 60)))
    bad.climb = climb
    bad.run(59)
    assert bad.verdict.is_yours
    assert bad.turns == ["began"]
    again = World(bad.plan, bad.journal, start=bad.start, climb=climb)
    again.run(40)
    assert again.told == ["ended"]


def test_a_ladder_that_finds_the_line_fine_lets_a_failing_check_count() -> None:
    alone = world(own((5, 60)))  # nobody else is heard
    alone.run(40)
    assert alone.events == []
    sure = world(lost(page((0, OK)), 5, 60), own((5, 60)))
    sure.climb = lambda _: ladder()
    sure.run(40)
    assert sure.verdict.online is True
    assert sure.news[-1].snapshot.online is True


def test_a_ladder_that_asked_nobody_says_nothing_of_the_line() -> None:
    it = world(page((0, OK)), own((5, 60)))
    it.climb = lambda _: Climb("", (unclear(Rung.LINK),))
    it.run(40)
    assert it.turns == ["began"]


def near(*fails: tuple[float, float]) -> Scripted:
    """Return an own check of something in the own network."""
    check = own(*fails)
    return replace(check, info=replace(check.info, urls=("tcp://nas:445",)))


@pytest.mark.parametrize("climb", [None, lambda _: ladder(Trouble.NO_LINK)])
def test_what_stands_near_fails_and_works_whatever_the_line_does(
    climb: Callable[[datetime], Climb] | None,
) -> None:
    first = Scripted(info("first"), lambda now: report(now, OK, name="first"))
    other = Scripted(info("other"), lambda now: report(now, OK, name="other"))
    sources = (near((10, 60)), lost(first, 5, 120), lost(other, 5, 120))
    far = service("first", "other", slug="far")
    it = World(Plan((service("own", slug="nas"), far), sources), climb=climb)
    it.run(50)
    nas, away = (view.verdict for view in it.news[-1].snapshot.services)
    assert (nas.level, nas.is_yours, away.is_yours) == (DEGRADED, False, True)
    it.run(50)
    assert [(str(e.service), str(e.turn)) for e in it.events] == [
        ("nas", "began"),
        ("nas", "ended"),
    ]
    assert "Since 12:10" in it.events[0].sentence


def test_a_line_that_was_to_blame_begins_no_outage_of_the_past() -> None:
    def climb(at: datetime) -> Climb:
        weak = replace(ladder(Trouble.WEAK, Rung.INTERNET), reached=2, asked=7)
        return weak if minute(at) < 13 else ladder()

    it = world(page((0, OK)), own((5, 60)))
    it.climb = climb
    it.run(60)
    began = it.events[0]
    assert minute(began.at) > 20
    assert "12:05" not in began.sentence


def test_the_ladder_is_climbed_only_in_doubt_and_not_too_often() -> None:
    calm: list[int] = []
    it = world(page((0, OK), (5, MAJOR)), own())
    it.climb = noted(calm)
    it.run(60)
    assert calm == []
    climbs: list[int] = []
    bad = world(page((0, OK)), own((5, 100)))
    bad.climb = noted(climbs)
    bad.run(100)
    gaps = [later - earlier for earlier, later in pairwise(climbs)]
    assert climbs[:4] == [5, 7, 11, 16]
    assert set(gaps[2:]) == {5}


def test_a_scout_that_is_out_is_not_sent_again() -> None:
    scout = Scout()
    assert scout.wants(START, doubtful=True)
    assert not scout.wants(START + DAY, doubtful=True)
    scout.back()
    assert not scout.wants(START + FIRST - MINUTE, doubtful=True)
    assert scout.wants(START + FIRST, doubtful=True)


def test_a_scout_forgets_its_patience_when_all_was_well_for_long() -> None:
    scout, now = Scout(), START
    for _ in range(9):
        assert scout.wants(now, doubtful=True)
        scout.back()
        now += LONGEST
    assert not scout.wants(now - MINUTE, doubtful=False)
    assert not scout.wants(now - MINUTE, doubtful=True)
    assert not scout.wants(now, doubtful=False)
    assert scout.wants(now, doubtful=True)
    scout.back()
    assert scout.wants(now + FIRST, doubtful=True)
    scout.back()
    assert scout.wants(now - DAY, doubtful=True)  # a clock that was set back


@pytest.mark.parametrize("error", [ZeroDivisionError(), DownlightError("no")])
def test_a_ladder_that_breaks_harms_nothing(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    climbs: list[float] = []

    def climb(at: datetime) -> Climb:
        climbs.append(minute(at))
        raise error

    it = world(page((0, OK)), own((5, 30)))
    it.climb = climb
    with caplog.at_level(logging.INFO, "downlight.engine"):
        it.run(60)
    assert it.turns == ["began", "ended"]
    assert len(climbs) > 2
    bug = isinstance(error, ZeroDivisionError)
    assert ("bug in the ladder" in caplog.text) is bug
    assert ("the own line was not looked at" in caplog.text) is not bug


def test_a_ladder_that_hangs_is_given_up_and_climbed_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    it = world(page((0, OK)), own((5, 60)))
    it.climb = lambda _: ladder()
    it.climbs_for = DAY
    with caplog.at_level(logging.INFO, "downlight.engine"):
        it.run(30)
    assert caplog.text.count("the own line was not looked at: no result in time") > 2
    assert it.turns == ["began"]


def test_looking_at_something_else_is_no_second_sighting() -> None:
    it = Ledger(Patience(begin=3), UTC)
    it.adopt((service("page"),), (info(),))
    it.take(report(START, OK))
    it.take(report(START + MINUTE, MAJOR))
    at = START + 2 * MINUTE
    for entry in (
        it.heed(ladder(), at),
        it.settle_home("BR", at),
        it.expire(SourceId("page"), at),
    ):
        assert entry.events == ()
    assert it.take(report(at, MAJOR)).events == ()
    [began] = it.take(report(at + MINUTE, MAJOR)).events
    assert began.turn is Turn.BEGAN


def test_who_wakes_in_an_outage_is_told_once_and_after_looking_twice() -> None:
    for sources in ([own()], []):
        it = world(page((0, OK), (20, MAJOR)), *sources)
        it.run(120, jump(10, timedelta(minutes=40)))
        assert dated(it.events) == [(52, "began")]
        assert "Since 12:20." in it.events[0].sentence  # as the page says


def test_an_outage_that_ended_in_our_sleep_is_noticed_not_dated() -> None:
    it = world(page((0, OK), (5, MAJOR), (20, OK)), own())
    it.run(120, jump(10, timedelta(minutes=40)))
    assert dated(it.events) == [(5, "began"), (52, "ended")]
    assert it.events[-1].sentence.startswith("Noticed at 12:52; it may have ended")


def test_a_short_sleep_forgets_nothing_that_is_known() -> None:
    it = world(page((0, OK), (5, MAJOR)), own())
    it.run(60, jump(10, timedelta(minutes=12)))
    assert it.turns == ["began"]
    levels = [news.snapshot.services[0].verdict.level for news in it.news]
    assert levels[levels.index(MAJOR) :] == [MAJOR] * (
        len(levels) - levels.index(MAJOR)
    )


def test_what_a_page_writes_while_we_wake_is_told_with_what_it_is_about() -> None:
    it = world(page((0, OK), (20, MAJOR)))
    it.run(49, jump(10, timedelta(minutes=20)))
    assert it.turns == ["began"]


def test_a_clock_set_back_a_day_is_no_news() -> None:
    calm = world(page((-9999, OK)), own())
    calm.run(90, jump(10, -DAY))
    assert calm.events == []
    bad = world(said_once(-5 * MINUTE, begins=-9999), own((-9999, 9999)))
    bad.run(90, jump(10, -DAY))
    assert bad.turns == ["began"]
    assert len(bad.news) < 500


def test_what_changes_too_often_is_told_once_and_again_when_it_is_calm() -> None:
    it = world(flapping(9))
    it.run(240)
    held = [TOO_OFTEN]
    assert [e.held for e in it.events] == [*[""] * 4, *held, "", *held * 4, ""]
    assert dated(it.events)[5::5] == [(25, "unstable"), (105, "began")]
    assert it.told == ["began", "ended", "began", "ended", "unstable", "began"]
    unstable, open_, late = it.events[5], it.events[-2], it.events[-1]
    assert (unstable.title, unstable.sentence) == (
        "App comes and goes",
        (
            "Trouble came or went 5 times since 12:05. "
            "No more is told of it until it has stayed the same for an hour."
        ),
    )
    assert unstable.level is MAJOR
    assert unstable.episode == open_.episode == late.episode
    assert late.id != open_.id
    assert "Since 12:45. Trouble came or went 9 times since 12:05." in late.sentence


def test_what_works_when_it_is_calm_is_told_to_and_its_next_outage_is_another() -> None:
    it = world(
        page(*((5 * n, MAJOR if n % 2 else OK) for n in range(11)), (240, MAJOR))
    )
    it.run(300)
    told = [event for event in it.events if event.is_worth_telling][4:]
    assert dated(told) == [(25, "unstable"), (110, "ended"), (240, "began")]
    assert told[1].sentence == (
        "Since 12:50. Where was not said. Trouble came or went 10 times since 12:05."
    )
    assert told[0].episode == told[1].episode != told[2].episode
    assert "came or went" not in told[2].sentence


def test_that_it_gets_worse_while_it_comes_and_goes_is_no_turn() -> None:
    flaps = tuple((5 * n, PARTIAL if n % 2 else OK) for n in range(10))
    it = world(page(*flaps, (50, MAJOR)))
    it.run(240)
    late, worse = it.events[-1], it.events[-2]
    assert (worse.turn, worse.level) == (Turn.WORSENED, MAJOR)
    assert worse.held == "It changes too often."
    assert (late.turn, late.level) == (Turn.BEGAN, MAJOR)
    assert "came or went 9 times" in late.sentence


def test_an_hour_must_be_calm_before_more_is_told() -> None:
    turns = (5, 10, 15, 20, 25, 65, 105, 145)
    levels = (MAJOR, OK) * 4
    it = world(page((0, OK), *zip(turns, levels, strict=True)))
    it.run(400)
    told = [event for event in it.events if event.is_worth_telling][4:]
    assert dated(told) == [(25, "unstable"), (205, "ended")]
    assert "came or went 8 times since 12:05." in told[1].sentence


def test_what_begins_first_while_nothing_is_told_is_shown_to_come_and_go() -> None:
    it = world(flapping(9))
    it.run(50)
    said = it.news[-1].snapshot.services[0]
    assert said.verdict.spell is not None
    assert said.verdict.spell.turns == 9
    sentence = service_words.sentence(
        said.service, said.verdict, said.since, START, UTC
    )
    assert sentence.startswith(
        "App is down since 12:45. Trouble came or went 9 times since 12:05."
    )
    it.run(60)
    assert it.news[-1].snapshot.services[0].verdict.spell is None


def test_how_it_is_now_is_not_told_while_that_is_not_known() -> None:
    it = world(lost(flapping(10), 60, 140))
    it.run(240)
    told = [event for event in it.events if event.is_worth_telling]
    assert [str(event.turn) for event in told][4:] == ["unstable", "ended"]
    assert minute(told[-1].at) >= 140


def test_an_end_that_is_first_held_takes_the_place_of_its_beginning() -> None:
    turns = (0, 5, 10, 15, 20, 25)
    it = world(page(*zip(turns, (MAJOR, OK) * 3, strict=True)))
    it.run(200)
    assert it.told == ["began", "ended", "began", "ended", "began", "unstable", "ended"]
    began, ended, unstable, late = it.events[-4:]
    assert ended.held == TOO_OFTEN
    assert began.episode == ended.episode == unstable.episode == late.episode
    assert unstable.title == "App seems to come and go"
    assert unstable.level is MAJOR
    assert len({event.id for event in it.events}) == len(it.events)


def test_an_early_warning_that_comes_true_is_confirmed_once() -> None:
    it = world(page((0, OK), (25, MAJOR), (50, OK)), own((5, 45)))
    it.run(100)
    told = [event for event in it.events if event.is_worth_telling]
    assert dated(told) == [(15, "began"), (25, "confirmed"), (59, "ended")]
    assert [event.scope for event in told] == ["here", "not known", "here"]
    assert "Maker has not said so." in told[0].sentence
    assert "Maker says so." in told[1].sentence
    assert len({event.episode for event in told}) == 1
    assert "12:50" in told[2].sentence


SCENES: dict[str, Callable[[], World]] = {
    "page": lambda: world(page((0, OK), (12, MAJOR), (30, OK))),
    "own": lambda: world(page((0, OK)), own((5, 30))),
    "both": lambda: world(page((0, OK), (25, MAJOR), (50, OK)), own((5, 45))),
    "lost": lambda: world(lost(page((0, OK), (5, MAJOR)), 10, 999), own()),
    "flaps": lambda: world(flapping(9)),
    "old": lambda: world(said_once(timedelta(hours=7)), own()),
}


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("stop", [3, 7, 13, 17, 27, 33, 47, 61])
def test_a_restart_at_any_time_tells_nothing_twice(scene: str, stop: int) -> None:
    whole = SCENES[scene]()
    whole.run(150)
    first = SCENES[scene]()
    first.run(stop)
    second = World(first.plan, first.journal, start=first.start)
    second.run(150 - stop)
    assert first.told + second.told == whole.told
    ids = [event.id for event in (*first.events, *second.events)]
    assert len(ids) == len(set(ids))


def test_trouble_of_its_kin_is_context_for_a_service() -> None:
    red = Scripted(info("red"), lambda now: report(now, MAJOR, name="red"))
    green = Scripted(info("green"), lambda now: report(now, OK, name="green"))
    house = replace(service("red", slug="house"), parent=ServiceSlug("house"))
    ill = (house, service("red", slug="a"), service("red", slug="b"))
    siblings = (ServiceSlug("a"), ServiceSlug("b"))
    app = replace(service("green"), parent=house.slug, siblings=siblings)
    it = World(Plan((*ill, app), (red, green)))
    it.run(6)
    judgements = [view.verdict.judgement for view in it.news[-1].snapshot.services]
    voices = [{f.voice for f in j.reasons} for j in judgements if j is not None]
    assert voices[-1] == {Voice.OFFICIAL, Voice.PARENT, Voice.SIBLINGS}
    assert voices[0] == {Voice.OFFICIAL}  # nobody is his own parent
    assert it.news[-1].snapshot.services[-1].verdict.level is OK


def chatter(since: float, until: float) -> Scripted:
    """Return what people write: 3 posts a minute, and 80 for some minutes."""

    def say(now: datetime) -> Report:
        begun = (now.replace(second=0) - n * MINUTE for n in range(1, 60))
        mentions = tuple(
            at for at in begun for _ in range(80 if since <= minute(at) < until else 3)
        )
        return replace(report(now, None, name="sky"), mentions=mentions)

    return Scripted(info("sky", "people"), say)


def usual() -> str:
    """Return what was learnt of three posts a minute, for a week and a day."""
    counts = Counts()
    for n in range(8 * 24 * 60, 60, -1):
        counts = counts.after(3, START - n * MINUTE)
    return json.dumps({"sky": counts.numbers()})


@pytest.mark.parametrize("others", [[], [page((0, OK))]])
@pytest.mark.parametrize("patience", [Patience(), Patience(begin=2, end=2)])
def test_an_outage_of_which_only_people_write_is_told(
    others: list[Scripted], patience: Patience
) -> None:
    it = world(chatter(20, 60), *others, patience=patience)
    it.journal.write(START - 60 * MINUTE, (), {}, (), meta={"usual/app": usual()})
    it.run(200)
    assert it.turns == ["began", "ended"]
    began, ended = map(minute, (event.at for event in it.events))
    assert 20 < began < 45
    assert 60 < ended < 90


BRAZIL = Place("BR", "Brazil")


@pytest.mark.parametrize("others", [[], [own()]])
def test_trouble_in_brazil_is_trouble_for_whoever_lives_there(
    others: list[Scripted],
) -> None:
    for home, turns in (("TR", []), ("BR", ["began"]), ("", ["began"])):
        it = world(said_once(timedelta(), BRAZIL, begins=5), *others)
        it.home = home
        it.run(40)
        assert [turn for turn in it.turns if turn != "update"] == turns
        assert it.verdict.level is (MAJOR if turns else OK)
        assert it.verdict.is_elsewhere is not bool(turns)
        assert it.verdict.places == (BRAZIL,)


@pytest.mark.parametrize("others", [[], [own()]])
def test_trouble_in_brazil_is_trouble_for_who_named_brazil(
    others: list[Scripted],
) -> None:
    for home, also, told in (
        ("TR", ("DE", "BR"), True),
        ("TR", ("DE",), False),
        ("", ("DE",), True),
    ):
        it = world(said_once(timedelta(), BRAZIL, begins=5), *others)
        it.home, it.also = home, also
        it.run(40)
        turns = [turn for turn in it.turns if turn != "update"]
        assert turns == ["began"] * told
        assert it.verdict.level is (MAJOR if told else OK)
        assert it.verdict.places == (BRAZIL,)
        if told:
            assert it.events[0].title == "App is down in Brazil"


def test_who_says_where_he_lives_is_told_what_that_means() -> None:
    def script(engine: Engine, loop: VirtualLoop) -> None:
        engine.settle_home("TR")  # before the network is open
        loop.call_at(10 * 60, engine.settle_home, "BR")

    it = world(said_once(timedelta(), BRAZIL, begins=5))
    it.run(20, script)
    assert [turn for turn in it.turns if turn != "update"] == ["began"]
    assert dated(it.events)[-1] == (10, "began")


def test_who_begins_to_care_for_brazil_is_told_of_it() -> None:
    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(10 * 60, engine.settle_home, "TR", ("DE", "BR"))

    it = world(said_once(timedelta(), BRAZIL, begins=5))
    it.home, it.also = "TR", ("DE",)
    it.run(20, script)
    assert [turn for turn in it.turns if turn != "update"] == ["began"]
    assert dated(it.events)[-1] == (10, "began")


def test_who_moves_away_is_not_told_that_it_works_again() -> None:
    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(10 * 60, engine.settle_home, "TR")
        loop.call_at(15 * 60, engine.settle_home, "TR")  # once more: nothing is new

    it = world(said_once(timedelta(), BRAZIL, begins=5))
    it.home = "BR"
    it.run(20, script)
    assert [turn for turn in it.turns if turn != "update"] == ["began"]
    assert it.verdict.level is OK
    assert it.verdict.is_elsewhere


@pytest.mark.parametrize("hours", [7, 99])
def test_an_old_word_of_a_page_stands_while_nobody_else_is_heard(hours: int) -> None:
    it = world(said_once(timedelta(hours=hours)))
    it.run(60)
    assert (it.verdict.level, it.turns) == (MAJOR, ["began"])


@pytest.mark.parametrize("hours", [7, 99])
def test_an_old_word_of_a_page_does_not_stand_against_what_works(hours: int) -> None:
    it = world(said_once(timedelta(hours=hours)), own())
    it.run(60)
    assert (it.verdict.level, it.turns) == (OK, [])
    again = World(it.plan, it.journal, start=it.start)
    again.run(60)
    assert (again.verdict.level, again.turns) == (OK, [])


def test_one_failed_look_of_all_there_is_does_not_say_that_all_is_well() -> None:
    other = Scripted(info("other"), lambda now: report(now, OK, name="other"))
    it = world(own((-1, 99)))
    it.plan = replace(it.plan, sources=(*it.plan.sources, other))
    it.run(20)
    assert OK not in {news.snapshot.services[0].verdict.level for news in it.news}
    assert it.turns == ["began"]
