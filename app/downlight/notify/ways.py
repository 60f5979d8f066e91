"""The ways to the person: channels, tried in order until one delivers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.errors import DeliveryError
from downlight.core.speech import mark, tr
from downlight.core.text import line
from downlight.notify.wired import Bounded, Wired

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event as Flag

    from downlight.core.news import Act, Event, Message
    from downlight.core.ports import Channel
    from downlight.notify.record import Record, Turns

log = logging.getLogger(__name__)

DETAIL_LENGTH: Final = 200
"""Characters of a reason kept in the journal."""
MEANWHILE: Final = mark("Until they do, only the light and this window tell you.")
"""What a person can do when nobody knows better."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a channel did not deliver."""

    channel: str
    why: str
    """In a few words, in English where they are fixed."""
    hint: str
    """What a person can do, in a sentence, likewise."""


NO_WAY: Final = Reason("none", mark("there is no way to notify here"), MEANWHILE)


class Ways:
    """Tells messages, and writes down how that went."""

    def __init__(
        self,
        channels: Callable[[Callable[[Event, Act], None]], Sequence[Channel]],
        turns: Turns,
        interrupted: Flag,
        on_act: Callable[[Event, Act], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        """Note how to get what is needed.

        Args:
            channels: Makes the channels, best first, from what to call when a
                message was clicked; called with the first message.
            turns: Logs what fails.
            interrupted: Set when nothing is to be tried any more.
            on_act: Told what was clicked on the message of which event.
            on_trouble: Told in a sentence when nothing gets through, and "" when
                something does again.
        """
        self._make_channels = channels
        self._turns = turns
        self._interrupted = interrupted
        self._on_act = on_act
        self._on_trouble = on_trouble
        self.channels: tuple[Wired, ...] = ()
        """Those that were made."""
        self._made = False

    def tell(self, message: Message, record: Record) -> None:
        """Try the channels in order; what the program's end cuts off stays untold."""
        reasons: list[Reason] = []
        for channel in self._ready():
            if self._interrupted.is_set():
                break
            reason = self._attempt(channel, message)
            if reason is None:
                record.keep(message, channel.name, "delivered")
                if self._turns.worked("notifications"):
                    self._on_trouble("")
                return
            record.keep(message, channel.name, "failed", reason.why)
            reasons.append(reason)
        # What is cut off the journal holds as not told: it is told after the restart.
        if not self._interrupted.is_set():
            self._give_up(message, record, reasons)

    def _give_up(
        self, message: Message, record: Record, reasons: Sequence[Reason]
    ) -> None:
        all_ = "; ".join(f"{it.channel}: {it.why}" for it in reasons) or NO_WAY.why
        record.keep(message, "none", "failed", all_)
        if self._turns.failed("notifications", all_):
            # The best channel's reason is the one a person can do something about.
            best = reasons[0] if reasons else NO_WAY
            said = tr("Notifications do not get through: {why}.", why=tr(best.why))
            self._on_trouble(f"{said} {tr(best.hint)}")

    def receive(self, channel: Wired) -> None:
        """Take in what a channel has heard."""
        try:
            channel.receive()
        except Exception as error:  # noqa: BLE001 - a channel is a supervised edge
            log.warning("%s: stopped listening: %s", channel.name, _words(error))
            channel.close()  # else it would wake us again at once

    def interrupt(self) -> None:
        """End what hangs. Called from any thread."""
        for channel in self.channels:
            channel.interrupt()

    def close(self) -> None:
        """Let go of the channels."""
        for channel in self.channels:
            channel.close()

    def _attempt(self, channel: Wired, message: Message) -> Reason | None:
        """Try one channel.

        Returns:
            Why it failed; None when it delivered.
        """
        try:
            channel.deliver(message)
        except Exception as error:  # noqa: BLE001 - a channel is a supervised edge
            why = _words(error)
            self._turns.failed(channel.name, why)
            hint = error.hint if isinstance(error, DeliveryError) else ""
            return Reason(channel.name, why, hint or MEANWHILE)
        self._turns.worked(channel.name)
        return None

    def _ready(self) -> tuple[Wired, ...]:
        if not self._made:
            self._made = True
            self.channels = tuple(
                channel if isinstance(channel, Wired) else Bounded(channel)
                for channel in self._make_channels(self._acted)
            )
        return self.channels

    def _acted(self, event: Event, act: Act) -> None:
        try:
            self._on_act(event, act)
        except Exception:  # a click must not end the thread
            log.exception("a click on a notification failed")


def _words(error: Exception) -> str:
    """Return why, in a line: our own words, or the foreign ones with their kind."""
    words = line(str(error), length=DETAIL_LENGTH)
    if isinstance(error, DeliveryError):
        return words or error.title
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
