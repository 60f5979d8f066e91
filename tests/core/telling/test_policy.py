"""What is told at once, what later, what not at all, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.telling import policy
from downlight.core.telling.decided import (
    SMALL,
    Before,
    Decided,
    Fate,
    key,
    remember,
    sentence,
    stands_alone,
)
from downlight.core.telling.digest import digest, newest
from downlight.core.telling.mute import EVERYTHING, Mute
from downlight.core.telling.policy import TELL, Decision, Wanted, Wishes, decide
from downlight.core.telling.quiet import parse
from tests.core.spoken import turkish

if TYPE_CHECKING:
    from collections.abc import Mapping

APP, BOOK = ServiceSlug("app"), ServiceSlug("book")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NIGHT = NOON.replace(hour=23)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
OUTAGE = "app/e"
TOLD = Before(told={OUTAGE: Level.MAJOR})
LATER = Before(later=frozenset({OUTAGE}))
QUIET = (parse("22:00-07:00"),)
CAUSE = "meta"
OFF, NEVER = "Notifications are off.", "You chose never to be told of it."
ENDS_ONLY = "You chose to be told only when it ends."


def event(
    turn: Turn = Turn.BEGAN,
    level: Level | None = Level.MAJOR,
    *,
    service: ServiceSlug = APP,
    held: str = "",
    cause: str = "",
    at: datetime = NOON,
) -> Event:
    name = f"{service}/{turn}"
    title, sentence = f"{service.title()} {turn}", f"{service.title()}: why."
    return Event(
        name,
        at,
        service,
        turn,
        level,
        "",
        title,
        sentence,
        "e",
        held=held,
        cause=cause,
    )


BEGAN, ENDED = event(), event(Turn.ENDED, Level.OPERATIONAL)
CONFIRMED, WORSENED = event(Turn.CONFIRMED), event(Turn.WORSENED)
EASED = event(Turn.EASED, Level.PARTIAL)
UNSTABLE = event(Turn.UNSTABLE)


def held(reason: str) -> Decision:
    return Decision(Fate.HELD, reason)


def later(reason: str) -> Decision:
    return Decision(Fate.LATER, reason)


def wanted(what: Wanted) -> Wishes:
    return Wishes(wanted={APP: what})


@pytest.mark.parametrize("turn", Turn)
def test_of_an_unknown_outage_only_beginnings_and_the_end_matter(turn: Turn) -> None:
    decision = decide(event(turn), Wishes(), Before(), NOON)
    matters = turn in {Turn.BEGAN, Turn.CONFIRMED, Turn.UNSTABLE, Turn.ENDED}
    assert (decision is not None) is matters


@pytest.mark.parametrize(
    ("about", "wishes", "before", "decision"),
    [
        (BEGAN, Wishes(), Before(), TELL),
        (CONFIRMED, Wishes(), Before(), TELL),
        (CONFIRMED, Wishes(), TOLD, TELL),
        (ENDED, Wishes(), TOLD, TELL),
        (ENDED, Wishes(), Before(), held("Its beginning was not told.")),
        (BEGAN, Wishes(notify=False), Before(), held("Notifications are off.")),
        (event(held="It changes."), Wishes(), Before(), held("It changes.")),
        # What a person wants of one service.
        (
            BEGAN,
            wanted(Wanted.NEVER),
            Before(),
            held("You chose never to be told of it."),
        ),
        (BEGAN, wanted(Wanted.START), Before(), TELL),
        (UNSTABLE, wanted(Wanted.START), Before(), TELL),
        (
            UNSTABLE,
            wanted(Wanted.END),
            Before(),
            held("You chose to be told only when it ends."),
        ),
        (
            ENDED,
            wanted(Wanted.START),
            TOLD,
            held("You chose to be told only when it begins."),
        ),
        (
            BEGAN,
            wanted(Wanted.END),
            Before(),
            held("You chose to be told only when it ends."),
        ),
        (ENDED, wanted(Wanted.END), Before(), TELL),
        (ENDED, wanted(Wanted.NEVER), Before(once=frozenset({APP})), TELL),
        (
            ENDED,
            wanted(Wanted.NEVER),
            Before(once=frozenset({BOOK})),
            held("You chose never to be told of it."),
        ),
        # How bad it must be.
        (BEGAN, Wishes(floor=Level.MAJOR), Before(), TELL),
        (
            event(level=Level.PARTIAL),
            Wishes(floor=Level.MAJOR),
            Before(),
            held(SMALL),
        ),
        (event(level=None), Wishes(floor=Level.MAJOR), Before(), TELL),
        (
            event(Turn.UNSTABLE, Level.PARTIAL),
            Wishes(floor=Level.MAJOR),
            Before(),
            held(SMALL),
        ),
        (ENDED, Wishes(floor=Level.MAJOR), TOLD, TELL),
        (WORSENED, Wishes(floor=Level.MAJOR), Before(small=frozenset({OUTAGE})), TELL),
        (WORSENED, Wishes(), TOLD, None),
        # What waits takes with it what follows.
        (ENDED, Wishes(), LATER, later("Its beginning waits to be told, too.")),
        (EASED, Wishes(), LATER, later("Its beginning waits to be told, too.")),
        (
            EASED,
            Wishes(floor=Level.MAJOR),
            LATER,
            later("Its beginning waits to be told, too."),
        ),
        (EASED, Wishes(), TOLD, None),
        (WORSENED, Wishes(), LATER, TELL),
        (
            BEGAN,
            Wishes(),
            Before(busy="You are presenting."),
            later("You are presenting."),
        ),
        (
            BEGAN,
            Wishes(most=1),
            Before(
                busy="You are presenting.",
                since=NOON - 4 * HOUR,
                moments=(NOON - MINUTE,),
            ),
            later("More than 1 notification within an hour."),
        ),
    ],
)
def test_by_day(
    about: Event, wishes: Wishes, before: Before, decision: Decision | None
) -> None:
    assert decide(about, wishes, before, NOON) == decision


@pytest.mark.parametrize(
    ("about", "floor", "told", "waits"),
    [
        (BEGAN, None, None, True),
        (BEGAN, Level.MAJOR, None, False),
        (event(level=Level.PARTIAL), Level.MAJOR, None, True),
        (UNSTABLE, Level.MAJOR, None, False),
        (event(level=None), Level.MAJOR, None, True),
        (ENDED, None, Level.MAJOR, True),
        (ENDED, Level.MAJOR, Level.MAJOR, False),
        (ENDED, Level.MAJOR, Level.PARTIAL, True),
    ],
)
def test_in_quiet_hours(
    about: Event, floor: Level | None, told: Level | None, *, waits: bool
) -> None:
    wishes = Wishes(quiet=QUIET, quiet_floor=floor)
    before = Before(told={OUTAGE: told}) if told else Before()
    expected = later("Quiet hours until 07:00.") if waits else TELL
    assert decide(about, wishes, before, NIGHT) == expected


@pytest.mark.parametrize(
    ("mutes", "about", "reason"),
    [
        ({APP: Mute(NOON, NOON + HOUR)}, BEGAN, "It is muted until 13:00."),
        (
            {EVERYTHING: Mute(NOON, NOON + HOUR)},
            BEGAN,
            "Everything is muted until 13:00.",
        ),
        ({APP: Mute(NOON, episode="e")}, CONFIRMED, "It is muted until it ends."),
        ({APP: Mute(NOON, episode="e")}, UNSTABLE, "It is muted until it ends."),
        ({APP: Mute(NOON, episode="e")}, ENDED, ""),
        ({APP: Mute(NOON, NOON + HOUR)}, ENDED, "It is muted until 13:00."),
        ({BOOK: Mute(NOON, NOON + HOUR)}, BEGAN, ""),
    ],
)
def test_what_is_muted_is_held(
    mutes: Mapping[ServiceSlug, Mute], about: Event, reason: str
) -> None:
    before = Before(told={OUTAGE: Level.MAJOR}, mutes=mutes)
    assert decide(about, Wishes(), before, NOON) == (held(reason) if reason else TELL)


def test_who_was_told_that_it_comes_and_goes_is_told_that_it_is_over() -> None:
    decided = [Decided(UNSTABLE, NOON, Fate.TOLD, shown=True)]
    before = remember(decided, NOON)
    assert before.told == {OUTAGE: Level.MAJOR}
    assert decide(ENDED, Wishes(), before, NOON) == TELL


def test_who_asked_to_be_told_once_hears_it_through_a_mute() -> None:
    mutes = {EVERYTHING: Mute(NOON, NOON + HOUR)}
    before = Before(mutes=mutes, once=frozenset({APP}))
    assert decide(ENDED, Wishes(), before, NOON) == TELL


@pytest.mark.parametrize(
    ("most", "reason"),
    [
        (1, "More than 1 notification within an hour."),
        (2, "More than 2 notifications within an hour."),
        (3, ""),
    ],
)
def test_beyond_so_many_an_hour_news_waits(most: int, reason: str) -> None:
    before = Before(moments=(NOON - 50 * MINUTE, NOON - MINUTE))
    decision = decide(BEGAN, Wishes(most=most), before, NOON)
    assert decision == (later(reason) if reason else TELL)


@pytest.mark.parametrize(
    ("wishes", "before", "now", "due"),
    [
        (Wishes(), Before(), NOON, NOON),
        (Wishes(quiet=QUIET), Before(), NIGHT, NIGHT + 8 * HOUR),
        (Wishes(quiet=QUIET), Before(busy="So."), NIGHT, NIGHT + 8 * HOUR),
        (Wishes(), Before(busy="So."), NOON, None),
        (Wishes(most=1), Before(busy="So.", moments=(NOON,)), NOON, None),
        # A film lasts no longer.
        (Wishes(), Before(busy="So.", since=NOON - 3 * HOUR + MINUTE), NOON, None),
        (Wishes(), Before(busy="So.", since=NOON - 3 * HOUR), NOON, NOON),
        # The clock was set back.
        (Wishes(), Before(busy="So.", since=NOON + 24 * HOUR), NOON, NOON),
        # It waited for the morning, and since then for the end of the film.
        (
            Wishes(quiet=QUIET),
            Before(busy="So.", since=NOON - 12 * HOUR),
            NOON - 2 * HOUR - MINUTE,
            None,
        ),
        (
            Wishes(quiet=QUIET),
            Before(busy="So.", since=NOON - 12 * HOUR),
            NOON - 2 * HOUR,
            NOON - 2 * HOUR,
        ),
        (
            Wishes(most=2),
            Before(moments=(NOON - 50 * MINUTE, NOON - 9 * MINUTE, NOON)),
            NOON,
            NOON + 51 * MINUTE,
        ),
        (Wishes(most=2), Before(moments=(NOON,)), NOON, NOON),
    ],
)
def test_when_what_waits_may_be_told(
    wishes: Wishes, before: Before, now: datetime, due: datetime | None
) -> None:
    assert policy.due(wishes, before, now) == due


def decided(about: Event, fate: Fate, reason: str = "", at: datetime = NOON) -> Decided:
    return Decided(about, at, fate, reason)


def test_what_was_told_waits_or_was_too_small_is_remembered() -> None:
    book = event(service=BOOK)
    small = event(Turn.BEGAN, Level.DEGRADED, service=ServiceSlug("git"))
    before = remember(
        [
            decided(event(level=None), Fate.TOLD),
            decided(CONFIRMED, Fate.TOLD),
            decided(book, Fate.LATER),
            decided(small, Fate.HELD, SMALL),
            decided(ENDED, Fate.HELD, "So."),
        ],
        NOON,
    )
    assert before.told == {OUTAGE: Level.MAJOR}
    assert before.later == {"book/e"}
    assert before.small == {"git/e"}


def test_since_when_the_oldest_waits_is_remembered() -> None:
    waiting = [
        decided(event(service=ServiceSlug(f"s{n}")), fate, at=NOON - n * MINUTE)
        for n, fate in enumerate((Fate.LATER, Fate.LATER, Fate.TOLD, Fate.HELD))
    ]
    assert remember(waiting, NOON).since == NOON - MINUTE
    assert remember(waiting[2:], NOON).since is None


def test_what_got_worse_and_was_told_is_small_no_more() -> None:
    small = decided(event(level=Level.DEGRADED), Fate.HELD, SMALL)
    before = remember([small, decided(WORSENED, Fate.TOLD)], NOON)
    assert (before.small, set(before.told)) == (frozenset(), {OUTAGE})


def test_of_an_outage_that_nobody_measured_it_is_known_that_it_was_told() -> None:
    before = remember([decided(event(level=None), Fate.TOLD)], NOON)
    assert before.told == {OUTAGE: None}


def test_what_is_told_in_one_go_counts_once_and_for_an_hour() -> None:
    moments = [NOON - HOUR, NOON - MINUTE, NOON - MINUTE, NOON + MINUTE, NOON + HOUR]
    later = [decided(BEGAN, Fate.TOLD, "Later.", moment) for moment in moments]
    before = remember([*later, decided(BEGAN, Fate.HELD)], NOON)
    assert before.moments == (NOON - MINUTE, NOON + MINUTE)
    single = [decided(BEGAN, Fate.TOLD, at=moment) for moment in moments]
    assert remember(single, NOON).moments == tuple(moments[1:4])


@pytest.mark.parametrize(
    ("fate", "reason", "shown", "words"),
    [
        (Fate.TOLD, "", True, "Told."),
        (Fate.TOLD, "Told later.", None, "Told later."),
        (Fate.TOLD, "", False, "Not shown: no notification got through."),
        (Fate.LATER, "Quiet hours.", None, "Waits: quiet hours."),
        (Fate.HELD, "It is muted.", None, "Held: it is muted."),
    ],
)
def test_what_became_of_an_event_is_said_in_a_sentence(
    fate: Fate, reason: str, *, shown: bool | None, words: str
) -> None:
    assert sentence(Decided(BEGAN, NOON, fate, reason, shown)) == words


def test_a_fixed_reason_is_said_in_the_language_of_who_reads_it() -> None:
    said = {
        "It is not bad enough to be told.": "İzlenecek kadar kötü değil.",
        "Held: {reason}": "Bildirilmedi: {reason}",
    }
    with turkish(said):
        words = sentence(Decided(BEGAN, NOON, Fate.HELD, SMALL))
    assert words == "Bildirilmedi: İzlenecek kadar kötü değil."


CARRIER = event(cause=CAUSE)
CARRIED = event(service=BOOK, held="Told with others.", cause=CAUSE)


@pytest.mark.parametrize(
    ("fate", "told", "waits", "alone"),
    [
        (Fate.TOLD, True, False, False),
        (Fate.LATER, False, True, False),
        (Fate.HELD, False, False, True),
    ],
)
def test_what_is_told_together_shares_its_fate_unless_that_is_silence(
    fate: Fate, *, told: bool, waits: bool, alone: bool
) -> None:
    before = remember([decided(CARRIER, fate), decided(CARRIED, Fate.HELD)], NOON)
    assert (key(CARRIED) in before.told) is told
    assert (key(CARRIED) in before.later) is waits
    assert stands_alone(CARRIED, before) is alone
    decision = decide(CARRIED, Wishes(), before, NOON)
    assert decision == (TELL if alone else held("Told with others."))


@pytest.mark.parametrize(
    ("wishes", "began", "ended"),
    [
        (Wishes(), "", ""),
        (Wishes(notify=False), OFF, OFF),
        (Wishes(wanted={APP: Wanted.NEVER}), NEVER, NEVER),
        (Wishes(wanted={APP: Wanted.START}), "", ""),
        (Wishes(notify=False, wanted={APP: Wanted.START}), OFF, OFF),
        (Wishes(wanted={APP: Wanted.END}), ENDS_ONLY, ""),
    ],
)
def test_what_waits_may_not_be_wanted_any_more(
    wishes: Wishes, began: str, ended: str
) -> None:
    assert policy.put_off(BEGAN, wishes, LATER) == began
    assert policy.put_off(ENDED, wishes, LATER) == ended


def test_what_is_held_for_its_own_sake_never_stands_alone() -> None:
    assert not stands_alone(event(held="It changes."), Before())
    assert not stands_alone(event(cause=CAUSE), Before())


def test_of_each_outage_the_newest_is_told_those_that_go_on_first() -> None:
    book = event(service=BOOK)
    assert newest([BEGAN, book, WORSENED]) == (WORSENED, book)
    assert newest([BEGAN, book, ENDED]) == (book, ENDED)


def test_what_several_share_is_told_as_the_newest_says_it() -> None:
    joined = event(service=BOOK, cause=CAUSE)
    assert newest([CARRIER, joined]) == (joined,)
    ended = event(Turn.ENDED, cause=CAUSE)
    assert newest([CARRIER, ended, joined]) == (joined, ended)


def test_who_works_again_also_says_who_of_several_does_not() -> None:
    joined = event(service=BOOK, cause=CAUSE)
    ended = replace(event(Turn.ENDED, cause=CAUSE), sentence="Book is not.")
    assert newest([CARRIER, joined, ended]) == (ended,)
    others = [event(service=ServiceSlug(name)) for name in ("a", "b")]
    assert digest([*others, ended])[1] == "A began\nB began\nApp ended. Book is not."
    too = event(Turn.ENDED, service=BOOK, cause=CAUSE)  # then what App's says is over
    assert digest([ended, too])[1] == "App ended\nBook ended. Book: why."


def test_what_is_in_trouble_again_is_not_said_to_work() -> None:
    again = replace(event(), episode="f")
    assert newest([BEGAN, ENDED, again]) == (again,)
    shared = replace(ENDED, cause=CAUSE)  # it may tell of others
    assert newest([BEGAN, shared, again]) == (again, shared)


def test_two_outages_are_told_whole() -> None:
    title, body = digest([event(service=BOOK), ENDED])
    assert title == "Meanwhile: 2 outages"
    assert body == "Book began. Book: why.\nApp ended. App: why."


def test_of_many_outages_the_first_are_named_and_the_others_counted() -> None:
    events = [event(service=ServiceSlug(f"s{n}")) for n in range(7)]
    title, body = digest(events)
    assert title == "Meanwhile: 7 outages"
    assert (
        body
        == "S0 began\nS1 began\nS2 began\nS3 began\nS4 began\nand 2 more, in the window"
    )
    assert "more" not in digest(events[:5])[1]


def test_what_several_share_is_told_as_the_newest_says_it_whoever_was_first() -> None:
    joined = event(service=BOOK, cause=CAUSE)
    worse = event(Turn.WORSENED, cause=CAUSE)
    assert newest([CARRIER, joined, worse]) == (worse,)
