"""The rule from end to end: memory and one moment in, judgement out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import crowd, gate, own, voices
from downlight.core.fusion.course import Course, Notice, advance, patience
from downlight.core.fusion.crowd import Crowd
from downlight.core.fusion.findings import Finding, Sign, Voice, settle
from downlight.core.fusion.gate import DEAD, Event
from downlight.core.fusion.judgement import Judgement
from downlight.core.fusion.outlook import missing, turning_points
from downlight.core.fusion.own import Run
from downlight.core.fusion.ruling import TROUBLE
from downlight.core.fusion.weighing import UNSURE, Opinion, confidence, weigh
from downlight.core.scope import Scope
from downlight.core.speech import tr

if TYPE_CHECKING:
    from downlight.core.fusion.seen import Moment

SETTLE: Final = timedelta(minutes=2)
"""How long only looking goes on after waking or a jump of clock or network. Assumed."""
LATER: Final = timedelta(seconds=1)
"""Past the end of a silence, not at it."""


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
    opinion = weigh(findings, fault, seen.home, seen.also, others=seen.others)
    notice = None
    if not settling:
        course, notice = advance(memory.course, opinion, seen.now)
        sure = confidence(course.state, opinion)
        memory = replace(memory, course=course, settling=None, confidence=sure)
    return memory, _judge(memory, opinion, seen, notice)


def due(memory: Memory, opinion: Opinion) -> datetime | None:
    """Return when time alone changes what is believed; None when it does not.

    Args:
        memory: What is kept after the present moment.
        opinion: What the evidence says, and goes on saying.
    """
    if memory.settling is not None:
        return memory.settling
    course, moments = memory.course, []
    if course.since is not None and course.is_turning:
        wait = patience(course.state, opinion, fresh=course.fresh)
        moments.append(course.since + wait)
    moments += [at + LATER for at in (course.muted, course.hushed) if at is not None]
    return min(moments, default=None)


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
    lonely = seen.checks is not None and seen.checks.lonely
    run, checked = own.look(memory.run, seen.checks, usable=usable and not lonely)
    if seen.checks is not None and (lonely or not usable):
        words = tr("Our own checks count for nothing over this line")
        if lonely:
            words = tr(
                "Our own checks fail, as all else does since: it may be the line"
            )
        checked = Finding(Voice.OWN, Sign.NOT_TOLD, now, 0.0, words, silent=True)
    people, said = memory.crowd, None
    posts = seen.posts if seen.posts and seen.posts.is_sound(now) else None
    if posts is not None and not settling:
        for minute in (*seen.missed, posts):
            people = crowd.count(people, minute)
        alone = own.is_alone(checked)
        siblings = seen.kin.siblings
        said = crowd.listen(people, posts, siblings=siblings, alone=alone)
    new = {
        Voice.OFFICIAL: voices.of_page(seen.page, now) if seen.page else None,
        Voice.OWN: checked,
        Voice.PEOPLE: said,
        Voice.COUNTRIES: voices.of_countries(seen.countries, seen.home, now),
    }
    found = [settle(new[v], last.get(v), now, carry=not seen.held) for v in new]
    findings = tuple(f for f in found if f is not None)
    heard = last | {f.voice: f for f in findings if not f.silent}
    memory = replace(memory, run=run, crowd=people, heard=tuple(heard.values()))
    return memory, (*findings, *voices.of_kin(seen.kin, now))


def _judge(
    memory: Memory, opinion: Opinion, seen: Moment, notice: Notice | None
) -> Judgement:
    course = memory.course
    state, remarks = course.state, opinion.remarks
    if opinion.fault is not None:
        remarks = (gate.words(opinion.fault, seen.line), *remarks)
    if memory.settling is not None:
        words = tr("Just woke up, or clock or network changed: re-checking")
        remarks = (words, *remarks)
    if course.is_unstable:
        words = tr("Unstable: it changes too often, so notifications are paused")
        remarks = (words, *remarks)
    trouble = state in TROUBLE
    calm = trouble and course.candidate not in TROUBLE
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
        opinion.support,
        opinion.confirmed,
        course.since if calm else None,
        course.quiet,
        opinion.abroad,
        opinion.elsewhere,
        due(memory, opinion),
    )
