"""The band's score on the Numenta benchmark, beside "a new highest or lowest value".

Its definition (version 1.1), in our words. The first 15 % of a file, 750 rows at most,
are for learning and do not count. A detection within a labelled window is worth up to
1, the earlier the more, along a curve that ends in 0 at the window's end; only the best
of a window counts. One outside costs the profile's weight: little right behind a
window, all of it before the first and from three lengths behind the last. A window
without a detection costs a weight, too. One threshold serves all files, the best there
is; 0 is what silence gets, 100 is all windows found at once and nothing else.

39 of the 58 files are kept with the study, and used where they are at hand. For all of
them, and for the official word, take a copy of the benchmark (numenta/NAB on GitHub,
commit ea702d7) and run ``python3 tests/bench nab --nab COPY``: that writes the band's
marks to ``COPY/results/downlight``. In the copy, a Python 3.10 with ``numpy<2 pandas<2
simplejson`` then runs the official scorer: ``python run.py -d null,downlight --optimize
--score --normalize --skipConfirmation``. On the 39 files the official sweep gave the
band exactly what this gives: 68.43, 64.83 and 72.06 with news told once, before that
66.56, 61.17 and 70.63.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight.core.detectors.latency import Band, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.measures import Figures

FOLDER: Final = Path(__file__).parents[2].parent / "shared" / "detection/data/nab"
LABELS: Final = "combined_windows.json"
LEARNING: Final = 0.15
LONGEST: Final = 5000
"""Rows of a file from which the time for learning grows no more."""
FAR: Final = 3.0
"""Lengths behind a window from which a detection costs all."""
PROFILES: Final = {
    "standard, aim 66": (0.11, 1.0),
    "few false alarms, aim 60": (0.22, 1.0),
    "few missed, aim 70": (0.11, 2.0),
}
"""What a false alarm costs, and what a missed window costs."""
RECORD, BAND = "new record", "band"


@dataclass(frozen=True, slots=True)
class Series:
    """One file: what was measured when, and which rows are in a labelled window."""

    name: str
    times: tuple[str, ...]
    values: tuple[float, ...]
    windows: tuple[tuple[int, int], ...]
    """First and last row of each, in order."""


def corpus(folder: Path) -> list[Series]:
    """Return the benchmark's files that are in ``folder``."""
    # A copy of the benchmark keeps its labels apart.
    kept = folder / "labels" if (folder / "labels").exists() else folder
    labels = (kept / LABELS).read_text(encoding="utf-8")
    windows: dict[str, list[list[str]]] = json.loads(labels)
    files = [(name, folder / "data" / name) for name in sorted(windows)]
    return [_series(name, path, windows[name]) for name, path in files if path.exists()]


def novelties(series: Series) -> list[float]:
    """Return how new each value is to the band, where it is news."""
    band, found = Band(), []
    for time, value in zip(series.times, series.values, strict=True):
        band = band.after(value, datetime.fromisoformat(time).replace(tzinfo=UTC))
        found.append(band.news)
    return found


def records(series: Series) -> list[float]:
    """Return how far each value is beyond the range of those before."""
    span, found = Span(), []
    for value in series.values:
        span, beyond = span.after(value)
        found.append(beyond)
    return found


def score(found: Sequence[tuple[Series, Sequence[float]]], profile: str) -> float:
    """Return the score of detections in all files, 0 to 100.

    Args:
        found: The files, and how anomalous each of their rows is.
        profile: One of `PROFILES`.
    """
    alarm, miss = PROFILES[profile]
    rows = [row for series, marks in found for row in _rows(series, marks)]
    windows = sum(len(series.windows) for series, _ in found)
    best = gained = 0.0
    worth: dict[tuple[str, int], float] = {}
    rows.sort(key=lambda row: -row[0])
    for _, same in groupby(rows, key=lambda row: row[0]):
        for _, window, value in same:
            if window is None:
                gained += alarm * value
            else:
                before = worth.get(window, -miss)
                worth[window] = max(before, value)
                gained += worth[window] - before
        best = max(best, gained)
    return 100 * best / (windows * (1 + miss))


def benchmark(folder: Path) -> Figures:
    """Return the scores of the files in ``folder``.

    Where it is a copy of the benchmark, the band's results are written there.
    """
    files = corpus(folder)
    print(f"{len(files)} files, {sum(len(file.windows) for file in files)} windows")
    ways: dict[str, Callable[[Series], list[float]]]
    ways = {RECORD: records, BAND: novelties}
    marks = {way: [(file, by(file)) for file in files] for way, by in ways.items()}
    if (results := folder / "results").is_dir():
        for file, found in marks[BAND]:
            _write(results / "downlight", file, found)
    return {
        profile: {way: [score(found, profile)] for way, found in marks.items()}
        for profile in PROFILES
    }


def _series(name: str, path: Path, windows: list[list[str]]) -> Series:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    times = tuple(row["timestamp"] for row in rows)
    # A label says the same moment with a fraction of a second that is always zero.
    ends = ([times.index(end.split(".")[0]) for end in window] for window in windows)
    limits = tuple(sorted((first, last) for first, last in ends))
    return Series(name, times, tuple(float(row["value"]) for row in rows), limits)


def _rows(
    series: Series, marks: Sequence[float]
) -> Iterator[tuple[float, tuple[str, int] | None, float]]:
    """Yield of each row that counts: how anomalous, in which window, its worth."""
    skip = min(math.floor(LEARNING * len(marks)), LEARNING * LONGEST)
    ahead, behind = list(series.windows), None
    for row, mark in enumerate(marks):
        if ahead and row > ahead[0][1]:
            behind = ahead.pop(0)
        if row < skip:
            continue
        if ahead and row >= ahead[0][0]:
            first, last = ahead[0]
            place = -(last - row + 1) / (last - first + 1)
            yield mark, (series.name, first), _curve(place) / _curve(-1)
        elif behind is None:
            yield mark, None, -1.0
        else:
            place = (row - behind[1]) / (behind[1] - behind[0])
            yield mark, None, _curve(place)


def _curve(place: float) -> float:
    """Return what a detection is worth.

    Args:
        place: In lengths of the window from its end, below 0 within it.
    """
    return -1.0 if place > FAR else 2 / (1 + math.exp(5 * place)) - 1


def _write(folder: Path, series: Series, marks: Sequence[float]) -> None:
    """Write what the official scorer reads; it wants marks from 0 to 1."""
    path = folder / series.name
    path = path.with_name(f"{folder.name}_{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("timestamp", "value", "anomaly_score", "label"))
        for row, mark in enumerate(marks):
            within = any(first <= row <= last for first, last in series.windows)
            out.writerow(
                (series.times[row], series.values[row], mark / (1 + mark), int(within))
            )
