"""``downlight`` without a verb: the light, or its face in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.cli import console
from downlight.core.errors import DownlightError
from downlight.screen import has_screen

if TYPE_CHECKING:
    from argparse import Namespace


def start(options: Namespace) -> int:
    """Start.

    Raises:
        DownlightError: Nothing can be watched.
    """
    if has_screen():
        from downlight.alone import run

        return run(options.data, login=options.login)
    if options.login:
        error = DownlightError("--login is for a desktop that begins")
        error.title = "There is no screen here"
        raise error
    # Not before: the light is up without the terminal's face.
    from downlight import wiring
    from downlight.cli.watch import watch

    console.say("There is no screen here, so the light reports in this terminal.")
    console.say("Ctrl-C ends it. `downlight --help` shows what else it can do.\n")
    home = wiring.open_home(options.data)
    wiring.keep_log(home.places)
    journal = wiring.open_journal(home.places)
    return watch(home, home.settings.watch, journal, json=False)
