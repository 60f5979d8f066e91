"""A bus of its own, and on it a notification service as odd as a test wants."""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney import Message as Packet
from jeepney.io.blocking import open_dbus_connection

from tests.notify.memory import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = "org.freedesktop.Notifications"
PLACE = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
PLAIN = ("body",)
RICH = ("actions", "body", "body-markup")

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def bus(folder: Path) -> Iterator[str]:
    """Run a bus that can start nothing; give its address."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    path = folder / "bus"
    path.unlink(missing_ok=True)
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(path=path), "utf-8")
    read, write = os.pipe()
    process = subprocess.Popen(
        (
            *(daemon, f"--config-file={configuration}", "--nofork", "--nopidfile"),
            f"--print-address={write}",
        ),
        pass_fds=(write,),
        stdin=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            assert select.select([told], [], [], PATIENCE)[0]
            assert told.readline()
        yield f"unix:path={path}"
    finally:
        process.kill()
        process.wait()


Answer = tuple[str | None, tuple[Any, ...]]
"""Signature and body."""


@dataclass
class Service:
    """Shows nothing, but answers like a notification service; a context manager."""

    address: str
    capabilities: tuple[str, ...] = RICH
    errors: dict[str, str] = field(default_factory=dict)
    """Method to the name of the error it answers with."""
    silent: set[str] = field(default_factory=set)
    """Methods that are never answered."""
    instead: dict[str, Answer] = field(default_factory=dict)
    """Method to what it answers in place of the right thing."""
    before: Callable[[Service, int], None] = lambda _service, _number: None
    """Called with the number just before Notify is answered."""
    asked: int = 0
    """How often it was asked for its capabilities."""
    notes: SimpleQueue[tuple[Any, ...]] = field(default_factory=SimpleQueue)
    """What it was told to show."""
    caller: str = ""
    """The unique name of who called last."""
    name: str = NAME
    """The bus name it owns."""

    def __enter__(self) -> Self:
        self._numbers = count(1)
        self._bus = open_dbus_connection(self.address)
        reply = self._bus.send_and_get_reply(message_bus.RequestName(self.name, 4))
        assert reply.body == (1,)
        self._thread = Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # the bus may be gone
            self._bus.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._bus.close()

    def note(self) -> Note:
        """What it was told to show next."""
        return Note(*self.notes.get(timeout=PATIENCE))

    def say(self, signal: str, signature: str, *body: object) -> None:
        """Send a signal to everybody."""
        self._bus.send(new_signal(PLACE, signal, signature, body))

    def click(self, number: int, action: str = "default") -> None:
        self.say("ActionInvoked", "us", number, action)

    def close_bubble(self, number: int) -> None:
        self.say("NotificationClosed", "uu", number, 2)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                message = self._bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def _answer(self, call: Packet) -> None:
        member = call.header.fields[HeaderFields.member]
        self.caller = call.header.fields[HeaderFields.sender]
        if member in self.silent:
            return
        if member in self.errors:
            answer = new_error(call, self.errors[member], "s", ("as you like",))
        else:
            signature, body = self.instead.get(member) or self._right(member, call)
            answer = new_method_return(call, signature, body)
        self._bus.send(answer)

    def _right(self, member: str, call: Packet) -> Answer:
        if member == "GetCapabilities":
            self.asked += 1
            return "as", (list(self.capabilities),)
        number = call.body[1] or next(self._numbers)
        self.before(self, number)
        self.notes.put((*call.body, number))
        return "u", (number,)


@dataclass(frozen=True)
class Note:
    """One call of Notify, and its answer."""

    app: str
    replaces: int
    icon: str
    summary: str
    body: str
    actions: list[str]
    hints: dict[str, tuple[str, object]]
    timeout: int
    number: int
