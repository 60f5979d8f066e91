"""A keyboard for the desktop tests."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.desktop.watch import PATIENCE

if TYPE_CHECKING:
    from tests.desktop.session import Desktop


def press(box: Desktop, *keys: str) -> None:
    """Press keys, or combinations of them, one after the other."""
    command = ("xdotool", "key", "--delay", "60", *keys)
    subprocess.run(command, env=box.environ, check=True, timeout=PATIENCE)


def write(box: Desktop, words: str) -> None:
    """Type ``words`` where the focus is."""
    command = ("xdotool", "type", "--delay", "15", words)
    subprocess.run(command, env=box.environ, check=True, timeout=PATIENCE)
