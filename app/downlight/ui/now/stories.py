"""The cards that tell what happens: incidents, updates, planned work, the past."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.core.facts import fresh
from downlight.core.level import Level
from downlight.core.works import WORDS, works
from downlight.ui.ages import ago
from downlight.ui.kit.look import Look
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from downlight.core.model import Incident, Maintenance, Update
    from downlight.core.news import ServiceView

UPDATES_SHOWN: Final = 6
"""Lines of a story shown at once; older ones wait behind a click."""
PLACES_NAMED: Final = 6
"""More places than this are counted, not named."""
EARLIER_LENGTH: Final = 10
"""Longest list of past incidents."""

_DAWN: Final = datetime.min.replace(tzinfo=UTC)


def incidents_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card:
    """Return the open incidents, the main one first, each with its timeline."""
    found = [i for i in _incidents(view) if i.open]
    found.sort(key=lambda i: (-(i.level or 0), i.started_at or _DAWN))
    lines: list[Line] = []
    for incident in found:
        lines.append(_head(incident, now, zone))
        lines.extend(_step(update, now, zone) for update in incident.updates)
    return Card(
        key="incidents",
        title="What is going on",
        lines=tuple(lines),
        shown=UPDATES_SHOWN,
        summary=_old(view, now) if lines else _nothing(view, now),
    )


def works_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card | None:
    """Return planned work that is not over; None when there is none."""
    found = works(view.evidence)
    if not found:
        return None
    lines = tuple(_work(work, now, zone) for work in found)
    dated = any(work.starts_at is not None for work in found)
    act = "Save for your calendar …" if dated else ""
    return Card("works", "Planned work", lines, shown=4, act=act)


def earlier_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card | None:
    """Return incidents that are over; None when the provider lists none."""
    past = [incident for incident in _incidents(view) if not incident.open]
    past.sort(key=lambda i: i.ended_at or i.started_at or _DAWN, reverse=True)
    if not past:
        return None
    lines = tuple(_past(incident, now, zone) for incident in past[:EARLIER_LENGTH])
    return Card("earlier", "Earlier", lines, shown=3)


def _incidents(view: ServiceView) -> Sequence[Incident]:
    reports = [e.standing.report for e in view.evidence]
    return [i for report in reports if report is not None for i in report.incidents]


def _old(view: ServiceView, now: datetime) -> str:
    """Return that it was so some time ago; empty while every word of it counts."""
    told = [
        report.at
        for e in view.evidence
        if (report := e.standing.report) is not None
        and report.open_incidents
        and fresh(e, now) is None
    ]
    when = ago(max(told), now) if told else ""
    return when and f"As it stood {when}; whether it still does is not known."


def _nothing(view: ServiceView, now: datetime) -> str:
    verdict = view.verdict
    if verdict.offline:
        return "You are offline, so this is not known."
    if not verdict.has_official:
        return "There is no official page that would tell."
    if verdict.official is None:
        return _silence(view, now)
    if verdict.official.is_trouble:
        return f"{view.service.speaker} gives no details."
    return f"{view.service.speaker} reports nothing."


def _silence(view: ServiceView, now: datetime) -> str:
    official = [e for e in view.evidence if e.info.kind == "official"]
    if any(e.standing.fresh(now, e.info.shelf_life) for e in official):
        return "The official page does not say."
    if any(e.standing.failure or e.standing.report for e in official):
        return "The official page could not be read, so this is not known."
    return "The official page has not been asked yet."


def _head(incident: Incident, now: datetime, zone: tzinfo | None) -> Line:
    look, since = Look.of(incident.level), incident.started_at
    known = [
        incident.phase.value if incident.phase else "",
        f"since {words.moment(since, now, zone)}" if since else "",
        _places(incident),
        "" if incident.updates else "no message yet",
    ]
    return Line(
        title=incident.title,
        kind="head",
        look=look,
        word=LOOK_WORDS[look] if incident.level is not Level.OPERATIONAL else "notice",
        text=" · ".join(part for part in known if part),
        link=incident.url if incident.url.startswith("https://") else "",
    )


def _places(incident: Incident) -> str:
    names = [place.name for place in incident.places]
    more = len(names) - PLACES_NAMED
    return ", ".join(names[:PLACES_NAMED]) + (f" and {more} more" if more > 0 else "")


def _step(update: Update, now: datetime, zone: tzinfo | None) -> Line:
    return Line(
        title=update.phase.value.capitalize() if update.phase else "Update",
        kind="update",
        aside=words.moment(update.at, now, zone),
        text=update.text,
    )


def _work(work: Maintenance, now: datetime, zone: tzinfo | None) -> Line:
    start, end = work.starts_at, work.ends_at
    times = [words.moment(at, now, zone) for at in (start, end) if at is not None]
    return Line(
        title=work.title,
        look=Look.MAINTENANCE if work.state.is_active else None,
        word=WORDS[work.state],
        aside=" to ".join(times),
        text=work.updates[0].text if work.updates else "",
        link=work.url if work.url.startswith("https://") else "",
    )


def _past(incident: Incident, now: datetime, zone: tzinfo | None) -> Line:
    start, end = incident.started_at, incident.ended_at
    lasted = f"lasted {words.age(end - start)}" if start and end else ""
    at = end or start
    when = words.moment(at, now, zone) if at else ""
    return Line(
        title=incident.title,
        aside=" · ".join(part for part in (when, lasted) if part),
        link=incident.url if incident.url.startswith("https://") else "",
    )
