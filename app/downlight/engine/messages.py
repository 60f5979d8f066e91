"""What the provider wrote since we last looked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.news import Event, Turn
from downlight.core.saying import words
from downlight.core.scope import Scope
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.evidence.story import Track
    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Incident, Update
    from downlight.core.service import Service

MOST: Final = 5
"""More new messages than this at once are a bulk import, not news."""

KEPT: Final = 500
"""How many told messages of a service are remembered; some pages list 400."""


@dataclass(frozen=True, slots=True)
class Message:
    """One update of one open incident."""

    key: str
    """The same for the same message, also after a restart."""
    incident: Incident
    update: Update


def untold(
    track: Track, evidence: Sequence[Evidence], at: datetime
) -> tuple[Track, list[Message]]:
    """Return what is new in open incidents, oldest first, at most `MOST`.

    Returns:
        The track, with everything marked as told; and the messages. While no
        official page can be read, what was told stays told.
    """
    reports = [
        report
        for e in evidence
        if e.info.kind == "official"
        and (report := e.standing.fresh(at, e.info.shelf_life)) is not None
    ]
    if not reports:
        return track, []
    found = [
        (incident, update)
        for report in reports
        for incident in report.open_incidents
        for update in incident.updates
    ]
    found.sort(key=lambda it: it[1].at)
    # Of more than are remembered the older ones would be told again and again.
    messages = [Message(_key(*it), *it) for it in found[-KEPT:]]
    told = set(track.told)
    new = [message for message in messages if message.key not in told]
    if not new:
        return track, []
    # What is missing from one answer may be back in the next: keys are forgotten by
    # number, not by absence.
    keys = (*track.told, *(message.key for message in new))
    return replace(track, told=keys[-KEPT:]), new[-MOST:]


def update_event(
    service: Service, track: Track, message: Message, at: datetime
) -> Event:
    """Return the event that tells ``message``."""
    incident, update = message.incident, message.update
    scope = Scope.PLACES if incident.places else Scope.UNKNOWN
    if any(place.code == "global" for place in incident.places):
        scope = Scope.GLOBAL
    return Event(
        id=f"{service.slug}/{message.key}/update",
        at=at,
        service=service.slug,
        turn=Turn.UPDATE,
        level=track.level,
        scope=words.where(scope, incident.places),
        title=cut(f"{service.name}: {incident.title}", 120),
        sentence=cut(update.text or incident.title, 400),
        episode=track.episode,
        incident=incident.id,
    )


def _key(incident: Incident, update: Update) -> str:
    what = update.id or f"{words.stamp(update.at)}{update.text}"
    digest = hashlib.blake2b(f"{incident.id}\0{what}".encode(), digest_size=8)
    return digest.hexdigest()
