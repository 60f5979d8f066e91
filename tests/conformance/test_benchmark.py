"""The band for latencies keeps its score on the Numenta benchmark, where it is at hand.

How it is scored, and how on the full benchmark, says `tests.bench.numenta`.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.bench.numenta import FOLDER, PROFILES, Series, corpus, novelties, score

pytestmark = pytest.mark.conformance

FILES = 39
"""Of 58; with 87 labelled windows."""
# The official scorer gave 68.43, 64.83 and 72.06. A false alarm costs 0.13 here, so
# this lets some rounding come out otherwise, and no idea get lost: without "news is
# told once" it was 66.56, 61.17 and 70.63.
FLOORS = dict(zip(PROFILES, (68, 64, 71.5), strict=True))


def series(*windows: tuple[int, int], rows: int = 100) -> Series:
    times = tuple(f"2026-03-02 {row // 60:02}:{row % 60:02}:00" for row in range(rows))
    return Series("made-up.csv", times, (0.0,) * rows, windows)


def marked(rows: int, *anomalous: int) -> list[float]:
    return [float(row in anomalous) for row in range(rows)]


@cache
def found() -> list[tuple[Series, list[float]]]:
    if not FOLDER.exists():
        pytest.skip("the benchmark's files are not kept beside this checkout")
    return [(file, novelties(file)) for file in corpus(FOLDER)]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_band_keeps_its_score(profile: str) -> None:
    assert len(found()) == FILES
    assert score(found(), profile) >= FLOORS[profile]


@pytest.mark.parametrize("profile", PROFILES)
def test_silence_scores_nothing_and_finding_all_at_once_scores_all(
    profile: str,
) -> None:
    file = series((20, 29), (60, 69))
    assert score([(file, marked(100))], profile) == 0
    assert score([(file, marked(100, 20, 60))], profile) == pytest.approx(100)


def test_what_is_found_while_learning_neither_helps_nor_harms() -> None:
    file = series((20, 29))
    early = score([(file, marked(100, *range(15), 20))], "standard, aim 66")
    assert early == pytest.approx(100)


def test_a_window_found_late_is_worth_less_and_counts_once() -> None:
    file = series((20, 29))
    first, late, both = (
        score([(file, marked(100, *rows))], "standard, aim 66")
        for rows in ((20,), (29,), (20, 29))
    )
    assert late < first
    assert both == first


def test_a_false_alarm_costs_the_more_the_farther_it_is_behind_a_window() -> None:
    file = series((20, 29))
    near, far, before = (
        score([(file, marked(100, 20, row))], "standard, aim 66")
        for row in (30, 60, 19)
    )
    assert 100 > near > far
    assert far == pytest.approx(100 - 11 / 2)
    assert before == pytest.approx(far)
