"""Whether the person should not be disturbed just now, as far as the system tells.

* Linux: what the desktop's services say (`inhibited`); on X11 also whether a program
  fills the screen (`full_screen`). On Wayland no program may look at others' windows.
* Windows: ``SHQueryUserNotificationState``
  (https://learn.microsoft.com/windows/win32/api/shellapi/, read 2026-11). Never run.
* macOS: who presents is not told without a permission; the system itself holds back
  notifications then.

What cannot be found out counts as not busy: news that comes at a bad moment harms less
than news that does not come.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

from downlight.core.errors import DeliveryError
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from downlight.notify.full_screen import Screen

    Look: TypeAlias = Callable[[], str]
    """Returns why not to disturb, in an English sentence; "" for no reason."""

log = logging.getLogger(__name__)

FILLED: Final = mark("A program fills the screen.")
_BLIND: Final = (DeliveryError, OSError, AttributeError, ImportError)
"""No bus, no screen, no such library, or not this function in it."""


class Lookout:
    """Looks for a reason not to disturb; used on the courier's thread."""

    def __init__(self, looks: Sequence[Look]) -> None:
        """Note where to look.

        Args:
            looks: In this order, up to the first reason; one that fails gives none.
        """
        self._looks = looks
        self._failed: set[int] = set()
        """Which of them have failed; each is logged once."""

    def busy(self) -> str:
        """Return why the person should not be disturbed; "" when he may be."""
        for number, look in enumerate(self._looks):
            try:
                reason = look()
            except _BLIND as error:
                if number not in self._failed:
                    log.debug("not known whether the person is busy: %s", error)
                self._failed.add(number)
            else:
                if reason:
                    return reason
        return ""


def looks(
    system: str = sys.platform, environ: Mapping[str, str] = os.environ
) -> tuple[Look, ...]:
    """Return where this system tells that the person is busy, in order.

    Args:
        system: As `sys.platform`.
        environ: The environment.
    """
    if system == "win32":
        return (_windows_says,)
    if not system.startswith("linux"):
        return ()
    if environ.get("WAYLAND_DISPLAY") or not environ.get("DISPLAY"):
        return (_desktop_says,)
    return (_desktop_says, _screen_says)


def _desktop_says() -> str:
    from downlight.notify.inhibited import ask  # noqa: PLC0415 - jeepney: Linux

    return ask()


def _screen_says() -> str:
    return FILLED if _screen().is_filled() else ""


@cache
def _screen() -> Screen:
    from downlight.notify.full_screen import Screen  # noqa: PLC0415 - X11 only

    return Screen()


def _windows_says() -> str:
    import ctypes  # noqa: PLC0415 - not everywhere needed

    state = ctypes.c_int()
    shell = ctypes.CDLL("shell32")
    if shell.SHQueryUserNotificationState(ctypes.byref(state)):
        return ""  # an error
    return _WINDOWS.get(state.value, "")


_WINDOWS: Final = {
    2: mark("A program fills the screen, or you are presenting."),
    3: FILLED,
    4: mark("You are presenting."),
}
"""QUNS_BUSY, QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE."""
