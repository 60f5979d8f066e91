"""Make private Python environments from hash-pinned locks, one start at a time.

Imported only when an environment is missing, half-made or out of date.
"""

import contextlib
import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bootstrap
import wheels
from speech import SetupError, say

ROOM = 600 * 1024 * 1024
"""Bytes that must be free: Qt alone takes 250 MB, and as much while unpacking."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One private environment, and what makes it complete."""

    folder: Path
    lock: Path
    """Everything that is installed into it, each file with its hash."""
    reaches: tuple[Path, ...]
    """Folders its Python also imports from."""
    pip: Path | None = None
    """The Python whose pip fills it; None when it gets a pip of its own."""

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return Path(bootstrap.interpreter(str(self.folder)))

    @property
    def packages(self) -> Path:
        """The folder its packages are installed into."""
        places = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", "venv", vars=places))

    def is_ready(self) -> bool:
        """Whether it is finished and of this Python and this lock."""
        return bootstrap.is_ready(str(self.folder), str(self.lock))


def for_app(root: Path) -> Environment:
    """Return the environment Downlight runs in."""
    lock = root / "requirements.lock"
    return Environment(root / ".venv", lock, reaches=(root / "app",))


def for_tests(root: Path) -> Environment:
    """Return the environment of the test tools, which looks into the app's."""
    app = for_app(root)
    return Environment(
        root / ".venv-tests",
        root / "tests" / "requirements.lock",
        reaches=(root / "app", app.packages),
        pip=app.python,
    )


def make_for_app(root: str) -> None:
    """Make the environment Downlight runs in, unless another start just did.

    Raises:
        SetupError: It cannot be made; the text says why and what to do.
    """
    make(for_app(Path(root)))


def make(environment: Environment) -> None:
    """Make `environment` ready; start from nothing if it was left half-made.

    Raises:
        SetupError: It cannot be made; the text says why and what to do.
    """
    if not environment.lock.is_file():
        raise SetupError(
            f"{environment.lock} is missing. This copy of Downlight is incomplete; "
            "please fetch it again."
        )
    try:
        with _alone(
            environment.folder.with_name(f"{environment.folder.name}.lock")
        ) as held:
            if not environment.is_ready():
                _make(environment, held)
    except OSError as error:
        raise SetupError(_told(error, environment.folder)) from error


def _make(environment: Environment, held: int) -> None:
    folder = environment.folder
    began = time.monotonic()
    if folder.exists():
        say(f"{folder.name} is half-made or out of date: making it anew.")
        shutil.rmtree(folder)
    if shutil.disk_usage(folder.parent).free < ROOM:
        raise OSError(errno.ENOSPC, "disk full")
    say(f"Setting up {folder.name} (once; about a minute, then it starts at once).")
    _create(environment)
    packages = environment.packages
    wheels.install(environment.lock, environment.python, environment.pip, held)
    # Relative, for the checkout may move.
    lines = [f"{os.path.relpath(path, packages)}\n" for path in environment.reaches]
    (packages / "downlight.pth").write_text("".join(lines), encoding="utf-8")
    stamp = bootstrap.expected_stamp(str(environment.lock))
    (folder / bootstrap.STAMP).write_text(stamp, encoding="utf-8")
    say(f"{folder.name} is ready ({time.monotonic() - began:.0f} s).")


def _create(environment: Environment) -> None:
    """Make the empty environment, with a pip where it is to have one."""
    if importlib.util.find_spec("venv") is None or (
        environment.pip is None and importlib.util.find_spec("ensurepip") is None
    ):
        _get_venv()
    command = [sys.executable, "-m", "venv", str(environment.folder)]
    if environment.pip is not None:
        command.append("--without-pip")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = (done.stdout + done.stderr).strip()
        if "No space left" in words:
            raise OSError(errno.ENOSPC, "disk full")
        raise SetupError(f"Python could not make {environment.folder}:\n{words}")


def _get_venv() -> None:
    """Install the part of Python that Debian ships apart, or say how."""
    import debian

    package = f"python3.{sys.version_info.minor}-venv"
    ours = Path(sys.executable).resolve().is_relative_to("/usr/bin")
    if ours and debian.may_install():
        debian.install([package], "what Python needs to make environments")
        importlib.invalidate_caches()
    elif ours and shutil.which("apt-get"):
        raise SetupError(
            "this Python comes without its venv part. Install it with\n"
            f"    sudo apt-get install {package}"
        )
    else:
        raise SetupError(
            "this Python comes without its venv and ensurepip modules. Install them "
            "with your system's packages, or use another Python 3.11 or newer."
        )


def _told(error: OSError, folder: Path) -> str:
    if error.errno == errno.ENOSPC:
        return wheels.FULL
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{folder} cannot be written. Put this folder where you may write."
    return f"{folder} cannot be made: {error}"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[int]:
    """Hold the lock file at `path`, waiting for another start that holds it.

    The system lets go of it when its holder dies, however that happens.
    """
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is setting up; waiting for it.")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()
