"""Start at login on Windows: a value in the registry's key `Run`.

The Task Manager and the settings of Windows switch such a value off by another one
of the same name, under `StartupApproved`: its first byte is odd then.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from downlight.core.speech import mark
from downlight.storage.autostart import State
from downlight.storage.trouble import storage_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.errors import StorageError

RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = (
    r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
)
NAME: Final = "Downlight"
LONGEST: Final = 260
"""Signs of a command; Windows passes over longer ones."""


class Registry(Protocol):
    """The user's part of the registry. Every method may raise OSError."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Return a value; None when there is none."""
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Set a value, and make its key when there is none."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Remove a value, if there is one."""
        ...


class RunKey:
    """The value that Windows starts at login."""

    def __init__(self, words: Sequence[str], keys: Registry) -> None:
        """Speak about ``words``, the command."""
        self.text = subprocess.list2cmdline(words)
        self._keys = keys

    def state(self) -> State:
        """Return what Windows does now; its own switch counts.

        Raises:
            StorageError: The registry cannot be read.
        """
        where = rf"HKEY_CURRENT_USER\{RUN}\{NAME}"
        try:
            runs = self._keys.read(RUN, NAME)
            mark = self._keys.read(APPROVED, NAME)
        except OSError as error:
            raise _refused(error) from error
        switched_off = isinstance(mark, bytes) and mark[:1] and mark[0] % 2
        if not isinstance(runs, str) or not runs or switched_off:
            return State("off", where)
        return State("on" if runs == self.text else "other", where, runs)

    def switch_on(self) -> None:
        """Set the value.

        Raises:
            StorageError: The registry refuses, or the command is too long for it.
        """
        if len(self.text) > LONGEST:
            raise storage_error(
                f"a command of {len(self.text)} signs",
                title=mark("Cannot start at login"),
                hint=mark(
                    "Downlight lies too deep for Windows: move it to a shorter path."
                ),
            )
        try:
            self._keys.remove(APPROVED, NAME)
            self._keys.write(RUN, NAME, self.text)
        except OSError as error:
            raise _refused(error) from error

    def switch_off(self) -> None:
        """Remove the value, and what Windows has noted about it.

        Raises:
            StorageError: The registry refuses.
        """
        try:
            self._keys.remove(RUN, NAME)
            self._keys.remove(APPROVED, NAME)
        except OSError as error:
            raise _refused(error) from error


def registry() -> Registry:
    """Return the real one.

    Raises:
        StorageError: This is no Windows.
    """
    if sys.platform == "win32":
        return _Hive()
    raise storage_error("no registry", title=mark("This computer has no registry"))


if sys.platform == "win32":
    import winreg

    class _Hive:
        """HKEY_CURRENT_USER."""

        def read(self, key: str, name: str) -> str | bytes | None:
            """Return a value; None when there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def write(self, key: str, name: str, text: str) -> None:
            """Set a value."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove(self, key: str, name: str) -> None:
            """Remove a value, if there is one."""
            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE
                ) as opened,
            ):
                winreg.DeleteValue(opened, name)


def _refused(error: OSError) -> StorageError:
    return storage_error(
        f"registry: {error.strerror or error}",
        title=mark("The registry refuses"),
        hint=mark(
            "Programs that guard it may forbid this; ask whoever runs this computer."
        ),
    )
