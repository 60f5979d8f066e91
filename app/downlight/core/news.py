"""What the engine tells the outside: complete, immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.lead import UNSEEN, Stamps

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.evidence.cause import Cause
    from downlight.core.evidence.verdict import Evidence, Verdict
    from downlight.core.level import Level
    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service


BLOCKED: Final = "/blocked"
"""Stands in the id of an event that tells of what looks like a block: titles are in the
person's language."""


@unique
class Turn(StrEnum):
    """What kind of news an event is."""

    BEGAN = "began"
    WORSENED = "worsened"
    EASED = "eased"
    ENDED = "ended"
    UPDATE = "update"
    CONFIRMED = "confirmed"
    """What was told as a guess has turned out true."""
    UNSTABLE = "unstable"
    """It begins and ends too often for each turn to be told."""
    MAINTENANCE_BEGAN = "maintenance_began"
    MAINTENANCE_ENDED = "maintenance_ended"

    @property
    def is_worth_telling(self) -> bool:
        """Whether a notification is due: when an outage starts and when it ends."""
        return self in {Turn.BEGAN, Turn.CONFIRMED, Turn.UNSTABLE, Turn.ENDED}


@unique
class Act(StrEnum):
    """What a person can do right on a notification."""

    OPEN = "open"
    """See it in the window."""
    MUTE = "mute"
    """Hear no more of this outage but its end."""
    ME = "me"
    """Find out whether it is the person's own side."""


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news about one service, as it is kept and told."""

    id: str
    """The same for the same news, also after a restart."""
    at: datetime
    """When we knew (aware, UTC)."""
    service: ServiceSlug
    turn: Turn
    level: Level | None
    """The level after the event; of what comes and goes, the worst of late."""
    scope: str
    """Where, in words: "Brazil, Spain", "worldwide", "here", "not known"."""
    title: str
    """Headline for a notification: service, direction, place."""
    sentence: str
    """The whole of it in one or two sentences."""
    episode: str = ""
    """Names the outage it belongs to; all its events share it."""
    incident: str = ""
    """The provider's id of the incident it is about; empty when there is none."""
    held: str = ""
    """Why no notification is due all the same; empty when one may be."""
    cause: str = ""
    """Names the trouble it shares with other services; empty when it is its own."""

    @property
    def is_of_block(self) -> bool:
        """Whether it tells that something seems to be blocked."""
        return BLOCKED in self.id

    @property
    def is_worth_telling(self) -> bool:
        """Whether a notification is due."""
        return self.turn.is_worth_telling and not self.held


@dataclass(frozen=True, slots=True)
class Message:
    """One notification, in plain text; each channel escapes it for its own wire."""

    event: Event
    title: str
    body: str
    urgent: bool = False
    """Whether it may break through: an outage began, or got worse."""
    others: tuple[Event, ...] = ()
    """What else it tells, in one go."""
    acts: tuple[Act, ...] = (Act.OPEN,)
    """What it offers, where the channel has buttons; the first is a click on it."""

    @property
    def events(self) -> tuple[Event, ...]:
        """All it tells."""
        return (*self.others, self.event)

    @property
    def key(self) -> str:
        """Messages of one outage share it, so that one replaces the other."""
        outages = {it.cause or f"{it.service}:{it.episode}" for it in self.events}
        return outages.pop() if len(outages) == 1 else f"digest:{self.event.id}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome of one attempt to notify."""

    event: str
    """`Event.id`."""
    channel: str
    """E.g. ``dbus``, ``plyer``, ``tray``, ``none``."""
    at: datetime
    outcome: str
    """``delivered``, ``held`` or ``failed``."""
    detail: str = ""
    """Why it failed or was held, in a sentence."""


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Everything that is known about one watched service."""

    service: Service
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    since: datetime | None = None
    """Since when the announced level holds, as well as we know."""
    stamps: Stamps = UNSEEN
    """Who first saw the trouble, and when."""
    late: bool = False
    """Whether nobody had looked before it was noticed: it may have begun earlier."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of everything that is watched, at one moment."""

    at: datetime
    services: tuple[ServiceView, ...] = ()
    online: bool | None = None
    """Whether any host answers; None before anyone was asked."""
    asking: bool = False
    """Whether a first answer is still being waited for."""
    trouble: str = ""
    """Why monitoring stopped; empty while it goes on."""
    notices: tuple[str, ...] = ()
    """What a person should know about this run, e.g. that memory is not kept."""
    replay: str = ""
    """Name of the recording that is played; empty when live."""
    line: str = ""
    """What is wrong with the own line, as far as was looked; empty when nothing."""
    causes: tuple[Cause, ...] = ()
    """Which services are in trouble together."""

    @property
    def level(self) -> Level | None:
        """The worst level of all services, or None when none is known."""
        levels = [v.verdict.level for v in self.services if v.verdict.level is not None]
        return max(levels, default=None)


@dataclass(frozen=True, slots=True)
class News:
    """A new state, and what led to it."""

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
