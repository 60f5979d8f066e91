"""The connection to the bus, and that nothing in it waits for ever."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from tests.notify.events import message

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from jeepney import new_method_call

from downlight.notify.bus import Bus, Declined, Silent, serves
from downlight.notify.dbus import DBusChannel
from tests.notify.service import NAME, PLACE, Service, bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = timedelta(milliseconds=50)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with bus(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    "where", ["tcp:host=127.0.0.1,port=1", "nonsense", "autolaunch:"]
)
def test_an_address_we_cannot_use_is_said(where: str) -> None:
    with pytest.raises(Silent, match="cannot be reached"):
        Bus(where)


def test_without_an_address_there_is_no_bus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(Silent, match="there is no session bus"):
        Bus()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    with pytest.raises(Silent, match="there is no session bus"):
        Bus()
    assert serves(NAME) is None


def test_the_session_bus_is_found_by_its_address_or_where_systemd_puts_it(
    monkeypatch: pytest.MonkeyPatch, address: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert serves("org.freedesktop.DBus") is True
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert serves("org.freedesktop.DBus") is True


def test_whether_anybody_serves_can_be_asked(address: str) -> None:
    assert serves(NAME, address) is False
    with Service(address):
        assert serves(NAME, address) is True


def test_a_string_no_wire_can_hold_is_refused_and_the_bus_stays(address: str) -> None:
    line = Bus(address)
    line.greet()
    with pytest.raises(Silent, match="cannot be sent"):
        line.call(new_method_call(PLACE, "Notify", "s", ("\ud800",)))
    with pytest.raises(Declined):
        line.call(new_method_call(PLACE, "Notify", "s", ("well",)))
    line.close()


@contextmanager
def door(path: Path, *answers: bytes) -> Iterator[str]:
    """Listen like a bus and answer each thing that is said with fixed bytes."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        thread = Thread(target=_answer, args=(server, answers))
        thread.start()
        yield f"unix:path={path}"
        thread.join()


def _answer(server: socket.socket, answers: tuple[bytes, ...]) -> None:
    guest, _ = server.accept()
    with guest:
        for answer in answers:
            while not guest.recv(4096).strip(b"\0"):
                continue
            guest.sendall(answer)
        while guest.recv(4096):
            continue


OK = b"OK 0123456789abcdef0123456789abcdef\r\n"


def test_a_door_that_lets_nobody_in_is_given_up(tmp_path: Path) -> None:
    with (
        door(tmp_path / "bus", b"REJECTED ANONYMOUS\r\n") as address,
        pytest.raises(Silent, match="cannot be reached"),
    ):
        Bus(address)


def test_a_bus_that_never_says_hello_is_given_up(tmp_path: Path) -> None:
    with door(tmp_path / "bus", OK) as address:
        channel = DBusChannel(lambda _event, _act: None, address=address, limit=MOMENT)
        with pytest.raises(DeliveryError, match="no answer over D-Bus within"):
            channel.deliver(message())
        assert channel.fileno() is None


def test_who_never_says_hello_cannot_be_asked_who_serves(tmp_path: Path) -> None:
    with door(tmp_path / "bus", OK) as address:
        assert serves(NAME, address, MOMENT) is None


def test_a_limit_that_is_over_is_over(address: str) -> None:
    line = Bus(address)
    with pytest.raises(Silent, match="within 0 s"):
        line.greet(timedelta())
    line.close()


@pytest.mark.parametrize("noise", [b"\xff" * 64, b"l" + b"\x07" * 15 + b"\0" * 300])
def test_a_bus_that_speaks_nonsense_is_left(tmp_path: Path, noise: bytes) -> None:
    with door(tmp_path / "bus", OK, noise) as address:
        channel = DBusChannel(lambda _event, _act: None, address=address, limit=MOMENT)
        with pytest.raises(DeliveryError):
            channel.deliver(message())
        assert channel.fileno() is None


def test_the_connection_is_not_handed_to_children(address: str) -> None:
    line = Bus(address)
    assert not os.get_inheritable(line.fileno())
    line.close()
