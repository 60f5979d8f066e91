"""Channels that may hang."""

from datetime import timedelta

import pytest

from downlight.core.errors import DeliveryError
from downlight.notify.wired import Bounded, Wired
from tests.notify.events import message
from tests.notify.memory import PATIENCE, Screen, Tar

MOMENT = timedelta(milliseconds=1)


def test_what_works_is_delivered() -> None:
    screen = Screen()
    told = message()
    Bounded(screen).deliver(told)
    assert screen.next() is told


def test_it_is_a_channel_that_can_be_left_and_goes_by_the_same_name() -> None:
    bounded = Bounded(Screen("tray"))
    assert isinstance(bounded, Wired)
    assert bounded.name == "tray"
    assert bounded.fileno() is None
    bounded.receive()
    bounded.close()


@pytest.mark.parametrize("error", [DeliveryError("no"), RuntimeError("odd")])
def test_what_the_channel_raises_comes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        Bounded(Screen(failure=error)).deliver(message())
    assert caught.value is error


def test_a_channel_that_hangs_is_given_up_and_not_asked_twice_at_once() -> None:
    tar = Tar()
    bounded = Bounded(tar, limit=MOMENT)
    with pytest.raises(DeliveryError, match=r"did not answer within 0\.001 s"):
        bounded.deliver(message())
    tar.stuck.wait()
    with pytest.raises(DeliveryError, match="still hangs"):
        bounded.deliver(message())
    tar.let_go.set()


def test_after_it_came_loose_it_is_used_again() -> None:
    tar = Tar()
    bounded = Bounded(tar, limit=MOMENT)
    with pytest.raises(DeliveryError):
        bounded.deliver(message())
    tar.let_go.set()
    assert bounded._stuck is not None
    bounded._stuck.join()
    bounded._limit = timedelta(seconds=PATIENCE)
    bounded.deliver(message())


def test_one_message_right_after_another_is_no_hanging() -> None:
    screen = Screen()
    bounded = Bounded(screen)
    for _ in range(200):
        bounded.deliver(message())
        screen.next()


def test_once_interrupted_it_refuses() -> None:
    screen = Screen()
    bounded = Bounded(screen)
    bounded.interrupt()
    with pytest.raises(DeliveryError, match="ending"):
        bounded.deliver(message())
    assert screen.shown.empty()
