"""``python -m downlight``: the light without a verb, the terminal with one."""

from __future__ import annotations

import sys

from downlight.screen import has_screen


def main() -> int:
    """Start what the command line asks for; return the exit status."""
    if len(sys.argv) == 1 and has_screen():
        from downlight.main import run

        return run(None)
    from downlight.cli import main as terminal

    return terminal(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
