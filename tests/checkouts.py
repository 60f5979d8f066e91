"""Small checkouts for the tests of the setting-up."""

import shutil
import subprocess
import sys
from pathlib import Path

import environment

ROOT = Path(__file__).parent.parent

NOTHING = "# no package at all\n"
"""The smallest lock."""


def checkout(folder: Path, lock: str = NOTHING) -> environment.Environment:
    """Make a small checkout; return the environment it would get.

    Our own pip fills it: giving it one of its own would take seconds.
    """
    package = folder / "app" / "downlight"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    program = "import os, sys\nprint(sys.argv[1:], os.getpid())\nsys.exit(2)\n"
    (package / "__main__.py").write_text(program)
    shutil.copy(ROOT / "app" / "__main__.py", folder / "app")
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "installer", folder / "installer", ignore=skip)
    (folder / "requirements.lock").write_text(lock)
    own = environment.for_app(folder)
    return environment.Environment(
        own.folder, own.lock, own.reaches, pip=Path(sys.executable)
    )


def run(python: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *arguments], capture_output=True, text=True, check=False
    )
