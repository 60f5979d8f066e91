"""Looking at an address: once, bounded, and nothing that happens there harms."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DownlightError, Refused, Unreachable, Unreadable
from downlight.core.level import Level
from downlight.engine.clock import system_clock
from downlight.engine.poller import LOOK_LIMIT
from tests.engine.test_thread import LIMIT, Ear, known, made
from tests.engine.world import START, World, page, world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from downlight.core.ports import Web
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine

Told = list["tuple[datetime, str]"]


def looking(
    detect: Callable[[Web], Awaitable[str]], minutes: float = 5
) -> tuple[World, Told]:
    """Look at something a while after the start; return when what was told."""
    told: Told = []
    it = world(page((0, Level.OPERATIONAL)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        def tell(found: object) -> None:
            words = found.title if isinstance(found, DownlightError) else str(found)
            told.append((loop.clock(), words))

        loop.call_at(60, lambda: engine.look_at(detect, tell))

    it.run(minutes, script)
    return it, told


def test_what_stands_there_is_told_once() -> None:
    async def detect(web: Web) -> str:
        assert web.now() > START
        return "a page"

    _, told = looking(detect)
    assert [words for _, words in told] == ["a page"]


def test_what_is_wanted_before_the_network_is_open_is_looked_at_then() -> None:
    async def detect(web: Web) -> str:
        return f"at {web.now():%H:%M}"

    told: list[object] = []
    it = world(page((0, Level.OPERATIONAL)))
    it.run(1, lambda engine, _: engine.look_at(detect, told.append))
    assert told == ["at 12:00"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused(404), "Refused (HTTP 404)"),
        (Unreadable("?"), "Answer not understood"),
    ],
)
def test_what_went_wrong_is_told_in_its_place(error: Exception, words: str) -> None:
    async def detect(_: Web) -> str:
        raise error

    _, told = looking(detect)
    assert [said for _, said in told] == [words]


def test_who_takes_too_long_is_ended() -> None:
    ended = []

    async def detect(_: Web) -> str:
        try:
            await asyncio.get_running_loop().create_future()
            return "never"
        finally:
            ended.append(True)

    it, told = looking(detect)
    assert told == [
        (it.news[0].snapshot.at + 2 * LOOK_LIMIT, Unreachable("", "timeout").title)
    ]
    assert ended == [True]


def test_a_bug_in_looking_costs_one_look_not_the_program(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def detect(_: Web) -> str:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        it, told = looking(detect, minutes=11)
    assert [words for _, words in told] == ["Answer not understood"]
    assert "bug in looking" in caplog.text
    assert it.news[-1].snapshot.at > START + 5 * LOOK_LIMIT  # it goes on polling
    caplog.clear()


def test_who_asked_and_is_gone_harms_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def detect(_: Web) -> str:
        return "a page"

    def gone(_: object) -> None:
        raise RuntimeError("the window is gone")

    it = world(page((0, Level.OPERATIONAL)))
    with caplog.at_level(logging.ERROR):
        it.run(11, lambda engine, _: engine.look_at(detect, gone))
    assert "could not be told" in caplog.text
    assert it.news[-1].snapshot.at > START + 5 * LOOK_LIMIT
    caplog.clear()


def test_stopping_ends_a_look_and_tells_nothing_more() -> None:
    begun: list[bool] = []
    ended: list[bool] = []
    told: list[object] = []

    async def detect(_: Web) -> str:
        begun.append(True)
        try:
            await asyncio.get_running_loop().create_future()
            return "never"
        finally:
            ended.append(True)

    it = world(page((0, Level.OPERATIONAL)))

    def script(engine: Engine, loop: VirtualLoop) -> None:
        loop.call_at(30, lambda: engine.look_at(detect, told.append))

    it.run(0.9, script)
    assert (begun, ended, told) == ([True], [True], [])


def test_what_is_wanted_after_the_end_is_not_looked_at() -> None:
    begun: list[bool] = []

    async def detect(_: Web) -> str:
        begun.append(True)
        return "a page"

    it = world(page((0, Level.OPERATIONAL)))
    engines: list[Engine] = []
    it.run(1, lambda engine, _: engines.append(engine))
    told: list[object] = []
    engines[0].look_at(detect, told.append)
    assert (begun, told) == ([], [])


def test_a_thread_looks_for_whoever_asks_from_another() -> None:
    ear = Ear()
    thread, _ = made(ear)
    told: list[object] = []

    async def detect(web: Web) -> str:
        return f"seen {(web.now() - system_clock()).total_seconds() < LIMIT}"

    def tell(found: object) -> None:
        with ear.heard:
            told.append(found)
            ear.heard.notify_all()

    thread.start()
    ear.await_news(known)
    thread.look_at(detect, tell)
    with ear.heard:
        assert ear.heard.wait_for(lambda: told, LIMIT)
    assert told == ["seen True"]
    assert thread.stop()


def test_a_thread_that_does_not_run_says_that_it_cannot_look() -> None:
    async def detect(_: Web) -> str:
        return "a page"

    thread, _ = made(Ear())
    told: list[object] = []
    thread.look_at(detect, told.append)
    thread.start()
    assert thread.stop()
    thread.look_at(detect, told.append)
    assert [it.words for it in told if isinstance(it, DownlightError)] == [
        "Not looked at. Monitoring is not running."
    ] * 2
