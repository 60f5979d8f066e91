"""kill -9 at any moment: nothing announced is lost, nothing told twice."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.desktop.program import APP, replay
from tests.desktop.recordings import TROUBLES, record
from tests.desktop.session import until

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(600)]

SPEED = "max"
SEED = 20221025
RUNS = 10
KILLS = 5
"""Of one run before it may end: 50 kills in all."""
WITHIN = 60.0
"""Seconds one replay may take, on a machine busy with other things."""
TOLD = ("service", "turn", "level", "scope", "title")
"""What makes two events the same; their moment moves with the polls' jitter."""


def start(data: Path, recording: Path) -> subprocess.Popen[bytes]:
    """Start a replay in the terminal, to be killed."""
    return subprocess.Popen(
        replay(data, recording, SPEED, "--json"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(APP)},
    )


def finish(data: Path, recording: Path) -> None:
    """Play to the end."""
    subprocess.run(
        replay(data, recording, SPEED, "--json"),
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(APP)},
        check=True,
        timeout=WITHIN,
    )


def events(data: Path) -> Counter[tuple[object, ...]]:
    """What the journal holds, each event with how often it is there."""
    with sqlite3.connect(data / "journal.sqlite") as journal:
        assert journal.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        known = {row[1] for row in journal.execute("PRAGMA table_info(events)")}
        columns = [column for column in TOLD if column in known]
        assert {"service", "turn"} <= set(columns)
        listed = ", ".join(columns)
        found = journal.execute(f"SELECT {listed} FROM events").fetchall()  # noqa: S608
    journal.close()
    return Counter(found)


def await_journal(process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has its journal open, or has ended."""
    until(
        lambda: process.poll() is not None or "journal.sqlite" in opened(process.pid),
        "an open journal",
        WITHIN,
    )


def opened(pid: int) -> set[str]:
    """The names of the files a process has open."""
    names = set()
    for number in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            names.add(number.readlink().name)
        except OSError:  # closed meanwhile
            continue
    return names


def kill_at(moment: float, data: Path, recording: Path) -> bool:
    """Start a replay and kill it so many seconds after it opened its journal.

    Returns:
        Whether it was still at work.
    """
    process = start(data, recording)
    await_journal(process)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("recorded") / "troubles", TROUBLES)


@pytest.fixture(scope="module")
def undisturbed(
    recording: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Counter[tuple[object, ...]], float]:
    """The events of a run nobody disturbs, and the seconds its journal is open."""
    data = tmp_path_factory.mktemp("undisturbed")
    process = start(data, recording)
    await_journal(process)
    begun = time.monotonic()
    assert process.wait(WITHIN) == 0
    return events(data), time.monotonic() - begun


def test_a_replay_tells_all_turns_of_its_troubles(
    undisturbed: tuple[Counter[tuple[object, ...]], float],
) -> None:
    told, _ = undisturbed
    turns = Counter(event[TOLD.index("turn")] for event in told.elements())
    assert turns["began"] == turns["ended"] == 2
    assert turns["worsened"] >= 1
    assert turns["eased"] >= 1


def test_a_second_replay_into_the_same_folder_tells_nothing_new(
    recording: Path, tmp_path: Path
) -> None:
    finish(tmp_path, recording)
    once = events(tmp_path)
    finish(tmp_path, recording)
    assert events(tmp_path) == once


@pytest.mark.parametrize("run", range(RUNS))
def test_killed_at_any_moment_it_loses_nothing_and_tells_nothing_twice(
    run: int,
    recording: Path,
    tmp_path: Path,
    undisturbed: tuple[Counter[tuple[object, ...]], float],
) -> None:
    told, duration = undisturbed
    chance = random.Random(SEED + run)  # noqa: S311 - moments, not secrets
    # As each goes on where the one before was killed, together they get about through.
    moments = [chance.uniform(0, duration * 2 / KILLS) for _ in range(KILLS)]
    struck = [kill_at(moment, tmp_path, recording) for moment in moments]
    assert any(struck)
    finish(tmp_path, recording)
    assert events(tmp_path) == told
