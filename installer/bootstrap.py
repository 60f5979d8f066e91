"""Start Downlight from a checkout, and first make what it needs if it is not there.

Standard library only, run by whatever `python3` the system has. A warm start goes
through this file alone, so it imports nothing that Python has not already loaded;
the making of environments (`environment`) and the system's packages (`debian`) are
imported when there is work to do.
"""

import os
import sys

STAMP = "downlight.stamp"
"""In a finished environment: the Python and the lock it was made from."""

SYSTEM = "downlight.system"
"""In an environment whose needs outside Python were looked at: WHOLE or TOLD."""

WHOLE = "whole"
TOLD = "told"
"""Something is missing and the user has read what."""


def expected_stamp(lock: str) -> str:
    """Return what the stamp of an environment made now would say.

    It holds the lock itself, not a digest of it: comparing is as quick, and nothing
    has to be imported for it.

    Args:
        lock: Path of the lock file.

    Raises:
        OSError: The lock cannot be read.
    """
    with open(lock, encoding="utf-8") as file:
        return f"{sys.implementation.cache_tag}\n{file.read()}"


def interpreter(folder: str) -> str:
    """Return the path of the Python inside the environment `folder`."""
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *inside)


def is_ready(folder: str, lock: str) -> bool:
    """Tell whether `folder` is a finished environment of this Python and this lock.

    The stamp is written last of all, so an environment whose making was broken off
    has none. A Python that has since gone from the system counts as not ready.
    """
    return (
        _content(folder, STAMP) == expected_stamp(lock)
        and os.access(interpreter(folder), os.X_OK)
    )  # fmt: skip


def start(root: str, arguments: list[str]) -> int:
    """Make what is missing, then become Downlight.

    Args:
        root: The checkout: the folder with `app`, `installer` and the lock in it.
        arguments: What comes after `python3 app`, handed on as it is.

    Returns:
        An exit status if Downlight could not be started; where the system can
        replace a running program, success does not return.
    """
    folder = os.path.join(root, ".venv")
    lock = os.path.join(root, "requirements.lock")
    try:
        if not (os.path.exists(lock) and is_ready(folder, lock)):
            import environment

            environment.make_for_app(root)
        if needs_a_look(folder):
            import debian

            debian.look_for_qt_needs(folder)
    except KeyboardInterrupt:
        print("\nStopped. The next start begins where it can.", file=sys.stderr)
        return 130
    except RuntimeError as error:  # speech.SetupError, without importing it
        print(f"Downlight cannot start: {error}", file=sys.stderr)
        return 1
    return _become([interpreter(folder), "-P", "-m", "downlight", *arguments])


def needs_a_look(folder: str) -> bool:
    """Tell whether Qt's needs outside Python are worth a look at this start.

    They are until found whole; but once the user was told, only where there is a
    screen, for the terminal face needs none of it.
    """
    if not sys.platform.startswith("linux"):
        return False
    known = _content(folder, SYSTEM)
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return known != WHOLE and not (known == TOLD and not screen)


def _content(folder: str, name: str) -> str | None:
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def _become(command: list[str]) -> int:
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)  # noqa: S606 - becoming the program is the point
    import subprocess  # there, exec returns to the prompt while the program runs

    return subprocess.call(command)
