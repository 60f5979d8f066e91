"""The rule from end to end: memory and one moment in, judgement out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import crowd, gate, own, voices
from downlight.core.fusion.course import Course, Notice, advance
from downlight.core.fusion.crowd import Crowd
from downlight.core.fusion.findings import Finding, Sign, Voice, settle
from downlight.core.fusion.gate import DEAD, Event, Fault
from downlight.core.fusion.outlook import missing, turning_points
from downlight.core.fusion.own import Run
from downlight.core.fusion.ruling import TROUBLE, State
from downlight.core.fusion.weighing import UNSURE, Opinion, confidence, weigh
from downlight.core.verdict import Scope

if TYPE_CHECKING:
    from downlight.core.fusion.seen import Moment

SETTLE: Final = timedelta(minutes=2)
"""How long only looking goes on after waking or a jump of clock or network. Assumed."""


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is kept about one service from moment to moment; of constant size."""

    run: Run = Run()
    crowd: Crowd = Crowd()
    heard: tuple[Finding, ...] = ()
    """What each voice said when it spoke last."""
    course: Course = Course()
    settling: datetime | None = None
    """Until when nothing is concluded; None when there was no reason for that."""
    confidence: float = UNSURE


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is shown, why, and what would change it."""

    state: State | None
    """None: it cannot be told."""
    scope: Scope
    places: tuple[str, ...]
    """Countries, where ``scope`` is PLACES."""
    blocked: bool
    """Whether it looks like a block in the person's country, not like an outage."""
    confidence: float
    """0 to 1."""
    odds: float
    """Log-odds of a problem here, in nats."""
    fault: Fault | None
    """What is wrong with the own line."""
    remarks: tuple[str, ...]
    """What goes before the reasons."""
    reasons: tuple[Finding, ...]
    """All findings, the heaviest first."""
    missing: tuple[str, ...]
    """Which evidence there is not, in words."""
    would_change: tuple[str, ...]
    """What would change this, in words."""
    notice: Notice | None
    """What is to be told now."""


def step(memory: Memory, seen: Moment) -> tuple[Memory, Judgement]:
    """Take one more moment into account; a look a minute is what it is made for.

    Args:
        memory: What is kept from the moments before.
        seen: Everything seen now.
    """
    if seen.event is not None:
        memory = _rebased(memory, seen.event, seen.now)
    settling = memory.settling is not None and seen.now < memory.settling
    fault = gate.fault(seen.line)
    if fault in DEAD:
        seen = replace(seen, page=None, posts=None, countries=())
    memory, findings = _find(memory, seen, usable=fault is None and not settling)
    opinion = weigh(findings, fault, seen.home)
    notice = None
    if not settling:
        course, notice = advance(memory.course, opinion, seen.now)
        sure = confidence(course.state, opinion)
        memory = replace(memory, course=course, settling=None, confidence=sure)
    return memory, _judge(memory, opinion, seen, notice)


def _rebased(memory: Memory, event: Event, now: datetime) -> Memory:
    slept = event is Event.SLEPT
    course = memory.course.rebased(
        forget_state=slept, forget_times=event is Event.CLOCK
    )
    return Memory(
        crowd=memory.crowd.rebased(),
        course=course,
        settling=now + SETTLE,
        confidence=UNSURE if course.state is None else memory.confidence,
    )


def _find(
    memory: Memory, seen: Moment, *, usable: bool
) -> tuple[Memory, tuple[Finding, ...]]:
    """Return what every voice says, and what is kept of it."""
    now, last = seen.now, {f.voice: f for f in memory.heard}
    settling = memory.settling is not None and now < memory.settling
    run, checked = own.look(memory.run, seen.checks, usable=usable)
    if not usable and seen.checks is not None:
        words = "Our own checks count for nothing over this line"
        checked = Finding(Voice.OWN, Sign.NOT_TOLD, now, 0.0, words, silent=True)
    people, said = memory.crowd, None
    posts = seen.posts if seen.posts and seen.posts.is_sound(now) else None
    if posts is not None and not settling:
        people = crowd.count(people, posts)
        alone = own.is_alone(checked)
        siblings = seen.kin.siblings
        said = crowd.listen(people, posts, siblings=siblings, alone=alone)
    new = {
        Voice.OFFICIAL: voices.of_page(seen.page, now) if seen.page else None,
        Voice.OWN: checked,
        Voice.PEOPLE: said,
        Voice.COUNTRIES: voices.of_countries(seen.countries, seen.home, now),
    }
    found = [settle(new[voice], last.get(voice), now) for voice in new]
    findings = tuple(f for f in found if f is not None)
    heard = last | {f.voice: f for f in findings if not f.silent}
    memory = replace(memory, run=run, crowd=people, heard=tuple(heard.values()))
    return memory, (*findings, *voices.of_kin(seen.kin, now))


def _judge(
    memory: Memory, opinion: Opinion, seen: Moment, notice: Notice | None
) -> Judgement:
    state = memory.course.state
    remarks = opinion.remarks
    if opinion.fault is not None:
        remarks = (gate.words(opinion.fault, seen.line), *remarks)
    if memory.settling is not None:
        words = "Just woke up, or clock or network changed: re-checking"
        remarks = (words, *remarks)
    if memory.course.is_unstable:
        words = "Unstable: it changes too often, so notifications are paused"
        remarks = (words, *remarks)
    trouble = state in TROUBLE
    return Judgement(
        state,
        opinion.scope if trouble else Scope.UNKNOWN,
        opinion.places if trouble else (),
        trouble and opinion.blocked,
        memory.confidence,
        opinion.odds,
        opinion.fault,
        remarks,
        opinion.reasons,
        missing(opinion.reasons),
        turning_points(state, opinion),
        notice,
    )
