"""A person's hooks as a whole: a thread, a receiver on loopback, restarts."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Event as Flag
from typing import TYPE_CHECKING

from downlight.core.errors import StorageError
from downlight.core.evidence.verdict import Verdict
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import News, ServiceView, Snapshot, Turn
from downlight.core.service import Service
from downlight.core.telling.hooks import Bar, Hooks
from downlight.notify.hooks import BACKLOG, Errands
from downlight.web.door import HttpWeb
from downlight.web.line import Patience
from tests.notify.errands import EVERYTHING, Mouth, Shelf, command, hooks, webhook
from tests.notify.events import NOON, event, news
from tests.notify.memory import PATIENCE
from tests.servers import Asked, Server, dropping, for_ever, reply, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    import pytest

    from downlight.core.news import Event
    from downlight.core.ports import Post

CHAT = Service(
    ServiceSlug("example-chat"), "Example Chat", "other", (), page="https://s.example"
)
SOON = timedelta(milliseconds=200)
MOMENT = timedelta(milliseconds=1)


def live() -> AbstractAsyncContextManager[Post]:
    return HttpWeb(lambda: NOON, proxy="none", patience=Patience(read=SOON, whole=SOON))


@dataclass
class Run:
    """One run of the program, as far as its hooks go."""

    hooks: Hooks
    shelf: Shelf | None = field(default_factory=Shelf)
    post: Callable[[], AbstractAsyncContextManager[Post]] = live
    journal: Sequence[Event] = ()
    refuses: bool = False
    asked: list[datetime] = field(default_factory=list)
    looked: SimpleQueue[bool] = field(default_factory=SimpleQueue)
    """Whether the outbox could be had, each time somebody looked."""

    def errands(self) -> Errands:
        return Errands(
            self.hooks,
            (CHAT,),
            self.post,
            self.outbox,
            self.backlog,
            lambda: datetime.now(NOON.tzinfo),
            lambda _tries: MOMENT,
        )

    def outbox(self) -> Shelf | None:
        shelf = self.shelf
        self.looked.put(shelf is not None)
        return shelf

    @property
    def kept(self) -> Shelf:
        """The outbox, which there is."""
        assert self.shelf is not None
        return self.shelf

    def backlog(self, since: datetime) -> Sequence[Event]:
        self.asked.append(since)
        if self.refuses:
            raise StorageError("the disk refuses")
        return [it for it in self.journal if it.at >= since]

    def tell(self, *events: Event, letters: int) -> None:
        """Run, hear of events, and end once so many letters have arrived."""
        it = self.errands()
        it.publish(news(*events))
        it.start()
        if self.shelf is not None:
            self.shelf.wait_for(letters)
        assert it.stop()


def now(minutes: float = 0) -> datetime:
    return datetime.now(NOON.tzinfo) - timedelta(minutes=minutes)


def fresh(
    turn: Turn = Turn.BEGAN, id_: str = "", minutes: float = 0, **more: str
) -> Event:
    it = event(turn, at=now(minutes), id_=id_)
    return replace(it, **more)  # type: ignore[arg-type] # texts of it


class Receiver:
    """A server whose behaviour is laid down call by call; the last one stays."""

    def __init__(self, *ways: str) -> None:
        self.ways = list(ways)
        self.taken: list[str] = []
        """The ids it said yes to."""
        self.keys: list[str] = []

    async def serve(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        way = self.ways.pop(0) if self.ways else "200"
        self.keys.append(asked.headers["idempotency-key"])
        if way == "stall":
            await for_ever()
        if way == "reset":
            writer.transport.abort()
            return
        if way == "200":
            self.taken.append(json.loads(asked.body)["id"])
        writer.write(reply(status=f"{way} Word"))
        await writer.drain()


@asynccontextmanager
async def running(it: Errands) -> AsyncIterator[Errands]:
    it.start()
    try:
        yield it
    finally:
        assert await asyncio.to_thread(it.stop)


def test_a_receiver_that_stalls_resets_and_fails_gets_each_event_once_in_order() -> (
    None
):
    receiver = Receiver("stall", "reset", "500", "200", "503", "reset")
    events = [
        fresh(id_="1"),
        fresh(Turn.WORSENED, "2"),
        fresh(Turn.EASED, "3"),
        fresh(Turn.ENDED, "4"),
    ]
    run = Run(hooks())

    async def play() -> Server:
        async with serving(receiver.serve) as server:
            run.hooks = hooks(webhook(url=server.url("/in")))
            async with running(run.errands()) as it:
                for one in events:
                    it.publish(news(one))
                await asyncio.to_thread(run.kept.wait_for, 4)
        return server

    server = asyncio.run(play())
    assert receiver.taken == ["1", "2", "3", "4"]
    assert len(server.asked) == 4 + 5
    # The same event is sent under the same key, so that a receiver can tell.
    assert len(set(receiver.keys)) == 4
    assert set(run.kept.outcomes.values()) == {"delivered"}


def test_what_a_dead_receiver_did_not_take_is_brought_by_the_next_run() -> None:
    receiver = Receiver()
    run = Run(hooks())

    async def play() -> None:
        async with dropping(hard=True) as port:
            run.hooks = hooks(webhook(url=f"http://127.0.0.1:{port}/"))
            async with running(run.errands()) as it:
                it.publish(news(fresh(id_="1"), fresh(Turn.ENDED, "2")))
        assert receiver.taken == []
        async with serving(receiver.serve) as server:
            run.hooks = hooks(webhook(url=server.url("/in")))
            async with running(run.errands()):
                await asyncio.to_thread(run.kept.wait_for, 2)
            async with running(run.errands()) as it:
                it.publish(news(fresh(id_="3")))
                await asyncio.to_thread(run.kept.wait_for, 1)

    asyncio.run(play())
    assert receiver.taken == ["1", "2", "3"]


def test_one_that_hangs_holds_up_neither_others_nor_the_end() -> None:
    receiver, tar = Receiver(), Receiver("stall", "stall", "stall", "stall")
    patient = Patience(read=timedelta(seconds=30), whole=timedelta(seconds=30))
    run = Run(hooks(), post=lambda: HttpWeb(now, proxy="none", patience=patient))

    async def play() -> None:
        async with serving(tar.serve) as stuck, serving(receiver.serve) as server:
            run.hooks = hooks(
                command("sleep", "300", name="sleeps"),
                webhook(url=stuck.url(), name="tar"),
                webhook(url=server.url(), name="good"),
            )
            async with running(run.errands()) as it:
                it.publish(news(fresh(id_="1"), fresh(Turn.ENDED, "2")))
                await asyncio.to_thread(run.kept.wait_for, 2)

    asyncio.run(play())
    assert run.kept.outcomes == {
        ("sleeps", "1"): "begun",
        ("good", "1"): "delivered",
        ("good", "2"): "delivered",
    }


def test_a_command_is_run_for_each_event_in_order(tmp_path: Path) -> None:
    file = tmp_path / "seen"
    script = f"cat >> {file}"
    run = Run(hooks(command("sh", "-c", script)))
    verdict = Verdict(Level.MAJOR, since=NOON)
    view = ServiceView(CHAT, verdict, ())
    it = run.errands()
    it.publish(News(Snapshot(NOON, (view,)), (fresh(id_="1"), fresh(id_="2"))))
    it.start()
    run.kept.wait_for(2)
    assert it.stop()
    said = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [one["id"] for one in said] == ["1", "2"]
    assert said[0]["since"] == "2026-03-04T12:00:00Z"
    assert said[0]["url"] == "https://s.example"


def test_only_what_is_asked_for_is_told() -> None:
    mouth = Mouth()
    interest = replace(EVERYTHING, on=frozenset({Turn.BEGAN}))
    held = replace(interest, held=True)
    run = Run(
        hooks(webhook(interest=interest), webhook(name="all", interest=held)),
        post=mouth.opened,
    )
    ended, unsteady = fresh(Turn.ENDED, "2"), fresh(id_="3", held="Too often.")
    run.tell(fresh(id_="1"), ended, unsteady, letters=3)
    assert set(run.kept.outcomes) == {("team", "1"), ("all", "1"), ("all", "3")}


def test_what_was_decided_before_a_kill_is_told_once_if_it_is_fresh() -> None:
    mouth = Mouth()
    run = Run(hooks(webhook()), post=mouth.opened)
    run.tell(fresh(id_="told"), letters=1)
    run.kept.firsts["team"] = now(60)
    run.journal = [fresh(id_="old", minutes=31), fresh(id_="new", minutes=29)]
    run.journal = [*run.journal, fresh(id_="told")]
    run.tell(letters=1)
    run.tell(letters=0)
    assert [json.loads(body)["id"] for _, _, body, _ in mouth.sent] == ["told", "new"]
    assert now() - run.asked[0] >= BACKLOG
    said = json.loads(mouth.sent[1][2])
    assert (said["name"], said["since"]) == ("Example Chat", None)


def test_a_new_hook_is_not_told_what_was_before_it() -> None:
    mouth = Mouth()
    run = Run(hooks(webhook()), post=mouth.opened, journal=[fresh(minutes=1)])
    run.tell(fresh(id_="new"), letters=1)
    assert [json.loads(body)["id"] for _, _, body, _ in mouth.sent] == ["new"]


def test_when_another_program_runs_the_hooks_none_are_run_here(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    mouth = Mouth()
    file = tmp_path / "bar"
    them = replace(hooks(webhook()), bars=(Bar("bar", str(file), "polybar"),))
    run = Run(them, shelf=None, post=mouth.opened)
    with caplog.at_level(logging.WARNING):
        run.tell(fresh(), letters=0)
    assert mouth.sent == []
    assert "another Downlight runs the hooks" in caplog.text
    assert file.read_text("utf-8") == "Downlight is off\n"


def test_a_journal_that_refuses_stops_nothing() -> None:
    mouth = Mouth()
    run = Run(hooks(webhook()), post=mouth.opened, refuses=True)
    run.tell(fresh(), letters=1)
    assert len(mouth.sent) == 1


def test_bars_follow_the_state_and_say_when_nobody_is_there_any_more(
    tmp_path: Path,
) -> None:
    # A command looks into the file while the program runs.
    file, seen = tmp_path / "bar", tmp_path / "seen"
    them = replace(
        hooks(command("cp", str(file), str(seen))),
        bars=(Bar("bar", str(file), "polybar"),),
    )
    run = Run(them)
    it = run.errands()
    view = ServiceView(CHAT, Verdict(Level.MAJOR), ())
    it.publish(News(Snapshot(NOON, (view,)), (fresh(),)))
    it.start()
    run.kept.wait_for(1)
    assert it.stop()
    assert seen.read_text("utf-8") == "Example Chat: down\n"
    assert file.read_text("utf-8") == "Downlight is off\n"


def test_who_has_news_never_waits() -> None:
    mouth, shelf = Mouth(), Shelf()
    reached, let_go = Flag(), Flag()

    def stuck() -> Shelf:
        reached.set()
        let_go.wait()
        return shelf

    it = Errands(hooks(webhook()), (), mouth.opened, stuck, lambda _since: (), now)
    it.start()
    assert reached.wait(PATIENCE)
    for number in range(100):
        it.publish(news(fresh(id_=f"{number:02}")))
    assert not shelf.letters
    let_go.set()
    shelf.wait_for(100)
    assert it.stop()
    ids = [json.loads(body)["id"] for _, _, body, _ in mouth.sent]
    assert ids == sorted(ids)


def test_without_a_start_there_is_nothing_to_end() -> None:
    it = Run(hooks(webhook())).errands()
    it.publish(news(fresh()))
    assert it.stop()


def test_after_the_end_news_falls_on_deaf_ears() -> None:
    mouth = Mouth()
    it = Run(hooks(webhook()), post=mouth.opened).errands()
    it.start()
    assert it.stop()
    it.publish(news(fresh()))
    assert mouth.sent == []


def test_an_outbox_that_breaks_takes_nobody_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> Shelf:
        raise RuntimeError("odd")

    it = Errands(hooks(webhook()), (), live, broken, lambda _since: (), now)
    it.start()
    assert it.stop()
    assert "the hooks died" in caplog.text


def test_when_the_other_program_ends_the_hooks_are_run_here() -> None:
    mouth, taken = Mouth(), Shelf()
    # Seen before: what the other one did not get to tell is told, too.
    taken.firsts["team"] = now(minutes=60)
    missed = fresh(id_="missed", minutes=5)
    run = Run(hooks(webhook()), shelf=None, post=mouth.opened, journal=[missed])
    it = run.errands()
    it.start()
    assert not run.looked.get(timeout=PATIENCE)
    it.publish(news(fresh(id_="theirs")))
    assert not run.looked.get(timeout=PATIENCE)
    run.shelf = taken
    it.publish(news(fresh(id_="ours")))
    taken.wait_for(2)
    assert it.stop()
    told = [json.loads(body)["id"] for _, _, body, _ in mouth.sent]
    assert told == ["missed", "ours"]
    assert taken.closed == 1
