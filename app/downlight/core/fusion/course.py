"""What is believed over time, and what is told: one moment is no story yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.gate import Fault
from downlight.core.fusion.ruling import CALM, TROUBLE, State
from downlight.core.model import SKEW

if TYPE_CHECKING:
    from downlight.core.fusion.weighing import Opinion

ENTER: Final = timedelta(minutes=1)
"""A new state must hold so long: two looks, a look a minute. Assumed."""
LEAVE: Final = timedelta(minutes=9)
"""Trouble is over after so long without: the tenth calm look. Assumed."""
EASE: Final = timedelta(minutes=4)
"""An outage has eased after so long. Assumed."""
POOR_LINE: Final = timedelta(minutes=7)
"""A poor line must last so long to be told. Assumed."""
CHANGES: Final = 3
"""More changes within `UNSTABLE` are too many to tell. Assumed."""
UNSTABLE: Final = timedelta(hours=1)
"""How far back changes count, and how long nothing is told after too many; beginnings
and ends are told again when there was none for so long. Assumed."""
UPDATE_GAP: Final = timedelta(minutes=10)
"""A worsening sooner after a notice is part of it. Assumed."""
BLAME_GAP: Final = timedelta(minutes=30)
"""Least time between two notices that it is the person. Assumed."""


@unique
class Notice(StrEnum):
    """What is worth telling a person at once."""

    EARLY_WARNING = "early_warning"
    """One kind of evidence, the official page silent."""
    ALERT = "alert"
    """Confirmed when first told."""
    CONFIRMED = "confirmed"
    """An early warning turned out true."""
    UPDATE = "update"
    """It got worse."""
    RECOVERY = "recovery"
    ITS_YOU = "its_you"


@dataclass(frozen=True, slots=True)
class Course:
    """What is believed about one service, and what was told."""

    state: State | None = None
    fresh: bool = True
    """Whether nothing was believed since a start or a long sleep."""
    candidate: State | None = None
    since: datetime | None = None
    """Since when ``candidate`` is what the evidence says; None: there is none."""
    told: Notice | None = None
    """How the open trouble was told: EARLY_WARNING or ALERT."""
    updated: bool = False
    """Whether a worsening was told."""
    changes: tuple[datetime, ...] = ()
    """When the state changed within `UNSTABLE`, the last few."""
    turns: tuple[datetime, ...] = ()
    """When trouble began or ended within `UNSTABLE`, the last few."""
    hushed: datetime | None = None
    """Until when beginnings and ends are not told, as there were too many: so long
    after the last of them."""
    quiet: bool = False
    """Whether that was so before the last look."""
    noted: datetime | None = None
    """When anything was told last."""
    blamed: datetime | None = None
    """When it was told last that it is the person."""
    muted: datetime | None = None
    """Until when nothing is told."""

    @property
    def is_turning(self) -> bool:
        """Whether the evidence says something else than is believed (yet)."""
        return self.since is not None and self.candidate is not self.state

    @property
    def is_unstable(self) -> bool:
        """Whether it changes too often to be told."""
        return self.muted is not None

    def rebased(self, *, forget_state: bool, forget_times: bool) -> Course:
        """Return what is still believed after waking, or a jump of clock or network.

        Args:
            forget_state: Nothing is known any more; what was told is.
            forget_times: The clock was wrong, so moments kept mean nothing.
        """
        course = replace(self, candidate=None, since=None)
        if forget_state:
            course = replace(course, state=None, fresh=True)
        if forget_times:
            course = replace(
                course,
                changes=(),
                turns=(),
                noted=None,
                blamed=None,
                muted=None,
                hushed=None,
            )
        return course


def advance(
    course: Course, opinion: Opinion, now: datetime
) -> tuple[Course, Notice | None]:
    """Take the opinion of one more moment into account.

    Returns:
        What is believed then, and what is to be told, if anything.
    """
    before = course.state
    course = _consider(course, opinion.state, now)
    changed = opinion.state is not before and _held(course, now) >= patience(
        before, opinion, fresh=course.fresh
    )
    if opinion.state is not None:
        course = replace(course, fresh=False)
    turn = (now,) if changed and _is_turn(before, opinion.state) else ()
    if changed:
        known = (now,) if before is not None else ()
        course = replace(
            course,
            state=opinion.state,
            changes=(*course.changes, *known)[-CHANGES - 1 :],
            turns=(*course.turns, *turn)[-CHANGES - 1 :],
        )
    notice = None
    if not course.is_unstable:
        notice = _trouble(course, opinion) or (
            _turn(course, before, now) if changed else None
        )
        notice = notice or _recovery(course, opinion)
    course = _told(course, notice, now)
    if len(course.changes) > CHANGES and not course.is_unstable:
        course = replace(course, muted=now + UNSTABLE)
    if turn and (len(course.turns) > CHANGES or course.hushed is not None):
        course = replace(course, hushed=now + UNSTABLE)
    return course, notice


def patience(before: State | None, opinion: Opinion, *, fresh: bool) -> timedelta:
    """Return how long an opinion must hold before it is believed.

    Where the official page is all there is, its word counts as it comes: who alone
    began an outage ends it.

    Args:
        before: What is believed now.
        opinion: What the evidence says.
        fresh: Whether nothing was believed yet, so that calm need not wait.
    """
    state = opinion.state
    if opinion.alone:
        return timedelta()
    if before in TROUBLE and (state is None or state is State.OPERATIONAL):
        return LEAVE
    if before is State.OUTAGE and state is State.DEGRADED:
        return EASE
    if state is State.ITS_YOU and opinion.fault is Fault.POOR:
        return POOR_LINE
    at_once = (
        state is State.MAINTENANCE
        or (state in TROUBLE and opinion.official)
        or (state is State.ITS_YOU and opinion.fault is Fault.NO_LINK)
        or (before is None and fresh and state in CALM)
    )
    return timedelta() if at_once else ENTER


def _consider(course: Course, state: State | None, now: datetime) -> Course:
    """Note what the evidence says, and drop what is long past."""
    if course.since is None or course.candidate is not state:
        course = replace(course, candidate=state, since=now)
    if course.muted is not None and not _lasts(course.muted, now):
        course = replace(course, muted=None, changes=())
    if course.hushed is not None and not _lasts(course.hushed, now):
        course = replace(course, hushed=None, turns=())
    changes, turns = _recent(course.changes, now), _recent(course.turns, now)
    quiet = course.hushed is not None
    if (changes, turns, quiet) == (course.changes, course.turns, course.quiet):
        return course
    return replace(course, changes=changes, turns=turns, quiet=quiet)


def _lasts(until: datetime, now: datetime) -> bool:
    """Whether a silence still lasts; one too long is of a clock that was ahead."""
    return timedelta() <= until - now <= UNSTABLE + SKEW


def _recent(moments: tuple[datetime, ...], now: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in moments if -SKEW <= now - at <= UNSTABLE)


def _is_turn(before: State | None, after: State | None) -> bool:
    """Whether trouble began or ended; getting worse, or not being known, is neither."""
    return (before in TROUBLE and after in CALM) or (
        before in CALM and after in TROUBLE
    )


def _held(course: Course, now: datetime) -> timedelta:
    return now - (course.since or now)


def _trouble(course: Course, opinion: Opinion) -> Notice | None:
    """Return how to tell trouble that is believed, and that the evidence shows now."""
    if course.state not in TROUBLE or opinion.state not in TROUBLE:
        return None
    if course.told is None:
        return Notice.ALERT if opinion.confirmed else Notice.EARLY_WARNING
    early = course.told is Notice.EARLY_WARNING
    return Notice.CONFIRMED if early and opinion.confirmed else None


def _turn(course: Course, before: State | None, now: datetime) -> Notice | None:
    """Return what a change of state is worth telling, beside trouble's beginning."""
    worse = course.state is State.OUTAGE and before is State.DEGRADED
    if worse and not course.updated and _since(course.noted, now) >= UPDATE_GAP:
        return Notice.UPDATE
    blame = course.state is State.ITS_YOU and _since(course.blamed, now) >= BLAME_GAP
    return Notice.ITS_YOU if blame else None


def _recovery(course: Course, opinion: Opinion) -> Notice | None:
    well = course.state is State.OPERATIONAL and opinion.state is State.OPERATIONAL
    return Notice.RECOVERY if well and course.told is not None else None


def _since(at: datetime | None, now: datetime) -> timedelta:
    return timedelta.max if at is None or at - now > SKEW else now - at


def _told(course: Course, notice: Notice | None, now: datetime) -> Course:
    match notice:
        case None:
            return course
        case Notice.EARLY_WARNING | Notice.ALERT:
            course = replace(course, told=notice)
        case Notice.CONFIRMED:
            course = replace(course, told=Notice.ALERT)
        case Notice.UPDATE:
            course = replace(course, updated=True)
        case Notice.RECOVERY:
            course = replace(course, told=None, updated=False)
        case _:
            course = replace(course, blamed=now)
    return replace(course, noted=now)
