"""Bringing news to the person."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import UTC, timedelta
from queue import SimpleQueue
from threading import Event as Flag
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from downlight.core.evidence.story import Track
from downlight.core.news import Act, Delivery, Turn
from downlight.core.telling.decided import Fate
from downlight.core.telling.mute import Mute, Span
from downlight.core.telling.policy import Wishes
from downlight.core.telling.quiet import parse
from downlight.notify.courier import Courier
from downlight.notify.desk import BACKLOG
from downlight.notify.ways import MEANWHILE
from tests.notify.events import NOON, event, news
from tests.notify.memory import PATIENCE, Exchange, Memory, Phone, Screen, Tar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, Message
    from downlight.core.ports import Channel


class Box:
    """A courier with all it needs, stopped in the end."""

    def __init__(
        self,
        *channels: Channel,
        journal: Memory | None = None,
        make: Callable[[Callable[[Event, Act], None]], Sequence[Channel]] | None = None,
        on_act: Callable[[Event, Act], None] = lambda _event, _act: None,
        on_mutes: Callable[[Mapping[ServiceSlug, Mute]], None] = lambda _mutes: None,
    ) -> None:
        self.journal = journal or Memory()
        self.troubles: list[str] = []
        self.made = 0

        def given(_on_act: Callable[[Event, Act], None]) -> Sequence[Channel]:
            self.made += 1
            return channels

        self.courier = Courier(
            make or given,
            self.journal.opened,
            lambda: NOON,
            on_act,
            self.troubles.append,
            wishes=Wishes(most=60),
            on_mutes=on_mutes,
        )

    def __enter__(self) -> Courier:
        self.courier.start()
        return self.courier

    def __exit__(self, *_: object) -> None:
        assert self.courier.stop()

    def tell(self, *events: Event) -> None:
        """Write them to the journal and publish them, as the engine does; wait."""
        with self as courier:
            self.journal.write(NOON, (), {}, events)
            courier.publish(news(*events))


def test_the_first_channel_that_delivers_is_the_only_one() -> None:
    first, second = Screen("first"), Screen("second")
    box = Box(first, second)
    began = event()
    box.tell(began)
    assert first.next().event is began
    assert second.shown.empty()
    assert box.journal.deliveries == [Delivery(began.id, "first", NOON, "delivered")]


@pytest.mark.parametrize(
    ("failure", "detail"),
    [
        (DeliveryError("nobody is there"), "nobody is there"),
        (DeliveryError(), "Notification not delivered"),
        (OSError("odd"), "OSError: odd"),
        (KeyError(), "KeyError"),
        (RuntimeError("x" * 1000), "RuntimeError: " + "x" * 199 + "…"),
    ],
)
def test_when_one_fails_the_next_is_tried(failure: Exception, detail: str) -> None:
    second = Screen("second")
    box = Box(Screen("first", failure), second)
    began = event()
    box.tell(began)
    assert second.next().event is began
    assert box.journal.deliveries == [
        Delivery(began.id, "first", NOON, "failed", detail),
        Delivery(began.id, "second", NOON, "delivered"),
    ]
    assert box.troubles == []


def test_when_all_fail_it_is_written_down_and_said_once_until_it_works() -> None:
    screen = Screen("screen", DeliveryError("dark"))
    box = Box(Screen("other", DeliveryError("gone")), screen)
    one, two, three = event(), event(Turn.ENDED), event()
    with box as courier:
        courier.publish(news(one, two))
        for _ in range(6):
            box.journal.recorded.get(timeout=PATIENCE)
        screen.failure = None
        courier.publish(news(three))
        assert screen.next().event is three
    why = "other: gone; screen: dark"
    assert box.journal.deliveries[2] == Delivery(one.id, "none", NOON, "failed", why)
    assert box.journal.outcomes()[3:6] == [
        (two.id, "other", "failed"),
        (two.id, "screen", "failed"),
        (two.id, "none", "failed"),
    ]
    assert box.troubles == [f"Notifications do not get through: gone. {MEANWHILE}", ""]


def test_without_any_channel_that_is_said() -> None:
    box = Box()
    began = event()
    box.tell(began)
    why = "there is no way to notify here"
    assert box.journal.deliveries == [Delivery(began.id, "none", NOON, "failed", why)]


def test_what_is_not_worth_telling_wakes_nobody() -> None:
    box = Box(Screen())
    box.tell(*(event(turn) for turn in Turn if not turn.is_worth_telling))
    assert box.made == 0
    assert box.journal.deliveries == []


def test_channels_are_made_once_and_only_when_needed() -> None:
    screen = Screen()
    box = Box(screen)
    with box as courier:
        courier.publish(news())
        assert box.made == 0
        courier.publish(news(event()))
        screen.next()
        courier.publish(news(event()))
        screen.next()
    assert box.made == 1


def test_what_was_decided_before_a_restart_is_told_after_it_in_order() -> None:
    screen = Screen()
    began = event(at=NOON - timedelta(minutes=9))
    ended = event(Turn.ENDED, at=NOON - timedelta(minutes=2))
    told = event(at=NOON - timedelta(minutes=20))
    journal = Memory([told, began, ended])
    journal.record_delivery(Delivery(told.id, "dbus", NOON, "delivered"))
    with Box(screen, journal=journal):
        assert [screen.next().event, screen.next().event] == [began, ended]
    assert screen.shown.empty()
    assert journal.since[0] == NOON - BACKLOG


def test_news_of_yesterday_is_not_told_after_a_restart() -> None:
    screen = Screen()
    journal = Memory([event(at=NOON - BACKLOG - timedelta(seconds=1))])
    with Box(screen, journal=journal):
        pass
    assert screen.shown.empty()


def test_an_event_is_told_once_however_often_it_is_published() -> None:
    screen = Screen()
    began = event()
    box = Box(screen)
    box.tell(began, began)
    assert screen.next().event is began
    assert screen.shown.empty()
    assert len(box.journal.deliveries) == 1


def test_an_event_told_from_the_backlog_is_not_told_again() -> None:
    screen = Screen()
    began = event()
    box = Box(screen, journal=Memory([began]))
    box.courier.publish(news(began))
    box.tell()
    assert screen.next().event is began
    assert screen.shown.empty()


def test_an_event_that_an_earlier_run_told_is_not_told_again() -> None:
    screen = Screen()
    began = event()
    journal = Memory([began])
    journal.record_delivery(Delivery(began.id, "dbus", NOON, "delivered"))
    Box(screen, journal=journal).tell(began)
    assert screen.shown.empty()


def test_an_event_that_an_earlier_run_failed_to_tell_is_told() -> None:
    screen = Screen()
    began = event(at=NOON - timedelta(days=1))
    journal = Memory([began])
    journal.record_delivery(Delivery(began.id, "none", NOON, "failed"))
    Box(screen, journal=journal).tell(began)
    assert screen.next().event is began


@pytest.mark.parametrize(
    "refused",
    [
        {"open"},
        {"undecided"},
        {"events"},
        {"record_delivery"},
        {"decide"},
        {"decisions"},
        {"mutes", "once"},
    ],
)
def test_a_disk_that_refuses_keeps_nobody_uninformed(
    refused: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    screen = Screen()
    box = Box(screen, journal=Memory(refused=frozenset(refused)))
    one, two = event(), event(Turn.ENDED)
    with box as courier:
        # Not written first: what the courier then finds by itself, when it begins just
        # then, it need not look up.
        courier.publish(news(one, two))
    assert [screen.next().event, screen.next().event] == [one, two]
    warnings = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert warnings
    assert all("the disk refuses" in words for words in warnings)


def test_the_first_failure_and_the_recovery_are_logged_not_the_attempts(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    first, second = Screen("first", DeliveryError("no")), Screen("second")
    with Box(first, second) as courier:
        for _ in range(3):
            courier.publish(news(event()))
            second.next()
        first.failure = None
        courier.publish(news(event()))
        first.next()
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("WARNING", "first: no"),
        ("INFO", "first: works again"),
    ]


def test_the_journal_is_open_while_it_is_needed_and_closed_after() -> None:
    screen = Screen()
    box = Box(screen)
    with box as courier:
        courier.publish(news(event()))
        screen.next()
        assert box.journal.is_open
    assert not box.journal.is_open


def test_the_thread_has_a_name_and_keeps_the_program_alive_until_it_is_stopped() -> (
    None
):
    with Box():
        [thread] = [t for t in threading.enumerate() if t.name == "courier"]
        assert not thread.daemon
    assert not thread.is_alive()


def test_a_channel_that_hangs_does_not_hang_quitting() -> None:
    tar, last = Tar(), Screen("last")
    box = Box(tar, last)
    began = event()
    with box as courier:
        courier.publish(news(began, event(Turn.ENDED)))
        assert tar.stuck.wait(PATIENCE)
    tar.let_go.set()
    assert last.shown.empty()
    # Not told, and so told after the next start.
    assert box.journal.outcomes() == [(began.id, "tar", "failed")]


def test_a_wired_channel_that_hangs_is_interrupted() -> None:
    exchange = Exchange(hangs=True)
    with Box(make=exchange) as courier:
        courier.publish(news(event()))
        assert exchange.phone.stuck.wait(PATIENCE)
    assert exchange.phone.closed.is_set()


def test_a_disk_that_hangs_does_not_hang_quitting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stuck, let_go = Flag(), Flag()

    @contextmanager
    def hanging() -> Iterator[Memory]:
        stuck.set()
        let_go.wait()
        yield Memory()

    courier = Courier(
        lambda _click: (), hanging, lambda: NOON, lambda _event, _act: None
    )
    courier.start()
    assert stuck.wait(PATIENCE)
    [thread] = [t for t in threading.enumerate() if t.name == "courier"]
    assert not courier.stop()
    assert "did not end in time" in caplog.text
    let_go.set()
    thread.join(PATIENCE)
    assert courier.stop()


def test_what_is_queued_when_the_program_is_quit_is_still_told() -> None:
    screen = Screen()
    Box(screen).tell(*(event() for _ in range(20)))
    assert [screen.next() for _ in range(20)]


def test_news_before_the_start_waits_and_news_after_the_end_is_left() -> None:
    screen = Screen()
    box = Box(screen)
    early = event()
    box.courier.publish(news(early))
    with box:
        assert screen.next().event is early
    box.courier.publish(news(event()))
    assert screen.shown.empty()


def test_a_courier_that_was_never_started_stops() -> None:
    assert Box().courier.stop()


def test_thousands_of_rings_do_not_block_who_publishes() -> None:
    tar = Tar()
    with Box(tar) as courier:
        courier.publish(news(event()))
        assert tar.stuck.wait(PATIENCE)
        began = event()
        for _ in range(5000):
            courier.publish(news(began))
        tar.let_go.set()


def called(exchange: Exchange, courier: Courier, about: Event) -> Phone:
    """Tell an event and return the phone once it rang."""
    courier.publish(news(about))
    exchange.phone.shown.get(timeout=PATIENCE)
    return exchange.phone


def test_a_click_comes_back_with_its_event() -> None:
    clicked: list[Event] = []
    heard = Flag()

    def on_act(about: Event, _act: Act) -> None:
        clicked.append(about)
        heard.set()

    exchange, began = Exchange(), event()
    with Box(make=exchange, on_act=on_act) as courier:
        called(exchange, courier, began).line.send(b"!")
        assert heard.wait(PATIENCE)
    assert clicked == [began]


def test_that_it_is_me_is_asked_outside_and_a_mute_is_made_inside() -> None:
    heard: SimpleQueue[tuple[Event, Act]] = SimpleQueue()
    muted: SimpleQueue[Mapping[ServiceSlug, Mute]] = SimpleQueue()
    exchange, began = Exchange(), event()
    box = Box(
        make=exchange,
        on_act=lambda about, act: heard.put((about, act)),
        on_mutes=muted.put,
    )
    box.journal.known[began.service] = Track(episode=began.episode)
    with box as courier:
        line = called(exchange, courier, began).line
        line.send(b"m")
        silent = muted.get(timeout=PATIENCE)
        line.send(b"?")
        assert heard.get(timeout=PATIENCE) == (began, Act.ME)
    assert {slug: it.episode for slug, it in silent.items()} == {
        began.service: began.episode
    }
    assert heard.empty()


def test_a_click_that_is_heard_while_the_program_ends_is_heeded() -> None:
    began = event()
    clicked: list[Callable[[Event, Act], None]] = []

    class Last(Screen):
        def deliver(self, message: Message) -> None:
            super().deliver(message)
            assert box.courier._stopping.wait(PATIENCE)
            clicked[0](message.event, Act.MUTE)

    last = Last()

    def make(on_act: Callable[[Event, Act], None]) -> Sequence[Channel]:
        clicked.append(on_act)
        return [last]

    box = Box(make=make)
    box.journal.known[began.service] = Track(episode=began.episode)
    with box as courier:
        courier.publish(news(began))
        assert last.next().event is began
    assert set(box.journal.muted) == {began.service}


def test_a_click_that_goes_wrong_does_not_end_the_courier(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def on_act(_event: Event, _act: Act) -> None:
        raise ValueError("no window")

    exchange = Exchange()
    with Box(make=exchange, on_act=on_act) as courier:
        called(exchange, courier, event()).line.send(b"!")
        called(exchange, courier, event())
    assert "a click on a notification failed" in caplog.text


def test_a_channel_that_cannot_listen_any_more_is_closed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    exchange = Exchange()
    with Box(make=exchange) as courier:
        phone = called(exchange, courier, event())
        phone.broken = True
        phone.line.send(b"!")
        assert phone.closed.wait(PATIENCE)
        called(exchange, courier, event())
    assert "phone: stopped listening: OSError: crackles" in caplog.text


def test_what_waits_is_told_when_its_time_has_come_though_nothing_happens() -> None:
    screen, now = Screen(), [NOON]
    journal = Memory()
    began = event()
    journal.write(NOON, (), {}, (began,))
    courier = Courier(
        lambda _click: (screen,),
        journal.opened,
        lambda: now[0],
        lambda _event, _act: None,
        wishes=Wishes(quiet=(parse("11:00-12:01"),)),
        zone=UTC,
    )
    courier.start()
    courier.publish(news(began))
    while not journal.decided:  # the thread is quick
        journal.checked.get(timeout=PATIENCE)
    now[0] = NOON + timedelta(seconds=59)
    courier.unmute(None)  # it looks, and waits on
    now[0] = NOON + timedelta(minutes=2)
    assert screen.next().event is began
    assert courier.stop()


def test_what_waits_is_told_at_once_when_the_person_wants_quiet_no_more() -> None:
    screen, journal = Screen(), Memory()
    began = event()
    journal.write(NOON, (), {}, (began,))
    courier = Courier(
        lambda _click: (screen,),
        journal.opened,
        lambda: NOON,
        lambda _event, _act: None,
        wishes=Wishes(quiet=(parse("11:00-20:00"),)),
        zone=UTC,
    )
    courier.start()
    courier.publish(news(began))
    while not journal.decided:  # the thread is quick
        journal.checked.get(timeout=PATIENCE)
    courier.change_wishes(Wishes())
    assert screen.next().event is began
    assert courier.stop()


def test_what_waits_for_a_busy_person_is_told_when_he_is_so_no_more() -> None:
    screen, states = Screen(), ["", "You are presenting."]
    journal = Memory()
    began = event()
    journal.write(NOON, (), {}, (began,))
    courier = Courier(
        lambda _click: (screen,),
        journal.opened,
        lambda: NOON,
        lambda _event, _act: None,
        busy=states.pop,
        again=timedelta(seconds=1),
    )
    courier.start()
    courier.publish(news(began))
    assert screen.next().event is began
    assert courier.stop()
    assert states == []
    later, told = (journal.checked.get(timeout=PATIENCE) for _ in range(2))
    assert (later.fate, later.reason) == (Fate.LATER, "You are presenting.")
    assert told.fate is Fate.TOLD


def test_silence_is_asked_of_the_thread_and_seen_when_it_holds() -> None:
    screen, seen = Screen(), SimpleQueue[object]()
    journal = Memory()
    courier = Courier(
        lambda _click: (screen,),
        journal.opened,
        lambda: NOON,
        lambda _event, _act: None,
        on_mutes=seen.put,
    )
    courier.start()
    slug = event().service
    courier.mute(slug, Span.HOUR)
    mute = Mute(NOON, NOON + timedelta(hours=1))
    assert seen.get(timeout=PATIENCE) == {slug: mute} == courier.muted()
    courier.tell_once(slug)
    courier.unmute(slug)
    assert seen.get(timeout=PATIENCE) == {} == courier.muted()
    assert courier.stop()
    assert journal.wanted == {slug}


def test_after_a_night_asleep_what_waits_is_told_with_the_first_news_of_any_kind() -> (
    None
):
    # What the system sleeps does not count for who waits on a thread.
    screen, now = Screen(), [NOON]
    journal = Memory()
    began = event()
    journal.write(NOON, (), {}, (began,))
    courier = Courier(
        lambda _click: (screen,),
        journal.opened,
        lambda: now[0],
        lambda _event, _act: None,
        wishes=Wishes(quiet=(parse("11:00-20:00"),)),
        zone=UTC,
    )
    courier.start()
    courier.publish(news(began))
    while not journal.decided:  # the thread is quick
        journal.checked.get(timeout=PATIENCE)
    now[0] = NOON + timedelta(hours=9)
    courier.publish(news())
    assert screen.next().event == began
    assert courier.stop()
