"""The desktop's notification service, over a real bus."""

from __future__ import annotations

import select
import sys
from datetime import timedelta
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from downlight.core.news import Turn
from tests.notify.events import event, message
from tests.notify.hostile import HOSTILE, shown
from tests.notify.memory import PATIENCE

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from jeepney import HeaderFields, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection

from downlight.notify.dbus import DBusChannel
from downlight.notify.herald import NO_CHARACTERS, compose
from tests.notify.service import PLACE, PLAIN, Service, bus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from downlight.core.news import Event

MOMENT = timedelta(milliseconds=50)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with bus(tmp_path) as found:
        yield found


@pytest.fixture
def clicked() -> list[Event]:
    return []


@pytest.fixture
def channel(address: str, clicked: list[Event]) -> Iterator[DBusChannel]:
    found = DBusChannel(lambda it, _act: clicked.append(it), address=address)
    yield found
    found.close()


def listen(channel: DBusChannel, until: Callable[[], object]) -> None:
    """Let the channel hear, as the courier does, until something holds."""
    while not until():
        number = channel.fileno()
        assert number is not None
        assert select.select([number], [], [], PATIENCE)[0]
        channel.receive()


def test_a_message_arrives_whole(address: str, channel: DBusChannel) -> None:
    with Service(address) as service:
        channel.deliver(message("Tom & Jerry <b>", 'a < b & "c"', urgent=True))
        note = service.note()
    assert note.app == "Downlight"
    assert note.replaces == 0
    assert note.icon == "dialog-error"
    assert note.summary == "Tom & Jerry <b>"  # a summary is never markup
    assert note.body == 'a &lt; b &amp; "c"'
    assert note.actions == ["default", "Open"]
    assert note.hints == {"urgency": ("y", 2), "desktop-entry": ("s", "downlight")}
    assert note.timeout == -1


def test_a_service_that_can_do_little_is_sent_little(
    address: str, channel: DBusChannel
) -> None:
    with Service(address, PLAIN) as service:
        channel.deliver(message(body="a < b & c", urgent=False))
        note = service.note()
    assert note.body == "a < b & c"
    assert note.actions == []
    assert note.icon == "dialog-warning"
    assert note.hints["urgency"] == ("y", 1)


def test_one_outage_has_one_bubble_that_is_updated(
    address: str, channel: DBusChannel
) -> None:
    with Service(address) as service:
        channel.deliver(message())
        first = service.note()
        channel.deliver(message(about=event(Turn.ENDED), urgent=False))
        second = service.note()
        channel.deliver(message(about=event(episode="another")))
        third = service.note()
        assert service.asked == 1
    assert second.replaces == first.number
    assert second.icon == "dialog-information"
    assert third.replaces == 0


def test_a_bubble_that_was_closed_is_not_replaced(
    address: str, channel: DBusChannel
) -> None:
    with Service(address) as service:
        channel.deliver(message())
        number = service.note().number
        service.close_bubble(number)
        listen(channel, lambda: not channel._bubbles)
        channel.deliver(message())
        assert service.note().replaces == 0


def test_a_service_that_gives_a_new_number_is_followed(
    address: str, channel: DBusChannel, clicked: list[Event]
) -> None:
    with Service(address) as service:
        channel.deliver(message())
        service.note()
        service.instead["Notify"] = ("u", (77,))
        ended = event(Turn.ENDED)
        channel.deliver(message(about=ended))
        del service.instead["Notify"]
        service.click(1)
        service.click(77)
        listen(channel, lambda: clicked)
        assert clicked == [ended]
        channel.deliver(message())
        assert service.note().replaces == 77


def test_a_click_opens_the_latest_of_the_outage(
    address: str, channel: DBusChannel, clicked: list[Event]
) -> None:
    with Service(address) as service:
        channel.deliver(message())
        number = service.note().number
        ended = event(Turn.ENDED)
        channel.deliver(message(about=ended))
        service.click(number, "snooze")
        service.click(number + 1)
        service.say("ActivationToken", "us", number, "token")
        service.click(number)
        listen(channel, lambda: clicked)
    assert clicked == [ended]


def test_a_click_just_before_an_update_is_about_what_was_shown(
    address: str, channel: DBusChannel, clicked: list[Event]
) -> None:
    began = event()

    def click(service: Service, number: int) -> None:
        if number in channel._bubbles:
            service.click(number)

    with Service(address, before=click):
        channel.deliver(message(about=began))
        channel.deliver(message(about=event(Turn.ENDED)))
    assert clicked == [began]


def test_nobody_else_can_click_or_close(
    address: str, channel: DBusChannel, clicked: list[Event]
) -> None:
    stranger = open_dbus_connection(address)
    with Service(address) as service, stranger:
        channel.deliver(message())
        number = service.note().number
        for signal, signature, word in (
            ("ActionInvoked", "us", "default"),
            ("NotificationClosed", "uu", 1),
        ):
            stray = new_signal(PLACE, signal, signature, (number, word))
            # To all it would not reach us, as we asked for the service's only.
            stray.header.fields[HeaderFields.destination] = service.caller
            stranger.send(stray)
        stranger.send_and_get_reply(message_bus.GetId())  # the bus has handed them on
        service.click(number)
        listen(channel, lambda: clicked)
        assert len(clicked) == 1
        assert number in channel._bubbles


def test_a_restarted_service_gets_the_next_message_as_a_new_one(
    address: str, channel: DBusChannel, clicked: list[Event]
) -> None:
    with Service(address) as service:
        channel.deliver(message())
        number = service.note().number
    listen(channel, lambda: not channel._bubbles)
    with Service(address, PLAIN) as service:
        service.click(number)
        channel.deliver(message(body="a & b"))
        note = service.note()
        assert service.asked == 1
    assert (note.replaces, note.body, note.actions) == (0, "a & b", [])
    assert clicked == []


def test_without_a_service_that_is_said_and_a_late_one_is_found(
    address: str, channel: DBusChannel
) -> None:
    with pytest.raises(
        DeliveryError, match="no program here shows notifications"
    ) as told:
        channel.deliver(message())
    assert told.value.hint == "Install one, e.g. dunst."
    with Service(address) as service:
        channel.deliver(message("Late but here"))
        assert service.note().summary == "Late but here"


def test_a_service_that_leaves_between_two_calls_is_missed(
    address: str, channel: DBusChannel
) -> None:
    gone = "org.freedesktop.DBus.Error.ServiceUnknown"
    with (
        Service(address, errors={"Notify": gone}),
        pytest.raises(DeliveryError, match="no program here"),
    ):
        channel.deliver(message())


def test_an_error_for_an_answer_is_a_failure_in_words(
    address: str, channel: DBusChannel
) -> None:
    with Service(address, errors={"Notify": "org.example.Full"}) as service:
        with pytest.raises(DeliveryError, match=r"org\.example\.Full: as you like"):
            channel.deliver(message())
        service.errors.clear()
        channel.deliver(message())
        assert service.note().replaces == 0


def test_a_service_that_does_not_know_its_capabilities_is_sent_plain_text(
    address: str, channel: DBusChannel
) -> None:
    unknown = "org.freedesktop.DBus.Error.UnknownMethod"
    with Service(address, errors={"GetCapabilities": unknown}) as service:
        channel.deliver(message(body="a & b"))
        note = service.note()
    assert (note.body, note.actions) == ("a & b", [])


@pytest.mark.parametrize("answer", [("s", ("actions",)), (None, ())])
def test_capabilities_that_are_none_are_none(
    address: str, channel: DBusChannel, answer: tuple[str | None, tuple[str, ...]]
) -> None:
    with Service(address, instead={"GetCapabilities": answer}) as service:
        channel.deliver(message())
        assert service.note().actions == []


@pytest.mark.parametrize("answer", [("s", ("shown",)), (None, ())])
def test_an_answer_that_is_no_number_is_a_failure(
    address: str, channel: DBusChannel, answer: tuple[str | None, tuple[str, ...]]
) -> None:
    with (
        Service(address, instead={"Notify": answer}),
        pytest.raises(DeliveryError, match="nonsense"),
    ):
        channel.deliver(message())


def test_a_service_that_took_over_in_between_makes_all_bubbles_forgotten(
    address: str, channel: DBusChannel
) -> None:
    with Service(address):
        channel.deliver(message(about=event(episode="one")))
        channel._owner = ":1.999"  # as if another had shown it
        channel.deliver(message(about=event(episode="two")))
        assert [bubble.key for bubble in channel._bubbles.values()] == [
            message(about=event(episode="two")).key
        ]


def test_a_service_that_is_silent_is_given_up_and_then_used_again(
    address: str, clicked: list[Event]
) -> None:
    channel = DBusChannel(
        lambda it, _act: clicked.append(it), address=address, limit=MOMENT
    )
    with Service(address, silent={"Notify"}) as service:
        with pytest.raises(DeliveryError, match=r"within 0\.05 s"):
            channel.deliver(message())
        service.silent.clear()
        channel._limit = timedelta(seconds=PATIENCE)
        channel.deliver(message("Again"))
        assert service.note().summary == "Again"
    channel.close()


def test_an_answer_that_comes_too_late_disturbs_nothing(
    address: str, clicked: list[Event]
) -> None:
    channel = DBusChannel(
        lambda it, _act: clicked.append(it), address=address, limit=MOMENT
    )
    held = Flag()

    def wait(_service: Service, _number: int) -> None:
        held.wait(PATIENCE)

    with Service(address, before=wait) as service:
        with pytest.raises(DeliveryError):
            channel.deliver(message("One"))
        held.set()
        channel._limit = timedelta(seconds=PATIENCE)
        channel.deliver(message("Two"))
        assert [service.note().summary, service.note().summary] == ["One", "Two"]
        assert list(channel._bubbles) == [2]
    channel.close()


def test_when_the_bus_dies_it_is_let_go_and_a_new_one_is_found(tmp_path: Path) -> None:
    channel = DBusChannel(
        lambda _event, _act: None, address=f"unix:path={tmp_path}/bus"
    )
    with bus(tmp_path) as address, Service(address) as service:
        channel.deliver(message())
        service.note()
    listen(channel, lambda: channel.fileno() is None)
    with pytest.raises(DeliveryError, match="cannot be reached"):
        channel.deliver(message())
    with bus(tmp_path) as address, Service(address) as service:
        channel.deliver(message("New bus"))
        assert service.note().summary == "New bus"
        assert service.asked == 1
    channel.close()


def test_a_bus_that_died_unheard_is_replaced_with_the_next_message(
    tmp_path: Path,
) -> None:
    channel = DBusChannel(
        lambda _event, _act: None, address=f"unix:path={tmp_path}/bus"
    )
    for _ in range(2):
        with bus(tmp_path) as address, Service(address) as service:
            channel.deliver(message())
            assert service.note().replaces == 0
    channel.close()


def test_a_wait_can_be_ended_from_another_thread(
    address: str, channel: DBusChannel
) -> None:
    told = Flag()
    outcome: list[Exception] = []

    def deliver() -> None:
        try:
            channel.deliver(message())
        except DeliveryError as error:
            outcome.append(error)

    def hold(_service: Service, _number: int) -> None:
        told.set()
        ended.wait(PATIENCE)

    ended = Flag()
    with Service(address, before=hold):
        thread = Thread(target=deliver)
        thread.start()
        assert told.wait(PATIENCE)
        channel.interrupt()
        thread.join(PATIENCE)
        ended.set()
    assert [str(error) for error in outcome] == ["the program is ending"]


def test_once_interrupted_it_refuses(address: str, channel: DBusChannel) -> None:
    channel.interrupt()
    with Service(address), pytest.raises(DeliveryError, match="ending"):
        channel.deliver(message())
    channel.close()
    channel.close()
    channel.receive()
    assert channel.fileno() is None


def test_no_text_makes_the_bus_hang_up(address: str, channel: DBusChannel) -> None:
    with Service(address) as service:
        for text in HOSTILE:
            channel.deliver(message(text, text))
            note = service.note()
            assert "\0" not in note.summary + note.body
            assert not NO_CHARACTERS & {*note.summary, *note.body}
            if text.isprintable() and len(text) < 200:
                assert note.summary == text


def test_a_body_reads_as_the_words_it_is(address: str, channel: DBusChannel) -> None:
    with Service(address) as service:
        for text in HOSTILE:
            told = compose(event(title=text, sentence=text))
            channel.deliver(told)
            note = service.note()
            assert (note.summary, shown(note.body)) == (told.title, told.body)
            assert set(note.hints) == {"urgency", "desktop-entry"}  # no sound
