"""How the setting-up speaks: lines on standard error, and one kind of error."""

import sys


class SetupError(RuntimeError):
    """Something the setting-up needs is missing; the text says what to do."""


def say(text: str, end: str = "\n") -> None:
    """Tell the user how far we are; standard output belongs to the program."""
    print(text, end=end, file=sys.stderr, flush=True)


def show_progress(text: str) -> None:
    """Show a line that the next one writes over; nothing where nobody looks.

    Args:
        text: The line; empty to take the last one away.
    """
    if sys.stderr.isatty():
        say(f"\r\x1b[K{text}", end="")
