"""The ways to notify on this system, best first."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

from downlight.core.errors import DeliveryError
from downlight.core.speech import mark
from downlight.notify.plyer_channel import PlyerChannel

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.news import Act, Event, Message
    from downlight.core.ports import Channel

log = logging.getLogger(__name__)

WATCHER: Final = "org.kde.StatusNotifierWatcher"
"""The bus name of whoever collects modern tray icons."""


class Balloon:
    """The tray's own balloon, where the tray has one.

    A modern tray (StatusNotifierItem) has none: Qt hands its messages to the very
    service that the first channel asks, so without that service nothing is shown and
    nobody says so.
    """

    def __init__(self, tray: Channel, serves: Callable[[str], bool | None]) -> None:
        """Wrap ``tray``; ``serves`` tells whether a bus name is owned."""
        self._tray = tray
        self._serves = serves

    @property
    def name(self) -> str:
        """As written to the journal: the tray's own."""
        return self._tray.name

    def deliver(self, message: Message) -> None:
        """Show it.

        Raises:
            DeliveryError: This tray shows no messages of its own.
        """
        if self._serves(WATCHER):
            raise DeliveryError(mark("this tray shows no messages of its own"))
        self._tray.deliver(message)


def channels(
    tray: Channel | None,
    on_act: Callable[[Event, Act], None],
    system: str = sys.platform,
) -> tuple[Channel, ...]:
    """Return the channels in the order they are tried.

    On Linux the desktop's service (it updates in place and tells of clicks), plyer,
    the tray; elsewhere the tray, whose balloons are the system's own, then plyer.

    Args:
        tray: The tray's channel, which the window's side owns; None without one.
        on_act: Told what was clicked on the message of which event, by the channels
            made here.
        system: As `sys.platform`.
    """
    trays = () if tray is None else (tray,)
    if not system.startswith("linux"):
        return (*trays, PlyerChannel())
    try:
        from downlight.notify.bus import serves  # noqa: PLC0415 - jeepney: Linux
        from downlight.notify.dbus import DBusChannel  # noqa: PLC0415 - the same
    except ImportError as error:
        log.warning("no notifications over D-Bus: %s", error)
        return (PlyerChannel(), *trays)
    balloons = tuple(Balloon(it, serves) for it in trays)
    return (DBusChannel(on_act), PlyerChannel(), *balloons)
