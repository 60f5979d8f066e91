"""Everything that goes on in the engine's event loop."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import SourceError, StorageError
from downlight.core.model import Failure, Report
from downlight.core.news import News
from downlight.core.schedule import pause
from downlight.engine.ledger import Entry, Ledger
from downlight.engine.poller import Alarm, poll

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from downlight.core.model import Outcome, SourceId
    from downlight.core.ports import Clock, Journal, Sink, Source, Web
    from downlight.core.service import Service

log = logging.getLogger(__name__)

REFRESH_GAP: Final = timedelta(seconds=10)
"""A person's wish to refresh is heard at most this often per source."""
SLEPT: Final = timedelta(minutes=5)
"""An answer that comes this much too late tells of sleep, or of a jumped clock."""
UNSAVED: Final = 1000
"""How many events are kept for a disk that refuses, to be written later."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to watch, and whom to ask about it."""

    services: tuple[Service, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the engine lives on."""

    web: Callable[[], AbstractAsyncContextManager[Web]]
    """Opens the network; called in the engine's thread."""
    clock: Clock
    journal: Callable[[], AbstractContextManager[Journal]]
    """Opens the memory; called in the engine's thread."""
    sinks: tuple[Sink, ...]
    spread: Callable[[], float]
    """Draws 0..1, so that sources do not fire together."""
    replay: str = ""
    """Name of the recording that is played; empty when live."""


class Engine:
    """Polls, remembers and tells. Every method but `run` is for its own loop."""

    def __init__(self, plan: Plan, around: Surroundings, ledger: Ledger) -> None:
        """Prepare; nothing is opened before `run`."""
        self._plan = plan
        self._around = around
        self._ledger = ledger
        self._journal: Journal
        self._web: Web
        self._group: asyncio.TaskGroup
        self._running = False
        self._alarms: dict[SourceId, Alarm] = {}
        self._polls: dict[SourceId, asyncio.Task[None]] = {}
        self._asked: dict[SourceId, datetime] = {}
        self._barred: dict[SourceId, datetime] = {}
        self._due: dict[SourceId, datetime] = {}
        self._expiry: dict[SourceId, asyncio.TimerHandle] = {}
        self._unsaved = Entry()
        """What a refusing disk has not taken yet."""
        self._disk = ""
        """Why the journal is not written; empty while it is."""

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            StorageError: The journal cannot be opened.
        """
        with self._around.journal() as self._journal:
            tracks, reports = self._journal.tracks(), self._journal.last_reports()
            looked = self._journal.meta("looked")
            moment = datetime.fromisoformat(looked) if looked else None
            self._ledger.restore(tracks, reports, moment)
            self._ledger.adopt(
                self._plan.services, [source.info for source in self._plan.sources]
            )
            self._publish(Entry())
            async with self._around.web() as web, asyncio.TaskGroup() as group:
                self._web, self._group = web, group
                self._running = True
                self._set_polls(self._plan.sources)
                await asyncio.get_running_loop().create_future()

    def adopt(self, plan: Plan) -> None:
        """Watch something else from now on; what is known stays known."""
        self._plan = plan
        self._ledger.adopt(plan.services, [source.info for source in plan.sources])
        if self._running:
            self._set_polls(plan.sources)
            self._publish(Entry())

    def refresh(self) -> None:
        """Ask everyone now, except who asked us to stay away or was just asked."""
        self._hurry(tuple(self._alarms), self._around.clock())

    def last(self, source: Source) -> Report | None:
        """Return the last report of ``source``."""
        return self._ledger.last(source.info.id)

    def take(self, source: Source, outcome: Outcome) -> timedelta:
        """Take over an outcome; return how long to wait."""
        id_, now = source.info.id, outcome.at
        before, was_offline = self._ledger.failures(id_), self._ledger.is_offline
        entry = self._ledger.take(outcome)
        _log_turn(source, outcome, before)
        asked_for = _asked_for(outcome)
        wait = pause(
            source.info.cadence,
            lively=self._ledger.is_lively(id_, now),
            failures=self._ledger.failures(id_),
            asked_for=asked_for,
            spread=self._around.spread(),
        )
        slept = now - self._due.get(id_, now) > SLEPT
        self._asked[id_], self._due[id_] = now, now + wait
        self._barred[id_] = now + (asked_for or timedelta())
        self._ledger.due(id_, now + wait)
        self._watch_expiry(id_, now, now + wait)
        self._keep(entry, source, now + wait)
        self._publish(entry)
        others = self._ledger.untried
        if slept:
            others = tuple(self._asked)
        elif was_offline and not self._ledger.is_offline:
            others = tuple(it for it in self._asked if self._ledger.failures(it))
        self._hurry(others, now)
        return wait

    def _hurry(self, ids: Sequence[SourceId], now: datetime) -> None:
        """Ask these at once, but for those who must not be asked yet."""
        barred = self._barred_now(now)
        for id_ in ids:
            if id_ in self._alarms and id_ not in barred:
                self._alarms[id_].ring()

    def _barred_now(self, now: datetime) -> set[SourceId]:
        """Who must not be asked yet: told us so, or was asked a moment ago."""
        # An attempt in the future is of a clock that was set back since.
        return {
            id_
            for id_, asked in self._asked.items()
            if asked <= now < max(asked + REFRESH_GAP, self._barred[id_])
        }

    def _watch_expiry(self, id_: SourceId, now: datetime, due: datetime) -> None:
        """Show what is known anew when a report stops counting before the next."""
        if id_ in self._expiry:
            self._expiry.pop(id_).cancel()
        end = self._ledger.expiry(id_)
        if end is not None and now < end < due:
            delay = (end - now).total_seconds() + 1
            loop = asyncio.get_running_loop()
            self._expiry[id_] = loop.call_later(delay, self._publish, Entry())

    def _set_polls(self, sources: Sequence[Source]) -> None:
        wanted = {source.info.id: source for source in sources}
        for id_ in self._polls.keys() - wanted.keys():
            self._polls.pop(id_).cancel()
            self._alarms.pop(id_)
            self._due.pop(id_, None)
            if id_ in self._expiry:
                self._expiry.pop(id_).cancel()
        for id_ in wanted.keys() - self._polls.keys():
            alarm = self._alarms[id_] = Alarm()
            self._polls[id_] = self._group.create_task(
                poll(
                    wanted[id_],
                    self._web,
                    self,
                    self._around.clock,
                    alarm,
                    self._first_pause,
                ),
                name=f"poll {id_}",
            )

    def _first_pause(self, source: Source) -> timedelta:
        """Live, ask as soon as manners allow. A replay goes on where it was."""
        if not self._around.replay:
            now, id_ = self._around.clock(), source.info.id
            if id_ not in self._barred_now(now):
                return timedelta()
            return max(self._barred[id_], self._asked[id_] + REFRESH_GAP) - now
        due = self._journal.meta(f"due/{source.info.id}")
        if due is None:
            return timedelta()
        return max(datetime.fromisoformat(due) - self._around.clock(), timedelta())

    def _keep(self, entry: Entry, source: Source, due: datetime) -> None:
        at = self._around.clock()
        entry = self._unsaved.then(entry)
        meta = {"looked": at.isoformat()}
        if self._around.replay:
            meta["position"] = at.isoformat()
            meta[f"due/{source.info.id}"] = due.isoformat()
        elif not (entry.reports or entry.tracks or entry.events):
            return
        try:
            self._journal.write(
                at, entry.reports, entry.tracks, entry.events, meta=meta
            )
        except StorageError as error:
            if not self._disk:
                log.warning("journal not written: %s", error)
            self._disk = error.words
            self._unsaved = replace(entry, events=entry.events[-UNSAVED:])
        else:
            self._disk, self._unsaved = "", Entry()

    def _publish(self, entry: Entry) -> None:
        memory = self._journal.trouble
        snapshot = replace(
            self._ledger.snapshot(self._around.clock()),
            notices=tuple(notice for notice in (memory, self._disk) if notice),
            replay=self._around.replay,
        )
        news = News(snapshot, entry.events)
        for sink in self._around.sinks:
            sink.publish(news)


def _asked_for(outcome: Outcome) -> timedelta | None:
    if isinstance(outcome, Failure):
        return outcome.error.retry_after
    return outcome.next_check


def _log_turn(source: Source, outcome: Outcome, failures_before: int) -> None:
    """Log the turn (first failure, recovery), not the attempts (HOUSE E4)."""
    if isinstance(outcome, Failure) and not failures_before:
        error: SourceError = outcome.error
        log.info("%s: %s", source.info.id, error)
    elif isinstance(outcome, Report) and failures_before:
        log.info("%s: answers again after %d", source.info.id, failures_before)
