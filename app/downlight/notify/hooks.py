"""Does what a person wants done on change: one thread, nobody waits for it.

The engine hands over news and goes on. Here an event becomes a letter for each hook
that wants it; each hook has a lane of its own, so that one that hangs holds up nobody
else. A command is begun once at most; a webhook is tried until its receiver says that
it took the event, or that it never will.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Final

from downlight.core.errors import StorageError
from downlight.core.telling.bulletin import bulletin
from downlight.core.telling.hooks import Command, Letter, Webhook
from downlight.notify.bars import Bars, glance, stopped
from downlight.notify.lane import Book, Lane, pause
from downlight.notify.record import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from downlight.core.memory import Outbox
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, News, ServiceView, Snapshot
    from downlight.core.ports import Clock, Post
    from downlight.core.service import Service
    from downlight.core.telling.hooks import Hooks

log = logging.getLogger(__name__)

BACKLOG: Final = timedelta(minutes=30)
"""What was decided but not heard of here before a restart is still told within this,
and so long a command may have to wait for its turn."""
PATIENCE: Final = timedelta(hours=24)
"""So long a webhook's receiver may be gone before an event is given up."""
GRACE: Final = 0.8
"""Seconds at the end for what is due, before what hangs is interrupted."""
JOIN: Final = 1.0
"""Seconds for the thread to end once interrupted; with `GRACE` below the 2 s that
quitting may take."""


class Errands:
    """Runs a person's hooks; a `Sink`."""

    def __init__(
        self,
        hooks: Hooks,
        services: Iterable[Service],
        post: Callable[[], AbstractAsyncContextManager[Post]],
        outbox: Callable[[], Outbox | None],
        backlog: Callable[[datetime], Sequence[Event]],
        clock: Clock,
        pauses: Callable[[int], timedelta] = pause,
    ) -> None:
        """Note how to get what is needed; nothing is opened here.

        Args:
            hooks: What is to be done.
            services: Those that are watched, for their names.
            post: Opens the network, if there is any webhook.
            outbox: Opens the outbox; None when another program runs the hooks. Like
                the other two it is called on the thread of the errands.
            backlog: Returns the events since a moment that are in the journal.
            clock: Tells the time.
            pauses: How long to wait after so many tries in vain.
        """
        self._hooks = hooks
        self._services: dict[ServiceSlug, Service] = {it.slug: it for it in services}
        self._open_post = post
        self._open_outbox = outbox
        self._backlog = backlog
        self._clock = clock
        self._pauses = pauses
        self._turns = Turns()
        self._queue: deque[tuple[Event, ServiceView | None]] = deque()
        self._latest: Snapshot | None = None
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell: asyncio.Event | None = None
        self._thread = Thread(target=self._run, name="hooks")

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def publish(self, news: News) -> None:
        """Queue what somebody wants to hear of; return at once, never raise."""
        told = [e for e in news.events if any(h.interest.takes(e) for h in self._told)]
        if told:
            views = {view.service.slug: view for view in news.snapshot.services}
            self._queue.extend((event, views.get(event.service)) for event in told)
        self._latest = news.snapshot
        if told or self._hooks.bars:
            self._ring()

    def leave(self) -> None:
        """Begin to end, while others do; return at once."""
        self._stopping = True
        self._ring()

    def stop(self) -> bool:
        """Do what is due if that is quick, then end.

        Returns:
            Whether the thread has ended; within 2 s in any case.
        """
        self.leave()
        if not self._thread.ident:
            return True
        self._thread.join(GRACE + JOIN)
        if self._thread.is_alive():
            log.warning("the hooks did not end in time")
        return not self._thread.is_alive()

    @property
    def _told(self) -> tuple[Command | Webhook, ...]:
        return self._hooks.told

    def _ring(self) -> None:
        """Wake the thread, unless it is about to look anyway."""
        if self._loop is not None and self._bell is not None:
            with suppress(RuntimeError):  # the loop has closed: nobody is in any more
                self._loop.call_soon_threadsafe(self._bell.set)

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except Exception:  # a supervised edge: without hooks the rest goes on
            log.exception("the hooks died")

    async def _live(self) -> None:
        # Before the first look at the queue: what comes after it rings.
        self._bell = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        bars = Bars(self._hooks.bars, self._turns)
        async with AsyncExitStack() as at_the_end:
            at_the_end.callback(bars.show, stopped())
            lanes = await self._lanes(at_the_end)
            tasks = [asyncio.create_task(lane.run()) for lane in lanes.values()]
            while True:
                self._bell.clear()
                if self._queue and not lanes:  # the other program may have ended
                    lanes = await self._lanes(at_the_end)
                    tasks = [asyncio.create_task(it.run()) for it in lanes.values()]
                self._sort(lanes)
                if self._latest is not None:
                    bars.show(glance(self._latest))
                if self._stopping:
                    break
                await self._bell.wait()
            await _end(lanes.values(), tasks)

    async def _lanes(self, at_the_end: AsyncExitStack) -> dict[str, Lane]:
        """Open a lane for each hook, with what an earlier run left."""
        if not self._told:
            return {}
        outbox = self._open_outbox()
        if outbox is None:
            why = "another Downlight runs the hooks: none are run here"
            self._turns.failed("hooks", why)
            return {}
        self._turns.worked("hooks")
        at_the_end.callback(outbox.close)
        book = Book(outbox, self._turns)
        post: Post | None = None
        if self._hooks.webhooks:
            post = await at_the_end.enter_async_context(self._open_post())
        lanes = {it.name: self._lane(it, post, book) for it in self._told}
        now = self._clock()
        since = {it.name: book.since(it.name, now) for it in self._told}
        for event in self._missed(now):
            for it in self._told:
                if event.at >= since[it.name] and it.interest.takes(event):
                    lanes[it.name].add(self._letter(it.name, event, None))
        return lanes

    def _lane(self, it: Command | Webhook, post: Post | None, book: Book) -> Lane:
        is_command = isinstance(it, Command)
        return Lane(
            it.name,
            _sender(it, post),
            book,
            self._clock,
            self._turns,
            patience=BACKLOG if is_command else PATIENCE,
            once=is_command,
            pauses=self._pauses,
        )

    def _missed(self, now: datetime) -> Sequence[Event]:
        """Return what happened lately, for an earlier run may not have heard of it."""
        try:
            return self._backlog(now - BACKLOG)
        except StorageError as error:
            log.warning("journal: %s", error)
            return ()

    def _sort(self, lanes: dict[str, Lane]) -> None:
        """Put what was queued into the lanes."""
        while self._queue:
            event, view = self._queue.popleft()
            for it in self._told:
                if it.name in lanes and it.interest.takes(event):
                    lanes[it.name].add(self._letter(it.name, event, view))

    def _letter(self, hook: str, event: Event, view: ServiceView | None) -> Letter:
        return Letter(
            hook=hook,
            id=event.id,
            at=event.at,
            service=event.service,
            cause=event.cause,
            said=bulletin(event, view, self._services.get(event.service)),
        )


def _sender(
    it: Command | Webhook, post: Post | None
) -> Callable[[Letter], Awaitable[object]]:
    """Return what hands a letter to a hook."""
    if isinstance(it, Command):
        from downlight.notify import command  # noqa: PLC0415 - only who has one pays

        return lambda letter: command.run(it, letter.said)
    if post is None:
        raise AssertionError("a webhook needs the network")
    from downlight.notify import webhook  # noqa: PLC0415 - only who has one pays

    return lambda letter: webhook.send(it, letter.said, post)


async def _end(lanes: Iterable[Lane], tasks: Sequence[asyncio.Task[None]]) -> None:
    """Let the lanes do what is due, then end them whatever hangs."""
    for lane in lanes:
        lane.finish()
    if tasks:
        _, left = await asyncio.wait(tasks, timeout=GRACE)
        for task in left:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
