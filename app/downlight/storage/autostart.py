"""Start at login: an entry among the desktop's own, and nothing else.

The entry itself is the truth; no setting of ours says the same a second time. It
names this Python and this Downlight: one that was moved or made anew finds an entry
that starts something else, says so, and puts it right when it is switched on.

Forms: XDG "Desktop Application Autostart" 0.5 with "Desktop Entry" 1.5; the keys
`Run` and `StartupApproved` of Windows (`run_key`); a launch agent of macOS
(launchd.plist(5)).
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from downlight.core.speech import mark
from downlight.storage.trouble import of_disk, storage_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DELAY: Final = 5
"""Seconds GNOME waits before it starts us; what the panel needs it has by then."""
LABEL: Final = "downlight"
"""The name of the agent on macOS."""
LARGEST: Final = 100_000
"""An entry has at most this many bytes; of a larger one the rest is not read."""

_PLAIN: Final = re.compile(r"[\w@%+:,./-]+", re.ASCII)
"""Arguments that need no quotes."""


@dataclass(frozen=True, slots=True)
class State:
    """What the desktop does at login."""

    kind: Literal["on", "off", "other"]
    """``other``: it starts a Downlight, but not this one, or not in this way."""
    where: str
    """The file or key that says so."""
    runs: str = ""
    """What is started, as it stands there; empty when nothing is."""

    @property
    def is_on(self) -> bool:
        """Whether this very program is started."""
        return self.kind == "on"


class Entry(Protocol):
    """The one switch.

    Every method raises `StorageError` when the entry cannot be read or changed.
    """

    def state(self) -> State:
        """Return what the desktop does now."""
        ...

    def switch_on(self) -> None:
        """Let it start this program; an entry that does already is left as it is."""
        ...

    def switch_off(self) -> None:
        """Take the entry away, whatever it starts."""
        ...


def entry(data: Path | None, system: str = sys.platform) -> Entry:
    """Return the switch of this desktop, for this program.

    Args:
        data: The folder the run at login is to keep everything in; None for the
            system's usual places.
        system: As `sys.platform`.

    Raises:
        StorageError: Python does not know where it is itself.
    """
    words = command(data, sys.executable, system)
    if system == "win32":
        from downlight.storage.run_key import RunKey, registry  # noqa: PLC0415 - there alone

        return RunKey(words, registry())
    if system == "darwin":
        return LaunchAgent(words, Path.home())
    return XdgEntry(words, xdg_folder(os.environ, Path.home()))


def command(data: Path | None, python: str, system: str) -> tuple[str, ...]:
    """Return what is started at login.

    Args:
        data: As for `entry`.
        python: The Python that has Downlight; its full path.
        system: As `sys.platform`.

    Raises:
        StorageError: Python does not know where it is itself.
    """
    if not python:
        raise storage_error(
            "sys.executable is empty",
            title=mark("Cannot start at login"),
            hint=mark("This Python does not know where it is itself."),
        )
    if system == "win32":  # the one beside it opens no console
        quiet = Path(python).with_name("pythonw.exe")
        python = str(quiet) if quiet.exists() else python
    kept = () if data is None else ("--data", str(data))
    return (python, "-P", "-m", "downlight", *kept, "--login")


def xdg_folder(environ: Mapping[str, str], home: Path) -> Path:
    """Return where desktops look for entries of this user."""
    said = environ.get("XDG_CONFIG_HOME", "")
    config = Path(said) if said.startswith("/") else home / ".config"
    return config / "autostart"


class XdgEntry:
    """A desktop entry in the folder of those that are started at login."""

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        """Speak about ``words``, the command, in ``folder``."""
        self.path = folder / "downlight.desktop"
        self._exec = exec_line(words)

    @property
    def text(self) -> str:
        """The whole entry."""
        return (
            "[Desktop Entry]\n"
            "Type=Application\n"
            "Name=Downlight\n"
            "Comment=A light in the tray that knows what is down\n"
            f"Exec={self._exec}\n"
            "Terminal=false\n"
            "StartupNotify=false\n"
            "X-GNOME-Autostart-enabled=true\n"
            f"X-GNOME-Autostart-Delay={DELAY}\n"
        )

    def state(self) -> State:
        """Return what the desktop does now; its own switches count."""
        body = _read(self.path)
        if body is None:
            return State("off", str(self.path))
        keys = _keys(body.decode(errors="replace"))
        hidden = keys.get("Hidden") == "true"
        runs = keys.get("Exec", "")
        if not runs or hidden or keys.get("X-GNOME-Autostart-enabled") == "false":
            return State("off", str(self.path))
        return State("on" if runs == self._exec else "other", str(self.path), runs)

    def switch_on(self) -> None:
        """Write the entry."""
        if not self.state().is_on:
            _write(self.path, self.text.encode(errors="surrogateescape"))

    def switch_off(self) -> None:
        """Remove the entry."""
        _remove(self.path)


class LaunchAgent:
    """A property list in the folder of agents; read by macOS at the next login."""

    def __init__(self, words: Sequence[str], home: Path) -> None:
        """Speak about ``words``, the command, of the user whose home this is."""
        self.path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        self._words = list(words)

    @property
    def text(self) -> bytes:
        """The whole list."""
        import plistlib  # noqa: PLC0415 - only here and below: it costs memory

        return plistlib.dumps(
            {
                "Label": LABEL,
                "ProgramArguments": self._words,
                "RunAtLoad": True,
                "ProcessType": "Interactive",
                "LimitLoadToSessionType": "Aqua",  # only where there is a screen
            }
        )

    def state(self) -> State:
        """Return what the desktop does now."""
        import plistlib  # noqa: PLC0415 - as above

        body = _read(self.path)
        if body is None:
            return State("off", str(self.path))
        try:
            found = plistlib.loads(body)
        except Exception:  # noqa: BLE001 - plistlib names no errors of its own
            found = None
        words = found.get("ProgramArguments") if isinstance(found, dict) else None
        if not isinstance(words, list) or found.get("Disabled") is True:
            return State("off", str(self.path))
        runs = " ".join(map(str, words))
        return State("on" if words == self._words else "other", str(self.path), runs)

    def switch_on(self) -> None:
        """Write the list; whatever runs now is left alone."""
        if not self.state().is_on:
            _write(self.path, self.text)

    def switch_off(self) -> None:
        """Remove the list; whatever runs now is left alone."""
        _remove(self.path)


def exec_line(words: Sequence[str]) -> str:
    """Return a command as the key ``Exec`` wants it: quoted, and escaped twice."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    text = word.replace("%", "%%")
    if not _PLAIN.fullmatch(text):
        text = '"' + re.sub(r'(["`$\\])', r"\\\1", text) + '"'
    text = text.replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _keys(text: str) -> dict[str, str]:
    """Return what stands in the first group of a desktop entry."""
    found: dict[str, str] = {}
    inside = False
    for line in text.split("\n"):
        if line.startswith("["):
            inside = line.strip() == "[Desktop Entry]"
        elif inside and not line.startswith("#"):
            key, sign, value = line.partition("=")
            if sign:
                found.setdefault(key.strip(), value.strip())
    return found


def _read(path: Path) -> bytes | None:
    """Return what stands in a file; None when there is none.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise of_disk(error, path) from error


def _write(path: Path, body: bytes) -> None:
    """Replace what stands at ``path``: wholly, or not at all.

    Raises:
        StorageError: The disk refuses.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(body)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise
    except OSError as error:
        raise of_disk(error, path) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise of_disk(error, path) from error
