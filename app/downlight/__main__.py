"""``python -m downlight``: the light without a verb, the terminal with one."""

from __future__ import annotations

import sys

from downlight.screen import has_screen


def main() -> int:
    """Start what the command line asks for; return the exit status."""
    words = sys.argv[1:]
    if words in ([], ["--login"]) and has_screen():
        from downlight.alone import run

        return run(None, login=bool(words))
    from downlight.cli import main as terminal

    return terminal(words)


if __name__ == "__main__":
    sys.exit(main())
