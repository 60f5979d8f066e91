"""What Downlight needs from outside Python: looked for, installed or named.

On Debian and its kin the packages are installed when we may (as root), and the
exact command is printed when we may not. Elsewhere the missing libraries are named.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import bootstrap
from speech import SetupError, say

QT = (
    "libegl1",
    "libgl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libbrotli1",
    "libgssapi-krb5-2",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
)
"""What PySide6-Essentials 6.12 links to and does not bring (found with ldd).

Newer releases call some of them by another name (libglib2.0-0t64) but answer to these.
"""

FONTS = ("fonts-dejavu-core", "fontconfig-config")
"""Without any font Qt draws boxes."""

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)

LINKED = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtDBus.abi3.so",
    "QtNetwork.abi3.so",
    "QtSvg.abi3.so",
    "Qt/plugins/platforms/*.so",
    "Qt/plugins/imageformats/libqsvg.so",
)
"""What of PySide6 we load, as patterns below its folder."""

UNUSED = ("eglfs", "linuxfb", "vnc", "vkkhr", "minimalegl")
"""Platforms of Qt for machines without a desktop."""


def look_for_qt_needs(folder: str) -> None:
    """Find the libraries and fonts Qt lacks; get them, or say how to.

    The outcome is written into the environment. This never fails: the terminal
    face runs without any of it.

    Args:
        folder: The environment PySide6 is installed in.
    """
    [qt, *_] = [*Path(folder).glob("lib/python*/site-packages/PySide6"), Path(folder)]
    lacking = missing_libraries(qt)
    wanted = _packages_for(lacking)
    if wanted and may_install():
        try:
            install(wanted, "what Qt needs")
        except SetupError as error:
            say(f"{error}")
        lacking = missing_libraries(qt)
        wanted = _packages_for(lacking)
    if wanted:
        say(how_to_get(wanted, lacking))
    outcome = bootstrap.TOLD if wanted else bootstrap.WHOLE
    with contextlib.suppress(OSError):  # then we look again next time
        (Path(folder) / bootstrap.SYSTEM).write_text(outcome, encoding="utf-8")


def _packages_for(lacking: Sequence[str]) -> list[str]:
    return [*(QT if lacking else ()), *(() if has_font() else FONTS)]


def how_to_get(packages: Iterable[str], lacking: Sequence[str]) -> str:
    """Return what to tell a user for whom we cannot install `packages`.

    Args:
        packages: Debian's names of what to install.
        lacking: The libraries that were not found; none if it is only the fonts.
    """
    what = ", ".join(lacking) or "any font"
    words = f"The tray and the window will not show: this system lacks {what}.\n"
    if shutil.which("apt-get"):
        words += f"Install it with\n    sudo apt-get install {' '.join(packages)}\n"
    else:
        words += "Install it with your system's packages.\n"
    return words + "The commands in the terminal work without it."


def missing_libraries(qt: Path) -> list[str]:
    """Return the libraries that PySide6 in `qt` looks for and does not find."""
    files = [
        str(file)
        for pattern in LINKED
        for file in sorted(qt.glob(pattern))
        if not any(name in file.name for name in UNUSED)
    ]
    if not files or shutil.which("ldd") is None:
        return []
    done = subprocess.run(
        ["ldd", *files], capture_output=True, text=True, check=False, env=_plain()
    )
    return sorted(set(_not_found(done.stdout)))


def has_font() -> bool:
    """Tell whether there is a font Qt can use."""
    return any(
        file.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in FONT_FOLDERS
        for file in Path(folder).expanduser().rglob("*.*")
    )


def may_install() -> bool:
    """Tell whether we can install Debian packages without asking anybody."""
    return (
        sys.platform.startswith("linux")
        and os.geteuid() == 0
        and shutil.which("apt-get") is not None
    )


def not_installed(packages: Iterable[str]) -> list[str]:
    """Return those of `packages` that dpkg does not count as installed."""
    names = list(packages)
    done = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\\n", *names],
        capture_output=True,
        text=True,
        check=False,
        env=_plain(),
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    there = {line[0] for line in lines if line[1:] == ["installed"]}
    return [name for name in names if name not in there]


def install(packages: Sequence[str], what: str) -> None:
    """Install Debian packages, showing one line.

    Args:
        packages: Their names.
        what: What they are, for the line: "Installing <what>".

    Raises:
        SetupError: apt-get failed; its last words are in the text.
    """
    began = time.monotonic()
    say(f"Installing {what} ({len(packages)} Debian packages) ...", end=" ")
    get = ["install", "--yes", "--no-install-recommends", *packages]
    done = _apt(get)
    if done.returncode != 0:  # most often the lists are absent or old
        _apt(["update"])
        done = _apt(get)
    if done.returncode != 0:
        say("failed.")
        words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-6:])
        raise SetupError(f"apt-get could not install {' '.join(packages)}:\n{words}")
    say(f"done ({time.monotonic() - began:.0f} s).")


def _apt(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    wait = "DPkg::Lock::Timeout=120"  # seconds; another apt may be at work
    return subprocess.run(
        ["apt-get", "-q", "-o", wait, *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=_plain() | {"DEBIAN_FRONTEND": "noninteractive"},
    )


def _plain() -> dict[str, str]:
    """Return our environment with untranslated messages, which we read."""
    return {**os.environ, "LC_ALL": "C"}


def _not_found(text: str) -> Iterator[str]:
    for line in text.splitlines():
        name, arrow, rest = line.strip().partition(" => ")
        if arrow and rest == "not found":
            yield name
