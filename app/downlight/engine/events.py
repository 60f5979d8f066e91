"""What is told of a turn in the story of a service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.evidence.story import Change, withhold
from downlight.core.fusion.course import Notice
from downlight.core.news import BLOCKED, Event, Turn
from downlight.core.saying import event_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.evidence.story import Track
    from downlight.core.evidence.verdict import Evidence, Verdict
    from downlight.core.service import Service

ONCE: Final = frozenset({Turn.BEGAN, Turn.ENDED})
"""Turns that happen once in an episode, so that its name suffices as their id; where
it comes and goes they happen again."""
BEGINS: Final = frozenset({Turn.BEGAN, Turn.CONFIRMED})
"""Turns that say what is wrong."""
DEGREES: Final = frozenset({Turn.WORSENED, Turn.EASED})
"""Turns within an outage."""


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
    unstable = judgement is not None and judgement.unstable
    # What is owed is told when it is known how it is.
    quiet = unstable or verdict.level is None
    owing = track.owed is not None
    track, held, beside = withhold(track, changes, quiet=quiet)
    events = [turn_event(service, verdict, change, zone) for change in changes]
    if track.owed is not None:  # how bad it is just now is soon not true any more
        events = [
            replace(event, held=TOO_OFTEN) if event.turn in DEGREES else event
            for event in events
        ]
    if held or owing:
        events = [_repeated(event, held=TOO_OFTEN if held else "") for event in events]
    if beside is not None:
        event = turn_event(service, verdict, beside, zone)
        if beside.turn is not Turn.UNSTABLE:
            event = replace(event, id=f"{event.id}/{words.stamp(at)}/late", at=at)
        events.append(event)
    track, arrived = _arrived(service, verdict, track, events, at, zone)
    events += arrived
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
            where=words.kept(verdict.scope, verdict.places),
        )
        events.append(turn_event(service, verdict, confirmed, zone))
    return track, events


def _arrived(
    service: Service,
    verdict: Verdict,
    track: Track,
    events: Sequence[Event],
    at: datetime,
    zone: tzinfo | None,
) -> tuple[Track, list[Event]]:
    """Return what is told when trouble comes to the person's own country, too.

    That of other countries was told, so it is no new outage, but it is news. It is told
    once in an outage; nobody says since when it is here.

    Args:
        service: Whose story it is.
        verdict: What the evidence says.
        track: What is known after the turns.
        events: What is told of them.
        at: The present moment (aware, UTC).
        zone: Zone for clock times; None for the system's.
    """
    judgement, level = verdict.judgement, verdict.level
    if judgement is None or level is None or not level.is_trouble:
        return track, []
    if verdict.calm_since is not None:  # believed, and not seen anywhere now
        return track, []
    if any(event.turn is Turn.BEGAN and not event.held for event in events):
        return replace(track, abroad=bool(judgement.abroad)), []
    if not track.abroad or judgement.abroad or track.owed is not None:
        return track, []
    here = Change(
        Turn.BEGAN,
        level,
        at,
        episode=track.episode,
        where=words.kept(verdict.scope, verdict.places),
    )
    event = _repeated(turn_event(service, verdict, here, zone), held="")
    return replace(track, abroad=False), [event]


def _repeated(event: Event, *, held: str) -> Event:
    """Return a turn that happens more than once in its episode, as that comes and goes.

    Args:
        event: The turn; any other event is returned as it is.
        held: Why it is not told; empty when it is.
    """
    if event.turn not in ONCE:
        return event
    return replace(event, id=f"{event.id}/{words.stamp(event.at)}", held=held)


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
    kind = BLOCKED if verdict.is_blocked and change.turn in BEGINS else ""
    ending = "" if change.turn in ONCE else f"/{words.stamp(change.at)}"
    return Event(
        id=f"{service.slug}/{name}/{change.turn}{kind}{ending}",
        at=change.at,
        service=service.slug,
        turn=change.turn,
        level=change.level,
        scope=_scope(change.where),
        title=event_words.headline(service, verdict, change.turn),
        sentence=event_words.tale(service, verdict, change, zone),
        episode=change.episode,
        incident=verdict.incident.id if verdict.incident else "",
    )


def _scope(felt: str) -> str:
    """Return where a change was felt, without the preposition.

    What names no place is in English: programs read it, and the next language does.
    """
    if not felt:
        return words.NOWHERE
    return words.HERE if felt == words.FROM_HERE else words.unplaced(felt)


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
