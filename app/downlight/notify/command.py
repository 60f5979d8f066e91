"""Runs a person's command: no shell, a time limit, and an end with its children."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import DeliveryError
from downlight.core.speech import tr
from downlight.core.telling.bulletin import texts
from downlight.core.text import line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from downlight.core.saying.template import Template
    from downlight.core.telling.bulletin import Bulletin
    from downlight.core.telling.hooks import Command

KEPT: Final = 2000
"""Bytes of a command's output that are looked at."""
FLOOD: Final = 1_000_000
"""Bytes of output after which a command is ended."""
PREFIX: Final = "DOWNLIGHT_"
"""What the names of our environment variables begin with."""

_PIECE: Final = 65_536
_UNSEEN: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would open a console for each."""
_LEFT: Final = 16
"""How many pieces are read of what is left in the pipe; it holds no more."""


def arguments(command: Command, said: Bulletin) -> list[str]:
    """Return the program and its arguments, filled."""
    values = texts(said)
    program, *rest = (_argument(word, values) for word in command.run)
    if program.startswith("~/"):
        program = str(Path(program).expanduser())
    return [program, *rest]


def environment(said: Bulletin) -> dict[str, str]:
    """Return what the command finds in its environment besides the usual."""
    return {f"{PREFIX}{name.upper()}": text for name, text in texts(said).items()}


async def run(
    command: Command,
    said: Bulletin,
    usual: Mapping[str, str] | None = None,
    system: str = sys.platform,
) -> str:
    """Run a command to its end.

    What it starts ends with it when it is ended by us, except what has left for a
    session of its own; when it ends by itself its children are its own affair.

    Args:
        command: What to run.
        said: The event: as JSON on standard input, and in the environment.
        usual: The environment; our own by default.
        system: As `sys.platform`; says whether we can hear what it says.

    Returns:
        The beginning of what it said; nothing on Windows.

    Raises:
        DeliveryError: It could not be started, failed, took too long or said too
            much.
    """
    with (
        _Deaf() if system == "win32" else _Ear() as ear,
        tempfile.TemporaryFile() as paper,
    ):
        paper.write(json.dumps(dict(said)).encode() + b"\n")
        paper.seek(0)
        try:
            process = await asyncio.create_subprocess_exec(
                *arguments(command, said),
                stdin=paper,
                stdout=ear.mouth,
                stderr=ear.mouth,
                env={**(os.environ if usual is None else usual), **environment(said)},
                start_new_session=True,
                creationflags=_UNSEEN,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            why = tr("it does not start: {why}", why=why or error)
            raise DeliveryError(why) from error
        ended = asyncio.ensure_future(process.wait())
        try:
            ear.listen()
            ends: set[asyncio.Future[Any]] = {ended, ear.flooded}
            await asyncio.wait(
                ends,
                timeout=command.limit.total_seconds(),
                return_when=asyncio.FIRST_COMPLETED,
            )
            in_time = ended.done()
        finally:
            if process.returncode is None:
                _kill(process)
            await ended
        heard = ear.close()
    if not in_time:
        much = tr("it said more than {n} MB and was ended", n=FLOOD // 1_000_000)
        seconds = f"{command.limit.total_seconds():g}"
        long = tr("it took longer than {n} s and was ended", n=seconds)
        raise DeliveryError(much if ear.flooded.done() else long)
    if process.returncode:
        first = line(heard, length=120)
        why = tr("exit status {status}", status=process.returncode)
        raise DeliveryError(f"{why}: {first}" if first else why)
    return heard


def _kill(process: asyncio.subprocess.Process) -> None:
    """End a process and all that belongs to its group."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _argument(word: Template, values: Mapping[str, str]) -> str:
    text = word.fill(values)
    # Data is no option: programs take it for one only at the very beginning.
    begins_with_data = not word.pieces[0][0]
    return f" {text}" if begins_with_data and text.startswith("-") else text


class _Deaf:
    """Hears nothing: where no event loop can listen to a pipe."""

    mouth: Final = subprocess.DEVNULL

    def __init__(self) -> None:
        self.flooded: asyncio.Future[None] = asyncio.Future()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def listen(self) -> None:
        """There is nothing to begin with."""

    def close(self) -> str:
        """Return that nothing was heard."""
        return ""


class _Ear:
    """Hears what a command says and keeps the beginning."""

    def __init__(self) -> None:
        self._ear, self.mouth = os.pipe()
        os.set_blocking(self._ear, False)
        self._loop = asyncio.get_running_loop()
        self._begin = b""
        self._heard = 0
        self._open = {self._ear, self.mouth}
        self.flooded: asyncio.Future[None] = self._loop.create_future()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def listen(self) -> None:
        """Begin; the command has the other end by now."""
        self._close(self.mouth)
        self._loop.add_reader(self._ear, self._hear)

    def close(self) -> str:
        """Stop listening; return the beginning of what was said."""
        for _ in range(_LEFT):
            if not self._hear():
                break
        self._leave()
        return self._begin.decode("utf-8", "replace").strip()

    def _hear(self) -> bool:
        """Take in what there is; return whether there may be more."""
        if self._ear not in self._open:
            return False
        try:
            piece = os.read(self._ear, _PIECE)
        except BlockingIOError:
            return False
        self._heard += len(piece)
        self._begin += piece[: KEPT - len(self._begin)]
        if not piece:
            self._leave()
        elif self._heard > FLOOD and not self.flooded.done():
            self._loop.remove_reader(self._ear)
            self.flooded.set_result(None)
        return bool(piece)

    def _leave(self) -> None:
        self._loop.remove_reader(self._ear)
        self._close(self._ear)
        self._close(self.mouth)

    def _close(self, end: int) -> None:
        if end in self._open:
            self._open.remove(end)
            os.close(end)
