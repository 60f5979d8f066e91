"""Plays the plot in lives that are killed (SIGKILL), and says what became of it.

A program, ``python -m tests.notify.deaths FOLDER SEED KILLS``: single-threaded and with
everything imported, so that a life costs no more than a fork. Half of the lives kill
themselves at a random line of our own code; the others are killed from outside after a
random time, in whatever they are just then. It plays the plot undisturbed, then as
often as it takes to kill so many lives, and writes each story as a line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.notify.lives import Life, trace
from tests.notify.relics import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.notify.relics import Relics

HANGS: Final = 20
"""Seconds after which a life is ended that does not get on."""
LIVES: Final = 8
"""So many of one story are killed, at most."""
PART: Final = 1 / 3
"""A life is killed within this part of the story, so that most are."""
COUNT: Final = 0
"""In place of the line to die at: to count them only."""
LINES: Final = "lines"
"""The file they are then written to."""


@dataclass(frozen=True, slots=True)
class Doom:
    """When a life is killed, if it has not come to its end by then."""

    line: int | None = None
    """At its n-th line of our own; None: its lines are not looked at."""
    seconds: float | None = None
    """After so many; None: never."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a life ended, and what it left behind."""

    doom: Doom
    where: str
    """Between which two steps, as `relics` calls it."""
    damage: str
    fell: bool
    """Whether it fell by itself before its doom came."""


@dataclass(slots=True)
class Story:
    """What became of the plot."""

    seed: str
    deaths: list[Death] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Lives that ended neither by themselves nor because they were killed."""
    end: Relics | None = None
    files: list[str] = field(default_factory=list)
    """What lies in the folder when all is over."""


def play(folder: Path, seed: str, dooms: Iterable[Doom]) -> Story:
    """Play the plot to its end, each life to its doom and the last one without."""
    story = Story(seed)
    folder.mkdir()
    before = look(folder)
    for doom in (*dooms, Doom()):
        status = live(folder, doom)
        if status == 0:
            break
        # Seen once in 5,000 lives, and only in one whose lines were counted: Python
        # itself fell. It is a death like another, but it is told.
        fell = doom.line is not None and status == -signal.SIGSEGV
        if status != -signal.SIGKILL and not fell:
            story.faults.append(f"{doom} ended with {status}")
            break
        left = look(folder)
        story.deaths.append(Death(doom, left.where(before), left.damage, fell))
        before = left
    story.end = look(folder)
    story.files = sorted(path.name for path in folder.iterdir())
    shutil.rmtree(folder)
    return story


def live(folder: Path, doom: Doom) -> int:
    """Live one life; return how it ended: 0 by itself, or minus a signal's number."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        os._exit(_life(folder, doom.line))
    os.close(writer)
    if doom.seconds is not None:
        # Readable when nobody holds the other end any more: it has ended.
        select.select([reader], [], [], doom.seconds)
        os.kill(pid, signal.SIGKILL)
    os.close(reader)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _life(folder: Path, line: int | None) -> int:
    signal.alarm(HANGS)
    try:
        lines = None if line is None else trace(line)
        Life(folder).live()
        if lines is not None and line == COUNT:
            (folder / LINES).write_text(str(lines()), "utf-8")
    except BaseException:  # noqa: BLE001 - nothing of a child may reach its parent
        traceback.print_exc()
        return 1
    return 0


def dooms(chance: random.Random, lines: int, seconds: float) -> Iterator[Doom]:
    """Yield the dooms of one story.

    Args:
        chance: Chooses.
        lines: How many lines of our own a life takes that is not disturbed.
        seconds: How long it takes.
    """
    for _ in range(LIVES):
        if chance.random() < 0.5:
            yield Doom(line=chance.randint(1, int(lines * PART)))
        else:
            yield Doom(seconds=chance.uniform(0, seconds * PART))


def stories(folder: Path, seed: str, kills: int) -> Iterator[Story]:
    """Play the plot undisturbed, and as often as it takes to kill so many lives."""
    measured = folder / "measured"
    measured.mkdir()
    live(measured, Doom(line=COUNT))
    lines = int((measured / LINES).read_text("utf-8"))
    timed = folder / "timed"
    timed.mkdir()
    began = time.monotonic()
    live(timed, Doom())
    seconds = time.monotonic() - began
    yield play(folder / "story", seed, ())
    number, killed = 0, 0
    while killed < kills:
        number += 1
        name = f"{seed}/{number}"
        chance = random.Random(name)  # noqa: S311 - which moments, not secrets
        story = play(folder / "story", name, dooms(chance, lines, seconds))
        killed += len(story.deaths)
        yield story
        if story.faults:
            return


if __name__ == "__main__":
    for it in stories(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])):
        sys.stdout.write(f"{json.dumps(asdict(it))}\n")
        sys.stdout.flush()
