"""What a page answers, byte by byte, in the form of its family.

Made up as in `tests/fixtures`: Statuspage (and incident.io, which imitates it),
Status.io, Better Stack, RSS. The program's own readers take them apart again.
"""

from __future__ import annotations

import json
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from downlight.core.level import Level
from tests.bench.faces import DAY, About

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tests.bench.faces import Face, Note


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"


_COMPONENT: Final[Mapping[Level | str, str]] = {
    Level.OPERATIONAL: "operational",
    Level.MAINTENANCE: "under_maintenance",
    Level.DEGRADED: "degraded_performance",
    Level.PARTIAL: "partial_outage",
    Level.MAJOR: "major_outage",
}
_IMPACT: Final[Mapping[Level, str]] = {
    Level.OPERATIONAL: "none",
    Level.MAINTENANCE: "maintenance",
    Level.DEGRADED: "minor",
    Level.PARTIAL: "major",
    Level.MAJOR: "critical",
}


def statuspage(face: Face) -> bytes:
    """Write a summary of Statuspage, which lists what goes on."""
    return _summary(face, ())


def incidentio(face: Face) -> bytes:
    """Write a summary of incident.io, which lists what was over today, too."""
    return _summary(face, [n for n in face.past if face.at - n.gone < DAY])


def _summary(face: Face, past: Sequence[Note]) -> bytes:
    told = [n for n in past if n.about in {About.TROUBLE, About.HINT} and n.spoken]
    incidents = [*face.of(About.TROUBLE, About.HINT), *told]
    works = face.of(About.WORKS)
    levels = {
        note.id: max((s.level for s in note.said(face.at)), default=Level.OPERATIONAL)
        for note in incidents
    }
    return _json(
        {
            "page": {"id": "pg", "name": "Lantern"},
            "status": {"indicator": _IMPACT[face.worst()], "description": "As it is"},
            "components": [
                {"id": f"c{n}", "name": name, "status": _COMPONENT.get(state, state)}
                for n, (name, state) in enumerate(
                    zip(face.parts, face.states(), strict=True)
                )
            ],
            "incidents": [_event(face, n, _IMPACT[levels[n.id]]) for n in incidents],
            "scheduled_maintenances": [
                {
                    **_event(face, note, "maintenance"),
                    "scheduled_for": _stamp(note.since),
                    "scheduled_until": _stamp(note.gone),
                }
                for note in works
            ],
        }
    )


def _event(face: Face, note: Note, impact: str) -> dict[str, Any]:
    said = note.said(face.at)
    updates = [
        {
            "id": f"{note.id}-{number}",
            "status": step.phase,
            "body": step.text,
            "created_at": _stamp(step.at),
            "display_at": _stamp(step.dated or step.at),
        }
        for number, step in enumerate(said)
    ]
    over = note.gone <= face.at
    return {
        "id": note.id,
        "name": said[0].text,
        "status": said[-1].phase,
        "impact": impact,
        "created_at": _stamp(said[0].at),
        "started_at": _stamp(note.since),
        "resolved_at": _stamp(note.gone) if over else None,
        "incident_updates": updates[::-1],
        "components": [{"id": f"c{part}"} for part in note.parts],
    }


_CODE: Final[Mapping[Level | str, int]] = {
    Level.OPERATIONAL: 100,
    Level.MAINTENANCE: 200,
    Level.DEGRADED: 300,
    Level.PARTIAL: 400,
    Level.MAJOR: 500,
}
_STATE: Final = {"investigating": 100, "identified": 200, "monitoring": 300}


def statusio(face: Face) -> bytes:
    """Write an answer of Status.io."""

    def event(note: Note) -> dict[str, Any]:
        return {
            "_id": note.id,
            "name": note.steps[0].text,
            "datetime_open": _stamp(note.since),
            "datetime_planned_start": _stamp(note.since),
            "datetime_planned_end": _stamp(note.gone),
            "messages": [
                {
                    "details": step.text,
                    "datetime": _stamp(step.dated or step.at),
                    "state": _STATE.get(step.phase, 100),
                    "status": _CODE[step.level],
                }
                for step in note.said(face.at)
            ],
            "components_affected": [{"_id": f"c{part}"} for part in note.parts],
        }

    parts = [
        {"id": f"c{n}", "name": name, "status": "?", "status_code": _CODE.get(it, 777)}
        for n, (name, it) in enumerate(zip(face.parts, face.states(), strict=True))
    ]
    return _json(
        {
            "result": {
                "status_overall": {"status": "?", "status_code": _CODE[face.worst()]},
                "status": parts,
                "incidents": [*map(event, face.of(About.TROUBLE, About.HINT))],
                "maintenance": {
                    "active": [*map(event, face.of(About.WORKS))],
                    "upcoming": [],
                },
            }
        }
    )


_WORD: Final[Mapping[Level | str, str]] = {
    Level.OPERATIONAL: "operational",
    Level.MAINTENANCE: "maintenance",
    Level.DEGRADED: "degraded",
    Level.PARTIAL: "degraded",
    Level.MAJOR: "downtime",
}


def betterstack(face: Face) -> bytes:
    """Write an answer of Better Stack."""
    things: list[dict[str, Any]] = [
        {
            "type": "status_page_resource",
            "id": f"{n}",
            "attributes": {"public_name": name, "status": _WORD.get(state, state)},
        }
        for n, (name, state) in enumerate(zip(face.parts, face.states(), strict=True))
    ]
    for note in face.of(About.TROUBLE, About.WORKS):
        said = note.said(face.at)
        planned = note.about is About.WORKS
        ids = [f"{note.id}-{number}" for number in range(len(said))]
        facts = {
            "title": said[0].text,
            "report_type": "maintenance" if planned else "manual",
            "starts_at": _stamp(note.since),
            "ends_at": _stamp(note.gone) if planned else None,
            "aggregate_state": "maintenance" if planned else _WORD[face.level(note)],
            "affected_resources": [
                {"status_page_resource_id": f"{n}", "status": "degraded"}
                for n in note.parts
            ],
        }
        links = {"status_updates": {"data": [{"id": id_} for id_ in ids]}}
        report = {"type": "status_report", "id": note.id, "attributes": facts}
        things.append({**report, "relationships": links})
        things += (
            {
                "type": "status_update",
                "id": id_,
                "attributes": {"message": step.text, "published_at": _stamp(step.at)},
            }
            for id_, step in zip(ids, said, strict=True)
        )
    page = {"aggregate_state": _WORD[face.worst()], "announcement": None}
    data = {"type": "status_page", "id": "1", "attributes": page}
    return _json({"data": data, "included": things})


def rss(face: Face) -> bytes:
    """Write a feed: what goes on and what is over, the newest first."""
    written = (About.TROUBLE, About.HINT)
    past = (note for note in face.past if note.about in written and note.spoken)
    notes = [*face.of(*written), *past]
    items = []
    for note in sorted(notes, key=lambda n: n.steps[0].at, reverse=True):
        last = note.said(face.at)[-1]
        phase = "" if note.about is About.HINT else f"<b>Status: {last.phase}</b><br/>"
        at = format_datetime((last.dated or last.at).astimezone(UTC))
        items.append(
            f"<item><title>{escape(note.steps[0].text)}</title>"
            f"<guid>{note.id}</guid><pubDate>{at}</pubDate>"
            f"<description>{escape(phase + last.text)}</description></item>"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
    words = f"{head}<title>Lantern</title>{''.join(items)}</channel></rss>"
    return words.encode()


def _json(said: object) -> bytes:
    return json.dumps(said).encode()


WRITERS: Final[Mapping[str, Callable[[Face], bytes]]] = {
    "statuspage": statuspage,
    "incidentio-compat": incidentio,
    "statusio": statusio,
    "betterstack": betterstack,
    "rss": rss,
}
"""How a page of each family answers."""
