"""Where the engine's news goes when there is no window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from downlight.cli import console, forms
from downlight.core.errors import StorageError
from downlight.core.news import Delivery
from downlight.core.saying import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.memory import Journal
    from downlight.core.news import Event, News, ServiceView, Snapshot


class Printer:
    """Prints events, one line each; notes which were printed if there is a journal."""

    def __init__(
        self,
        *,
        json: bool,
        journal: Journal | None = None,
        on_closed: Callable[[Exception], object] = lambda _: None,
        out: TextIO | None = None,
    ) -> None:
        """Prepare.

        Args:
            json: Machine form or one sentence for people.
            journal: Where printed events are ticked off, so that a run that was
                killed prints each once; used on the engine's thread.
            on_closed: Called once with the reason when nobody reads any more, or
                nothing can be written.
            out: Where to; standard output by default.
        """
        self._json = json
        self._journal = journal
        self.on_closed = on_closed
        self._out = out
        self.closed: BrokenPipeError | console.Unwritable | None = None

    def publish(self, news: News) -> None:
        """Print the events of ``news``."""
        views = {view.service.slug: view for view in news.snapshot.services}
        for event in news.events:
            self.print(event, views.get(event.service))

    def print(self, event: Event, view: ServiceView | None = None) -> None:
        """Print one event, with what was known of its service just then."""
        if self.closed is not None:
            return
        try:
            console.say(self._line(event, view), self._out)
        except (BrokenPipeError, console.Unwritable) as error:
            self.closed = error
            self.on_closed(error)
            return
        if self._journal is not None:
            done = Delivery(event.id, "stdout", event.at, "delivered")
            try:
                self._journal.record_delivery(done)
            except StorageError as error:
                console.complain(f"{error.title}: {error}")

    def _line(self, event: Event, view: ServiceView | None) -> str:
        if self._json:
            return forms.dump(forms.event(event, view), self._out)
        return f"{words.stamp(event.at)}  {event.title}. {event.sentence}"


class Latest:
    """Keeps the newest state, and calls when there is one."""

    def __init__(self, on_news: Callable[[Snapshot], None]) -> None:
        """Call ``on_news`` with each new state, on the engine's thread."""
        self._on_news = on_news

    def publish(self, news: News) -> None:
        """Take over."""
        self._on_news(news.snapshot)
