"""On battery or on a paid line, as the system tells it."""

from __future__ import annotations

import socket
import sys
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from downlight.probes.supply import GOOD_FOR, Supply, is_metered, is_on_battery
from tests.doubles import NOW
from tests.notify.service import bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own ways")

MAINS = {"type": "Mains", "online": "1"}
UNPLUGGED = {"type": "Mains", "online": "0"}
EMPTYING = {"type": "Battery", "status": "Discharging"}
FULL = {"type": "Battery", "status": "Full"}
MOUSE = {"type": "Battery", "status": "Discharging", "scope": "Device"}
CHARGER = {"type": "USB", "online": "1"}
LIMIT = timedelta(seconds=5)
NM = "org.freedesktop.NetworkManager"


def laid(folder: Path, *supplies: dict[str, str]) -> Path:
    """Lay down a tree as the kernel shows it."""
    for number, supply in enumerate(supplies):
        place = folder / f"S{number}"
        place.mkdir()
        for name, word in supply.items():
            (place / name).write_text(f"{word}\n", "ascii")
    return folder


@pytest.mark.parametrize(
    ("supplies", "answer"),
    [
        ([], False),
        ([EMPTYING], True),
        ([UNPLUGGED, EMPTYING], True),
        ([EMPTYING, UNPLUGGED, FULL], True),
        ([FULL], False),
        ([EMPTYING, MAINS], False),
        ([CHARGER, EMPTYING], False),
        ([MOUSE], False),
        ([{}], False),
    ],
)
def test_a_battery_that_empties_counts_unless_mains_feed_it(
    tmp_path: Path, supplies: list[dict[str, str]], answer: bool
) -> None:
    assert is_on_battery(laid(tmp_path, *supplies)) is answer


def test_a_computer_that_lists_no_supplies_is_not_on_battery(tmp_path: Path) -> None:
    assert not is_on_battery(tmp_path / "nothing")


@contextmanager
def network_manager(address: str, *answer: object) -> Iterator[list[str]]:
    """Answer one call with ``answer`` (signature and body; nothing: an error)."""
    from jeepney import HeaderFields, MessageType, new_error, new_method_return
    from jeepney import message_bus as names
    from jeepney.io.blocking import open_dbus_connection

    heard: list[str] = []
    line = open_dbus_connection(address)
    line.send_and_get_reply(names.RequestName(NM))

    def serve() -> None:
        with suppress(OSError):
            while True:
                call = line.receive()
                if call.header.message_type is not MessageType.method_call:
                    continue
                heard.append(
                    f"{call.header.fields[HeaderFields.member]} {'.'.join(call.body)}"
                )
                if answer:
                    line.send(new_method_return(call, "v", (answer,)))
                else:
                    line.send(new_error(call, "org.example.No", "s", ("no",)))

    thread = Thread(target=serve)
    thread.start()
    try:
        yield heard
    finally:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)
        thread.join()
        line.close()


@pytest.mark.parametrize(
    ("answer", "metered"),
    [
        (("u", 0), False),  # not known
        (("u", 1), True),
        (("u", 2), False),
        (("u", 3), True),  # as it guesses
        (("u", 4), False),
        (("s", "yes"), False),
        ((), False),
    ],
)
def test_the_line_is_metered_when_networkmanager_says_or_guesses_so(
    tmp_path: Path, answer: tuple[object, ...], metered: bool
) -> None:
    with bus(tmp_path) as address, network_manager(address, *answer) as heard:
        assert is_metered(address, LIMIT) is metered
    assert heard == [f"Get {NM}.Metered"]


def test_without_networkmanager_no_line_is_metered(tmp_path: Path) -> None:
    with bus(tmp_path) as address:
        assert not is_metered(address, LIMIT)


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "no address"])
def test_without_a_bus_no_line_is_metered(address: str) -> None:
    assert not is_metered(address)


def test_a_bus_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        assert not is_metered(
            f"unix:path={tmp_path / 'deaf'}", timedelta(milliseconds=1)
        )


def test_what_was_found_is_believed_for_a_minute(tmp_path: Path) -> None:
    now = [NOW]

    def clock() -> datetime:
        return now[0]

    power = laid(tmp_path, EMPTYING)
    supply = Supply(clock, power=power, bus="unix:path=/nowhere/at/all")
    status = power / "S0" / "status"
    assert supply.is_frugal()
    status.write_text("Charging\n", "ascii")
    now[0] += GOOD_FOR - timedelta(seconds=1)
    assert supply.is_frugal()
    now[0] += timedelta(seconds=1)
    assert not supply.is_frugal()
    status.write_text("Discharging\n", "ascii")
    now[0] -= timedelta(days=1)  # a clock that is set back keeps nothing for a day
    assert supply.is_frugal()


def test_a_paid_line_is_enough(tmp_path: Path) -> None:
    with bus(tmp_path) as address, network_manager(address, "u", 1):
        supply = Supply(lambda: NOW, power=tmp_path / "nothing", bus=address)
        assert supply.is_frugal()
