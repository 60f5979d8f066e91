"""Deciding what is told, with a memory, and without a thread."""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Delivery, Turn
from downlight.core.telling.decided import Decided, Fate
from downlight.core.telling.mute import EVERYTHING, Mute, Span
from downlight.core.telling.policy import LONGEST_BUSY, Wanted, Wishes
from downlight.core.telling.quiet import parse
from downlight.notify.decisions import KEPT
from downlight.notify.desk import (
    AGAIN,
    BACKLOG,
    FORGOTTEN,
    GATHERED,
    OVER,
    OVERTAKEN,
    WAITS,
    Desk,
)
from downlight.notify.record import Record, Turns
from tests.notify.events import NOON, event
from tests.notify.memory import Memory

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.news import Event, Message

CHAT, MAIL = ServiceSlug("example-chat"), ServiceSlug("mail")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
QUIET = Wishes(quiet=(parse("11:00-13:00"),), most=60)


@dataclass
class Counter:
    """A desk, and a person whose time and state the test sets."""

    journal: Memory = field(default_factory=Memory)
    wishes: Wishes = field(default_factory=lambda: Wishes(most=60))
    zone: tzinfo | None = UTC
    now: datetime = NOON
    busy: str = ""
    asked: int = 0
    """How often it was looked whether he is busy."""

    def __post_init__(self) -> None:
        record = Record(self.journal.opened, ExitStack(), Turns(), lambda: self.now)
        self.desk = Desk(
            record, self.wishes, lambda: self.now, self.zone, self._is_busy
        )

    def _is_busy(self) -> str:
        self.asked += 1
        return self.busy

    def take(self, *events: Event) -> list[Message]:
        """Write them to the journal and take them, as the program does."""
        self.journal.write(self.now, (), {}, events)
        return list(self.desk.round(deque(events)))

    def again(self) -> Counter:
        """Return the desk of the next start."""
        return Counter(self.journal, self.wishes, self.zone, self.now, self.busy)

    @property
    def fates(self) -> list[tuple[str, str]]:
        return [(it.fate.value, it.reason) for it in self.journal.decided.values()]


def test_what_is_held_is_written_with_its_reason() -> None:
    it = Counter(wishes=Wishes(wanted={CHAT: Wanted.NEVER}))
    assert it.take(event(), replace(event(), id="h", held="It changes.")) == []
    never = "You chose never to be told of it."
    assert it.fates == [("held", never), ("held", "It changes.")]


def test_a_decision_stands_in_the_journal_before_it_is_sent() -> None:
    it = Counter()
    began, ended = event(), event(Turn.ENDED)
    it.journal.write(NOON, (), {}, (began, ended))
    messages = it.desk.round(deque([began, ended]))
    assert next(messages).event is began
    assert list(it.journal.decided) == [began.id]


def test_what_was_decided_and_not_sent_is_sent_after_a_restart() -> None:
    it = Counter()
    began = event()
    it.take(began)
    it.now += BACKLOG
    [message] = it.again().desk.left()
    assert message.event == began
    it.now += MINUTE
    assert list(it.again().desk.left()) == []


def test_what_was_shown_is_not_sent_again() -> None:
    it = Counter()
    began = event()
    it.take(began)
    it.journal.record_delivery(Delivery(began.id, "dbus", NOON, "delivered"))
    assert list(it.again().desk.left()) == []
    assert it.again().take(began) == []


def test_several_that_were_not_sent_are_sent_in_one_go() -> None:
    it = Counter()
    one, two = event(), event(service="mail")
    it.take(one, two)
    [message] = it.again().desk.left()
    assert message.events == (one, two)
    assert message.title == "Meanwhile: 2 outages"


def test_what_happened_while_nobody_was_there_is_decided_after_the_start() -> None:
    began = event(at=NOON - MINUTE)
    old = event(at=NOON - BACKLOG - MINUTE)
    it = Counter(Memory([old, began]))
    assert [message.event for message in it.desk.left()] == [began]
    assert it.fates == [("told", "")]


def test_what_waits_is_told_when_quiet_hours_end() -> None:
    it = Counter(wishes=QUIET)
    one, two = event(), event(service="mail", at=NOON + MINUTE)
    assert it.take(one, two) == []
    assert it.desk.wake() == NOON + HOUR
    it.now = NOON + HOUR
    [message] = it.again().desk.round(deque())
    assert message.events == (one, two)
    assert it.fates == [("told", GATHERED)] * 2


def test_one_outage_that_waited_is_told_as_it_is() -> None:
    it = Counter(wishes=QUIET)
    began = event()
    ended = event(Turn.ENDED, title="Chat works again", at=NOON + MINUTE)
    assert it.take(began, ended) == []
    it.now = NOON + HOUR
    [message] = it.desk.round(deque())
    assert (message.title, message.events) == ("Chat works again", (began, ended))


def test_a_beginning_that_waits_is_dropped_when_what_came_after_it_is_told() -> None:
    it = Counter(wishes=replace(QUIET, quiet_floor=5))  # type: ignore[arg-type]  # "down"
    small = event(level=None)
    assert it.take(small) == []
    [message] = it.take(event(Turn.WORSENED))
    assert message.event.turn is Turn.WORSENED
    assert it.fates == [("held", OVERTAKEN), ("told", "")]


def test_a_beginning_that_waits_is_dropped_when_its_end_is_not_told() -> None:
    it = Counter(wishes=replace(QUIET, wanted={CHAT: Wanted.START}))
    assert it.take(event(), event(Turn.ENDED)) == []
    assert it.fates[0] == ("held", OVER)
    it.now = NOON + HOUR
    assert list(it.desk.round(deque())) == []


def test_what_comes_and_goes_waits_though_it_ends_meanwhile() -> None:
    it = Counter(wishes=QUIET)
    unstable = event(Turn.UNSTABLE)
    between = replace(event(Turn.ENDED), held=TOO_OFTEN)
    assert it.take(unstable, between) == []
    assert [fate for fate, _ in it.fates] == ["later", "held"]
    it.now += HOUR
    [message] = it.take()
    assert message.events == (unstable,)


def test_what_waited_for_a_week_is_not_told_any_more() -> None:
    it = Counter(wishes=QUIET)
    it.take(event())
    it.now = NOON + WAITS + 2 * HOUR
    assert list(it.again().desk.round(deque())) == []
    assert it.fates == [("held", FORGOTTEN)]


def test_what_is_muted_while_it_waits_is_not_told() -> None:
    it = Counter(wishes=QUIET)
    it.take(event(), event(service="mail"))
    it.desk.mute(CHAT, Span.FOUR_HOURS)
    it.now = NOON + HOUR
    [message] = it.desk.round(deque())
    assert message.event.service == MAIL
    assert it.fates[0] == ("held", "It is muted until 16:00.")


def test_while_a_person_is_busy_it_is_looked_again_each_minute() -> None:
    it = Counter(busy="You are presenting.")
    began = event()
    assert it.take(began) == []
    assert it.fates == [("later", "You are presenting.")]
    assert it.desk.wake() == NOON + AGAIN
    it.now += AGAIN
    assert list(it.desk.round(deque())) == []
    assert it.desk.wake() == NOON + 2 * AGAIN
    it.busy = ""
    it.now += AGAIN
    assert [m.event for m in it.desk.round(deque())] == [began]
    assert it.desk.wake() is None


def test_what_is_due_is_told_by_a_clock_that_goes_on_while_it_is_looked() -> None:
    it = Counter(wishes=QUIET)
    began = event()
    it.take(began)

    def ticking() -> datetime:
        it.now += timedelta(microseconds=1)
        return it.now

    it.now = NOON + HOUR
    record = Record(it.journal.opened, ExitStack(), Turns(), ticking)
    [message] = Desk(record, it.wishes, ticking, UTC).round(deque())
    assert message.event == began


def test_three_hours_later_it_is_told_to_who_is_still_busy() -> None:
    it = Counter(busy="You are presenting.")
    one, two, three = event(), event(service="mail"), event(service="git")
    it.take(one)
    it.now += HOUR
    it.take(two)
    it.now = NOON + LONGEST_BUSY - MINUTE
    # Also where the program was started again meanwhile.
    it = it.again()
    assert list(it.desk.round(deque())) == []
    it.now += MINUTE
    [message] = it.take(three)
    assert message.events == (one, two)
    # What comes then waits for itself.
    assert it.fates[2:] == [("later", "You are presenting.")]
    assert it.desk.wake() == it.now + AGAIN


def test_it_is_looked_once_in_a_round_whether_a_person_is_busy() -> None:
    it = Counter(busy="You are presenting.")
    it.take(event(), event(service="mail"), event(service="git"))
    it.desk.wake()
    assert it.asked == 1
    assert {fate for fate, _ in it.fates} == {"later"}


def test_nobody_looks_whether_a_person_is_busy_who_is_told_nothing_anyway() -> None:
    it = Counter(wishes=replace(QUIET, wanted={MAIL: Wanted.NEVER}))
    it.take(event(), event(service="mail"))
    assert it.fates[0][1] == "Quiet hours until 13:00."
    assert it.desk.wake() == NOON + HOUR
    it.take()
    assert it.asked == 0


def test_who_wants_so_is_told_however_busy_he_is() -> None:
    it = Counter(wishes=Wishes(hold_while_busy=False), busy="You are presenting.")
    assert len(it.take(event())) == 1
    assert it.asked == 0


@pytest.mark.parametrize("zone", [None, ZoneInfo("Europe/Berlin")])
def test_quiet_hours_end_by_the_clock_on_the_wall(
    zone: tzinfo | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        night = datetime(2026, 3, 28, 22, tzinfo=UTC)  # the clocks change at one
        it = Counter(wishes=Wishes(quiet=(parse("22:00-07:00"),)), zone=zone, now=night)
        it.take(event(at=night))
        assert it.desk.wake() == datetime(2026, 3, 29, 5, tzinfo=UTC)
        it.now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past two, again
        it.wishes = Wishes(quiet=(parse("02:00-02:45"),))
        twice = it.again()
        twice.take(event(at=it.now))
        assert twice.desk.wake() == it.now + 15 * MINUTE
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_mute_is_kept_seen_and_over_by_itself() -> None:
    it = Counter()
    it.desk.mute(CHAT, Span.HOUR)
    it.desk.mute(None, Span.FOUR_HOURS)
    assert set(it.again().desk.mutes) == {CHAT, EVERYTHING}
    assert it.desk.wake() == NOON + HOUR
    it.now = NOON + HOUR
    assert it.desk.wake() == NOON + 4 * HOUR
    assert set(it.desk.mutes) == {EVERYTHING}
    it.desk.unmute(None)
    assert it.desk.wake() is None
    assert it.again().desk.mutes == {}


def test_until_it_ends_is_of_the_outage_that_is_open() -> None:
    it = Counter()
    it.desk.mute(CHAT, Span.END)
    assert it.desk.mutes == {}
    it.journal.known[CHAT] = Track(episode="e")
    it.desk.mute(CHAT, Span.END)
    assert it.desk.mutes == {CHAT: Mute(NOON, episode="e")}
    assert it.desk.wake() is None


def test_another_program_may_mute_something() -> None:
    it = Counter()
    it.journal.mute(CHAT, Mute(NOON, NOON + HOUR))
    assert it.take(event()) == []
    assert set(it.desk.mutes) == {CHAT}


@pytest.mark.parametrize("refused", [{"mute", "ask_once"}, {"open"}])
def test_what_is_asked_for_holds_though_the_disk_refuses(refused: set[str]) -> None:
    it = Counter(
        Memory(refused=frozenset(refused)), Wishes(wanted={MAIL: Wanted.NEVER})
    )
    it.desk.mute(CHAT, Span.HOUR)
    it.desk.tell_once(MAIL)
    assert it.take(event()) == []
    assert len(it.take(event(Turn.ENDED, service="mail"))) == 1
    it.now = NOON + HOUR
    assert it.desk.wake() is None
    assert it.desk.mutes == {}


def test_once_is_once() -> None:
    it = Counter(wishes=Wishes(wanted={CHAT: Wanted.NEVER}))
    it.desk.tell_once(CHAT)
    it.desk.tell_once(MAIL)
    it.desk.tell_once(MAIL, wanted=False)
    assert len(it.take(event(Turn.ENDED))) == 1
    assert it.take(event(Turn.ENDED)) == []
    assert it.journal.wanted == set()


def test_once_is_once_though_the_disk_refuses() -> None:
    it = Counter(wishes=Wishes(wanted={CHAT: Wanted.NEVER}))
    it.desk.tell_once(CHAT)
    it.journal.refused = frozenset({"decide"})
    assert len(it.take(event(Turn.ENDED))) == 1
    assert it.take(event(Turn.ENDED)) == []


def test_memory_is_bounded_but_forgets_nothing_that_waits() -> None:
    it = Counter(wishes=Wishes(wanted={CHAT: Wanted.NEVER}, most=1))
    it.take(event(service="a"))
    waits = event(service="b")
    assert it.take(waits) == []
    old = [Decided(event(), NOON, Fate.HELD, "So.") for _ in range(2 * KEPT)]
    it.desk._decisions._by_id |= {it.event.id: it for it in old}
    # The hour has room now: what was told in it is forgotten, too.
    assert [m.event for m in it.take(event())] == [waits]
    assert len(list(it.desk._decisions)) == KEPT + 1


def test_a_decision_nobody_can_write_is_remembered_all_the_same() -> None:
    it = Counter(Memory(refused=frozenset({"decide"})))
    began, ended = event(), event(Turn.ENDED)
    assert [m.event for m in it.take(began, ended)] == [began, ended]
    assert it.take(began, ended) == []


def test_what_was_decided_in_an_earlier_run_is_as_it_was() -> None:
    held = event()
    journal = Memory([held])
    journal.decide([Decided(held, NOON, Fate.HELD, "So.")])
    assert Counter(journal).take(held) == []


@pytest.mark.parametrize("refused", [{"mute"}, {"mute", "mutes"}])
def test_a_mute_until_it_ends_ends_though_the_disk_refuses(refused: set[str]) -> None:
    began = event()
    it = Counter(Memory(refused=frozenset(refused)))
    it.journal.known[CHAT] = Track(began.level, NOON, episode=began.episode)
    it.take(began)
    it.desk.mute(CHAT, Span.END)
    assert CHAT in it.desk.mutes
    [ended] = it.take(event(Turn.ENDED))
    assert it.desk.mutes == {}
    [again] = it.take(event(episode="another"))
    assert (ended.event.turn, again.event.turn) == (Turn.ENDED, Turn.BEGAN)


def test_every_event_that_a_message_tells_is_among_its_events() -> None:
    it = Counter(wishes=QUIET)
    events = [
        replace(event(), cause="c"),
        replace(event(service="mail"), cause="c"),
        replace(event(Turn.WORSENED), cause="c"),
    ]
    assert it.take(*events) == []
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert {one.id for one in message.events} == {one.id for one in events}


def test_who_was_to_be_told_with_one_that_is_muted_meanwhile_is_told_alone() -> None:
    it = Counter(wishes=QUIET)
    leads = replace(event(), cause="c")
    follows = event(service="mail", title="Mail is down")
    follows = replace(follows, cause="c", held="Told with others.")
    late = replace(event(at=NOON - 2 * WAITS), cause="d")
    forgotten = event(service="maps", at=late.at)
    forgotten = replace(forgotten, cause="d", held="Told with others.")
    assert it.take(leads, follows, late, forgotten) == []
    it.desk.mute(CHAT, Span.FOUR_HOURS)
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert (message.title, len(message.events)) == ("Mail is down", 1)
    assert it.journal.decided[follows.id].fate is Fate.TOLD
    assert it.journal.decided[forgotten.id].fate is Fate.HELD


def test_other_wishes_hold_from_then_on_and_for_what_waits() -> None:
    it, began = Counter(wishes=QUIET), event()
    assert it.take(began) == []
    it.desk.change_wishes(Wishes(most=60))
    [message] = it.desk.round(deque())
    assert message.event == began
    it.desk.change_wishes(Wishes(wanted={CHAT: Wanted.NEVER}))
    assert it.take(replace(event(), id="h", episode="2")) == []


def test_who_wants_no_peace_is_not_looked_at_any_more() -> None:
    it = Counter(wishes=Wishes(most=60, hold_while_busy=False), busy="A film is on.")
    assert len(it.take(event())) == 1
    assert it.asked == 0
    it.desk.change_wishes(Wishes(most=60))
    assert it.take(replace(event(), id="h", episode="2")) == []
    assert it.asked == 1


def fallen(names: str = "chat mail") -> list[Event]:
    """Return beginnings of services that fell together; the first tells of all."""
    first, *others = [
        replace(event(service=name, level=Level.PARTIAL), cause="c", title=name)
        for name in names.split()
    ]
    return [first, *(replace(it, held="Told with others.") for it in others)]


def test_who_fell_with_one_that_got_so_bad_that_it_is_told_waits_alone() -> None:
    it = Counter(wishes=replace(QUIET, quiet_floor=Level.MAJOR))
    first, second = fallen()
    assert it.take(first, second) == []
    [worse] = it.take(replace(first, id="w", turn=Turn.WORSENED, level=Level.MAJOR))
    assert worse.event.id == "w"
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert [(message.title, one.id) for one in message.events] == [("mail", second.id)]
    [over] = it.take(event(Turn.ENDED, service="mail", level=Level.OPERATIONAL))
    assert over.event.turn is Turn.ENDED


def test_who_fell_with_one_that_is_over_without_a_word_waits_alone() -> None:
    it = Counter(wishes=replace(QUIET, wanted={ServiceSlug("chat"): Wanted.START}))
    first, second = fallen()
    ended = event(Turn.ENDED, service="chat", level=Level.OPERATIONAL)
    assert it.take(first, second, ended) == []
    assert it.journal.decided[first.id].fate is Fate.HELD
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert message.title == "mail"


def test_who_fell_and_rose_with_others_is_not_said_to_be_down() -> None:
    it = Counter(wishes=replace(QUIET, quiet_floor=Level.MAJOR))
    first, second, third = fallen("chat mail maps")
    back = replace(event(Turn.ENDED, service="maps"), cause="c", title="Both are back")
    with_it = event(Turn.ENDED, service="mail")
    with_it = replace(with_it, cause="c", held="Told with others.")
    worse = replace(first, id="w", turn=Turn.WORSENED, level=Level.MAJOR)
    assert it.take(first, second, third, back, with_it) == []
    assert [message.event.id for message in it.take(worse)] == ["w"]
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert message.title == "Both are back"


@pytest.mark.parametrize(
    "wishes",
    [replace(QUIET, notify=False), replace(QUIET, wanted={CHAT: Wanted.NEVER})],
)
def test_what_waits_and_is_not_wanted_any_more_is_not_told(wishes: Wishes) -> None:
    it = Counter(wishes=QUIET)
    assert it.take(event()) == []
    it.desk.change_wishes(wishes)
    it.now += 2 * HOUR
    assert list(it.desk.round(deque())) == []
    assert [fate for fate, _ in it.fates] == ["held"]


def test_a_message_of_an_outage_that_is_over_mutes_nothing() -> None:
    it = Counter()
    old = event(episode="old")
    it.take(old)
    it.journal.known[CHAT] = Track()
    it.desk.mute_outage(old)
    assert it.desk.mutes == {}
    it.journal.known[CHAT] = Track(episode="another")
    it.desk.mute_outage(old)
    assert it.desk.mutes == {}


def test_of_what_is_shared_only_what_goes_on_is_muted_and_who_is_muted_stays_so() -> (
    None
):
    it = Counter()
    events = fallen("chat mail maps shop")
    it.take(*events)
    slugs = [one.service for one in events]
    it.journal.known = {slug: Track(episode=events[0].episode) for slug in slugs}
    it.journal.known[ServiceSlug("maps")] = Track(episode="of its own")
    it.desk.mute(ServiceSlug("shop"), Span.TOMORROW)
    it.desk.mute_outage(events[0])
    ends = {slug: mute.until for slug, mute in it.desk.mutes.items()}
    assert set(ends) == {"chat", "mail", "shop"}
    assert (ends[ServiceSlug("mail")], ends[ServiceSlug("shop")] is None) == (
        None,
        False,
    )


def test_an_end_that_was_asked_for_once_is_asked_for_until_it_is_told() -> None:
    it = Counter(wishes=replace(QUIET, wanted={MAIL: Wanted.NEVER}))
    it.desk.mute(CHAT, Span.FOUR_HOURS)
    for slug in (CHAT, MAIL):
        it.desk.tell_once(slug)
        ended = event(Turn.ENDED, service=slug, level=Level.OPERATIONAL)
        assert it.take(ended) == []
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert {one.service for one in message.events} == {CHAT, MAIL}
    assert it.journal.wanted == set()


def test_that_it_works_again_is_not_told_while_it_is_known_to_be_down_anew() -> None:
    it = Counter(wishes=replace(QUIET, quiet_floor=Level.MAJOR))
    began = event(level=Level.PARTIAL, episode="old")
    ended = event(Turn.ENDED, level=Level.OPERATIONAL, episode="old")
    assert it.take(began, ended) == []
    [message] = it.take(event(episode="new", at=NOON + MINUTE))
    assert message.event.episode == "new"
    it.now += 2 * HOUR
    assert list(it.desk.round(deque())) == []


def test_who_rose_with_one_that_fell_again_is_told_alone() -> None:
    it = Counter(wishes=QUIET)
    first, second, third = fallen("chat mail maps")
    ended, with_it, too = (
        replace(one, id=f"{one.id}/e", turn=Turn.ENDED, at=NOON + MINUTE)
        for one in (first, second, third)
    )
    late = NOON + 2 * MINUTE
    again, together = (
        replace(one, id=f"{one.id}/a", episode="new", at=late, cause="d")
        for one in (first, third)
    )
    assert it.take(first, second, third, ended, with_it, too, again, together) == []
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert {one.id for one in message.events} == {with_it.id, again.id}


def test_an_end_is_told_to_who_does_not_want_to_hear_that_it_began_anew() -> None:
    it = Counter()
    began = event(level=Level.PARTIAL, episode="old")
    assert len(it.take(began)) == 1
    it.desk.change_wishes(QUIET)
    ended = event(Turn.ENDED, level=Level.OPERATIONAL, episode="old")
    assert it.take(ended, event(episode="new", at=NOON + MINUTE)) == []
    it.journal.known[CHAT] = Track(episode="new")
    it.desk.mute(CHAT, Span.END)
    it.now += 2 * HOUR
    [message] = it.desk.round(deque())
    assert message.event == ended
