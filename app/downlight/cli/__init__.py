"""The terminal face of the same engine: wiring and words, no rules."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from downlight.cli.arguments import parse
from downlight.core.errors import DownlightError

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = 3
"""Exit status for "not known", as monitoring plug-ins use it."""
INTERRUPTED = 130
"""Exit status after Ctrl-C."""


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that knows no "…" shows "?"
            stream.reconfigure(errors="replace")
    try:
        options = parse(argv)
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        # What was half made when it came (an event loop, say) complains when it is
        # thrown away; nobody wants to read that.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has left. Python would complain while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DownlightError as error:
        hint = f"\n{error.hint}" if error.hint else ""
        print(f"downlight: {error.title}: {error}{hint}", file=sys.stderr)
        return UNKNOWN
    return status
