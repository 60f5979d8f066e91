"""The desktop program begins and ends here: the light first, the rest behind it.

What the light does not need is imported where it is used (`decisions/0005`).
"""

from __future__ import annotations

import builtins
import linecache
import logging
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QObject,
    QSocketNotifier,
    QTimer,
    QTranslator,
    Slot,
)
from PySide6.QtWidgets import QApplication

from downlight import VERSION, speaking
from downlight.core.speech import ENGLISH
from downlight.storage.paths import places
from downlight.ui.tray import Light

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from downlight.desktop import Desktop
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording
    from downlight.storage.instance import Instance

log = logging.getLogger(__name__)

CALLERS: Final = 8
"""Other starts that are listened to at once; mostly there is one, for a moment."""
READ_MS: Final = 60_000
"""How long words stand on the screen that nobody puts away."""


def run(data: Path | None, instance: Instance, *, login: bool = False) -> int:
    """Show the light and watch until told to quit; return the exit status.

    Args:
        data: One folder for everything; None for the system's usual places.
        instance: This run as the one of its folder.
        login: The desktop begins, too, and its tray may come late.
    """

    def make(light: Light) -> Desktop:
        from downlight.desktop import Live

        return Live(light, data, instance.trouble, login=login)

    return _show(make, data, instance)


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

    return _show(make, data)


def tell(words: Callable[[], str], data: Path | None) -> None:
    """Show words to somebody who started us without a terminal.

    Args:
        words: Says them, once it is settled in which language.
        data: As in `run`.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    _app = _application(data)  # held: it is gone with its last name
    box = QMessageBox()
    box.setWindowTitle("Downlight")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words())
    QTimer.singleShot(READ_MS, box, box.close)
    box.exec()


def _show(
    make: Callable[[Light], Desktop],
    data: Path | None,
    instance: Instance | None = None,
) -> int:
    _unhook_import()
    app = _application(data)
    app.setApplicationVersion(VERSION)
    app.setQuitOnLastWindowClosed(False)
    light = Light()
    light.show()
    desktop = make(light)
    QTimer.singleShot(0, desktop, desktop.begin)
    wake = _Wake(app)
    door = (
        _Door(app, instance, lambda: light.open_wanted.emit("")) if instance else None
    )
    status = app.exec()
    if door is not None:
        door.close()
    wake.close()
    light.hide()
    if not desktop.end():
        # Something hangs that we cannot end. Nothing of ours is lost: the journal
        # is written before anything is told.
        logging.shutdown()
        os._exit(status)
    return status


def _application(data: Path | None) -> QApplication:
    """Return the application, in the person's language and under our name."""
    app = QApplication(sys.argv[:1])
    _speak(app, data)
    app.setApplicationName("Downlight")
    app.setDesktopFileName("downlight")
    return app


def _speak(app: QApplication, data: Path | None) -> None:
    """Speak the person's language, Qt's own dialogs and fields included."""
    code = speaking.settle(places(data).settings, QLocale.system().uiLanguages())
    _speak_as_well(app, code)


def _speak_as_well(app: QApplication, code: str) -> None:
    """Let Qt speak a language, with the customs of the person's country."""
    land = QLocale.system().territory()
    QLocale.setDefault(QLocale(QLocale.codeToLanguage(code), land))
    if code == ENGLISH:
        return
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)


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


class _Door(QObject):
    """Opens the window when another start knocks; nothing runs while nobody does."""

    def __init__(
        self, app: QApplication, instance: Instance, open_: Callable[[], None]
    ) -> None:
        super().__init__(app)
        self._instance = instance
        self._open = open_
        self._callers: list[_Caller] = []
        self._notifier: QSocketNotifier | None = None
        if instance.ear is not None:
            self._notifier = QSocketNotifier(
                instance.ear.fileno(), QSocketNotifier.Type.Read, self
            )
            self._notifier.activated.connect(self._knocked)

    @Slot()
    def _knocked(self) -> None:
        if self._instance.ear is None:
            return
        try:
            line, _ = self._instance.ear.accept()
        except (BlockingIOError, ConnectionError):  # gone again
            return
        except OSError:
            # No more files may be open, say: being called for ever would be felt.
            log.exception("the door stays shut: a second start finds nobody")
            self.close()
            return
        line.settimeout(0)
        self._callers = [caller for caller in self._callers if caller.is_here]
        while len(self._callers) >= CALLERS:
            self._callers.pop(0).leave()
        self._callers.append(_Caller(self, line, self._hear))

    def _hear(self, said: bytes) -> bool:
        """Do what a caller wants; return whether it is one of ours."""
        call = self._instance.understand(said)
        if call is None:
            return False
        if call.opens:
            if call.token:  # with it Qt may bring the window to the front
                os.environ["XDG_ACTIVATION_TOKEN"] = call.token
            self._open()
        return True

    def close(self) -> None:
        """Listen to nobody any more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        for caller in self._callers:
            caller.leave()
        self._callers = []
        self._instance.hush()


class _Caller(QObject):
    """Another start at the door, until it has said what it wants."""

    def __init__(
        self, door: QObject, line: socket.socket, hear: Callable[[bytes], bool]
    ) -> None:
        super().__init__(door)
        self._line, self._hear = line, hear
        self._said = b""
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._speaks)

    @property
    def is_here(self) -> bool:
        """Whether it has not hung up."""
        return self._line.fileno() >= 0

    @Slot()
    def _speaks(self) -> None:
        from downlight.storage.instance import HERE, LONGEST

        try:
            more = self._line.recv(LONGEST)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        self._said += more
        if more and b"\n" not in self._said and len(self._said) < LONGEST:
            return
        self._notifier.setEnabled(False)  # the window may take a while
        if self._said.endswith(b"\n") and self._hear(self._said):
            with suppress(OSError):
                self._line.send(HERE)
        self.leave()

    def leave(self) -> None:
        """Hang up, if that is not done."""
        if not self.is_here:
            return
        self._notifier.setEnabled(False)
        self._line.close()
        self.deleteLater()
