"""At most one light per folder: a lock, and a door at which the next start knocks.

The lock is held by the system for a process, so one that was killed holds none: what
it left behind in the folder is overwritten. Who holds it writes into the file where
its door is, and a word that whoever knocks must know: only the file's owner can read
it. The door is a socket beside the lock, or, where there can be none (Windows, a path
too long, an odd disk), a port of this computer that no other one reaches.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from downlight.core.errors import DownlightError
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOCK: Final = "downlight.lock"
DOOR: Final = "downlight.sock"
PATIENCE: Final = 2.0
"""Seconds a start waits for an answer of the one that runs."""
PAUSE: Final = 0.02
"""Seconds between two tries, while one begins or ends."""
CALLERS: Final = 64
"""Starts that may wait at the door."""
LONGEST: Final = 1024
"""Bytes of what is said at the door, or stands in the lock's file, at most."""
HERE: Final = b"+"
"""The answer at the door."""
OPEN, GREET = "open", "greet"
"""What a start wants: the window, or only to know that somebody is there."""
_BESIDE: Final = 1 << 30
"""Windows lets nobody read a locked byte: it is one that the file does not have."""

_pause = Event().wait
"""Nobody sets it: the system tells nobody when a lock is let go."""


class Occupied(DownlightError):
    """Another light runs for this folder, and does not answer."""

    title = mark("Downlight is running already, but does not answer")
    anew: Callable[[], Occupied]
    """Says it once more, in the language that is spoken by then."""


class Call(NamedTuple):
    """What another start said at the door."""

    opens: bool
    """Whether the window is wanted."""
    token: str
    """With it the desktop lets a window come to the front; mostly empty."""


class Instance:
    """This run is the light of its folder, until it is closed or the process ends."""

    def __init__(
        self,
        lock: int | None = None,
        ear: socket.socket | None = None,
        word: str = "",
        trouble: str = "",
    ) -> None:
        """Hold what `claim` has found.

        Args:
            lock: The open file that is locked; None when there can be no lock.
            ear: Listens at the door; None when nobody can knock.
            word: Whoever knocks must know it.
            trouble: Why lock or door are missing, in a sentence for the log.
        """
        self.ear = ear
        self.trouble = trouble
        self._lock, self._word = lock, word

    def understand(self, said: bytes) -> Call | None:
        """Return what a caller wants; None for one who is none of ours."""
        verb, _, rest = said.decode("ascii", "replace").rstrip("\n").partition(" ")
        word, _, token = rest.partition(" ")
        if not self._word or word != self._word or verb not in {OPEN, GREET}:
            return None
        plain = token.isascii() and token.isprintable()
        return Call(verb == OPEN, token if plain else "")

    def hush(self) -> None:
        """Answer nobody any more; whoever waits at the door is sent away."""
        if self.ear is None:
            return
        name = self.ear.getsockname()
        if isinstance(name, str):
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108 - it comes as a plain name
        self.ear.close()
        self.ear = None

    def close(self) -> None:
        """Let another be the one.

        The file stays: were it removed, two could hold a lock on two files of its name.
        """
        self.hush()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def claim(
    folder: Path,
    *,
    greet: bool = False,
    patience: float = PATIENCE,
    system: str = sys.platform,
) -> Instance | None:
    """Become the light of this folder.

    Args:
        folder: Where this run keeps its journal; made when it is not there.
        greet: Do not ask the one that runs for its window.
        patience: Seconds to wait for its answer.
        system: As `sys.platform`; says what kind of door there is.

    Returns:
        None when another is, and has answered. Where no lock can be had this run goes
        on without, and its ``trouble`` says so.

    Raises:
        Occupied: Another is, and does not answer.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _open(folder / LOCK)
    except OSError as error:
        return Instance(trouble=_unlocked(error))
    until = monotonic() + patience  # the clock on the wall may jump
    while True:
        try:
            if _seize(lock):
                return _move_in(folder, lock, system)
        except OSError as error:
            os.close(lock)
            return Instance(trouble=_unlocked(error))
        note = _read(lock)
        left = until - monotonic()
        if note and left > 0 and _knock(folder, note, GREET if greet else OPEN, left):
            os.close(lock)
            return None
        if monotonic() >= until:
            os.close(lock)
            taken = _occupied(folder, note)
            taken.anew = partial(_occupied, folder, note)
            raise taken
        _pause(PAUSE)


class _Note(NamedTuple):
    """What the holder of the lock has written into it."""

    process: int
    host: str
    port: int
    """Of its door; 0 when that is the socket beside the lock."""
    word: str


def _open(path: Path) -> int:
    """Open the lock's file, which is to be ours and no link.

    Raises:
        OSError: It cannot be opened, or belongs to somebody else.
    """
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    lock = os.open(path, flags, 0o600)
    if sys.platform != "win32" and os.fstat(lock).st_uid != os.geteuid():
        os.close(lock)
        raise PermissionError(None, "it belongs to another user", str(path))
    return lock


if sys.platform == "win32":
    import msvcrt

    def _seize(lock: int) -> bool:
        """Lock the file; return whether it was free."""
        os.lseek(lock, _BESIDE, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # what it says of a byte that another has locked
            return False
        return True

else:
    import fcntl

    def _seize(lock: int) -> bool:
        """Lock the file; return whether it was free.

        Raises:
            OSError: This disk knows no locks.
        """
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _move_in(folder: Path, lock: int, system: str) -> Instance:
    """Open the door and write down where it is; the lock is held in any case."""
    word = os.urandom(16).hex()
    ear: socket.socket | None = None
    try:
        os.ftruncate(lock, 0)  # first: what stands there is of another
        ear, port = _door(folder, system)
        note = f"{os.getpid()}\n{_host()}\n{port}\n{word}\n".encode()
        os.lseek(lock, 0, os.SEEK_SET)
        os.write(lock, note)
    except OSError as error:
        if ear is not None:
            ear.close()
        words = f"a second start will find no door here: {error.strerror or error}"
        return Instance(lock, trouble=words)
    return Instance(lock, ear, word)


def _door(folder: Path, system: str) -> tuple[socket.socket, int]:
    """Return what listens, and its port; 0 for the socket in the folder.

    Raises:
        OSError: There can be neither.
    """
    if system != "win32" and sys.platform != "win32":
        path = folder / DOOR
        ear = socket.socket(socket.AF_UNIX)
        try:
            if path.is_socket():
                path.unlink()  # of one that was killed: we hold the lock
            ear.bind(str(path))
            path.chmod(0o600)
            ear.listen(CALLERS)
        except OSError:
            ear.close()
        else:
            ear.settimeout(0)
            return ear, 0
    ear = socket.create_server(("127.0.0.1", 0), backlog=CALLERS)
    ear.settimeout(0)
    return ear, int(ear.getsockname()[1])


def _read(lock: int) -> _Note | None:
    """Return what stands in the lock; None while it is being written."""
    try:
        os.lseek(lock, 0, os.SEEK_SET)
        text = os.read(lock, LONGEST).decode()
        process, host, port, word, end = text.split("\n")
        return None if end else _Note(int(process), host, int(port), word)
    except (OSError, ValueError):
        return None


def _knock(folder: Path, note: _Note, verb: str, seconds: float) -> bool:
    """Say at the door what is wanted; return whether somebody answered.

    Args:
        folder: Where the door is.
        note: What the one behind it has written down.
        verb: What is wanted.
        seconds: How long to wait.
    """
    _let_come_forward(note.process)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    if not (token.isascii() and len(token) < LONGEST // 2):
        token = ""
    where: tuple[str, int] | str = ("127.0.0.1", note.port)
    family = socket.AF_INET
    if not note.port and sys.platform != "win32":
        family, where = socket.AF_UNIX, str(folder / DOOR)
    try:
        with socket.socket(family) as line:
            line.settimeout(seconds)
            line.connect(where)
            line.sendall(f"{verb} {note.word} {token}\n".encode())
            return line.recv(1) == HERE
    except (OSError, OverflowError):
        return False


def _let_come_forward(process: int) -> None:
    """Allow another process to put its window in front: on Windows we must."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed there alone

        with suppress(AttributeError, OSError):
            ctypes.windll.user32.AllowSetForegroundWindow(process)


def _host() -> str:
    return socket.gethostname().replace("\n", "")


def _unlocked(error: OSError) -> str:
    return (
        "nothing keeps a second light from starting here: "
        f"{LOCK}: {error.strerror or error}"
    )


def _occupied(folder: Path, note: _Note | None) -> Occupied:
    """Say what is going on, and what to do about it."""
    if note is None:
        error = Occupied(tr("somebody holds {file}", file=folder / LOCK))
        error.hint = mark(
            "Wait a moment and start it again; if that does not help, log out."
        )
    elif note.host != _host():
        error = Occupied(
            tr("it runs on the computer {name}, with the same folder", name=note.host)
        )
        error.title = mark("Downlight is running already, on another computer")
        error.hint = mark(
            "Quit it there, or give this one a folder: downlight --data DIR"
        )
    else:
        error = Occupied(
            tr(
                "process {process} holds {file}",
                process=note.process,
                file=folder / LOCK,
            )
        )
        end = "taskkill /F /PID" if sys.platform == "win32" else "kill -9"
        error.hint = tr(
            "It may be busy: then its window opens as soon as it can. If nothing "
            "happens, end it and start again: {command}",
            command=f"{end} {note.process}",
        )
    return error
