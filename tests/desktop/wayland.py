"""A Wayland screen for a box: sway without a monitor, on which mako can show itself.

sway refuses to run as root, so root runs it as nobody, in a folder of nobody's; what
else is in the box stays who it is and may use the screen all the same.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CONFIGURATION = """\
xwayland disable
output HEADLESS-1 resolution {size}
"""
_NOBODY = 65534
_HEADLESS = {
    "WLR_BACKENDS": "headless",
    "WLR_LIBINPUT_NO_DEVICES": "1",
    "WLR_RENDERER": "pixman",  # paints without a graphics card
    "LIBSEAT_BACKEND": "noop",
}


class Wayland:
    """How the screen is started and found; nothing runs in here."""

    def __init__(self, root: Path, size: str) -> None:
        """Prepare a folder.

        Args:
            root: The box's; others may pass through it from now on.
            size: Of the screen, in pixels.
        """
        self.folder = root / "wayland"
        self.folder.mkdir(mode=0o700)
        configuration = self.folder / "sway.conf"
        configuration.write_text(_CONFIGURATION.format(size=size), "utf-8")
        command: tuple[str, ...] = ("sway", "--config", str(configuration))
        if os.geteuid() == 0:
            root.chmod(0o711)
            os.chown(self.folder, _NOBODY, _NOBODY)
            drop = (f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
            command = ("setpriv", *drop, *command)
        self.command = command
        """Starts it."""
        self.environ = _HEADLESS | {"XDG_RUNTIME_DIR": str(self.folder)}
        """What it needs besides the box's environment."""
        self.socket = self.folder / "wayland-1"
        """There as soon as programs may connect: their ``WAYLAND_DISPLAY``."""
