"""What was decided about earlier events, and what of that matters for the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.news import Event, Turn
from downlight.core.speech import ENGLISH, language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from downlight.core.level import Level
    from downlight.core.model import ServiceSlug
    from downlight.core.telling.mute import Mute

    Shared: TypeAlias = tuple[str, Turn, datetime]
    """What was told together: the cause, the turn, and when."""

HOUR: Final = timedelta(hours=1)
BEGINNINGS: Final = frozenset(
    {Turn.BEGAN, Turn.CONFIRMED, Turn.WORSENED, Turn.UNSTABLE}
)
"""Turns after which a person who was told knows that there is trouble."""
TURNS: Final = frozenset({*BEGINNINGS, Turn.EASED, Turn.ENDED})
"""Turns about which anything is ever decided."""
SMALL: Final = mark("It is not bad enough to be told.")


@unique
class Fate(StrEnum):
    """What becomes of one event."""

    TOLD = "told"
    LATER = "later"
    """In the digest of what was held back."""
    HELD = "held"
    """Only in the window."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was decided before, as far as it matters."""

    told: Mapping[str, Level | None] = field(default_factory=dict)
    """`key` of each outage of which a person was told that it is; how bad, at worst."""
    later: frozenset[str] = frozenset()
    """`key` of each outage whose beginning waits to be told."""
    small: frozenset[str] = frozenset()
    """`key` of each outage that was not bad enough so far."""
    together: frozenset[Shared] = frozenset()
    """What was told, or waits to be, in the name of several services."""
    moments: tuple[datetime, ...] = ()
    """When anything was told within the last hour, oldest first."""
    mutes: Mapping[ServiceSlug, Mute] = field(default_factory=dict)
    """Those that hold."""
    once: frozenset[ServiceSlug] = frozenset()
    """Of whom a person asked to be told once, when it works again."""
    busy: str = ""
    """Why the person should not be disturbed, in words; empty when he may be."""
    since: datetime | None = None
    """When it was decided that the oldest of what waits does; None: nothing waits."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is remembered."""

    event: Event
    at: datetime
    """When it was taken, or taken anew (aware, UTC)."""
    fate: Fate
    reason: str = ""
    """A sentence, in English where it is a fixed one (`sentence` says it in the
    person's language); of what was told: that it had to wait."""
    shown: bool | None = None
    """Whether a channel took it; None when none was tried yet."""


def key(event: Event) -> str:
    """Return what names the outage an event is about."""
    return f"{event.service}/{event.episode}"


def sentence(decided: Decided) -> str:
    """Return what became of an event, and why: "Held: quiet hours until 07:00."."""
    reason = tr(decided.reason)
    if decided.fate is Fate.HELD:
        return tr("Held: {reason}", reason=_flowing(reason))
    if decided.fate is Fate.LATER:
        return tr("Waits: {reason}", reason=_flowing(reason))
    if decided.shown is False:
        return tr("Not shown: no notification got through.")
    return reason or tr("Told.")


def _flowing(reason: str) -> str:
    """Return a sentence as it goes on after a colon."""
    # Others begin with a capital there, or have letters of which case is no plain pair.
    is_small = language() == ENGLISH
    return reason[:1].lower() + reason[1:] if is_small else reason


def remember(decided: Iterable[Decided], now: datetime) -> Before:
    """Return what matters of earlier decisions; who is muted is not among it.

    Args:
        decided: Each event once, with what was decided last, oldest event first.
        now: The present moment (aware).
    """
    decided = tuple(decided)
    together = {
        shared(d.event): d.fate
        for d in decided
        if d.event.cause and not d.event.held and d.fate is not Fate.HELD
    }
    told: dict[str, Level | None] = {}
    later: set[str] = set()
    small: set[str] = set()
    for it in decided:
        if it.event.turn not in BEGINNINGS:
            continue
        name = key(it.event)
        # What was told together has the fate of that which told it.
        fate = together.get(shared(it.event), it.fate) if it.event.held else it.fate
        if fate is Fate.TOLD:
            levels = (told.get(name), it.event.level)
            told[name] = max((it for it in levels if it is not None), default=None)
        elif fate is Fate.LATER:
            later.add(name)
        elif it.reason == SMALL:
            small.add(name)
    recent = [d for d in decided if d.fate is Fate.TOLD and abs(now - d.at) < HOUR]
    single = [d.at for d in recent if not d.reason]
    gathered = {d.at for d in recent if d.reason}  # one message for all of them
    return Before(
        told,
        frozenset(later),
        frozenset(small - later - told.keys()),
        frozenset(together),
        tuple(sorted([*single, *gathered])),
        since=min((d.at for d in decided if d.fate is Fate.LATER), default=None),
    )


def stands_alone(event: Event, before: Before) -> bool:
    """Whether an event that should be told by another one is told by none."""
    return bool(event.held and event.cause) and shared(event) not in before.together


def shared(event: Event) -> Shared:
    """Return what an event shares with those that are told together with it."""
    return event.cause, event.turn, event.at
