"""A month of forty services: how much of what a person is told is true.

The real engine, desk, policy and journal live through thirty days in virtual time,
each source at its own cadence, asked through its own reader of real bytes. What is
wrong and what only looks so is known (`almanac`, `cast`); our four recordings have
their days among it. Counted are notifications as a person sees them, each held against
the truth at the moment it is shown: the right service, in trouble or back.

* An outage is over when its page says so, where a page speaks of it.
* That a service cannot be reached from here is true when the way to it is broken, as
  long as no more than that is said.
* A page that is itself mistaken is not to be told from one that is right; what comes
  of it counts as false, and is said beside it.
* The computer sleeps at night, so that about two thirds of the month are looked at.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from downlight import wiring
from downlight.core.telling.decided import TURNS
from downlight.core.telling.policy import Wishes
from downlight.engine.clock import VirtualLoop
from downlight.engine.engine import Engine, Surroundings
from downlight.engine.ledger import Ledger
from tests.bench import cast as casting
from tests.bench import fate
from tests.bench.air import Air, Time
from tests.bench.almanac import DAY, MINUTE, Kind, Month, hours
from tests.bench.tapes import reels
from tests.bench.truth import UNEXPLAINED, Judge
from tests.notify.person import Inhabited, Person

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from contextlib import AbstractAsyncContextManager

    from downlight.core.news import News
    from downlight.core.ports import Web
    from tests.bench.almanac import Spell
    from tests.bench.cast import Cast

BEGIN: Final = datetime(2026, 3, 2, tzinfo=UTC)
HOME: Final = "DE"
STARTS: Final = 8
"""How often a month the program is started again, nights aside. Assumed."""


@dataclass
class Life:
    """One person's month: the program runs, and is told on."""

    month: Month
    cast: Cast
    air: Air
    judge: Judge
    lot: random.Random
    person: Person = field(init=False)
    polls: int = 0
    _wake: datetime | None = None

    def live(self) -> Judge:
        """Live through all of it; return what was told."""
        world = Inhabited(self.cast.plan)
        world.person = self.person = Person(world, Wishes(), now=self.month.begin)
        for number, (begin, end) in enumerate(self.month.hours.runs):
            if number:
                self.person.now = begin
                self.person.sit_down()
            self._run(begin, end)
        return self.judge

    def publish(self, news: News) -> None:
        """Be the sink: what the person is told now is judged now."""
        self.judge.events += news.events
        told = any(event.turn in TURNS for event in news.events)
        at = news.snapshot.at
        if told or (self._wake is not None and self._wake <= at):
            self.person.hear(news)
            self._wake = self.person.desk.wake()
        screen = self.person.screen.shown
        while screen:
            self.judge.hear(self.air.time.true(), screen.pop(0))

    def _run(self, begin: datetime, end: datetime) -> None:
        """Let the program run from one moment to another."""
        loop = VirtualLoop(begin)
        self.air.time = Time(loop)
        around = Surroundings(
            web=lambda: cast("AbstractAsyncContextManager[Web]", self.air),
            clock=loop.clock,
            journal=lambda: nullcontext(self.person.world.journal),
            sinks=(self,),
            spread=self.lot.random,
            climb=self.air.climb,
            way=self.air.way,
        )
        ledger = Ledger(zone=UTC, locate=wiring.locate, home=HOME)
        engine = Engine(self.cast.plan, around, ledger)
        within = [s for s in self.month.hours.sleeps if begin <= s.began < end]
        slept = sum((min(s.ended, end) - s.began for s in within), timedelta())

        async def main() -> None:
            self._plan(loop, begin, within)
            task = asyncio.ensure_future(engine.run())
            await asyncio.wait({task}, timeout=(end - begin - slept).total_seconds())
            if task.done():
                task.result()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(main())

    def _plan(
        self, loop: VirtualLoop, begin: datetime, sleeps: Sequence[Spell]
    ) -> None:
        """Let the computer sleep, and its clock go wrong, when it is time."""
        time = self.air.time

        def awake(at: datetime) -> float:
            """Return the seconds that pass on a clock that stops in sleep."""
            slept = (min(s.ended, at) - s.began for s in sleeps if s.began < at)
            return (at - begin - sum(slept, timedelta())).total_seconds()

        def wrong(by: timedelta) -> None:
            time.error += by
            time.shift(by)

        for sleep in sleeps:
            loop.call_at(awake(sleep.began), time.shift, sleep.ended - sleep.began)
        end = self.month.end
        for spell in self.month.of(Kind.CLOCK).all:
            if begin <= spell.began < end:
                by = (spell.seed * 20 - 10) * 60 * MINUTE
                loop.call_at(awake(spell.began), wrong, by)
                loop.call_at(awake(spell.ended), wrong, -by)


def life(
    seed: int,
    days: int,
    slugs: Sequence[str],
    often: float = 1.0,
    without: Collection[Kind] = (),
) -> Life:
    """Return a month, or some days, that has yet to be lived through.

    Args:
        seed: Of everything that is drawn.
        days: How many.
        slugs: Who is watched.
        often: So many times as much happens as in a common month.
        without: What of it does not happen.
    """
    lot = random.Random(seed)  # noqa: S311 - the same month for the same seed
    starts = STARTS * often * days / 30
    month = Month(BEGIN, BEGIN + days * DAY, hours(lot, BEGIN, days, starts))
    made = casting.cast(slugs)
    tapes = reels(month) if set(casting.RECORDED) <= set(slugs) else ()
    fate.happen(made, month, lot, often, without)
    return Life(month, made, Air(month, made, tapes, lot), Judge(month), lot)


def month(seed: int) -> None:
    """Live through a month of forty services, and print what came of it."""
    it = life(seed, 30, casting.FORTY)
    it.live()
    for line in told(it.judge, it.month):
        print(line)


def told(judge: Judge, month: Month) -> list[str]:
    """Return the figures, a line each."""
    days = (month.end - month.begin) / DAY
    quiet, wrong = judge.quiet_days(), len(judge.wrong)
    mistaken = judge.due_to[Kind.MISTAKE]
    ours = 1 - (wrong - mistaken) / max(len(judge.shown) - mistaken, 1)
    shapes = Counter(outage.shape for outage in month.outages)
    said = sum(outage.said is not None for outage in month.outages)
    unsaid, ahead = judge.unsaid()
    lines = [
        f"{len(month.outages)} outages, {said} of them told by a page",
        f"notifications a day: {len(judge.shown) / days:.2f}",
        f"  of them in the place of an earlier one: {judge.in_place / days:.2f}",
        f"true: {100 * judge.precision:.1f} % of {len(judge.shown)} (aim 95)",
        f"true, but for mistakes of the pages themselves: {100 * ours:.1f} %",
        f"said again of an outage that was told: {len(judge.again)}",
        f"on each of {len(quiet)} days on which nothing was wrong:",
        f"  {sum(quiet) / max(len(quiet), 1):.2f} notifications (aim 1 at most)",
        f"false ones a day: {wrong / days:.2f}",
        f"missed of what a page told while we looked: {len(judge.missed())}",
        f"told of {unsaid} outages that no page named: {ahead}",
        f"about {shapes['flapping']} flaps: {judge.of_shape('flapping')}",
        f"about {shapes['house']} of a house that fell together: "
        + str(judge.of_shape("house")),
        "",
        f"{'what disturbed':28}{'times':>7}{'false notifications':>21}",
    ]
    times: Counter[str] = Counter(spell.kind for spell in month.spells)
    times[Kind.SLEEP], times[Kind.OFF] = len(month.hours.sleeps), len(month.hours.off)
    names = [*Kind, UNEXPLAINED]
    lines += [
        f"{name:28}{times[name] or '':>7}{judge.due_to[name]:>21}" for name in names
    ]
    lines += [""] * bool(judge.wrong or judge.missed())
    lines += [f"not true: {at:%d %H:%M} {m.title}: {why}" for at, m, why in judge.wrong]
    lines += [f"missed: {it.on} since {it.began:%d %H:%M}" for it in judge.missed()]
    return lines
