"""An X screen for a box: Xvfb, and what its clients say of themselves."""

from __future__ import annotations

import ctypes


def screen(size: str) -> tuple[str, ...]:
    """The command of a server on the first free display, ``%d`` told its number.

    Args:
        size: Width and height in pixels, ``1280x800``.
    """
    quiet = ("-nolisten", "tcp", "-noreset")
    return ("Xvfb", "-displayfd", "%d", "-screen", "0", f"{size}x24", *quiet)


def is_owned(selection: str, name: str) -> bool:
    """Whether a client owns the selection: how X says "I serve this".

    Args:
        selection: Its name.
        name: Of the display.
    """
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    handle = x11.XOpenDisplay(name.encode())
    if not handle:
        return False
    display = ctypes.c_void_p(handle)
    atom = x11.XInternAtom(display, selection.encode(), 0)
    owner = x11.XGetSelectionOwner(display, ctypes.c_ulong(atom))
    x11.XCloseDisplay(display)
    return bool(owner)
