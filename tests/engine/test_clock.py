"""Virtual time, and playing recordings on it."""

from __future__ import annotations

import asyncio
import json
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import StorageError
from downlight.core.level import Level
from downlight.engine import replay
from downlight.engine.clock import VirtualLoop, system_clock
from downlight.engine.engine import Plan
from downlight.engine.recording import load
from downlight.storage.journal import Journal
from tests.engine.world import START, Scripted, info, page, report, service

if TYPE_CHECKING:
    from pathlib import Path

HOUR = timedelta(hours=1)


def test_the_system_clock_is_aware() -> None:
    assert system_clock().tzinfo is UTC


def test_virtual_time_jumps_and_keeps_its_order() -> None:
    loop = VirtualLoop(START)
    seen: list[tuple[str, datetime]] = []

    async def note(name: str, hours: float) -> None:
        await asyncio.sleep(hours * 3600)
        seen.append((name, loop.clock()))

    async def main() -> None:
        await asyncio.gather(note("b", 2), note("a", 1), note("c", 2000))

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main())
    assert seen == [
        ("a", START + HOUR),
        ("b", START + 2 * HOUR),
        ("c", START + 2000 * HOUR),
    ]


def test_a_socket_that_is_ready_goes_before_the_jump() -> None:
    loop = VirtualLoop(START)
    ours, theirs = socket.socketpair()

    async def main() -> datetime:
        heard = loop.create_future()

        def hear() -> None:
            if not heard.done():
                heard.set_result(loop.clock())

        loop.add_reader(ours, hear)
        theirs.send(b"x")
        loop.call_later(3600, lambda: None)
        when: datetime = await heard
        loop.remove_reader(ours)
        return when

    with ours, theirs, asyncio.Runner(loop_factory=lambda: loop) as runner:
        assert runner.run(main()) == START


def test_a_speed_is_kept_without_waiting_longer_than_it_says() -> None:
    loop = VirtualLoop(START, speed=1e6)

    async def main() -> datetime:
        await asyncio.sleep(3600)
        return loop.clock()

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        assert runner.run(main()) >= START + HOUR


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    lines = [
        {"at": (START + n * HOUR).isoformat(), "url": info().urls[0], "status": 200}
        for n in (0, 1)
    ]
    text = "\n".join(map(json.dumps, lines))
    (tmp_path / "index.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_replay_ends_late_enough_for_every_source(tape: Path) -> None:
    recording = load(tape)
    plan = Plan((service("page"),), (page((0, Level.OPERATIONAL)),))
    assert replay.end(recording, Plan((), ())) == START + HOUR + 41 * HOUR / 60
    assert replay.end(recording, plan) == START + HOUR + replay.TAIL
    assert replay.end(recording, plan, START + HOUR) == START + HOUR
    far = START + 99 * HOUR
    assert replay.end(recording, plan, far) == START + HOUR + replay.TAIL


def test_a_replay_begins_where_the_last_one_was_interrupted() -> None:
    journal = Journal.in_memory()
    assert replay.position(journal) is None
    there = START + HOUR
    journal.write(there, (), {}, (), meta={"position": there.isoformat()})
    assert replay.position(journal) == there


@dataclass
class Runs:
    """What `play` needs of an engine."""

    error: Exception | None = None
    ran: bool = False

    async def run(self) -> None:
        self.ran = True
        if self.error is not None:
            raise self.error
        await asyncio.get_running_loop().create_future()


def play(engine: Runs, until: datetime) -> None:
    loop = VirtualLoop(START)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(replay.play(engine, loop, until))  # type: ignore[arg-type]  # runs


def test_playing_stops_at_its_moment() -> None:
    engine = Runs()
    play(engine, START + HOUR)
    assert engine.ran


def test_a_recording_played_to_its_end_is_not_played_again() -> None:
    engine = Runs()
    play(engine, START)
    assert not engine.ran


def test_an_engine_that_fails_ends_the_replay_with_its_error() -> None:
    with pytest.raises(StorageError):
        play(Runs(StorageError("no")), START + HOUR)


def test_reports_and_sources_fit_together() -> None:
    source = Scripted(info(), lambda now: report(now, Level.MAJOR))
    assert source.info.id == report(START, Level.MAJOR).source
