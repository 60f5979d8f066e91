"""Starts the light, unless it is on already: then that one opens its window.

Nothing of Qt is imported before that is settled (`decisions/0005`).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from downlight.core.speech import tr
from downlight.storage.instance import Occupied, claim
from downlight.storage.paths import places

if TYPE_CHECKING:
    from pathlib import Path


def run(data: Path | None, *, login: bool = False) -> int:
    """Show the light until told to quit; return the exit status.

    Args:
        data: One folder for everything; None for the system's usual places. Each
            folder may have a light of its own.
        login: The desktop starts it, not a person: one that is on already opens no
            window, and a tray may come late.
    """
    try:
        instance = claim(places(data).journal.parent, greet=login)
    except Occupied as error:
        return _refuse(error, data, login=login)
    if instance is None:
        words = tr("Downlight is running already.")
        if not login:
            words = " ".join((words, tr("Its window is open.")))
        _say(words, sys.stdout)
        return 0
    from downlight import main

    try:
        return main.run(data, instance, login=login)
    finally:
        instance.close()


def _refuse(error: Occupied, data: Path | None, *, login: bool) -> int:
    _say(f"downlight: {_words(error)}", sys.stderr)
    if not login and not _in_terminal() and not _unseen():
        from downlight import main

        main.tell(lambda: _words(error.anew()), data)
    return 1


def _words(error: Occupied) -> str:
    return f"{tr(error.title)}: {error}\n{tr(error.hint)}"


def _in_terminal() -> bool:
    """Whether somebody may read what we print: not when a menu started us."""
    for number in range(3):
        with suppress(OSError):
            if os.isatty(number):
                return True
    return False


def _unseen() -> bool:
    return os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}


def _say(words: str, out: TextIO | None) -> None:
    """Print it, if there is anything to print on."""
    with suppress(OSError, ValueError):
        if out is not None:
            out.write(f"{words}\n")
            out.flush()
