"""The two measures of a crowd: what polling many hosts costs, what watching them takes.

Nothing is shown here, so neither needs a desktop. Every program is a process of its
own, and they take turns, as in `measures`.
"""

from __future__ import annotations

import subprocess
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from tests.bench.process import memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.measures import Figures

BARE: Final = "bare"
ENGINE: Final = "engine"
ONE: Final = "one watched"
WARM_UP: Final = 2
"""Rounds that are not counted."""
CHANGED: Final = "a poll, page changed (ms)"
UNCHANGED: Final = "a poll, page unchanged (ms)"


class Child:
    """A program of the bench: it is told something, and answers with a line."""

    def __init__(self, python: Path, script: str, *arguments: object) -> None:
        """Start ``script`` of this folder."""
        self.process = subprocess.Popen(
            [python, Path(__file__).with_name(script), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def hear(self) -> str:
        """Return its next line.

        Raises:
            RuntimeError: It ended instead.
        """
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args!r} ended")
        return line

    def tell(self, words: str) -> str:
        """Say a line; return the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        return self.hear()


def polls(python: Path, rounds: int, count: int) -> Figures:
    """Milliseconds of processor time a poll takes, all hosts being asked at once."""
    found: Figures = {CHANGED: defaultdict(list), UNCHANGED: defaultdict(list)}
    with ExitStack() as stack:
        hosts = stack.enter_context(Child(python, "hosts.py", count))
        ports = hosts.hear().split()
        programs = {
            name: stack.enter_context(Child(python, "poller.py", name, count, *ports))
            for name in (BARE, ENGINE)
        }
        for number in range(-WARM_UP, rounds):
            for measure, word in ((CHANGED, "fresh"), (UNCHANGED, "same")):
                for name, program in programs.items():
                    took = float(program.tell(word)) / count
                    if number >= 0:
                        found[measure][name].append(took)
    return found


def watched(python: Path, rounds: int, count: int, settle: float) -> Figures:
    """Memory of the terminal's watching, with one service and with many.

    Measured after three polls, ``settle`` seconds apart.
    """
    many = f"{count} watched"
    shared: dict[str, list[float]] = defaultdict(list)
    own: dict[str, list[float]] = defaultdict(list)
    with Child(python, "hosts.py", count) as hosts:
        ports = hosts.hear().split()
        for _ in range(rounds):
            for name, services in ((ONE, 1), (many, count)):
                pss, uss = _settled(python, services, ports, settle)
                shared[name].append(pss)
                own[name].append(uss)
    return {"watching, PSS (MiB)": shared, "watching, USS (MiB)": own}


def _settled(
    python: Path, services: int, ports: Sequence[str], settle: float
) -> tuple[float, float]:
    with Child(python, "watcher.py", services, *ports) as program:
        for _ in range(3):
            program.tell("ask")
            time.sleep(settle)  # noqa: TID251 - it shall do what it does by itself
        return memory(program.process.pid)
