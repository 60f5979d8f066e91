"""The desktop program begins and ends here: the light first, the rest behind it.

What the light does not need is imported where it is used (`decisions/0005`).
"""

from __future__ import annotations

import builtins
import linecache
import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from downlight import VERSION
from downlight.ui.tray import Light

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from downlight.desktop import Desktop
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording


def run(data: Path | None) -> int:
    """Show the light and watch until told to quit; return the exit status."""

    def make(light: Light) -> Desktop:
        from downlight.desktop import Live

        return Live(light, data)

    return _show(make)


def run_replay(
    data: Path | None,
    tape: Recording,
    plan: Plan,
    speed: float,
    until: datetime | None,
) -> int:
    """Play a recording in tray and window; return the exit status."""

    def make(light: Light) -> Desktop:
        from downlight.desktop import Replay

        return Replay(light, data, tape, plan, speed, until)

    return _show(make)


def _show(make: Callable[[Light], Desktop]) -> int:
    _unhook_import()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Downlight")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("downlight")
    app.setQuitOnLastWindowClosed(False)
    light = Light()
    light.show()
    desktop = make(light)
    QTimer.singleShot(0, desktop, desktop.begin)
    wake = _Wake(app)
    status = app.exec()
    wake.close()
    light.hide()
    if not desktop.end():
        # Something hangs that we cannot end. Nothing of ours is lost: the journal
        # is written before anything is told.
        logging.shutdown()
        os._exit(status)
    return status


def _unhook_import() -> None:
    """Take off the hook that PySide puts on every ``import``.

    For a switch that we do not use (``__feature__``) it reads the source of each
    module that is imported after Qt, and `linecache` keeps it all: 9 MiB, and a
    fifth of the time that importing takes (`decisions/0005`).
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        vars(builtins)["__import__"] = plain
        linecache.clearcache()


class _Wake(QObject):
    """Lets Ctrl-C and SIGTERM end the program without a timer that looks for them."""

    def __init__(self, app: QApplication) -> None:
        import signal
        import socket

        super().__init__(app)
        self._ear, self._mouth = socket.socketpair()
        self._ear.settimeout(0)
        self._mouth.settimeout(0)
        self._notifier = QSocketNotifier(
            self._ear.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._heard)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: QApplication.quit())

    @Slot()
    def _heard(self) -> None:
        # Being here is enough: Python runs its signal handlers now.
        self._ear.recv(64)

    def close(self) -> None:
        """Give the signals back."""
        import signal

        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
