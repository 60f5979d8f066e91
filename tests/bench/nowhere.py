"""A proxy on loopback that lets nothing through and remembers when it was asked.

The program under measure asks its sources through it, so that a bench neither needs
the Internet nor burdens anyone, and it is known when a poll took place. What a
program dials without a proxy (its own probes) goes where it goes.
"""

from __future__ import annotations

import socket
import threading
import time
from typing import Self

_REFUSAL = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_PATIENCE = 2.0
"""Seconds a caller has to say what it wants."""


class Nowhere:
    """The proxy; a context manager."""

    def __init__(self) -> None:
        """Take a free port; nobody is answered before ``with``."""
        self.asked: list[float] = []
        """The moments (monotonic, s) somebody asked for something."""
        self._door = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._refuse_all)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join()
        self._door.close()

    @property
    def environ(self) -> dict[str, str]:
        """What makes a program use it."""
        host, port = self._door.getsockname()
        address = f"http://{host}:{port}"
        names = ("http_proxy", "https_proxy", "all_proxy")
        return dict.fromkeys(names, address) | {name.upper(): address for name in names}

    def _refuse_all(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:  # the door was shut
                return
            with caller:
                self.asked.append(time.monotonic())
                caller.settimeout(_PATIENCE)
                try:
                    caller.recv(65536)
                    caller.sendall(_REFUSAL)
                except OSError:  # it left
                    continue
