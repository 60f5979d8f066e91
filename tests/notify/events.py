"""Events for the tests of notifications."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Message, News, Snapshot, Turn

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_NUMBERS = count(1)


def event(
    turn: Turn = Turn.BEGAN,
    *,
    title: str = "Example Chat is down in Brazil",
    sentence: str = "Example Chat is down in Brazil since 11:58.",
    level: Level | None = Level.MAJOR,
    episode: str = "20260304T115800Z",
    service: str = "example-chat",
    at: datetime = NOON,
    id_: str = "",
) -> Event:
    return Event(
        id=id_ or f"event-{next(_NUMBERS)}",
        at=at,
        service=ServiceSlug(service),
        turn=turn,
        level=level,
        scope="Brazil",
        title=title,
        sentence=sentence,
        episode=episode,
    )


def message(
    title: str = "Example Chat is down in Brazil",
    body: str = "Since 11:58.",
    *,
    urgent: bool = True,
    about: Event | None = None,
) -> Message:
    return Message(about or event(), title, body, urgent=urgent)


def news(*events: Event) -> News:
    return News(Snapshot(NOON), events)
