"""Brings news to the person: one thread that sleeps until there is some."""

from __future__ import annotations

import logging
import selectors
import socket
from collections import deque
from contextlib import ExitStack, suppress
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING, Final

from downlight.core.news import Act
from downlight.core.telling.decided import TURNS
from downlight.core.telling.policy import Wishes
from downlight.notify.desk import AGAIN, Desk
from downlight.notify.record import Record, Turns
from downlight.notify.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime, timedelta, tzinfo

    from downlight.core.memory import Journal
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, Message, News
    from downlight.core.ports import Channel, Clock
    from downlight.core.telling.mute import Mute, Span

log = logging.getLogger(__name__)

GRACE: Final = 0.8
"""Seconds at the end for what is queued, before what hangs is interrupted."""
JOIN: Final = 1.0
"""Seconds for the thread to end once interrupted; with `GRACE` below the 2 s that
quitting may take."""
LEAST: Final = 1.0
"""Seconds to sleep at least: a clock may run a little ahead of the time we wait for."""
LONGEST: Final = 86_400.0
"""Seconds to sleep at most where a moment is waited for; no system waits for ever."""
DEFAULT: Final = Wishes()


class Courier:
    """Tries the channels in order until one delivers; a `Sink`.

    The thread wakes for news, for what a channel hears back, and when what was held
    back may be told or a mute ends; for nothing else. What is told and what not is
    decided at the `Desk`. Every decision is written to the journal before it is sent,
    every attempt after. An event is tried once in a run and never when the journal
    says that it was told.
    """

    def __init__(
        self,
        channels: Callable[[Callable[[Event, Act], None]], Sequence[Channel]],
        journal: Callable[[], AbstractContextManager[Journal]],
        clock: Clock,
        on_act: Callable[[Event, Act], None],
        on_trouble: Callable[[str], None] = lambda _words: None,
        *,
        wishes: Wishes = DEFAULT,
        zone: tzinfo | None = None,
        busy: Callable[[], str] = str,
        again: timedelta = AGAIN,
        on_mutes: Callable[[Mapping[ServiceSlug, Mute]], None] = lambda _mutes: None,
    ) -> None:
        """Note how to get what is needed; nothing is opened here.

        Args:
            channels: Makes the channels, best first, from what to call when a
                message was clicked. Called on the courier's thread, with the first
                message, so that nothing is imported before.
            journal: Opens the journal; called on the courier's thread.
            clock: Tells the time, a replay's too.
            on_act: Told, on the courier's thread, what was clicked on the message of
                which event; not of muting, which is done here.
            on_trouble: Told, on the courier's thread, in a sentence when
                notifications stop getting through, and "" when they do again.
            wishes: What the person chose to be told.
            zone: Where he lives; None for the system's.
            busy: Says, on the courier's thread, why he should not be disturbed just
                now; "" when he may. Asked when something is to be told, no oftener.
            again: How soon that is asked anew, while something waits for it.
            on_mutes: Told, on the courier's thread, which mutes hold when that has
                changed; what another process muted is seen with the next news.
        """
        self._journal = journal
        self._clock = clock
        self._wishes = wishes
        self._zone = zone
        self._busy = busy
        self._again = again
        self._on_mutes = on_mutes
        self._queue: deque[Event] = deque()
        self._orders: deque[Callable[[Desk], None]] = deque()
        self._muted: Mapping[ServiceSlug, Mute] = {}
        self._wake: datetime | None = None
        """What the thread waits for, besides the bell."""
        self._turns = Turns()
        self._thread: Thread | None = None
        self._bell: socket.socket | None = None
        self._stopping = Flag()
        self._interrupted = Flag()
        self._on_act = on_act
        self._ways = Ways(
            channels, self._turns, self._interrupted, self._act, on_trouble
        )

    def start(self) -> None:
        """Start the thread; once only."""
        ear, self._bell = socket.socketpair()
        ear.settimeout(0)
        self._bell.settimeout(0)
        self._thread = Thread(target=self._run, args=(ear,), name="courier")
        self._thread.start()

    def publish(self, news: News) -> None:
        """Queue what may be worth telling; return at once, never raise."""
        told = [event for event in news.events if event.turn in TURNS]
        self._queue.extend(told)
        wake = self._wake
        # While the computer sleeps no time passes for a thread that waits: it would
        # be as late as the night was long.
        if told or (wake is not None and wake <= self._clock()):
            self._ring()

    def mute(self, slug: ServiceSlug | None, span: Span) -> None:
        """Tell nothing of a service for so long, or of any where it is None."""
        self._order(lambda desk: desk.mute(slug, span))

    def unmute(self, slug: ServiceSlug | None) -> None:
        """End a mute; harmless where there is none."""
        self._order(lambda desk: desk.unmute(slug))

    def tell_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        """Tell in any case when a service works again, once; or no more."""
        self._order(lambda desk: desk.tell_once(slug, wanted=wanted))

    def change_wishes(self, wishes: Wishes) -> None:
        """Go by what the person chose anew; what waits is looked at at once."""
        self._wishes = wishes
        self._order(lambda desk: desk.change_wishes(wishes))

    def muted(self) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold, as the thread last saw them."""
        return self._muted

    def _act(self, event: Event, act: Act) -> None:
        if act is Act.MUTE:
            self._order(lambda desk: desk.mute_outage(event))
        else:
            self._on_act(event, act)

    def _order(self, order: Callable[[Desk], None]) -> None:
        self._orders.append(order)
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
        self._ways.interrupt()
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
            at_the_end.callback(self._ways.close)
            desk = Desk(
                record,
                self._wishes,
                self._clock,
                self._zone,
                self._busy,
                self._again,
            )
            self._tell(desk.left(), record)
            while True:
                while self._orders:
                    self._orders.popleft()(desk)
                self._tell(desk.round(self._queue), record)
                self._wake = desk.wake()
                self._show_mutes(desk)
                if self._stopping.is_set() and not self._orders:
                    break  # a click that was heard just now is still heeded
                self._sleep(ear, self._wake)

    def _sleep(self, ear: socket.socket, wake: datetime | None) -> None:
        """Wait for the bell, for a channel to hear something, or for a moment."""
        patience = None
        if wake is not None:
            left = (wake - self._clock()).total_seconds()
            patience = min(max(left, LEAST), LONGEST)
        # Made anew each time, as channels come to have other descriptors; waking
        # is rare enough.
        with selectors.DefaultSelector() as selector:
            selector.register(ear, selectors.EVENT_READ)
            for channel in self._ways.channels:
                if (number := channel.fileno()) is not None:
                    selector.register(number, selectors.EVENT_READ, channel)
            ready = selector.select(patience)
        for key, _ in ready:
            if key.data is None:
                ear.recv(4096)
            else:
                self._ways.receive(key.data)

    def _tell(self, messages: Iterator[Message], record: Record) -> None:
        # The next is decided when the one before was sent.
        while not self._interrupted.is_set():
            message = next(messages, None)
            if message is None:
                return
            self._ways.tell(message, record)

    def _show_mutes(self, desk: Desk) -> None:
        if desk.mutes != self._muted:
            self._muted = desk.mutes
            self._on_mutes(self._muted)
