"""The terminal face of the same engine: wiring and words, no rules."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from downlight.cli import console
from downlight.cli.arguments import parse
from downlight.core.errors import DownlightError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

UNKNOWN = 3
"""Exit status for "not known", as monitoring plug-ins use it."""
INTERRUPTED = 130
"""Exit status after Ctrl-C."""


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; return the exit status."""
    console.prepare()
    try:
        options = _options(argv)
        status: int = options.run(options)
    except KeyboardInterrupt:
        # What was half made when it came (an event loop, say) complains when it is
        # thrown away; nobody wants to read that.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return INTERRUPTED
    except BrokenPipeError:
        console.hush()  # the reader has left, with all it wanted
        return 0
    except DownlightError as error:
        if isinstance(error, console.Unwritable):
            console.hush()
        hint = f"\n{error.hint}" if error.hint else ""
        console.complain(f"{error.title}: {error}{hint}")
        return UNKNOWN
    return status


def _options(argv: Sequence[str]) -> Namespace:
    try:
        return parse(argv)
    except SystemExit:  # the parser has told its part, but not looked who heard it
        console.settle()
        raise
