"""Brings news to the person: one thread that sleeps until there is some."""

from __future__ import annotations

import logging
import selectors
import socket
from collections import deque
from contextlib import ExitStack, suppress
from datetime import timedelta
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING, Final

from downlight.core.errors import DeliveryError
from downlight.core.text import line
from downlight.notify.herald import compose
from downlight.notify.record import Record, Turns
from downlight.notify.wired import Bounded, Wired

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from downlight.core.news import Event, Message, News
    from downlight.core.ports import Channel, Clock, Journal

log = logging.getLogger(__name__)

BACKLOG: Final = timedelta(minutes=30)
"""What was decided but not told before a restart is still told within this; older
news the window tells better than a bubble."""
GRACE: Final = 0.8
"""Seconds at the end for what is queued, before what hangs is interrupted."""
JOIN: Final = 1.0
"""Seconds for the thread to end once interrupted; with `GRACE` below the 2 s that
quitting may take."""
DETAIL_LENGTH: Final = 200
"""Characters of a reason kept in the journal."""


class Courier:
    """Tries the channels in order until one delivers; a `Sink`.

    The thread wakes for news and for what a channel hears back, for nothing else.
    Every attempt is written to the journal. An event is tried once in a run and
    never when the journal says that it was told.
    """

    def __init__(
        self,
        channels: Callable[[Callable[[Event], None]], Sequence[Channel]],
        journal: Callable[[], AbstractContextManager[Journal]],
        clock: Clock,
        on_click: Callable[[Event], None],
        on_trouble: Callable[[str], None] = lambda _words: None,
    ) -> None:
        """Note how to get what is needed; nothing is opened here.

        Args:
            channels: Makes the channels, best first, from what to call when a
                message was clicked. Called on the courier's thread, with the first
                message, so that nothing is imported before.
            journal: Opens the journal; called on the courier's thread.
            clock: Tells the time, a replay's too.
            on_click: Told the event whose message was clicked, on the courier's
                thread.
            on_trouble: Told, on the courier's thread, in a sentence when
                notifications stop getting through, and "" when they do again.
        """
        self._make_channels = channels
        self._journal = journal
        self._clock = clock
        self._on_click = on_click
        self._on_trouble = on_trouble
        self._queue: deque[Event] = deque()
        self._tried: set[str] = set()
        self._turns = Turns()
        self._channels: tuple[Wired, ...] | None = None
        self._thread: Thread | None = None
        self._bell: socket.socket | None = None
        self._stopping = Flag()
        self._interrupted = Flag()

    def start(self) -> None:
        """Start the thread; once only."""
        ear, self._bell = socket.socketpair()
        ear.settimeout(0)
        self._bell.settimeout(0)
        self._thread = Thread(target=self._run, args=(ear,), name="courier")
        self._thread.start()

    def publish(self, news: News) -> None:
        """Queue what is worth telling; return at once, never raise."""
        told = [event for event in news.events if event.is_worth_telling]
        if told:
            self._queue.extend(told)
            self._ring()

    def stop(self) -> bool:
        """Deliver what is queued if that is quick, then end.

        Returns:
            Whether the thread has ended; within 2 s in any case.
        """
        self._stopping.set()
        self._ring()
        if self._thread is None or self._bell is None:
            return True
        self._thread.join(GRACE)
        self._interrupted.set()
        for channel in self._channels or ():
            channel.interrupt()
        self._thread.join(JOIN)
        if self._thread.is_alive():
            log.warning("the courier did not end in time")
            return False
        self._bell.close()
        return True

    def _ring(self) -> None:
        """Wake the thread, unless it is about to look anyway."""
        if self._bell is not None:
            with suppress(OSError):  # rung often enough, or nobody is in any more
                self._bell.send(b"\0")

    def _run(self, ear: socket.socket) -> None:
        with ExitStack() as at_the_end:
            at_the_end.enter_context(ear)
            record = Record(self._journal, at_the_end, self._turns, self._clock)
            at_the_end.callback(self._close_channels)
            for event in record.backlog(self._clock() - BACKLOG):
                self._tell(event, record)
            while True:
                self._tell_queue(record)
                if self._stopping.is_set():
                    break
                self._sleep(ear)

    def _sleep(self, ear: socket.socket) -> None:
        """Wait for the bell or for a channel to hear something."""
        # Made anew each time, as channels come to have other descriptors; waking
        # is rare enough.
        with selectors.DefaultSelector() as selector:
            selector.register(ear, selectors.EVENT_READ)
            for channel in self._channels or ():
                if (number := channel.fileno()) is not None:
                    selector.register(number, selectors.EVENT_READ, channel)
            ready = selector.select()
        for key, _ in ready:
            if key.data is None:
                ear.recv(4096)
            else:
                self._receive(key.data)

    def _receive(self, channel: Wired) -> None:
        try:
            channel.receive()
        except Exception as error:  # noqa: BLE001 - a channel is a supervised edge
            log.warning("%s: stopped listening: %s", channel.name, _words(error))
            channel.close()  # else it would wake us again at once

    def _tell_queue(self, record: Record) -> None:
        while self._queue:
            event = self._queue.popleft()
            if event.id not in self._tried and not record.was_told(event):
                self._tell(event, record)

    def _tell(self, event: Event, record: Record) -> None:
        message = compose(event)
        if message is None or self._interrupted.is_set():
            return
        self._tried.add(event.id)
        reasons = []
        for channel in self._ready_channels():
            if self._interrupted.is_set():
                break
            reason = self._attempt(channel, message)
            if reason is None:
                record.keep(event, channel.name, "delivered")
                if self._turns.worked("notifications"):
                    self._on_trouble("")
                return
            record.keep(event, channel.name, "failed", reason)
            reasons.append(f"{channel.name}: {reason}")
        if self._interrupted.is_set():
            return  # the journal holds it as not told: it is told after the restart
        why = "; ".join(reasons) or "there is no way to notify here"
        record.keep(event, "none", "failed", why)
        if self._turns.failed("notifications", why):
            # The best channel's reason is the one a person can do something about.
            best = why.partition("; ")[0].rpartition(": ")[2]
            self._on_trouble(f"Notifications do not get through: {best}.")

    def _attempt(self, channel: Wired, message: Message) -> str | None:
        """Try one channel.

        Returns:
            Why it failed; None when it delivered.
        """
        try:
            channel.deliver(message)
        except Exception as error:  # noqa: BLE001 - a channel is a supervised edge
            reason = _words(error)
            self._turns.failed(channel.name, reason)
            return reason
        self._turns.worked(channel.name)
        return None

    def _ready_channels(self) -> tuple[Wired, ...]:
        if self._channels is None:
            self._channels = tuple(
                channel if isinstance(channel, Wired) else Bounded(channel)
                for channel in self._make_channels(self._clicked)
            )
        return self._channels

    def _clicked(self, event: Event) -> None:
        try:
            self._on_click(event)
        except Exception:  # a click must not end the thread
            log.exception("a click on a notification failed")

    def _close_channels(self) -> None:
        for channel in self._channels or ():
            channel.close()


def _words(error: Exception) -> str:
    """Return why, in a line: our own words, or the foreign ones with their kind."""
    words = line(str(error), length=DETAIL_LENGTH)
    if isinstance(error, DeliveryError):
        return words or error.title
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
