"""The ways to notify on this system, best first."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from downlight.notify.plyer_channel import PlyerChannel

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.news import Event
    from downlight.core.ports import Channel

log = logging.getLogger(__name__)


def channels(
    tray: Channel | None,
    on_click: Callable[[Event], None],
    system: str = sys.platform,
) -> tuple[Channel, ...]:
    """Return the channels in the order they are tried.

    On Linux the desktop's service (it updates in place and tells of clicks), plyer,
    the tray; elsewhere the tray, whose balloons are the system's own, then plyer.

    Args:
        tray: The tray's channel, which the window's side owns; None without one.
        on_click: Told the event of a clicked message by the channels made here.
        system: As `sys.platform`.
    """
    trays = () if tray is None else (tray,)
    if not system.startswith("linux"):
        return (*trays, PlyerChannel())
    try:
        from downlight.notify.dbus import DBusChannel  # noqa: PLC0415 - jeepney: Linux
    except ImportError as error:
        log.warning("no notifications over D-Bus: %s", error)
        return (PlyerChannel(), *trays)
    return (DBusChannel(on_click), PlyerChannel(), *trays)
