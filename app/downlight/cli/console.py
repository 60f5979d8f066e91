"""The one way to the terminal: what is said, and what happens when nobody hears it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

from downlight.core.errors import DownlightError

if TYPE_CHECKING:
    from rich.console import RenderableType


class Unwritable(DownlightError):
    """Standard output takes nothing; a reader that left is a BrokenPipeError."""

    title = "Cannot write"


def prepare() -> None:
    """Let a terminal that knows no "…" show "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str = "", out: TextIO | None = None) -> None:
    """Write a line to standard output.

    Args:
        text: The line, without its end.
        out: Another stream to write to.

    Raises:
        BrokenPipeError: The reader has left.
        Unwritable: The output is closed, or the disk is full.
    """
    stream = out or sys.stdout
    if stream is None:
        raise Unwritable("standard output is closed")
    try:
        stream.write(text + "\n")
        stream.flush()
    except (OSError, ValueError) as error:
        _fail(error)


def show(*things: RenderableType, markup: bool = False) -> None:
    """Write rich text to standard output.

    Args:
        things: One line, or one table, each.
        markup: Whether square brackets in text are rich's.

    Raises:
        BrokenPipeError: The reader has left.
        Unwritable: The output is closed, or the disk is full.
    """
    from rich.console import Console

    class Paper(Console):
        """Rich's own would end the program when the reader has left."""

        def on_broken_pipe(self) -> NoReturn:
            raise BrokenPipeError

    if sys.stdout is None:
        raise Unwritable("standard output is closed")
    paper = Paper(highlight=False, markup=markup)
    try:
        for thing in things:
            paper.print(thing)
    except (OSError, ValueError) as error:
        _fail(error)


def complain(text: str) -> None:
    """Write a line to standard error, if that is possible, without control signs."""
    if sys.stderr is None:
        return  # `print` would take standard output instead
    plain = "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
    with suppress(OSError, ValueError):
        print(f"downlight: {plain}", file=sys.stderr)


def settle() -> None:
    """Write what was printed by others.

    Raises:
        BrokenPipeError: The reader has left.
        Unwritable: The disk is full.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        _fail(error)


def hush() -> None:
    """Throw away what standard output still holds: Python would try again at exit."""
    if sys.stdout is None:
        return
    with suppress(OSError, ValueError):  # a stream of a test has no number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _fail(error: OSError | ValueError) -> NoReturn:
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, OSError):
        raise Unwritable(error.strerror or str(error)) from error
    raise Unwritable("standard output is closed") from error
