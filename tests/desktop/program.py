"""The real program, started as people start it, in a box and out of one."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktop.recordings import SERVICE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.desktop.session import Desktop

APP = Path(__file__).parents[2] / "app"
PYTHON = os.environ.get("DOWNLIGHT_PYTHON", sys.executable)
"""The Python that people have: without the tools of the tests."""
TITLE = "Downlight"
"""In the title of each of its windows."""


def replay(data: Path, recording: Path, speed: str, *more: str) -> list[str]:
    """The command that plays a recording.

    Args:
        data: Where everything of this run is kept.
        recording: A folder.
        speed: How many times faster than life, or ``max``.
        more: Further arguments.
    """
    program = [PYTHON, "-m", "downlight", "--data", str(data)]
    play = ["replay", str(recording), "--service", SERVICE, "--speed", speed]
    return [*program, *play, *more]


def show(
    box: Desktop, data: Path, recording: Path, speed: str
) -> subprocess.Popen[bytes]:
    """Play a recording in a box: tray and window."""
    command = replay(data, recording, speed)
    return box.start("downlight", *command, PYTHONPATH=str(APP))


@contextmanager
def explained(box: Desktop) -> Iterator[None]:
    """Add what the program printed to any error inside."""
    try:
        yield
    except Exception as error:
        error.add_note(f"The program said:\n{box.log('downlight')[-4000:]}")
        raise
