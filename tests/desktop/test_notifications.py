"""Notifications through real services: what they are told and what comes back."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence.story import Track
from downlight.core.news import Act, Turn
from downlight.core.telling.policy import Wishes
from downlight.notify.bus import serves
from downlight.notify.courier import Courier
from downlight.notify.dbus import DBusChannel
from downlight.notify.herald import compose
from tests.desktop.bubbles import choose
from tests.desktop.notices import Notices
from tests.desktop.session import NOTIFICATIONS, Desktop, NotifyName, until
from tests.notify.events import NOON, event, message, news
from tests.notify.hostile import HOSTILE, shown
from tests.notify.memory import PATIENCE, Memory
from tests.notify.memory import Screen as LastResort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.core.news import Event
    from tests.desktop.notices import Notice

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

DAEMONS: tuple[NotifyName, ...] = ("dunst", "xfce", "mako")


@dataclass
class Room:
    """A box with a courier of ours that uses its bus, and a last resort."""

    box: Desktop
    notices: Notices
    journal: Memory
    last: LastResort
    courier: Courier
    clicked: SimpleQueue[tuple[Event, Act]]

    def tell(self, *events: Event) -> list[Notice]:
        """Publish and return what the service was told, once it has answered."""
        first = len(self.notices.seen)
        self.courier.publish(news(*events))
        self.notices.wait(
            "an answer to each",
            lambda: (
                len(self.notices.seen) == first + len(events)
                and all(notice.number for notice in self.notices.seen)
            ),
        )
        return self.notices.seen[first:]

    def outcomes(self, count: int) -> list[tuple[str, str]]:
        """Channel and outcome of the next attempts."""
        attempts = [self.journal.recorded.get(timeout=PATIENCE) for _ in range(count)]
        return [(attempt.channel, attempt.outcome) for attempt in attempts]


@contextmanager
def room(daemon: NotifyName) -> Iterator[Room]:
    with (
        Desktop(panel="none", notify=daemon, secret=False) as box,
        Notices(box.address) as notices,
    ):
        journal, last = Memory(), LastResort("last")
        clicked: SimpleQueue[tuple[Event, Act]] = SimpleQueue()
        courier = Courier(
            lambda on_act: (DBusChannel(on_act, address=box.address), last),
            journal.opened,
            lambda: NOON,
            lambda about, act: clicked.put((about, act)),
            wishes=Wishes(most=60),
        )
        courier.start()
        try:
            yield Room(box, notices, journal, last, courier, clicked)
        finally:
            assert courier.stop()


@pytest.fixture(params=DAEMONS)
def served(request: pytest.FixtureRequest) -> Iterator[Room]:
    with room(request.param) as found:
        yield found


@pytest.fixture
def unserved() -> Iterator[Room]:
    with room("none") as found:
        yield found


def test_the_end_is_written_over_the_beginning(served: Room) -> None:
    began = event(title="Chat <&> is down", sentence="a < b & c")
    ended = event(Turn.ENDED, title="Chat works again", sentence="Since 12:40.")
    one, two = served.tell(began, ended)
    assert one.replaces == 0
    assert two.replaces == two.number == one.number
    assert (one.summary, one.body) == ("Chat <&> is down", "a &lt; b &amp; c")
    # Whether it is heard is the desktop's to decide: no sound is named, none forbidden.
    assert one.hints == {"urgency": 2, "desktop-entry": "downlight"}
    assert two.hints == {"urgency": 1, "desktop-entry": "downlight"}
    assert one.actions == {
        "default": "Open",
        "mute": "Mute until it ends",
        "me": "Is it me?",
    }
    assert two.actions == {"default": "Open"}
    assert one.timeout == -1
    assert served.outcomes(2) == [("dbus", "delivered")] * 2
    assert served.last.shown.empty()


def test_another_outage_has_a_bubble_of_its_own(served: Room) -> None:
    one, two = served.tell(event(episode="one"), event(episode="two"))
    assert two.replaces == 0
    assert two.number != one.number


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_click_comes_back_with_the_latest_event(daemon: NotifyName) -> None:
    with room(daemon) as served:
        ended = event(Turn.ENDED)
        [_, notice] = served.tell(event(), ended)
        choose(served.box, daemon, notice)
        assert served.clicked.get(timeout=PATIENCE) == (ended, Act.OPEN)
        served.notices.wait("the bubble's end", lambda: served.notices.closed)
        [after] = served.tell(event())
        assert after.replaces == 0


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_button_asks_whether_it_is_me(daemon: NotifyName) -> None:
    with room(daemon) as served:
        began = event()
        [notice] = served.tell(began)
        choose(served.box, daemon, notice, Act.ME)
        assert served.clicked.get(timeout=PATIENCE) == (began, Act.ME)
        assert served.courier.muted() == {}


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_button_mutes_an_outage_until_it_ends(daemon: NotifyName) -> None:
    with room(daemon) as served:
        began = event()
        slug = began.service
        served.journal.known[slug] = Track(episode=began.episode)
        [notice] = served.tell(began)
        choose(served.box, daemon, notice, Act.MUTE)
        until(served.courier.muted, "the mute", PATIENCE)
        mute = served.journal.muted[slug]
        assert (mute.until, mute.episode) == (None, began.episode)
        served.courier.publish(news(event(Turn.WORSENED), ended := event(Turn.ENDED)))
        served.notices.wait("word of the end", lambda: len(served.notices.seen) == 2)
        assert served.notices.seen[1].summary == ended.title
        assert served.clicked.empty()


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_service_that_was_killed_and_came_back_gets_the_next(
    daemon: NotifyName,
) -> None:
    with room(daemon) as served:
        served.tell(event())
        process = served.box.notifier
        assert process is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        address = served.box.address
        until(lambda: serves(NOTIFICATIONS, address) is False, "it to go", PATIENCE)
        lost = event()
        served.courier.publish(news(lost))
        assert served.last.next().event is lost
        served.box.start_notify(daemon)
        served.box.await_notify()
        [back] = served.tell(event(Turn.ENDED))
        assert back.replaces == 0
        assert served.outcomes(4) == [
            ("dbus", "delivered"),
            ("dbus", "failed"),
            ("last", "delivered"),
            ("dbus", "delivered"),
        ]


def test_without_a_service_the_next_channel_is_used_and_a_late_one_is_found(
    unserved: Room,
) -> None:
    began = event()
    unserved.courier.publish(news(began))
    assert unserved.last.next().event is began
    assert unserved.outcomes(2) == [("dbus", "failed"), ("last", "delivered")]
    assert (
        unserved.journal.deliveries[0].detail == "no program here shows notifications"
    )
    unserved.box.start_notify("dunst")
    unserved.box.await_notify()
    [late] = unserved.tell(event(Turn.ENDED))
    assert late.replaces == 0


def test_what_was_not_told_before_a_kill_is_told_after_it(unserved: Room) -> None:
    box = unserved.box
    box.start_notify("dunst")
    box.await_notify()
    journal = Memory([event(at=NOON - timedelta(minutes=5), title="Not told yet")])
    courier = Courier(
        lambda on_act: (DBusChannel(on_act, address=box.address),),
        journal.opened,
        lambda: NOON,
        lambda _event, _act: None,
    )
    courier.start()
    unserved.notices.wait("the backlog", lambda: unserved.notices.seen)
    assert courier.stop()
    assert unserved.notices.seen[0].summary == "Not told yet"
    assert journal.outcomes()[0][1:] == ("dbus", "delivered")


def test_no_text_harms_the_service_or_the_bus(served: Room) -> None:
    channel = DBusChannel(lambda _event, _act: None, address=served.box.address)
    about = event()
    for text in HOSTILE:
        channel.deliver(message(text, text, about=about))
    channel.close()
    assert serves(NOTIFICATIONS, served.box.address) is True
    served.notices.wait("all of them", lambda: len(served.notices.seen) == len(HOSTILE))
    for text, notice in zip(HOSTILE, served.notices.seen, strict=True):
        if text.isprintable() and len(text) < 200:
            assert notice.summary == text
        assert "<" not in notice.body


def test_every_text_is_shown_as_the_words_it_is(served: Room) -> None:
    channel = DBusChannel(lambda _event, _act: None, address=served.box.address)
    told = [compose(event(title=text, sentence=text)) for text in HOSTILE]
    for it in told:
        channel.deliver(it)
    channel.close()
    assert serves(NOTIFICATIONS, served.box.address) is True
    served.notices.wait(
        "an answer to each",
        lambda: (
            len(served.notices.seen) == len(told)
            and all(notice.number for notice in served.notices.seen)
        ),
    )
    for it, notice in zip(told, served.notices.seen, strict=True):
        assert notice.summary == it.title  # no service reads a summary as markup
        assert shown(notice.body) == it.body
    assert len({notice.number for notice in served.notices.seen}) == 1
