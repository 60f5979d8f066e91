"""Channels the courier can leave at any moment, whatever they hang in."""

from __future__ import annotations

from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from downlight.core.errors import DeliveryError
from downlight.core.ports import Channel
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from downlight.core.news import Message

LIMIT: Final = timedelta(seconds=10)
"""A bubble that takes longer to appear is taken for one that does not."""


@runtime_checkable
class Wired(Channel, Protocol):
    """A channel that also hears back, and that can be interrupted."""

    def fileno(self) -> int | None:
        """Return the descriptor to watch for reading; None while there is none."""
        ...

    def receive(self) -> None:
        """Take in what has arrived, without waiting."""
        ...

    def interrupt(self) -> None:
        """End what hangs, and refuse what comes after. Called from any thread."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class Bounded:
    """A channel that may hang, used through a thread of its own and a time limit.

    The thread is daemonic on purpose: one that hangs for ever in foreign code must
    not keep the program from ending, and nothing of ours is lost with it.
    """

    def __init__(self, channel: Channel, limit: timedelta = LIMIT) -> None:
        """Wrap ``channel``; one delivery may take ``limit``."""
        self._channel = channel
        self._limit = limit
        self._stuck: Thread | None = None
        self._outcomes: SimpleQueue[Exception | None] = SimpleQueue()
        self._over = False

    @property
    def name(self) -> str:
        """As written to the journal: the channel's own."""
        return self._channel.name

    def deliver(self, message: Message) -> None:
        """Show it, within the limit.

        Raises:
            DeliveryError: It was not shown, not in time, the program is ending, or
                an earlier message still hangs.
            Exception: Whatever the channel raised.
        """
        if self._stuck is not None and self._stuck.is_alive():
            raise DeliveryError(mark("it still hangs in an earlier message"))
        # A new queue each time: nobody listens any more to who came too late.
        outcomes = self._outcomes = SimpleQueue()
        if self._over:  # asked only now: from here on its word reaches this queue
            raise DeliveryError("the program is ending")
        worker = Thread(
            target=_work,
            args=(self._channel, message, outcomes),
            name=f"courier-{self.name}",
            daemon=True,
        )
        worker.start()
        try:
            error = outcomes.get(timeout=self._limit.total_seconds())
        except Empty:
            self._stuck = worker
            seconds = f"{self._limit.total_seconds():g}"
            why = tr("it did not answer within {n} s", n=seconds)
            raise DeliveryError(why) from None
        if error is not None:
            raise error

    def fileno(self) -> int | None:
        """Return None: nothing is heard back."""
        return None

    def receive(self) -> None:
        """Do nothing: nothing is heard back."""

    def interrupt(self) -> None:
        """Stop waiting for the channel, now and for good."""
        self._over = True
        self._outcomes.put(DeliveryError("the program is ending"))

    def close(self) -> None:
        """Do nothing: the channel belongs to who made it."""


def _work(
    channel: Channel, message: Message, outcomes: SimpleQueue[Exception | None]
) -> None:
    try:
        channel.deliver(message)
    except Exception as error:  # noqa: BLE001 - the supervised edge; raised by deliver
        outcomes.put(error)
    else:
        outcomes.put(None)
