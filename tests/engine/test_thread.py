"""The engine's thread: starts, hears wishes, ends, and tells when it dies."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from downlight.core.errors import StorageError
from downlight.core.level import Level
from downlight.engine.clock import system_clock
from downlight.engine.engine import Engine, Plan, Surroundings
from downlight.engine.ledger import Ledger
from downlight.engine.thread import EngineThread
from downlight.storage.journal import Journal
from tests.engine.world import Clockwork, Scripted, info, report, service

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from downlight.core.news import News

LIMIT = 10.0
"""Seconds after which a test gives up waiting for an event."""


class Ear:
    """A sink that can be waited on."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.heard = threading.Condition()

    def publish(self, news: News) -> None:
        with self.heard:
            self.news.append(news)
            self.heard.notify_all()

    def await_news(self, wanted: Callable[[News], bool]) -> News:
        with self.heard:
            found = self.heard.wait_for(
                lambda: next((n for n in self.news if wanted(n)), None), LIMIT
            )
        assert found is not None
        return found


def made(
    ear: Ear, journal: Callable[[], Journal] = Journal.in_memory
) -> tuple[EngineThread, list[int]]:
    asked = [0]

    def say(now: object) -> object:
        asked[0] += 1
        return report(system_clock(), Level.OPERATIONAL)

    source = Scripted(info(), say)  # type: ignore[arg-type]  # says it on any clock
    around = Surroundings(
        web=lambda: Clockwork(system_clock),
        clock=system_clock,
        journal=journal,
        sinks=(ear,),
        spread=lambda: 0.5,
    )
    engine = Engine(Plan((service("page"),), (source,)), around, Ledger())
    return EngineThread(engine, (ear,), system_clock), asked


def known(news: News) -> bool:
    return bool(news.snapshot.services) and not news.snapshot.asking


def test_it_runs_hears_and_ends() -> None:
    ear = Ear()
    thread, asked = made(ear)
    thread.refresh()  # before the start: nobody hears it, nothing breaks
    thread.start()
    ear.await_news(known)
    thread.adopt(Plan((), ()))
    ear.await_news(lambda news: not news.snapshot.services)
    thread.refresh()
    assert thread.stop()
    thread.refresh()  # after the end likewise
    thread.settle_home("TR")
    thread.join()
    assert asked[0] == 1
    assert not any(news.snapshot.trouble for news in ear.news)


def test_a_thread_that_never_started_has_ended() -> None:
    thread, _ = made(Ear())
    assert thread.stop()


def test_its_death_is_news_in_words() -> None:
    def refuse() -> Journal:
        error = StorageError("no room")
        error.title, error.hint = "The disk is full", "Make room."
        raise error

    ear = Ear()
    thread, _ = made(ear, refuse)
    thread.start()
    news = ear.await_news(lambda news: bool(news.snapshot.trouble))
    assert news.snapshot.trouble == "Monitoring stopped: The disk is full. Make room."
    assert thread.stop()


def test_a_bug_kills_the_engine_not_the_light(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Journal:
        raise ZeroDivisionError

    ear = Ear()
    thread, _ = made(ear, broken)
    thread.start()
    news = ear.await_news(lambda news: bool(news.snapshot.trouble))
    assert news.snapshot.trouble == (
        "Monitoring stopped because of an error in Downlight."
    )
    thread.join()
    assert "the engine died" in caplog.text


def test_a_wish_that_comes_as_the_loop_closes_is_dropped() -> None:
    ear = Ear()
    closing = threading.Event()
    gone = threading.Event()

    class Late(asyncio.SelectorEventLoop):
        def close(self) -> None:
            super().close()
            closing.set()
            gone.wait(LIMIT)

    thread, _ = made(ear)
    late = EngineThread(thread._engine, (ear,), system_clock, Late)
    late.start()
    ear.await_news(known)
    stopper = threading.Thread(target=late.stop)
    stopper.start()
    assert closing.wait(LIMIT)
    late.refresh()  # the thread lives, its loop does not
    gone.set()
    stopper.join(LIMIT)
    late.join()


def test_it_can_be_stopped_before_its_loop_stands() -> None:
    ear = Ear()
    thread, _ = made(ear)
    thread.start()
    assert thread.stop()


def test_a_thread_whose_loop_cannot_be_made_says_that_it_stopped() -> None:
    def no_loop() -> asyncio.AbstractEventLoop:
        raise OSError("too many open files")

    ear = Ear()
    thread, _ = made(ear)
    dead = EngineThread(thread._engine, (ear,), system_clock, no_loop)
    dead.start()
    ear.await_news(lambda news: bool(news.snapshot.trouble))
    assert dead.stop()
