"""What of the news a person is told at once, what later, what not at all, and why.

Pure: the decision hangs on the event, the person's wishes and what was decided before;
each "not now" has its reason in a sentence.

* The beginning of an outage is told, and its end to who was told of the beginning.
* That it got worse is told only to who was not told of the beginning because it was not
  bad enough, or because it waits; then it counts as the beginning.
* A guess that came true is told, and counts as the beginning for who does not know.
* That it comes and goes is told once, as a beginning; how it is then, as another turn.
* What waits is told in one go (`downlight.core.telling.digest`); whatever happens to an
  outage meanwhile waits with it, so that what is told then is how it is then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.news import Event, Turn
from downlight.core.speech import mark, tr, trn
from downlight.core.telling import mute, quiet
from downlight.core.telling.decided import HOUR, SMALL, TURNS, Fate, key, stands_alone
from downlight.core.telling.mute import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.model import ServiceSlug
    from downlight.core.telling.decided import Before

FLOORS: Final[Mapping[str, Level]] = {
    "troubled": Level.DEGRADED,
    "partly": Level.PARTIAL,
    "down": Level.MAJOR,
}
"""The words in which a person says how bad it must be."""
MOST: Final = 6
"""Notifications an hour. Assumed: of twice as many the first are not read any more."""
LONGEST_BUSY: Final = timedelta(hours=3)
"""News waits so long at most for a person who is busy: the longest film. What says it
longer is a program that forgot to say the opposite, or one that always says it."""


@unique
class Wanted(StrEnum):
    """What a person wants to be told of one service."""

    ALWAYS = "always"
    START = "start"
    END = "end"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person chose; the defaults tell everything that is down or troubled."""

    notify: bool = True
    wanted: Mapping[ServiceSlug, Wanted] = field(default_factory=dict)
    """Of the services that are not told always."""
    floor: Level = Level.DEGRADED
    """What is better than this is not told."""
    quiet: tuple[quiet.Window, ...] = ()
    quiet_floor: Level | None = None
    """From this level on it is told in quiet hours too; None: nothing is."""
    most: int = MOST
    """Notifications an hour, 1 or more; what comes beyond waits."""
    hold_while_busy: bool = True
    """Whether it is looked whether the person is busy; then news waits meanwhile."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an event, and why."""

    fate: Fate
    reason: str = ""
    """A sentence, as in `decided.Decided`; empty when it is told at once."""


TELL: Final = Decision(Fate.TOLD)


def decide(
    event: Event, wishes: Wishes, before: Before, local: datetime
) -> Decision | None:
    """Return what becomes of an event; None when it is none that is ever told.

    Args:
        event: What happened.
        wishes: What the person chose.
        before: What was decided before.
        local: The present moment in the zone the person lives by.
    """
    if not _matters(event, before):
        return None
    reason = (
        _kept(event, before)
        or _unwanted(event, wishes, before)
        or muted(event, before, local)
        or _small(event, wishes)
        or _half(event, wishes, before)
    )
    if reason:
        return Decision(Fate.HELD, reason)
    if reason := _waits(event, wishes, before, local):
        return Decision(Fate.LATER, reason)
    return TELL


def muted(event: Event, before: Before, local: datetime) -> str:
    """Return that a mute holds for an event, in a sentence; empty when none does.

    The end of an outage is what "until it ends" waits for, and what a person who asked
    to be told once wants to hear in any case.
    """
    ends = event.turn is Turn.ENDED
    if ends and event.service in before.once:
        return ""
    for slug, words in (
        (event.service, mark("It is muted {until}.")),
        (EVERYTHING, mark("Everything is muted {until}.")),
    ):
        found = before.mutes.get(slug)
        if found is not None and not (ends and found.until is None):
            return tr(words, until=mute.words(found, local))
    return ""


def put_off(event: Event, wishes: Wishes, before: Before) -> str:
    """Return why what waits is not wanted any more; empty when it is.

    Who wants no ends is told the end of what waits all the same: its beginning alone
    would not be true any more.
    """
    if wishes.notify and wishes.wanted.get(event.service) is Wanted.START:
        return ""
    return _unwanted(event, wishes, before)


def due(wishes: Wishes, before: Before, local: datetime) -> datetime | None:
    """Return when what waits may be told: ``local`` itself when that is now.

    None while the person is busy: who knows when that ends. `LONGEST_BUSY` after news
    began to wait for that, it does not count any more.
    """
    if (end := quiet.until(wishes.quiet, local)) is not None:
        return end
    if _is_busy(wishes, before, local):
        return None
    if len(before.moments) >= wishes.most:
        return before.moments[-wishes.most] + HOUR
    return local


def _matters(event: Event, before: Before) -> bool:
    match event.turn:
        case Turn.WORSENED:
            return key(event) in before.small | before.later
        case Turn.EASED:
            return key(event) in before.later
        case _:
            return event.turn in TURNS


def _kept(event: Event, before: Before) -> str:
    return "" if stands_alone(event, before) else event.held


def _unwanted(event: Event, wishes: Wishes, before: Before) -> str:
    if not wishes.notify:
        return mark("Notifications are off.")
    ends = event.turn is Turn.ENDED
    if ends and event.service in before.once:
        return ""
    match wishes.wanted.get(event.service, Wanted.ALWAYS):
        case Wanted.NEVER:
            return mark("You chose never to be told of it.")
        case Wanted.START if ends:
            return mark("You chose to be told only when it begins.")
        case Wanted.END if not ends:
            return mark("You chose to be told only when it ends.")
        case _:
            return ""


def _small(event: Event, wishes: Wishes) -> str:
    # What only eases goes on waiting: how it is will be told then.
    if event.turn in {Turn.ENDED, Turn.EASED} or event.level is None:
        return ""
    return "" if event.level >= wishes.floor else SMALL


def _half(event: Event, wishes: Wishes, before: Before) -> str:
    """Return that an end is no news for who was not told of the beginning."""
    if event.turn is not Turn.ENDED or event.service in before.once:
        return ""
    if wishes.wanted.get(event.service) is Wanted.END:
        return ""
    known = key(event) in before.later or key(event) in before.told
    return "" if known else mark("Its beginning was not told.")


def _waits(event: Event, wishes: Wishes, before: Before, local: datetime) -> str:
    if event.turn in {Turn.ENDED, Turn.EASED} and key(event) in before.later:
        return mark("Its beginning waits to be told, too.")
    end = quiet.until(wishes.quiet, local)
    if end is not None and not _is_loud(event, wishes.quiet_floor, before):
        return tr("Quiet hours until {time}.", time=f"{end:%H:%M}")
    if _is_busy(wishes, before, local):
        return before.busy
    if len(before.moments) >= wishes.most:
        return trn(
            "More than {n} notification within an hour.",
            "More than {n} notifications within an hour.",
            wishes.most,
        )
    return ""


def _is_busy(wishes: Wishes, before: Before, local: datetime) -> bool:
    if not before.busy or before.since is None:
        return bool(before.busy)
    since = before.since.astimezone(local.tzinfo)
    # What waited for the end of quiet hours has waited for nothing else so far.
    since = quiet.until(wishes.quiet, since) or since
    # A clock that was set back must not make it longer.
    return abs(local - since) < LONGEST_BUSY


def _is_loud(event: Event, floor: Level | None, before: Before) -> bool:
    """Whether an event is told in quiet hours; its end, if the beginning was as bad."""
    ends = event.turn is Turn.ENDED
    level = before.told.get(key(event)) if ends else event.level
    return floor is not None and level is not None and level >= floor
