"""The crossing: news from any thread arrives on the GUI thread as one signal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from downlight.core.news import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, News
    from downlight.core.telling.mute import Mute

T = TypeVar("T")


class Bridge(QObject):
    """A `Sink` whose signals are heard on the thread that made it.

    Connect only ``@Slot`` methods of QObjects of that thread: then Qt queues the
    call, whoever publishes.
    """

    news = Signal(object)
    """Carries a `News`."""
    clicked = Signal(str, str)
    """A notification was clicked: the service's slug, the outage's name."""

    me_wanted = Signal(str)
    """Whether it is the person's own side was asked of a notification: the slug."""

    trouble = Signal(str)
    """Notifications do not get through: why, in a sentence; empty: they do again."""

    muted = Signal(object)
    """Carries the mutes that hold, by slug."""

    _answered = Signal(object)
    """Carries what is to be done on the thread of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def carry(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Return what may be told from any thread, and tells it on this one."""

        def told(answer: T) -> None:
            self._send(self._answered, lambda: tell(answer))

        return told

    @Slot(object)
    def _do(self, what: Callable[[], None]) -> None:
        what()

    def publish(self, news: News) -> None:
        """Hand over; returns at once. May be called from any thread."""
        self._send(self.news, news)

    def act(self, event: Event, act: Act) -> None:
        """Tell of a click on a notification. May be called from any thread."""
        if act is Act.ME:
            self._send(self.me_wanted, event.service)
        else:
            self._send(self.clicked, event.service, event.episode)

    def complain(self, words: str) -> None:
        """Tell that notifications fail, or do not any more. From any thread."""
        self._send(self.trouble, words)

    def tell_muted(self, mutes: Mapping[ServiceSlug, Mute]) -> None:
        """Tell which mutes hold from now on. May be called from any thread."""
        self._send(self.muted, mutes)

    @staticmethod
    def _send(signal: SignalInstance, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:
            return  # the window side is gone already: the program is ending
