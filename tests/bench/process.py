"""What Linux tells about a running program: memory, processor time, wakeups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Effort:
    """What a program has done since it was started."""

    switches: dict[str, int]
    """Voluntary context switches by thread: how often it went to sleep again."""
    processor: float
    """Milliseconds of all threads."""

    def since(self, before: Effort) -> tuple[int, float]:
        """Switches and milliseconds since then, without threads that ended."""
        switches = sum(
            count - before.switches.get(thread, 0)
            for thread, count in self.switches.items()
        )
        return switches, self.processor - before.processor


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for children in (PROC / str(pid) / "task").glob("*/children"):
        try:
            for child in children.read_text().split():
                found += family(int(child))
        except OSError:  # the thread ended meanwhile
            continue
    return found


def memory(pid: int) -> tuple[float, float]:
    """PSS and USS of a program in MiB: its fair share, and what is its alone."""
    pss = uss = 0
    for member in family(pid):
        for line in (PROC / str(member) / "smaps_rollup").read_text().splitlines()[1:]:
            name, value, *_ = line.split()
            pss += int(value) if name == "Pss:" else 0
            uss += int(value) if name in {"Private_Clean:", "Private_Dirty:"} else 0
    return pss / 1024, uss / 1024


def effort(pid: int) -> Effort:
    """What a program has done so far."""
    switches: dict[str, int] = {}
    nanoseconds = 0
    for member in family(pid):
        for task in (PROC / str(member) / "task").iterdir():
            try:
                status = (task / "status").read_text()
                nanoseconds += int((task / "schedstat").read_text().split()[0])
            except OSError:  # the thread ended meanwhile
                continue
            count = status.partition("\nvoluntary_ctxt_switches:")[2].split()[0]
            switches[task.name] = int(count)
    return Effort(switches, nanoseconds / 1e6)
