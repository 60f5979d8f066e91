"""Whether a program fills the screen: X11 only, where any program may look.

Extended Window Manager Hints 1.5 (https://specifications.freedesktop.org/wm-spec/,
read 2026-11): ``_NET_ACTIVE_WINDOW`` of the root window, and
``_NET_WM_STATE_FULLSCREEN`` in ``_NET_WM_STATE`` of that one. Asked through libxcb,
which is there wherever Qt shows windows on X11: unlike libX11 it answers with errors
where that would end the program.
"""

from __future__ import annotations

import ctypes
import os
import struct
from datetime import timedelta
from threading import Thread
from typing import Final

PATIENCE: Final = timedelta(seconds=2)
"""For the X server, which takes about a millisecond, but may be as busy as the rest of
the machine. Nobody but news waits for it."""

_ATOM, _FORMAT = 8, 1
"""Where replies keep them, by the X11 protocol: the atom, the size of items in bits."""
_ITEMS: Final = 64
"""More states than these has no window."""
_BITS: Final = 32
_ANY_TYPE: Final = 0


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    """An iterator; a screen begins with the number of its root window."""

    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class Screen:
    """The X screen of this session; used on one thread."""

    def __init__(
        self, display: str | None = None, patience: timedelta = PATIENCE
    ) -> None:
        """Note where it is.

        Args:
            display: As in ``DISPLAY``; None for what that says.
            patience: For an answer.
        """
        self._display = None if display is None else display.encode()
        self._patience = patience
        self._asking: Thread | None = None

    def is_filled(self) -> bool:
        """Whether the window that is worked in fills it, and is not ours.

        Raises:
            OSError: There is no libxcb.
            TimeoutError: The X server does not answer.
        """
        # libxcb waits for ever. Who hangs is left behind, and nobody is sent after him.
        if self._asking is None or not self._asking.is_alive():
            xcb, found = _library(), list[bool]()
            self._asking = Thread(
                target=lambda: found.append(_look(xcb, self._display)),
                name="screen",
                daemon=True,
            )
            self._asking.start()
            self._asking.join(self._patience.total_seconds())
            if found:
                return found[0]
        raise TimeoutError("the X server does not answer")


def _library() -> ctypes.CDLL:
    """Return libxcb, its functions as its headers declare them."""
    xcb = ctypes.CDLL("libxcb.so.1")
    byte, short, number = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
    pointer = ctypes.c_void_p
    forms = {
        "connect": (pointer, ctypes.c_char_p, pointer),
        "connection_has_error": (ctypes.c_int, pointer),
        "get_setup": (pointer, pointer),
        "setup_roots_iterator": (_Screens, pointer),
        "screen_next": (None, pointer),
        "intern_atom": (_Cookie, pointer, byte, short, ctypes.c_char_p),
        "intern_atom_reply": (pointer, pointer, _Cookie, pointer),
        "get_property": (_Cookie, pointer, byte, *[number] * 5),
        "get_property_reply": (pointer, pointer, _Cookie, pointer),
        "get_property_value": (pointer, pointer),
        "get_property_value_length": (ctypes.c_int, pointer),
        "disconnect": (None, pointer),
    }
    for name, (answer, *arguments) in forms.items():
        function = getattr(xcb, f"xcb_{name}")
        function.restype, function.argtypes = answer, arguments
    return xcb


def _look(xcb: ctypes.CDLL, display: bytes | None) -> bool:
    screen = ctypes.c_int()
    line = xcb.xcb_connect(display, ctypes.byref(screen))
    try:
        if xcb.xcb_connection_has_error(line):
            return False
        root = _root(xcb, line, screen.value)
        for active in _numbers(xcb, line, root, "_NET_ACTIVE_WINDOW"):
            states = _numbers(xcb, line, active, "_NET_WM_STATE")
            if _atom(xcb, line, "_NET_WM_STATE_FULLSCREEN") in states:
                ours = (os.getpid(),)
                return _numbers(xcb, line, active, "_NET_WM_PID") != ours
        return False
    finally:
        xcb.xcb_disconnect(line)


def _root(xcb: ctypes.CDLL, line: int, number: int) -> int:
    """Return the root window of the screen of that number."""
    screens = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(line))
    for _ in range(number):
        xcb.xcb_screen_next(ctypes.byref(screens))
    return int(screens.data[0])


def _atom(xcb: ctypes.CDLL, line: int, name: str) -> int:
    """Return the number of a name; 0 where nobody has used it so far."""
    cookie = xcb.xcb_intern_atom(line, 1, len(name), name.encode())
    reply = xcb.xcb_intern_atom_reply(line, cookie, None)
    try:
        return struct.unpack("I", _bytes(reply, _ATOM, 4))[0] if reply else 0
    finally:
        _free(reply)


def _numbers(xcb: ctypes.CDLL, line: int, window: int, name: str) -> tuple[int, ...]:
    """Return what a window says of itself; nothing where it does not, or is gone."""
    atom = _atom(xcb, line, name)
    cookie = xcb.xcb_get_property(line, 0, window, atom, _ANY_TYPE, 0, _ITEMS)
    reply = xcb.xcb_get_property_reply(line, cookie, None)
    try:
        if not reply or _bytes(reply, _FORMAT, 1) != bytes((_BITS,)):
            return ()
        size = xcb.xcb_get_property_value_length(reply)
        return tuple(
            struct.unpack(
                f"{size * 8 // _BITS}I",
                ctypes.string_at(xcb.xcb_get_property_value(reply), size),
            )
        )
    finally:
        _free(reply)


def _bytes(reply: int, offset: int, size: int) -> bytes:
    return ctypes.string_at(reply + offset, size)


def _free(reply: int | None) -> None:
    free = ctypes.CDLL(None).free
    free.argtypes = (ctypes.c_void_p,)
    free(reply)
