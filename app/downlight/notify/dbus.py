"""The desktop's own notifications: org.freedesktop.Notifications over D-Bus.

Format: https://specifications.freedesktop.org/notification-spec/latest/ (read
2026-11, version 1.3); how the daemons really behave was tried with dunst 1.9,
xfce4-notifyd 0.7 and mako 1.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney import Message as Packet

from downlight.core.errors import DeliveryError
from downlight.core.news import Act, Turn
from downlight.core.speech import mark, tr, trc
from downlight.core.text import cut
from downlight.notify.bus import BUS_NAME, LIMIT, Bus, Declined, Silent, listen_to
from downlight.notify.herald import NO_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from downlight.core.news import Event, Message

NAME: Final = "org.freedesktop.Notifications"
SUMMARY_LENGTH: Final = 200
"""Characters; what a bubble could show at all."""
BODY_LENGTH: Final = 2000
"""Characters, before escaping."""

_SERVICE: Final = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
_RULES: Final = (
    f"type='signal',sender='{NAME}',interface='{NAME}'",
    f"type='signal',sender='{BUS_NAME}',member='NameOwnerChanged',arg0='{NAME}'",
)
_DEFAULT: Final = "default"
"""The key of a click on the bubble itself."""
_NORMAL, _CRITICAL = 1, 2
_UNSENDABLE: Final = str.maketrans(dict.fromkeys((*NO_CHARACTERS, "\0"), ""))
_NOBODY: Final = frozenset(
    {
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
    }
)


class Unserved(DeliveryError):
    """There is a bus, but no notification service on it."""

    hint = mark("Install one, e.g. dunst.")


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message that is on the screen, as far as we know."""

    key: str
    """`Message.key`: the outage it is about."""
    event: Event
    """The latest; what a click opens."""


class DBusChannel:
    """One bubble per outage, updated in place; a click on it comes back to us.

    Used on one thread, but for `interrupt`. It connects with the first message and
    anew when the connection was lost.
    """

    name: Final = "dbus"

    def __init__(
        self,
        on_act: Callable[[Event, Act], None],
        *,
        address: str | None = None,
        limit: timedelta = LIMIT,
    ) -> None:
        """Note what is needed; nothing is opened yet.

        Args:
            on_act: Told what was clicked on the bubble of which event; called from
                `receive` and `deliver`.
            address: Of the bus; None for the session's.
            limit: For one answer.
        """
        self._on_act = on_act
        self._address = address
        self._limit = limit
        self._bus: Bus | None = None
        self._over = False
        self._owner = ""
        """Unique name of the notification service that answered last."""
        self._capabilities: frozenset[str] | None = None
        """What it can do; None while it was not asked."""
        self._bubbles: dict[int, Bubble] = {}

    def fileno(self) -> int | None:
        """Return the descriptor to watch; None while not connected."""
        return None if self._bus is None else self._bus.fileno()

    def deliver(self, message: Message) -> None:
        """Show it, in place of an earlier one of the same outage.

        Raises:
            DeliveryError: There is no bus, no service, or it did not say that the
                message is shown.
        """
        # A bubble closed meanwhile is not replaced, a lost bus is asked for anew.
        self.receive()
        try:
            self._notify(self._connected(), message)
        except Declined as error:
            if error.error_name in _NOBODY:
                why = mark("no program here shows notifications")
                raise Unserved(why) from error
            raise
        except Silent as error:
            if self._over:
                raise DeliveryError("the program is ending") from error
            raise
        finally:
            self.receive()  # what came along with the answers wakes nobody later

    def receive(self) -> None:
        """Take in clicks, closed bubbles and a change of the service."""
        if self._bus is None:
            return
        try:
            heard = self._bus.take()
        except Silent:
            # The next message connects anew; no bubble of ours can be clicked now.
            self.close()
            return
        for message in heard:
            self._hear(message)

    def interrupt(self) -> None:
        """End every wait, now and to come. Called from any thread."""
        self._over = True
        bus = self._bus
        if bus is not None:
            bus.end()

    def close(self) -> None:
        """Hang up and forget what is on the screen; it stays there."""
        if self._bus is not None:
            self._bus.close()
        self._bus = None
        self._forget()

    def _connected(self) -> Bus:
        known = self._bus
        # Set before it is looked whether we were interrupted, which looks at it.
        bus = self._bus = known or Bus(self._address)
        if self._over:
            raise Silent("the program is ending")
        if known is None:
            try:
                bus.greet(self._limit)
                for call in listen_to(*_RULES):
                    bus.call(call, self._limit)
            except DeliveryError:
                self.close()
                raise
        return bus

    def _notify(self, bus: Bus, message: Message) -> None:
        capabilities = self._asked(bus)
        body = cut(_sendable(message.body), BODY_LENGTH)
        call = (
            "Downlight",
            self._number_of(message.key),
            _icon(message),
            cut(_sendable(message.title), SUMMARY_LENGTH),  # never markup
            escape(body, quote=False) if "body-markup" in capabilities else body,
            _buttons(message.acts) if "actions" in capabilities else [],
            {
                "urgency": ("y", _CRITICAL if message.urgent else _NORMAL),
                "desktop-entry": ("s", "downlight"),
            },
            -1,  # how long it stays is the desktop's to decide
        )
        owner, number = self._ask(bus, "Notify", "susssasa{sv}i", call)
        if not isinstance(number, int):
            raise DeliveryError(mark("the notification service answered nonsense"))
        if owner != self._owner:
            self._forget()  # another service than the one that was asked just now
            self._owner = owner
        for old in [n for n, b in self._bubbles.items() if b.key == message.key]:
            del self._bubbles[old]
        self._bubbles[number] = Bubble(message.key, message.event)

    def _asked(self, bus: Bus) -> frozenset[str]:
        """Return what the service can do; it is asked once in its life."""
        if self._capabilities is None:
            try:
                self._owner, told = self._ask(bus, "GetCapabilities")
            except Declined as error:
                if error.error_name in _NOBODY:
                    raise
                told = []  # it shows plain text without buttons, then
            words = told if isinstance(told, list) else []
            self._capabilities = frozenset(w for w in words if isinstance(w, str))
        return self._capabilities

    def _ask(
        self,
        bus: Bus,
        member: str,
        signature: str | None = None,
        body: tuple[object, ...] = (),
    ) -> tuple[str, Any]:
        call = new_method_call(_SERVICE, member, signature, body)
        sender, answer = bus.call(call, self._limit)
        for earlier in bus.kept():
            self._hear(earlier)  # in the order of the bus: before the answer counts
        return sender, answer[0] if answer else None

    def _number_of(self, key: str) -> int:
        """Return the number of the bubble to replace; 0 for a new one."""
        return next((n for n, b in self._bubbles.items() if b.key == key), 0)

    def _hear(self, message: Packet) -> None:
        if message.header.message_type is not MessageType.signal:
            return  # an answer that came after its time
        sender = message.header.fields.get(HeaderFields.sender)
        match message.header.fields.get(HeaderFields.member), message.body:
            case "NameOwnerChanged", _ if sender == BUS_NAME:
                self._forget()
            case "ActionInvoked", (int(number), str(key)) if sender == self._owner:
                bubble, act = self._bubbles.get(number), _acts().get(key)
                if bubble is not None and act is not None:
                    self._on_act(bubble.event, act)
            case "NotificationClosed", (int(number), *_) if sender == self._owner:
                self._bubbles.pop(number, None)
            case _:
                return

    def _forget(self) -> None:
        self._owner = ""
        self._capabilities = None
        self._bubbles.clear()


def _buttons(acts: Sequence[Act]) -> list[str]:
    """Return keys and labels by turns; the first is of a click on the bubble."""
    keys = (_DEFAULT, *acts[1:])
    labels = _labels()
    return [
        it for key, act in zip(keys, acts, strict=True) for it in (key, labels[act])
    ]


def _labels() -> dict[Act, str]:
    """Return what the buttons say."""
    return {
        Act.OPEN: trc("see it in the window", "Open"),
        Act.MUTE: tr("Mute until it ends"),
        Act.ME: tr("Is it me?"),
    }


def _acts() -> dict[str, Act]:
    """Return what each key means that a service may say."""
    return {_DEFAULT: Act.OPEN} | {str(act): act for act in Act}


def _icon(message: Message) -> str:
    """Return a name every icon theme has."""
    if message.urgent:
        return "dialog-error"
    if message.event.turn is Turn.ENDED:
        return "dialog-information"
    return "dialog-warning"


def _sendable(text: str) -> str:
    """Return ``text`` as D-Bus takes it: else the bus would cut us off.

    Code points that are no characters the bus lets through; services built on sd-bus
    (mako) refuse the message for them.
    """
    return text.encode("utf-8", "replace").decode("utf-8").translate(_UNSENDABLE)
