"""Made-up outages, and what a journal would hold of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from downlight.core.fusion.judgement import Judgement
from downlight.core.fusion.ruling import State
from downlight.core.history.gathering import gather
from downlight.core.history.past import Origin, Outage, Past, Record, Span, Told, Traces
from downlight.core.level import Level
from downlight.core.model import Incident, ServiceSlug, SourceId
from downlight.core.news import Event, Turn
from downlight.core.scope import Scope
from downlight.core.service import Feed, Service

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAGE, PROBE = SourceId("page"), SourceId("probe")
CHAT = Service(ServiceSlug("chat"), "Chat", "talk", (Feed(PAGE),), owner="Maker")
BLOCK = Judgement(
    State.OUTAGE,
    Scope.UNKNOWN,
    (),
    blocked=True,
    confidence=0.9,
    odds=2.0,
    fault=None,
    remarks=(),
    reasons=(),
    missing=(),
    would_change=(),
    notice=None,
)
"""That it looks like a block."""
BOTH = Service(ServiceSlug("chat"), "Chat", "talk", (Feed(PAGE), Feed(PROBE)))


def outage(
    begun: datetime = NOON, length: timedelta | None = HOUR, **more: object
) -> Outage:
    """Return an outage that is known exactly; without a length its end is not."""
    facts: dict[str, Any] = {
        "id": f"{begun:%d%H%M}",
        "origins": (Origin.TOLD,),
        "level": Level.MAJOR,
        "ended": None if length is None else begun + length,
        "end_known": length is not None,
        "what": "Messages do not arrive",
        **more,
    }
    return Outage(begun=begun, **facts)


def past(*outages: Outage, watched: tuple[Span, ...] = (), **more: object) -> Past:
    """Return a past of these outages, seen from noon ten days later."""
    facts: dict[str, Any] = {"service": CHAT, "now": NOON + 10 * DAY, **more}
    return Past(outages=outages, watched=watched, **facts)


def event(turn: Turn, at: datetime = NOON, episode: str = "e", **more: object) -> Event:
    """Return one piece of news about the service."""
    facts: dict[str, Any] = {
        "id": f"chat/{episode}/{turn}/{at}",
        "level": Level.OPERATIONAL if turn is Turn.ENDED else Level.MAJOR,
        "scope": "not known",
        "title": "",
        "sentence": "",
        **more,
    }
    return Event(at=at, service=CHAT.slug, turn=turn, episode=episode, **facts)


def told(
    begun: datetime | None = NOON, length: timedelta | None = HOUR, **more: object
) -> Told:
    """Return an incident of the page; without a length it is open."""
    facts: dict[str, Any] = {
        "id": f"i{begun}",
        "title": "Messages do not arrive",
        "level": Level.PARTIAL,
        "phase": None,
        "open": length is None,
        "ended_at": begun + length if begun and length is not None else None,
    }
    names = ("said", "gone", "named")
    kept: dict[str, Any] = {name: more.pop(name) for name in names if name in more}
    return Told(PAGE, Incident(started_at=begun, **(facts | more)), **kept)


def gathered(
    *events: Event,
    told: tuple[Told, ...] = (),
    watched: tuple[Span, ...] = (),
    record: Record | None = None,
    service: Service = BOTH,
    now: datetime = NOON + DAY,
    **more: object,
) -> Past:
    """Return the past as it is gathered; both sources were read when ``watched``."""
    spans = tuple((id_, span) for id_ in (PAGE, PROBE) for span in watched)
    facts: dict[str, Any] = {**more}
    traces = Traces(events, told=told, watched=spans, **facts)
    return gather(service, traces, record, frozenset({PAGE}), now)
