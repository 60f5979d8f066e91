"""What is told of a turn in the story of a service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.core.fusion.course import Notice
from downlight.core.news import Event, Turn
from downlight.core.story import Change, withhold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.service import Service
    from downlight.core.story import Track
    from downlight.core.verdict import Evidence, Verdict

ONCE: Final = frozenset({Turn.BEGAN, Turn.ENDED})
"""Turns that happen once in an episode, so that its name suffices as their id."""

_SCOPES: Final = {"": "not known", "from here": "here"}


HELD: Final = "It changes too often."
"""Why a turn is not told at once."""


def told(
    service: Service,
    verdict: Verdict,
    track: Track,
    changes: Sequence[Change],
    at: datetime,
    zone: tzinfo | None,
) -> tuple[Track, list[Event]]:
    """Return what is told of the turns a story just took, and of earlier ones.

    Args:
        service: Whose story it is.
        verdict: What the evidence says.
        track: What is known after the turns.
        changes: The turns.
        at: The present moment (aware, UTC).
        zone: Zone for clock times; None for the system's.
    """
    judgement = verdict.judgement
    notice = judgement.notice if judgement else None
    quiet = judgement is not None and judgement.unstable
    track, held, late = withhold(track, changes, quiet=quiet)
    events = [turn_event(service, verdict, change, zone) for change in changes]
    if held:
        events = [replace(e, held=HELD if e.turn in ONCE else "") for e in events]
    if late is not None:
        event = turn_event(service, verdict, late, zone)
        events.append(replace(event, id=f"{event.id}/late", at=at))
    level = track.level
    # That it got worse by the confirmation is not told to a person.
    alone = track.owed is None and not any(e.turn in ONCE for e in events)
    if notice is Notice.CONFIRMED and level and level.is_trouble and alone:
        confirmed = Change(
            Turn.CONFIRMED,
            level,
            at,
            track.began,
            track.episode,
            where=words.felt(verdict.scope, verdict.places),
        )
        events.append(turn_event(service, verdict, confirmed, zone))
    return track, events


def turn_event(
    service: Service, verdict: Verdict, change: Change, zone: tzinfo | None
) -> Event:
    """Return the event that tells ``change``.

    Args:
        service: Whose story it is.
        verdict: What the evidence says at the change.
        change: The turn.
        zone: Zone for clock times; None for the system's.
    """
    name = change.episode or words.stamp(change.at)
    ending = "" if change.turn in ONCE else f"/{words.stamp(change.at)}"
    return Event(
        id=f"{service.slug}/{name}/{change.turn}{ending}",
        at=change.at,
        service=service.slug,
        turn=change.turn,
        level=change.level,
        scope=_SCOPES.get(change.where, change.where.removeprefix("in ")),
        title=words.headline(service, verdict, change.turn),
        sentence=words.tale(service, verdict, change, zone),
        episode=change.episode,
        incident=verdict.incident.id if verdict.incident else "",
    )


def ended(evidence: Sequence[Evidence], track: Track, at: datetime) -> datetime | None:
    """Return when the provider says the open outage ended, if it does."""
    since = track.began or track.since
    ends = [
        incident.ended_at
        for e in evidence
        if e.info.kind == "official" and e.standing.report is not None
        for incident in e.standing.report.incidents
        if not incident.open and incident.ended_at is not None
    ]
    return max((end for end in ends if since and since < end <= at), default=None)
