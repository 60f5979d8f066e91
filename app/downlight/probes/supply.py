"""Whether power or line is short: on battery, or on a line that is paid by the byte.

* Linux: ``/sys/class/power_supply`` (https://docs.kernel.org/power/power_supply_class.html)
  and NetworkManager's property ``Metered`` on the system bus
  (https://networkmanager.dev/docs/api/latest/, NMMetered), both read 2026-11.
* Windows: ``GetSystemPowerStatus``; whether the line is metered is not asked.
* macOS and others: not known, so never short.

What cannot be found out counts as plenty: asking a little more than necessary harms
less than saying old things.
"""

from __future__ import annotations

import struct
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.ports import Clock

POWER: Final = Path("/sys/class/power_supply")
SYSTEM_BUS: Final = "SYSTEM"
"""What jeepney calls the bus that the environment or the system names."""
GOOD_FOR: Final = timedelta(seconds=60)
"""How long an answer is believed."""
PATIENCE: Final = timedelta(milliseconds=200)
"""For each step on the bus, which answers in about one: the engine waits for it."""

_METERED: Final = frozenset({1, 3})
"""NM_METERED_YES and NM_METERED_GUESS_YES."""
_NM: Final = "org.freedesktop.NetworkManager"
_BROKEN: Final = (
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    AssertionError,
    struct.error,
)
"""What jeepney raises when the bus goes away or speaks nonsense."""


class Supply:
    """What this computer lives on. Used on one thread."""

    def __init__(
        self, clock: Clock, *, power: Path = POWER, bus: str = SYSTEM_BUS
    ) -> None:
        """Prepare; nothing is looked at yet.

        Args:
            clock: The time, so that nothing is looked at oftener than `GOOD_FOR`.
            power: Where the system lists what feeds it.
            bus: A D-Bus address.
        """
        self._clock = clock
        self._power = power
        self._bus = bus
        self._looked: datetime | None = None
        self._frugal = False

    def is_frugal(self) -> bool:
        """Whether to ask less often; as it was at most `GOOD_FOR` ago."""
        now = self._clock()
        if self._looked is None or not timedelta() <= now - self._looked < GOOD_FOR:
            self._looked = now
            self._frugal = self._is_short()
        return self._frugal

    def _is_short(self) -> bool:
        if sys.platform == "win32":
            return _is_off_line()
        elif sys.platform == "linux":  # noqa: RET505 - so that mypy sees both ways
            return is_on_battery(self._power) or is_metered(self._bus)
        else:
            return False


def is_on_battery(power: Path = POWER) -> bool:
    """Whether a battery of this computer empties and no mains feed it."""
    draining = False
    try:
        supplies = sorted(power.iterdir())
    except OSError:
        return False
    for supply in supplies:
        kind = _word(supply / "type")
        if kind in {"Mains", "USB"} and _word(supply / "online") == "1":
            return False
        # A mouse has a battery as well; its scope is "Device".
        if kind == "Battery" and _word(supply / "scope") != "Device":
            draining = draining or _word(supply / "status") == "Discharging"
    return draining


def is_metered(bus: str = SYSTEM_BUS, patience: timedelta = PATIENCE) -> bool:
    """Whether NetworkManager says, or guesses, that the line is paid by the byte."""
    # Only Linux has it, and a start does not wait for it.
    from jeepney import (  # noqa: PLC0415 - as said
        DBusAddress,
        MessageFlag,
        Properties,
        message_bus,
    )
    from jeepney.bus import get_bus  # noqa: PLC0415 - as said
    from jeepney.io.blocking import (  # noqa: PLC0415 - as said
        DBusConnection,
        prep_socket,
    )

    manager = DBusAddress("/org/freedesktop/NetworkManager", _NM, _NM)
    ask = Properties(manager).get("Metered")
    ask.header.flags |= MessageFlag.no_auto_start  # who is not there stays away
    limit = patience.total_seconds()
    try:
        with DBusConnection(prep_socket(get_bus(bus), timeout=limit)) as line:
            line.send_and_get_reply(message_bus.Hello(), timeout=limit)
            answer = line.send_and_get_reply(ask, timeout=limit)
    except _BROKEN:
        return False
    match answer.body:
        case (("u", int(value)),):  # an error has a text instead
            return value in _METERED
        case _:
            return False


def _word(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""


if sys.platform == "win32":

    def _is_off_line() -> bool:
        """Whether Windows says that no mains feed this computer."""
        import ctypes  # noqa: PLC0415 - only Windows needs it

        # SYSTEM_POWER_STATUS: four bytes, the first ACLineStatus (0 off, 1 on, 255
        # not known), then two numbers of four bytes.
        status = (ctypes.c_ubyte * 12)()
        found = ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status))
        return bool(found) and status[0] == 0
