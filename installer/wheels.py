"""Install the packages of a lock with pip, and say plainly why when it fails."""

import os
import subprocess
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from speech import SetupError, show_progress

FULL = "the disk is full. About 600 MB must be free."


def install(lock: Path, python: Path, pip: Path | None, held: int) -> None:
    """Install exactly what the lock names: wheels only, every hash checked.

    Args:
        lock: The requirements with their hashes.
        python: The Python to install them for.
        pip: Another Python whose pip does it; None when `python` has its own.
        held: The open lock file (its descriptor). pip holds it too: should we be
            killed, the next start waits until pip has stopped writing.

    Raises:
        SetupError: pip failed; the text says why.
    """
    command = [str(pip or python), "-m", "pip"]
    if pip is not None:
        command += ["--python", str(python)]
    command += ["--disable-pip-version-check", "--no-input", "install"]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += ["--progress-bar", "off"]
    command += ["--retries", "2"]  # with none pip would not say that nobody answered
    command += ["--no-warn-script-location", "-r", str(lock)]
    tail = deque[str](maxlen=200)
    with subprocess.Popen(
        command,
        env=_surroundings(),
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(held,) if os.name == "posix" else (),
    ) as process:
        for line in process.stdout or ():
            tail.append(line.rstrip())
            if line.startswith(("Collecting ", "Installing ")):
                show_progress("  " + line.strip().partition(" (from")[0][:70])
    show_progress("")
    if process.returncode != 0:
        raise SetupError(explain(tail))


def explain(output: Sequence[str]) -> str:
    """Return in plain words why pip failed.

    Args:
        output: The last lines it wrote.
    """
    text = "\n".join(output)
    for words, signs in _REASONS.items():
        if any(sign in text for sign in signs):
            return words
    return "pip failed:\n" + "\n".join(list(output)[-12:])


def _surroundings() -> dict[str, str]:
    """Return the environment for pip: the user's, but for where it installs to."""
    told = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return _DEFAULTS | told | {"PIP_USER": "0"}


_ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN")
"""What would send packages past the environment and leave it empty."""

_DEFAULTS = {
    "PIP_ROOT_USER_ACTION": "ignore",
    "PYTHONUNBUFFERED": "1",  # or the progress comes all at once
}
"""What pip is told unless the user has told it otherwise."""

_REASONS = {
    "a downloaded package is not the one the lock file names: its hash differs. "
    "Nothing of it was kept. Try again; if it happens again, do not use the package "
    "index or proxy it came from.": ("DO NOT MATCH THE HASHES", "HashMismatch"),
    FULL: ("No space left on device", "Errno 28"),
    "the package index shows a certificate this machine does not trust. Behind a "
    "company proxy, set PIP_CERT to its certificate and start again.": (
        "SSLError",
        "CERTIFICATE_VERIFY_FAILED",
    ),
    "the package index does not answer. The network is needed this once; connect, "
    "or set your proxy (HTTPS_PROXY), and start again.": (
        "Connection aborted",
        "Connection refused",
        "Connection reset",
        "ConnectTimeout",
        "Max retries exceeded",
        "Name or service not known",
        "Network is unreachable",
        "NewConnectionError",
        "ProxyError",
        "ReadTimeout",
        "Temporary failure in name resolution",
    ),
    "a package in the lock file has no ready-made build for this machine. Downlight "
    "runs on 64-bit systems with Python 3.11 or newer; on Linux with glibc 2.34 or "
    "newer (Debian 12, Ubuntu 22.04).": (
        "No matching distribution",
        "Could not find a version",
    ),
}
"""What to say, most telling first, and what pip writes then."""
