"""The three measures, each of all programs in turn or side by side.

Programs are measured interleaved, so that a machine that is busy for a while is busy
for all of them. Times and sizes of one machine mean little; ratios mean something.
"""

from __future__ import annotations

import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.process import effort, memory
from tests.desktop.watch import PATIENCE, Tray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.nowhere import Nowhere
    from tests.desktop.session import Desktop

SLICE = 1.0
"""Seconds between two looks at idle programs."""
AFTER_POLL = 3.0
"""Seconds after a poll that still belong to it."""

Figures = dict[str, dict[str, list[float]]]
"""Of each measure, of each program: the values."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A box with a tray, and the programs to be measured in it."""

    box: Desktop
    tray: Tray
    nowhere: Nowhere
    programs: Mapping[str, Sequence[str]]
    """Commands by name."""

    def run(self, name: str) -> subprocess.Popen[bytes]:
        """Start one of the programs."""
        return self.box.start(name, *self.programs[name], **self.nowhere.environ)

    def end(self, *programs: subprocess.Popen[bytes]) -> None:
        """End programs and wait until the tray is empty."""
        for program in programs:
            program.terminate()
        for program in programs:
            try:
                program.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        self.tray.wait("an empty tray", lambda: not self.tray.items(), PATIENCE)

    def arrive(self, name: str) -> tuple[subprocess.Popen[bytes], float]:
        """Start a program; it, and the milliseconds until its icon is registered.

        Raises:
            TimeoutError: No icon came; tells what the program printed.
        """
        self.tray.forget()
        begun = time.monotonic()
        program = self.run(name)
        try:
            moment = self.tray.await_arrival()
        except TimeoutError as error:
            error.add_note(f"{name} printed:\n{self.box.log(name)[-2000:]}")
            raise
        return program, (moment - begun) * 1000


def start(bench: Bench, rounds: int) -> Figures:
    """Milliseconds from exec to the icon; one round before is not counted."""
    took: dict[str, list[float]] = defaultdict(list)
    for counted in [False] + [True] * rounds:
        for name in bench.programs:
            program, milliseconds = bench.arrive(name)
            stay(program, 0.3)
            bench.end(program)
            if counted:
                took[name].append(milliseconds)
    return {"start, exec to icon (ms)": took}


def memories(bench: Bench, rounds: int, settle: float) -> Figures:
    """Memory some seconds after the icon, one program at a time.

    Other programs that use the same Qt at that time make both look smaller.
    """
    pss: dict[str, list[float]] = defaultdict(list)
    uss: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name in bench.programs:
            program, _ = bench.arrive(name)
            stay(program, settle)
            shared, own = memory(program.pid)
            pss[name].append(shared)
            uss[name].append(own)
            bench.end(program)
    return {"memory, PSS (MiB)": pss, "memory, USS (MiB)": uss}


def idle(bench: Bench, rounds: int, settle: float, window: float) -> Figures:
    """Wakeups and processor time while nothing happens, side by side.

    Seconds in which anybody polled are left out, see `AFTER_POLL`.
    """
    running = {name: bench.arrive(name)[0] for name in bench.programs}
    last = [*running.values()][-1]
    stay(last, settle)
    switches: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    quiet: dict[str, list[float]] = {"seconds": []}
    for _ in range(rounds):
        sums = dict.fromkeys(running, (0, 0.0))
        counted = 0.0
        end = time.monotonic() + window
        while (begun := time.monotonic()) < end:
            before = {name: effort(running[name].pid) for name in running}
            stay(last, SLICE)
            done = {
                name: effort(running[name].pid).since(before[name]) for name in running
            }
            ended = time.monotonic()
            if any(begun - AFTER_POLL < at < ended for at in bench.nowhere.asked):
                continue
            counted += ended - begun
            for name, (slept, worked) in done.items():
                sums[name] = sums[name][0] + slept, sums[name][1] + worked
        quiet["seconds"].append(counted)
        if counted:
            for name, (slept, worked) in sums.items():
                switches[name].append(slept * 60 / counted)
                processor[name].append(worked * 60 / counted)
    bench.end(*running.values())
    return {
        "idle, voluntary switches a minute": switches,
        "idle, processor (ms a minute)": processor,
        "idle, seconds without a poll": quiet,
    }


def stay(program: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a program run on.

    Raises:
        RuntimeError: It ended.
    """
    try:
        status = program.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise RuntimeError(f"{program.args!r} ended with status {status}")
