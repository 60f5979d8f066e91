"""Whether there is a desktop to put a light on; imports next to nothing."""

from __future__ import annotations

import os
import sys

SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - where every X server listens
FIRST_PORT = 6000
PATIENCE = 1.0
"""Longest wait for a screen on another computer, in seconds."""


def has_screen() -> bool:
    """Whether Qt would find a desktop here: it ends the program if it does not."""
    if sys.platform != "linux":
        return True
    environ = os.environ
    if environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return True
    return _wayland_answers(
        environ.get("WAYLAND_DISPLAY", ""), environ.get("XDG_RUNTIME_DIR", "")
    ) or _x_answers(environ.get("DISPLAY", ""))


def _wayland_answers(name: str, folder: str) -> bool:
    if name.startswith("/"):
        return _listens(name)
    return bool(name and folder) and _listens(f"{folder}/{name}")


def _x_answers(display: str) -> bool:
    """Ask the server a name like ``:0``, ``unix:1.0`` or ``host:10`` stands for."""
    if display.startswith("/"):
        path, _, screen = display.rpartition(".")
        return _listens(display) or (screen.isdecimal() and _listens(path))
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not (number.isascii() and number.isdecimal()):
        return False
    if host in {"", "unix"}:
        # Linux also has them without a file; a box may show only one of both.
        path = SOCKETS + number
        return _listens("\0" + path) or _listens(path)
    return _listens((host.rpartition("/")[2].strip("[]"), FIRST_PORT + int(number)))


def _listens(where: str | tuple[str, int]) -> bool:
    """Whether somebody takes a connection: to a path, or a host and port."""
    import socket  # noqa: PLC0415 - a start that need not ask does not pay for it

    try:
        if isinstance(where, tuple):
            socket.create_connection(where, PATIENCE).close()
        else:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE)
                line.connect(where)
    except BlockingIOError:
        return True  # it has more callers than it can take at once
    except (OSError, OverflowError, ValueError):
        return False
    return True
