"""What one observation costs a detector, beside a loop that adds up bare floats."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.detectors.counts import Counts
from downlight.core.detectors.latency import Band, Latency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.measures import Figures

Series: TypeAlias = "Sequence[tuple[float, datetime]]"

START: Final = datetime(2026, 3, 2, tzinfo=UTC)
NUMBER: Final = 30 * 24 * 60
"""Observations of a round: a month of minutes, so that most of it is settled."""
BARE, OURS = "bare loop", "detector"


def observations(rounds: int) -> Figures:
    """Measure all, in turns; microseconds of processor time an observation."""
    draw = random.Random(1)  # noqa: S311 - the same chance every time, no secret
    moments = [START + timedelta(minutes=minute) for minute in range(NUMBER)]
    posts = [(float(draw.randint(0, 6)), at) for at in moments]
    times = [(draw.uniform(0.1, 0.3), at) for at in moments]
    turns: tuple[tuple[str, Series, Counts | Band | Latency], ...] = (
        ("counts", posts, Counts()),
        ("band", times, Band()),
        ("latency", times, Latency()),
    )
    found: Figures = {}
    for _ in range(rounds):
        for name, series, first in turns:
            line = f"{name}, an observation (us)"
            values = found.setdefault(line, defaultdict(list))
            values[BARE].append(_bare(series))
            values[OURS].append(_detector(first, series))
    return found


def _bare(series: Series) -> float:
    total, begun = 0.0, time.process_time()
    for value, _ in series:
        total += value
    return _each(begun)


def _detector(seen: Counts | Band | Latency, series: Series) -> float:
    begun = time.process_time()
    for value, at in series:
        seen = seen.after(value, at)
    return _each(begun)


def _each(begun: float) -> float:
    return (time.process_time() - begun) / NUMBER * 1e6
