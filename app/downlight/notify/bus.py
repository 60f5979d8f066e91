"""One connection to the session bus on which nothing can wait for ever.

jeepney speaks the wire format; the waiting is ours, because its blocking connection
has calls without a time limit and none that another thread may end.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    Parser,
    message_bus,
    new_method_call,
)
from jeepney import Message as Packet
from jeepney.bus import get_bus
from jeepney.io.blocking import prep_socket

from downlight.core.errors import DeliveryError
from downlight.core.speech import mark, tr
from downlight.core.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT: Final = timedelta(seconds=5)
"""For a reply; a healthy service takes milliseconds."""
DOOR_LIMIT: Final = timedelta(seconds=1)
"""For connecting and signing in at the bus; short, as it cannot be interrupted."""
BUS_NAME: Final = "org.freedesktop.DBus"
BROKEN: Final = (OSError, ValueError, LookupError, AssertionError, struct.error)
"""What jeepney raises when the bus goes away or speaks nonsense."""

_READ: Final = 65536
_WHERE: Final = "DBUS_SESSION_BUS_ADDRESS"


class Silent(DeliveryError):
    """No bus, or nobody on it who answers."""


class Declined(DeliveryError):
    """The answer was an error."""

    def __init__(self, message: str, error_name: str) -> None:
        super().__init__(message)
        self.error_name = error_name


class Bus:
    """The session bus, as one thread uses it; `end` may be called from any."""

    def __init__(
        self, address: str | None = None, limit: timedelta = DOOR_LIMIT
    ) -> None:
        """Connect.

        Args:
            address: A D-Bus address; None for the session's.
            limit: For connecting and signing in.

        Raises:
            Silent: There is no bus, or it does not let us in.
        """
        try:
            place = get_bus(address) if address else _session()
            self._socket: socket.socket = prep_socket(
                place, timeout=limit.total_seconds()
            )
        except KeyError as error:
            raise Silent(mark("there is no session bus")) from error
        except (*BROKEN, RuntimeError) as error:
            why = tr("the session bus cannot be reached: {error}", error=error)
            raise Silent(why) from error
        self._parser = Parser()
        self._serials = count(1)
        self._heard: deque[Packet] = deque()

    def greet(self, limit: timedelta = LIMIT) -> None:
        """Say hello, as the bus wants it before anything else.

        Raises:
            DeliveryError: It did not answer, or not kindly.
        """
        self.call(message_bus.Hello(), limit)

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when something arrives."""
        return self._socket.fileno()

    def call(self, message: Packet, limit: timedelta = LIMIT) -> tuple[str, Any]:
        """Call a method and wait for the answer; other messages are kept.

        Args:
            message: A jeepney method call.
            limit: For sending and answering together.

        Returns:
            Who answered (its unique name), and the body.

        Raises:
            Declined: An error was answered.
            Silent: Nothing was in time, or the connection is gone; it is closed
                in the second case.
        """
        serial = next(self._serials)
        deadline = time.monotonic() + limit.total_seconds()
        try:
            data = message.serialise(serial)
        except ValueError as error:  # a string no wire can hold
            why = tr("the message cannot be sent: {error}", error=error)
            raise Silent(why) from error
        try:
            self._socket.settimeout(limit.total_seconds())
            self._socket.sendall(data)
            answer = self._await(serial, deadline)
        except TimeoutError as error:
            seconds = f"{limit.total_seconds():g}"
            why = tr("no answer over D-Bus within {n} s", n=seconds)
            raise Silent(why) from error
        except BROKEN as error:
            self.close()
            raise Silent(_gone(error)) from error
        sender = answer.header.fields.get(HeaderFields.sender, "")
        if answer.header.message_type is MessageType.error:
            raise _declined(answer)
        return sender, answer.body

    def take(self) -> Sequence[Packet]:
        """Return what has arrived and is no answer, without waiting.

        Raises:
            Silent: The connection is gone; what came before is lost with it.
        """
        try:
            self._socket.settimeout(0)
            while True:
                if (message := self._parser.get_next_message()) is None:
                    self._read()
                else:
                    self._heard.append(message)
        except BlockingIOError:
            pass  # that was all
        except BROKEN as error:
            self.close()
            raise Silent(_gone(error)) from error
        return self.kept()

    def kept(self) -> Sequence[Packet]:
        """Return what came before the latest answer, without looking for more."""
        heard = tuple(self._heard)
        self._heard.clear()
        return heard

    def end(self) -> None:
        """End every wait, now and to come. Called from any thread."""
        with suppress(OSError):  # not connected any more
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _await(self, serial: int, deadline: float) -> Packet:
        while True:
            while (message := self._parser.get_next_message()) is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._socket.settimeout(left)
                self._read()
            fields = message.header.fields
            if fields.get(HeaderFields.reply_serial) == serial:
                return message
            self._heard.append(message)

    def _read(self) -> None:
        data = self._socket.recv(_READ)
        if not data:
            raise ConnectionResetError("it hung up")
        self._parser.add_data(data)


def serves(
    name: str, address: str | None = None, limit: timedelta = LIMIT
) -> bool | None:
    """Return whether somebody owns a bus name, or comes when it is called for.

    Args:
        name: A well-known name.
        address: Of the bus; None for the session's.
        limit: For each answer.

    Returns:
        None when the bus cannot be asked.
    """
    try:
        bus = Bus(address)
    except Silent:
        return None
    try:
        bus.greet(limit)
        # Starting a name that is owned, but could not be started, is an error.
        _, (owned,) = bus.call(_bus_call("NameHasOwner", "s", (name,)), limit)
        if not owned:
            bus.call(_bus_call("StartServiceByName", "su", (name, 0)), limit)
    except Declined:
        return False
    except Silent:
        return None
    finally:
        bus.close()
    return True


def listen_to(*rules: str) -> tuple[Packet, ...]:
    """Return the calls that make the bus send us what matches."""
    return tuple(_bus_call("AddMatch", "s", (rule,)) for rule in rules)


def _bus_call(member: str, signature: str, body: tuple[object, ...]) -> Packet:
    place = DBusAddress("/org/freedesktop/DBus", BUS_NAME, BUS_NAME)
    return new_method_call(place, member, signature, body)


def _session() -> str:
    """Return the socket of the session bus: as told, or where systemd puts it.

    Raises:
        KeyError: It is nowhere.
    """
    if os.environ.get(_WHERE):
        place: str = get_bus("SESSION")
        return place
    usual = Path(os.environ["XDG_RUNTIME_DIR"], "bus")
    if not usual.is_socket():
        raise KeyError(_WHERE)
    return str(usual)


def _gone(error: Exception) -> str:
    return tr("the session bus went away: {error}", error=error)


def _declined(answer: Packet) -> Declined:
    name = str(answer.header.fields.get(HeaderFields.error_name, "an error"))
    text = answer.body[0] if answer.body and isinstance(answer.body[0], str) else ""
    return Declined(line(f"{name}: {text}" if text else name), name)
