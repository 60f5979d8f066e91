"""What a test hears of notifications: all that is said to and by their service.

`Notices` is a monitor of the session bus: it sees each call and each answer, and
cannot be seen itself.
"""

# ruff: noqa: ANN401 - jeepney has no types: what the bus says is what it is

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.desktop.session import NOTIFICATIONS
from tests.desktop.watch import CALL_WITHIN, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Notice:
    """One call of the notification service's ``Notify``."""

    app: str
    replaces: int
    """Number of the bubble it takes the place of; 0 is a new one."""
    icon: str
    summary: str
    body: str
    actions: dict[str, str]
    """Words on the buttons by key; ``default`` is a click on the bubble."""
    hints: dict[str, Any]
    timeout: int
    """Milliseconds; -1 leaves it to the service, 0 is for ever."""
    number: int | None = None
    """What the service answered; None until it has."""

    @property
    def text(self) -> str:
        """Summary and body."""
        return f"{self.summary}\n{self.body}"


@dataclass(slots=True)
class Notices:
    """Everything said between programs and the notification service."""

    address: str
    seen: list[Notice] = field(default_factory=list)
    invoked: list[tuple[int, str]] = field(default_factory=list)
    """Number and action key of each click."""
    closed: list[tuple[int, int]] = field(default_factory=list)
    """Number and reason of each bubble's end."""
    _bus: Any = None
    _open: dict[tuple[str, int], int] = field(default_factory=dict)
    """Calls not yet answered: caller and serial, to the place in ``seen``."""

    def __enter__(self) -> Self:
        self._bus = open_dbus_connection(self.address)
        rules = [
            f"type='method_call',interface='{NOTIFICATIONS}',member='Notify'",
            f"type='signal',interface='{NOTIFICATIONS}'",
            f"type='method_return',sender='{NOTIFICATIONS}'",
        ]
        place = DBusAddress(
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "org.freedesktop.DBus.Monitoring",
        )
        call = new_method_call(place, "BecomeMonitor", "asu", (rules, 0))
        reply = self._bus.send_and_get_reply(call, timeout=CALL_WITHIN)
        if reply.header.message_type is MessageType.error:
            raise RuntimeError(reply.body)
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.close()

    def wait(
        self, what: str, condition: Callable[[], object], within: float = PATIENCE
    ) -> None:
        """Listen until ``condition`` holds.

        Raises:
            TimeoutError: It did not hold within so many seconds.
        """
        deadline = time.monotonic() + within
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self._hear(left):
                heard = f"{self.seen}, clicked {self.invoked}, closed {self.closed}"
                raise TimeoutError(f"{within:g} s in vain for {what}; heard {heard}")

    def settle(self, quiet: float) -> None:
        """Listen on until nothing was said for so many seconds."""
        while self._hear(quiet):
            continue

    def _hear(self, within: float) -> bool:
        try:
            self._note(self._bus.receive(timeout=within))
        except TimeoutError:
            return False
        return True

    def _note(self, message: Any) -> None:
        fields = message.header.fields
        match message.header.message_type, fields.get(HeaderFields.member):
            case MessageType.method_call, "Notify":
                app, replaces, icon, summary, body, actions, hints, rest = message.body
                pairs = dict(zip(actions[::2], actions[1::2], strict=True))
                plain = {name: value for name, (_, value) in hints.items()}
                caller = fields[HeaderFields.sender], message.header.serial
                self._open[caller] = len(self.seen)
                self.seen.append(
                    Notice(app, replaces, icon, summary, body, pairs, plain, rest)
                )
            case MessageType.method_return, _:
                caller = (
                    fields.get(HeaderFields.destination, ""),
                    fields[HeaderFields.reply_serial],
                )
                if (place := self._open.pop(caller, None)) is not None:
                    number = message.body[0]
                    self.seen[place] = replace(self.seen[place], number=number)
            case MessageType.signal, "ActionInvoked":
                self.invoked.append(tuple(message.body))
            case MessageType.signal, "NotificationClosed":
                self.closed.append(tuple(message.body))
            case _:
                return
