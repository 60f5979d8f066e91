"""Values as JSON: the forms other programs read."""

from __future__ import annotations

import codecs
import json
import sys
from typing import TYPE_CHECKING, Any, TextIO

from downlight.core.evidence.why import why
from downlight.core.saying import service_words, source_words, words
from downlight.core.telling.bulletin import bulletin

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.addition import Found
    from downlight.core.level import Level
    from downlight.core.model import Component, Report
    from downlight.core.news import Event, ServiceView, Snapshot


def dump(value: object, out: TextIO | None = None) -> str:
    """Return ``value`` as one line of JSON.

    Args:
        value: Anything JSON knows.
        out: Where it will be written to; standard output by default. What cannot
            hold every sign gets them escaped, so that none is lost.
    """
    encoding = getattr(out or sys.stdout, "encoding", None) or "utf-8"
    return json.dumps(
        value,
        ensure_ascii=codecs.lookup(encoding).name != "utf-8",
        separators=(",", ":"),
    )


def event(it: Event, view: ServiceView | None = None) -> dict[str, Any]:
    """Return one event, with what was known of its service just then."""
    return bulletin(it, view)


def report(it: Report) -> dict[str, Any]:
    """Return one parsed answer."""
    return {
        "level": _level(it.level),
        "headline": it.headline,
        "components": [
            {"id": c.id, "name": c.name, "level": _level(c.level), "region": c.region}
            for c in it.components
        ],
        "incidents": [
            {
                "id": i.id,
                "title": i.title,
                "level": _level(i.level),
                "phase": i.phase and str(i.phase),
                "started_at": moment(i.started_at),
                "ended_at": moment(i.ended_at),
                "updates": len(i.updates),
                "open": i.open,
            }
            for i in it.incidents
        ],
        "maintenances": [
            {
                "id": m.id,
                "title": m.title,
                "state": str(m.state),
                "starts_at": moment(m.starts_at),
                "ends_at": moment(m.ends_at),
            }
            for m in it.maintenances
        ],
    }


def part(it: Component, *, counts: bool) -> dict[str, Any]:
    """Return one part of a service, and whether it counts for the person."""
    return {
        "id": it.id,
        "name": it.name,
        "group": it.group,
        "level": _level(it.level),
        "countries": list(it.place.countries) if it.place else [],
        "counts": counts,
    }


def found(it: Found, *, saved: bool) -> dict[str, Any]:
    """Return what stands at an address, and whether it is watched from now on."""
    service = it.addition.service
    return {
        "slug": service.slug,
        "name": service.name,
        "families": [spec.family for spec in it.addition.sources],
        "urls": [spec.url for spec in it.addition.sources],
        "in_catalog": not service.own,
        "saved": saved,
        "notes": list(it.notes),
        **report(it.report),
    }


def snapshot(it: Snapshot) -> dict[str, Any]:
    """Return the state of everything."""
    return {
        "at": words.stamp(it.at),
        "level": _level(it.level),
        "online": it.online,
        "services": [_view(view, it.at) for view in it.services],
    }


def _view(it: ServiceView, at: datetime) -> dict[str, Any]:
    verdict = it.verdict
    since = verdict.since or it.since
    return {
        "slug": it.service.slug,
        "name": it.service.name,
        "level": _level(verdict.level),
        "word": words.LEVEL_WORDS[verdict.level],
        "sentence": service_words.sentence(it.service, verdict, it.since, at),
        "scope": str(verdict.scope),
        "places": [{"code": p.code, "name": p.name} for p in verdict.places],
        "since": moment(since),
        "official": _level(verdict.official),
        "why": _why(it, at),
        "sources": [
            {
                "id": e.info.id,
                "name": e.info.name,
                "verified": e.info.verified,
                "level": _level(e.standing.report.level) if e.standing.report else None,
                "at": moment(e.standing.report.at) if e.standing.report else None,
                "state": source_words.source_line(e.standing, at),
            }
            for e in it.evidence
        ],
    }


def _why(it: ServiceView, at: datetime) -> dict[str, Any] | None:
    """Return why a service is judged as it is; None before anything was weighed."""
    verdict = it.verdict
    judgement = verdict.judgement
    if judgement is None:
        return None
    told = why(verdict, it.stamps, at)
    return {
        "confidence": round(judgement.confidence, 3),
        "guess": verdict.is_guess,
        "early": verdict.is_early,
        "blocked": verdict.is_blocked,
        "yours": verdict.is_yours,
        "recovering_since": moment(verdict.calm_since),
        "remarks": list(told.remarks),
        "reasons": [
            {
                "who": reason.who,
                "words": reason.words,
                "speaks_for": str(reason.leaning),
                "weight": round(reason.weight, 2),
                "at": moment(reason.at),
            }
            for reason in told.reasons
        ],
        "missing": list(judgement.missing),
        "would_change": list(told.changes),
        "first_seen": {
            "posts": moment(it.stamps.posts),
            "own": moment(it.stamps.own),
            "regional": moment(it.stamps.regional),
            "official": moment(it.stamps.official),
        },
    }


def _level(level: Level | None) -> str | None:
    return None if level is None else level.code


def moment(at: datetime | None) -> str | None:
    """Return a moment in ISO 8601, or None."""
    return None if at is None else at.isoformat().replace("+00:00", "Z")
