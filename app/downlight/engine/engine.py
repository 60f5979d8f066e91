"""Everything that goes on in the engine's event loop."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from downlight.core.errors import DownlightError
from downlight.core.fusion.gate import Event
from downlight.core.health import NOTHING
from downlight.core.model import Failure, Report
from downlight.core.schedule import pause
from downlight.engine.outlet import Outlet
from downlight.engine.poller import Alarm, look, poll
from downlight.engine.rests import Rests
from downlight.engine.scout import Scout
from downlight.engine.scribe import Scribe

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from downlight.core.health import Usage
    from downlight.core.memory import Journal
    from downlight.core.model import Outcome, SourceId
    from downlight.core.news import Snapshot
    from downlight.core.ports import Clock, Sink, Source, Web
    from downlight.core.rungs.ladder import Climb
    from downlight.core.service import Service
    from downlight.engine.entry import Entry
    from downlight.engine.ledger import Ledger

log = logging.getLogger(__name__)

T = TypeVar("T")

TICK: Final = 0.001
"""Seconds past a moment at which something is believed, as clocks are not exact."""
SLEPT: Final = timedelta(minutes=5)
"""An answer that comes this much too late tells of sleep, or of a jumped clock."""
LONG: Final = timedelta(minutes=30)
"""After a longer sleep nothing is known any more. Assumed."""
CLIMB_LIMIT: Final = timedelta(minutes=1)
"""Longest climb of the ladder; it is made for five seconds."""
WITNESSES: Final = 3
"""How many are asked at once whether the line is dead. Whoever fails asks as many
more, so that a dead line is soon known, and a live one costs three requests."""


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
    frugal: Callable[[], bool] = lambda: False
    """Whether power or line is short now; asked after each attempt, never waits."""
    way: Callable[[], str] = lambda: ""
    """Names the way out of this computer; asked after each attempt, never waits."""
    climb: Callable[[], Awaitable[Climb]] | None = None
    """Looks at the own line; None where that cannot be, as in a replay."""


class Engine:
    """Polls, remembers and tells. Every method but `run` is for its own loop."""

    def __init__(self, plan: Plan, around: Surroundings, ledger: Ledger) -> None:
        """Prepare; nothing is opened before `run`."""
        self._plan = plan
        self._around = around
        self._ledger = ledger
        self._outlet = Outlet(around.sinks, self._snapshot)
        self._journal: Journal
        self._scribe: Scribe
        self._web: Web
        self._group: asyncio.TaskGroup
        self._running = False
        self._alarms: dict[SourceId, Alarm] = {}
        self._polls: dict[SourceId, asyncio.Task[None]] = {}
        self._asked: dict[SourceId, Source] = {}
        """Whom each of ``_polls`` asks."""
        self._rests = Rests()
        self._expiry: dict[SourceId, asyncio.TimerHandle] = {}
        self._taken: datetime | None = None
        """When an outcome was taken last."""
        self._way = ""
        """The way out when it was looked at last."""
        self._scout = Scout()
        self._wake: asyncio.TimerHandle | None = None
        """Rings when time alone makes something believable."""
        self._looks: list[Callable[[Web], Coroutine[object, object, None]]] = []
        """What a person wanted looked at before the network was open."""

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            StorageError: The journal cannot be opened.
        """
        with self._around.journal() as self._journal:
            self._restore()
            self._outlet.tell()
            try:
                async with self._around.web() as web, asyncio.TaskGroup() as group:
                    await self._live(web, group)
            finally:
                for timer in (*self._expiry.values(), self._wake):
                    if timer is not None:
                        timer.cancel()
                self._outlet.close()
                self._scribe.close(self._around.clock())

    def _restore(self) -> None:
        """Take over what the journal remembers."""
        journal = self._journal
        looked = journal.meta("looked")
        self._scribe = Scribe(
            journal,
            self._ledger.kept,
            self._ledger.senses.kept,
            self._around.clock(),
            replay=bool(self._around.replay),
        )
        self._ledger.senses.restore(journal.meta)
        self._ledger.restore(
            journal.tracks(),
            journal.last_reports(),
            datetime.fromisoformat(looked) if looked else None,
            {id_: kept.health for id_, kept in journal.health().items()},
        )
        self._ledger.adopt(
            self._plan.services, [source.info for source in self._plan.sources]
        )

    async def _live(self, web: Web, group: asyncio.TaskGroup) -> None:
        self._web, self._group = web, group
        self._running = True
        try:
            self._set_polls(self._plan.sources)
            while self._looks:
                self._group.create_task(self._looks.pop(0)(web), name="look")
            await asyncio.get_running_loop().create_future()
        finally:
            self._running = False

    def adopt(self, plan: Plan) -> None:
        """Watch something else from now on; what is known stays known."""
        self._plan = plan
        self._ledger.adopt(plan.services, [source.info for source in plan.sources])
        if self._running:
            self._set_polls(plan.sources)
            self._outlet.tell()

    def refresh(self) -> None:
        """Ask everyone now, except who asked us to stay away or was just asked."""
        self._hurry(self._alarms, self._around.clock())

    def look_at(
        self,
        detect: Callable[[Web], Awaitable[T]],
        tell: Callable[[T | DownlightError], None],
    ) -> None:
        """Ask something once, e.g. what stands at an address a person gave.

        Args:
            detect: Asks; ended after `poller.LOOK_LIMIT`.
            tell: Told the result or what went wrong, on the engine's thread; must
                return at once. Not told any more when the engine stops.
        """

        def looking(web: Web) -> Coroutine[object, object, None]:
            return look(detect, web, tell)

        if self._running:
            self._group.create_task(looking(self._web), name="look")
        else:
            self._looks.append(looking)

    def last(self, source: Source) -> Report | None:
        """Return the last report of ``source``."""
        return self._ledger.last(source.info.id)

    def take(
        self, source: Source, outcome: Outcome, usage: Usage = NOTHING
    ) -> timedelta:
        """Take over an outcome, and what it cost; return how long to wait."""
        id_, now, ledger = source.info.id, outcome.at, self._ledger
        before, planned = ledger.failures(id_), ledger.due(id_)
        was_offline, was_asking = ledger.is_offline, ledger.is_asking
        disturbed = self._disturbed(now, planned)
        if disturbed is not None:
            ledger.disturb(disturbed)
        entry = ledger.take(outcome, usage)
        _log_turn(source, outcome, before)
        asked_for = _asked_for(outcome)
        wait = pause(
            source.info.cadence,
            lively=ledger.is_lively(id_, now),
            failures=ledger.failures(id_),
            asked_for=asked_for,
            spread=self._around.spread(),
            frugal=self._around.frugal(),
        )
        due = now + wait
        self._rests.note(id_, now, asked_for)
        ledger.plan(id_, due)
        self._watch_expiry(id_, now, due)
        # First what must not be forgotten, then what is told.
        self._scribe.keep(self._around.clock(), entry, id_, due)
        self._watch_wake()
        self._scout_out()
        if entry.events or was_asking is not ledger.is_asking:
            self._outlet.tell(entry.events)
        else:
            self._outlet.tell_soon()
        if disturbed is not None:
            self._hurry(self._rests.asked, now)
        elif was_offline and not ledger.is_offline:
            self._hurry(filter(ledger.failures, self._rests.asked), now)
        else:
            self._hurry(ledger.untried, now, WITNESSES)
        return wait

    def _disturbed(self, now: datetime, planned: datetime | None) -> Event | None:
        """Return what makes all that was seen before worth little, if anything.

        Args:
            now: The present moment, at which an outcome came.
            planned: When its source was to be asked.
        """
        taken, self._taken = self._taken, now
        way, self._way = self._way, self._around.way() or self._way
        late = now - planned if planned is not None else timedelta()
        if late > SLEPT:
            return Event.SLEPT if late > LONG else Event.RESUMED
        if taken is not None and taken - now > SLEPT:
            return Event.CLOCK
        return Event.NETWORK if way not in {"", self._way} else None

    def _heed(self, entry: Entry) -> None:
        """Keep and tell what came of looking, though no source was asked."""
        self._scribe.note(self._around.clock(), entry)
        self._watch_wake()
        self._outlet.tell(entry.events)

    def _watch_wake(self) -> None:
        """Look again when time alone makes something believable."""
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        at = self._ledger.wake
        if at is not None:
            delay = max((at - self._around.clock()).total_seconds(), 0)
            loop = asyncio.get_running_loop()
            self._wake = loop.call_later(delay + TICK, self._look)

    def _look(self) -> None:
        self._wake = None
        self._heed(self._ledger.look(self._around.clock()))

    def _scout_out(self) -> None:
        """Look at the own line when it may be why something is silent."""
        climb, now = self._around.climb, self._around.clock()
        if climb is None or not self._running:
            return
        if self._scout.wants(now, doubtful=self._ledger.is_doubtful):
            self._group.create_task(self._climb(climb), name="climb")

    async def _climb(self, climb: Callable[[], Awaitable[Climb]]) -> None:
        try:
            async with asyncio.timeout(CLIMB_LIMIT.total_seconds()):
                found = await climb()
        except TimeoutError:
            log.info("the own line was not looked at: no result in time")
        except DownlightError as error:
            log.info("the own line was not looked at: %s", error)
        except Exception:  # a supervised edge: as one source (HOUSE 11)
            log.exception("bug in the ladder")
        else:
            self._heed(self._ledger.heed(found, self._around.clock()))
        finally:
            self._scout.back()

    def settle_home(self, country: str, also: Sequence[str] = ()) -> None:
        """Judge for a person in this country from now on.

        Args:
            country: ISO 3166-1 alpha-2; empty when not known.
            also: Other countries whose trouble counts, too.
        """
        entry = self._ledger.settle_home(country, self._around.clock(), also)
        if self._running:
            self._heed(entry)

    def _hurry(
        self, ids: Iterable[SourceId], now: datetime, most: int | None = None
    ) -> None:
        """Ask these at once, but for those who must not be asked yet.

        Args:
            ids: Whom to ask.
            now: The present moment.
            most: How many at most; None: all.
        """
        woken = 0
        for id_ in ids:
            if woken == most:
                return
            if id_ in self._alarms and not self._rests.left(id_, now):
                woken += self._alarms[id_].ring()

    def _watch_expiry(self, id_: SourceId, now: datetime, due: datetime) -> None:
        """Show what is known anew when a report stops counting before the next."""
        if id_ in self._expiry:
            self._expiry.pop(id_).cancel()
        end = self._ledger.expiry(id_)
        if end is not None and now < end < due:
            delay = (end - now).total_seconds() + 1
            loop = asyncio.get_running_loop()
            self._expiry[id_] = loop.call_later(delay, self._expire, id_)

    def _expire(self, id_: SourceId) -> None:
        self._heed(self._ledger.expire(id_, self._around.clock()))

    def _set_polls(self, sources: Sequence[Source]) -> None:
        wanted = {source.info.id: source for source in sources}
        # A source may be asked for more than before, e.g. for another organisation.
        gone = [id_ for id_, it in self._asked.items() if wanted.get(id_) != it]
        for id_ in gone:
            self._asked.pop(id_)
            self._polls.pop(id_).cancel()
            self._alarms.pop(id_)
            if id_ in self._expiry:
                self._expiry.pop(id_).cancel()
        for id_ in [id_ for id_ in wanted if id_ not in self._polls]:
            alarm = self._alarms[id_] = Alarm()
            self._asked[id_] = wanted[id_]
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
            return self._rests.left(source.info.id, self._around.clock())
        due = self._journal.meta(f"due/{source.info.id}")
        if due is None:
            return timedelta()
        return max(datetime.fromisoformat(due) - self._around.clock(), timedelta())

    def _snapshot(self) -> Snapshot:
        notices = (self._journal.trouble, self._scribe.trouble)
        return replace(
            self._ledger.snapshot(self._around.clock()),
            notices=tuple(notice for notice in notices if notice),
            replay=self._around.replay,
        )


def _asked_for(outcome: Outcome) -> timedelta | None:
    if isinstance(outcome, Failure):
        return outcome.error.retry_after
    return outcome.next_check


def _log_turn(source: Source, outcome: Outcome, failures_before: int) -> None:
    """Log the turn (first failure, recovery), not the attempts (HOUSE E4)."""
    if isinstance(outcome, Failure) and not failures_before:
        log.info("%s: %s", source.info.id, outcome.error)
    elif isinstance(outcome, Report) and failures_before:
        log.info("%s: answers again after %d", source.info.id, failures_before)
