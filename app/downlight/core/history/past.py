"""What is known about the past of a service, and who knows it.

There are three origins: what we saw ourselves, what the provider's page told, and the
public record that comes with Downlight. What none of them looked at is not known.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from downlight.core.level import Level
    from downlight.core.model import Component, Incident, ServiceSlug, SourceId
    from downlight.core.news import Event
    from downlight.core.service import Service

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@unique
class Origin(StrEnum):
    """Who knows about an outage."""

    SEEN = "seen"
    """Downlight saw it."""
    TOLD = "told"
    """The provider's page listed it."""
    RECORD = "record"
    """It stands in the public record."""


@unique
class Kind(StrEnum):
    """What sort of trouble it was."""

    OUTAGE = "outage"
    BLOCK = "block"
    """A court or a state had it blocked: the service itself worked."""
    SIBLING = "sibling"
    """Other services of the same house; this one hardly or not."""


@unique
class Root(StrEnum):
    """Why it failed, in one word; the words are the public record's."""

    EQUIPMENT = "equipment"
    CHANGE = "change"
    LOAD = "load"
    INSIDE = "inside"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time (aware, UTC)."""

    begun: datetime
    ended: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ended - self.begun


@dataclass(frozen=True, slots=True)
class Outage:
    """One time a service was in trouble, as far as anybody knows."""

    id: str
    begun: datetime
    """The best that is known of its beginning (aware, UTC); see ``precision``."""
    origins: tuple[Origin, ...]
    precision: timedelta | None = timedelta()
    """How far from ``begun`` it may have begun: a day where only the day is known, and
    then ``begun`` is 00:00 UTC of it. None: it was noticed then, and began earlier."""
    ended: datetime | None = None
    """When it ended (aware, UTC); None while it lasts, or when nobody says."""
    end_known: bool = True
    """Whether it ended then, not just by then."""
    lasts: bool = False
    """Whether it goes on, as far as we know."""
    lasted: timedelta | None = None
    """How long it was as somebody says, where that is not from begin to end."""
    kind: Kind = Kind.OUTAGE
    level: Level | None = None
    """The worst it came to; None when nobody says, and for what is no outage."""
    services: tuple[str, ...] = ()
    """What failed, where the record names it."""
    where: str = ""
    """In words, of a `Past` in the person's; empty when not said."""
    countries: tuple[str, ...] = ()
    """Those that are named, ISO 3166-1 alpha-2; more may have been touched."""
    what: str = ""
    """What failed, in a sentence or as the provider titled it."""
    root: Root | None = None
    sure: bool = False
    """Whether ``root`` was confirmed, not just supposed."""
    cause: str = ""
    """The cause as published; empty when it was not."""
    word: datetime | None = None
    """When the provider first spoke of it (aware, UTC), known to the hour at least."""
    silent: bool | None = None
    """Whether the provider never wrote a word of it; None when that is not known."""
    official: str = ""
    """What it said and where, as the record has it."""
    said: tuple[datetime, ...] = ()
    """When its page said something, oldest first."""
    evidence: datetime | None = None
    """When others than the provider's page had it first, known to the hour at least."""
    incidents: tuple[str, ...] = ()
    """The provider's ids of it."""
    sources: tuple[str, ...] = ()
    """Addresses where it can be read."""
    trust: str = ""
    """How far the sources of the record agree: high, medium or low; else empty."""
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether it goes into figures: trouble of the service itself."""
        return (
            self.kind is Kind.OUTAGE
            and self.level is not None
            and self.level.is_trouble
        )

    @property
    def length(self) -> timedelta | None:
        """How long it was; None while it lasts, and when that is not known."""
        if self.lasted is not None:
            return self.lasted
        if self.ended is None or not self.end_known or not self.to_the_hour:
            return None
        return max(self.ended - self.begun, timedelta())

    @property
    def to_the_hour(self) -> bool:
        """Whether its beginning is known to the hour at least."""
        return self.precision is not None and self.precision <= HOUR

    @property
    def delay(self) -> timedelta | None:
        """How long after the first evidence of others the provider first spoke.

        Nothing where the page was first. None when either moment is not known: what a
        page itself says of the beginning is no measure of its own delay.
        """
        if self.word is None or self.evidence is None:
            return None
        return max(self.word - self.evidence, timedelta())


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as the journal keeps it."""

    source: SourceId
    incident: Incident
    """Its level is the worst it ever had; its updates are not in it."""
    said: tuple[datetime, ...] = ()
    """When there was an update, oldest first."""
    gone: datetime | None = None
    """When it was missing from the page though nobody had closed it."""
    named: bool = True
    """Whether it was kept which parts it touches; not by earlier versions."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What the journal holds about the past of one service."""

    events: tuple[Event, ...] = ()
    """Oldest first."""
    open_episode: str = ""
    """Names the outage that is open; empty when there is none."""
    began: datetime | None = None
    """When the open one began, as well as anyone says."""
    told: tuple[Told, ...] = ()
    """Oldest first, as told of the whole page."""
    watched: tuple[tuple[SourceId, Span], ...] = ()
    """When each source was read, without longer pauses."""
    parts: Mapping[SourceId, tuple[Component, ...]] = field(default_factory=dict)
    """The parts of each page as last seen, where only some of them count."""
    listed: Span | None = None
    """Of which time the page lists every incident; None: nobody knows."""


@dataclass(frozen=True, slots=True)
class Record:
    """The public record of one service."""

    outages: tuple[Outage, ...]
    """Oldest first."""
    as_of: date
    """Up to when was looked. It is never complete."""


@dataclass(frozen=True, slots=True)
class Past:
    """All that is known about the past of one service."""

    service: Service
    now: datetime
    outages: tuple[Outage, ...] = ()
    """Oldest first; each once, whoever knows of it."""
    watched: tuple[Span, ...] = ()
    """When we looked, oldest first; they do not touch."""
    record: Record | None = None
    """The public record as it is; None when there is none of this service."""
    lists: bool = False
    """Whether the provider's page is known to list incidents."""
    listed: Span | None = None
    """Of which time its page lists every incident; None: nobody knows."""

    @property
    def slug(self) -> ServiceSlug:
        """Names the service."""
        return self.service.slug

    @property
    def since(self) -> datetime | None:
        """Since when we have watched it, with pauses; None: not yet."""
        return self.watched[0].begun if self.watched else None

    def looked(self, begun: datetime, ended: datetime) -> timedelta:
        """Return for how long we looked between two moments."""
        first = max(bisect_right(self.watched, begun, key=_begun) - 1, 0)
        last = bisect_right(self.watched, ended, key=_begun)
        return total(cut(self.watched[first:last], begun, ended))

    def until(self, at: datetime) -> datetime | None:
        """Return up to when we went on looking from a moment; None: we did not."""
        number = bisect_right(self.watched, at, key=_begun)
        ended = self.watched[number - 1].ended if number else None
        return ended if ended is not None and ended >= at else None


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same stretches of time, by time, with those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans, key=_begun):
        if found and span.begun <= found[-1].ended:
            found[-1] = Span(found[-1].begun, max(found[-1].ended, span.ended))
        else:
            found.append(span)
    return tuple(found)


def cut(spans: Iterable[Span], begun: datetime, ended: datetime) -> tuple[Span, ...]:
    """Return what of these stretches lies between two moments."""
    return tuple(
        Span(max(span.begun, begun), min(span.ended, ended))
        for span in spans
        if span.begun < ended and span.ended > begun
    )


def total(spans: Sequence[Span]) -> timedelta:
    """Return how long they are together; they must not overlap."""
    return sum((span.length for span in spans), timedelta())


def _begun(span: Span) -> datetime:
    return span.begun
