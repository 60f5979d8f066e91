"""What a window costs while it is used, beside one with nothing in it.

A person opens it, turns its pages, scrolls, and sits through a storm of news; every
time in a process of its own, and on no screen: what a desktop adds is the same for
both. A turn of the event loop cannot be interrupted: while it goes on, nobody is
listened to. Its work is the processor time of it: what other programs did not take.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.bench.measures import Figures

WHICH: Final = {"empty": "empty window", "ours": "downlight"}
TURN: Final = ", turn"
"""How measures are called that list the turns of the event loop."""
WORK: Final = ", work"
"""The same for the processor time of each."""
AIMS: Final = {"opening, the first time": "300", "the first time": "100"}
"""Milliseconds that are aimed at, by how a measure ends; the first that fits."""


def window(python: Path, rounds: int) -> Figures:
    """Measure both in turn; milliseconds, where nothing else is said."""
    from downlight.ui.leaves import EMPTY, leaves
    from tests.ui.wishes import Granted

    pages = ("now", *leaves(Granted(), EMPTY, lambda _: None))
    found: Figures = {}
    for _ in range(rounds):
        for which, name in WHICH.items():
            for measure, values in _look(python, which, pages).items():
                for row, value in _rows(measure, values):
                    found.setdefault(row, defaultdict(list))[name].append(value)
    return found


def _look(python: Path, which: str, pages: Sequence[str]) -> Mapping[str, list[float]]:
    """Have somebody look at a window; return what was done, and how long it took."""
    script = Path(__file__).with_name("looker.py")
    done = subprocess.run(
        [python, script, which, *pages], stdout=subprocess.PIPE, check=True
    )
    found: Mapping[str, list[float]] = json.loads(done.stdout)
    return found


def _rows(measure: str, values: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield what is shown of a measure: the usual and, of turns, the worst."""
    if measure.endswith(TURN):
        ordered = sorted(values)
        yield f"{measure}, p50", statistics.median(ordered)
        yield f"{measure}, p99", ordered[99 * len(ordered) // 100]
        yield f"{measure}, longest (aim 16)", ordered[-1]
    elif measure.endswith(WORK):
        yield f"{measure} of the longest", max(values)
    else:
        aim = next((aim for end, aim in AIMS.items() if measure.endswith(end)), "")
        yield f"{measure} (aim {aim})" if aim else measure, statistics.median(values)
