"""Where it is decided what is told: the policy with its memory. No thread in here.

What is decided is written down before it is sent; how sending went is written after.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.news import Turn
from downlight.core.speech import mark
from downlight.core.telling import policy
from downlight.core.telling.decided import (
    BEGINNINGS,
    Decided,
    Fate,
    key,
    remember,
    shared,
    stands_alone,
)
from downlight.core.telling.digest import newest
from downlight.core.telling.mute import EVERYTHING, Span
from downlight.notify.decisions import Decisions
from downlight.notify.herald import compose, gather
from downlight.notify.spared import Spared

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event, Message
    from downlight.core.ports import Clock
    from downlight.core.telling.decided import Before
    from downlight.core.telling.mute import Mute
    from downlight.core.telling.policy import Decision, Wishes
    from downlight.notify.record import Record

BACKLOG: Final = timedelta(minutes=30)
"""What happened but was not told before a restart is still told within this; older
news the window tells better than a bubble."""
AGAIN: Final = timedelta(minutes=1)
"""While news waits because the person is busy, it is looked so often whether he still
is: nobody says so, and a minute late is no harm to who was not told at all so far."""
WAITS: Final = timedelta(days=7)
"""So long news waits to be told, at most."""
GATHERED: Final = mark("Told later, with all that was held back.")
OVERTAKEN: Final = mark("What came after it was told.")
OVER: Final = mark("It was over before it could be told.")
FORGOTTEN: Final = mark("It waited too long to be told.")


class Desk:
    """Takes events, hands out messages. Belongs to the courier's thread."""

    def __init__(
        self,
        record: Record,
        wishes: Wishes,
        clock: Clock,
        zone: tzinfo | None = None,
        busy: Callable[[], str] = str,
        again: timedelta = AGAIN,
    ) -> None:
        """Begin with what the journal remembers.

        Args:
            record: The journal.
            wishes: What the person chose.
            clock: Tells the time.
            zone: Where the person lives; None for the system's.
            busy: Says why the person should not be disturbed just now; "" when he may.
                Asked only where something would be told else, once in a round.
            again: How soon that is asked anew, while something waits for it.
        """
        self._record = record
        self._clock = clock
        self._zone = zone
        self._look = busy
        self._again = again
        self.change_wishes(wishes)
        self._state: str | None = None
        """What `busy` said in this round; None when it was not asked."""
        self._decisions = Decisions(record)
        self._spared = Spared(record, clock)
        self._handed: set[str] = set()
        """Ids of events that were handed out in this run."""

    @property
    def mutes(self) -> Mapping[ServiceSlug, Mute]:
        """Those that hold, as far as was looked."""
        return self._spared.mutes

    def change_wishes(self, wishes: Wishes) -> None:
        """Decide by these from now on; what was decided stays so."""
        self._wishes = wishes
        self._busy = self._look if wishes.hold_while_busy else str

    def left(self) -> Iterator[Message]:
        """Yield what an earlier run did not get to tell; each is to be sent at once."""
        since = self._clock() - BACKLOG
        lost = [
            it.event
            for it in self._decisions
            if it.fate is Fate.TOLD and not it.shown and it.at >= since
        ]
        if lost:
            yield self._handing(lost)
        for event in self._record.undecided(since):
            if (message := self.take(event)) is not None:
                yield message

    def round(self, queue: deque[Event]) -> Iterator[Message]:
        """Yield what is to be told by now; each is to be sent before the next.

        Args:
            queue: What happened, in order; emptied.
        """
        self._state = None
        # What waited comes first: it happened first.
        if (message := self.gathered()) is not None:
            yield message
        while queue:
            if (message := self.take(queue.popleft())) is not None:
                yield message
        # What just came may wait for what waited, and that for nothing any more.
        if (message := self.gathered()) is not None:
            yield message

    def take(self, event: Event) -> Message | None:
        """Decide about an event; return what is to be sent at once, if anything."""
        if event.id in self._handed:
            return None
        known = self._decisions.of(event)
        if known is not None:
            lost = known.fate is Fate.TOLD and not known.shown
            return self._handing([event]) if lost else None
        if self._record.is_settled(event):
            return None
        before, local = self._before(), self._local()
        decision = policy.decide(event, self._wishes, before, local)
        if decision == policy.TELL and (reason := self._ask()):
            now = replace(before, busy=reason)
            decision = policy.decide(event, self._wishes, now, local)
        if decision is None:
            return None
        if stands_alone(event, before):
            event = replace(event, cause="")  # nobody told it in its name
        self._settle(event, decision, before, local)
        return self._handing([event]) if decision.fate is Fate.TOLD else None

    def gathered(self) -> Message | None:
        """Return all that was held back, in one message, when its time has come."""
        # In this order: what is due now must not be so a moment after now.
        due, now = self._due(), self._clock()
        if due is None or due > now:
            return None
        before, local = self._before(), self._local()
        told, silent = [], []
        for it in self._decisions.waiting():
            is_old = abs(now - it.event.at) > WAITS
            reason = FORGOTTEN if is_old else self._silence(it.event, before, local)
            if not reason and self._is_past(it.event, before, local):
                reason = OVERTAKEN
            if reason:
                silent.append(Decided(it.event, now, Fate.HELD, reason))
            else:
                told.append(it.event)
            if reason and not is_old:
                alone = self._left_alone(it.event, before, local)
                told += [other for other, _ in alone]  # what waits is due now
        gathered = [Decided(event, now, Fate.TOLD, GATHERED) for event in told]
        ended = {event.service for event in told if event.turn is Turn.ENDED}
        self._keep([*silent, *gathered], self._spared.once & ended)
        return self._handing(told) if told else None

    def wake(self) -> datetime | None:
        """Return when something is to be done though nothing happened; None: never."""
        self._spared.look()
        ends, due = [*self._spared.ends()], self._due()
        return min(ends if due is None else [*ends, due], default=None)

    def mute(self, slug: ServiceSlug | None, span: Span) -> None:
        """Tell nothing of a service for so long, or of any where it is None."""
        name = EVERYTHING if slug is None else slug
        episode = self._record.episodes().get(name, "")
        self._spared.mute(name, span, self._local(), episode)

    def mute_outage(self, event: Event) -> None:
        """Tell no more of an outage but its end, whichever services share it.

        A message may be clicked long after: what is over stays so, and nothing is muted
        that began since. Who shares it and is muted already stays muted as he is.
        """
        with_it = {
            (it.event.service, it.event.episode)
            for it in self._decisions
            if event.cause and it.event.cause == event.cause
            if it.event.service not in self.mutes
        }
        open_ = self._record.episodes()
        for slug, episode in sorted({(event.service, event.episode), *with_it}):
            if open_.get(slug) == episode:
                self._spared.mute(slug, Span.END, self._local(), episode)

    def unmute(self, slug: ServiceSlug | None) -> None:
        """End a mute."""
        self._spared.unmute(EVERYTHING if slug is None else slug)

    def tell_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        """Tell in any case when a service works again, once; or no more."""
        self._spared.tell_once(slug, wanted=wanted)

    def _silence(self, event: Event, before: Before, local: datetime) -> str:
        """Return why what waited is not told now, in a sentence; empty when it is."""
        is_off = policy.put_off(event, self._wishes, before)
        return is_off or policy.muted(event, before, local)

    def _before(self) -> Before:
        self._spared.look()
        return replace(
            remember(self._decisions, self._clock()),
            mutes=self._spared.mutes,
            once=self._spared.once,
        )

    def _ask(self) -> str:
        """Return why the person should not be disturbed; asked once in a round."""
        if self._state is None:
            self._state = self._busy()
        return self._state

    def _local(self) -> datetime:
        return self._clock().astimezone(self._zone)

    def _due(self) -> datetime | None:
        """Return when what waits may be told (UTC); None when nothing waits."""
        if not self._decisions.waiting():
            return None
        local = self._local()
        before = self._before()
        due = policy.due(self._wishes, before, local)
        if due == local and (reason := self._ask()):
            due = policy.due(self._wishes, replace(before, busy=reason), local)
        if due is None:
            return self._clock() + self._again
        if due <= local:
            return due
        if self._zone is None and due.tzinfo is local.tzinfo:
            # The system's zone as it will be then: clocks may change meanwhile.
            exact = due.replace(tzinfo=None).astimezone(UTC)
            due = exact if exact > local else due
        return due.astimezone(UTC)

    def _settle(
        self, event: Event, decision: Decision, before: Before, local: datetime
    ) -> None:
        """Write down a decision with what it brings about: at once, or not at all."""
        now, fate, over = self._clock(), decision.fate, event.turn is Turn.ENDED
        decided = [Decided(event, now, fate, decision.reason)]
        if over:
            self._spared.over(event)
        # What comes and goes is not over when it ends.
        is_last = over and event.held != TOO_OFTEN
        if fate is Fate.TOLD or (is_last and fate is Fate.HELD):
            reason = OVERTAKEN if fate is Fate.TOLD else OVER
            # That it works again is not true any more when it is told to be down.
            again = fate is Fate.TOLD and event.turn in BEGINNINGS
            gone = [
                it.event
                for it in self._decisions.waiting()
                if key(it.event) == key(event)
                or (again and it.event.service == event.service)
            ]
            decided += [Decided(it, now, Fate.HELD, reason) for it in gone]
            decided += [
                Decided(other, now, Fate.LATER, found.reason or GATHERED)
                for it in gone
                for other, found in self._left_alone(it, before, local)
            ]
        # Who asked for an end that waits still asks for it when it is told.
        told = over and fate is Fate.TOLD
        self._keep(
            decided, self._spared.once & {event.service} if told else frozenset()
        )

    def _left_alone(
        self, leader: Event, before: Before, local: datetime
    ) -> list[tuple[Event, Decision]]:
        """Return what was to be told in the name of an event that is not told itself.

        Args:
            leader: That event.
            before: What was decided so far.
            local: The present moment in the zone the person lives by.

        Returns:
            What is told after all, now or later, and why; not the beginning of what is
            over, whose end was told with that of others.
        """
        with_it = shared(leader) if leader.cause and not leader.held else None
        before = replace(before, together=before.together - {with_it})
        over = self._decisions.over()
        found = []
        for it in self._decisions:
            if it.fate is Fate.HELD and it.event.held and shared(it.event) == with_it:
                decision = policy.decide(it.event, self._wishes, before, local)
                is_past = it.event.turn is not Turn.ENDED and key(it.event) in over
                is_past = is_past or self._is_past(it.event, before, local)
                if decision and decision.fate is not Fate.HELD and not is_past:
                    found.append((replace(it.event, cause=""), decision))
        return found

    def _is_past(self, event: Event, before: Before, local: datetime) -> bool:
        """Whether its service is in trouble anew, of which a person knows or will."""
        over = self._decisions.over()
        anew = [
            it.event
            for it in self._decisions
            if it.event.service == event.service
            and it.event.episode != event.episode
            and it.event.at > event.at
            and it.event.turn in BEGINNINGS
            and key(it.event) not in over
        ]
        return any(
            key(it) in before.told
            or (key(it) in before.later and not self._silence(it, before, local))
            for it in anew
        )

    def _keep(
        self,
        decided: Sequence[Decided],
        answered: frozenset[ServiceSlug] = frozenset(),
    ) -> None:
        """Write down decisions, and whose end was asked for and is told by them."""
        is_kept = self._decisions.keep(decided, answered)
        self._spared.answered(answered, is_kept=is_kept)

    def _handing(self, events: Sequence[Event]) -> Message:
        """Return the message that tells events, and note that it is handed out."""
        self._handed.update(event.id for event in events)
        last = newest(events)
        if len(last) > 1:
            return gather(events)
        others = tuple(event for event in events if event is not last[0])
        return replace(compose(last[0]), others=others)
