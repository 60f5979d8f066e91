"""The cards that tell what happens: incidents, updates, planned work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.core.places.countries import place_name
from downlight.core.saying import words
from downlight.core.speech import mark, number, tr
from downlight.core.works import WORDS, works
from downlight.ui.ages import ago
from downlight.ui.kit.look import Look
from downlight.ui.now.unsaid import affected_words, cause_words
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from downlight.core.model import Incident, Maintenance, Report, Update
    from downlight.core.news import ServiceView

UPDATES_SHOWN: Final = 6
"""Lines of a story shown at once; older ones wait behind a click."""
PLACES_NAMED: Final = 6
"""More places than this are counted, not named."""

_PHASES: Final = {
    Phase.INVESTIGATING: mark("investigating"),
    Phase.IDENTIFIED: mark("identified"),
    Phase.MONITORING: mark("monitoring"),
    Phase.RESOLVED: mark("resolved"),
    Phase.POSTMORTEM: mark("postmortem"),
}
"""How far it is, among other short facts."""
_STEPS: Final = {
    Phase.INVESTIGATING: mark("Investigating"),
    Phase.IDENTIFIED: mark("Identified"),
    Phase.MONITORING: mark("Monitoring"),
    Phase.RESOLVED: mark("Resolved"),
    Phase.POSTMORTEM: mark("Postmortem"),
}
"""The same as the title of a message."""
_LATER: Final = datetime.max.replace(tzinfo=UTC)


def incidents_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card:
    """Return the open incidents, the main one first, each with its timeline."""
    found = [
        (incident, read)
        for report, read in _reports(view, now)
        for incident in report.open_incidents
    ]
    found.sort(key=lambda it: (-(it[0].level or 0), it[0].started_at or _LATER))
    old = _old([read for _, read in found], now)
    lines: list[Line] = []
    for incident, read in found:
        stood = "" if old else _stood(read, now)
        lines.append(_head(incident, now, zone, stood))
        lines.extend(_step(update, now, zone) for update in incident.updates)
    return Card(
        key="incidents",
        title=tr("What is going on"),
        lines=tuple(lines),
        shown=UPDATES_SHOWN,
        summary=words.joined(
            old if lines else _nothing(view, now), cause_words(view, now)
        ),
        footnote=affected_words(view),
    )


def works_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card | None:
    """Return planned work that is not over; None when there is none."""
    found = works(view.evidence)
    if not found:
        return None
    # What a page that counts says as well, it says now.
    known = sorted(_reports(view, now), key=lambda it: it[1] is None)
    reads = {work: read for report, read in known for work in report.maintenances}
    old = _old([reads[work] for work in found], now)
    lines = tuple(
        _work(work, now, zone, "" if old else _stood(reads[work], now))
        for work in found
    )
    dated = any(work.starts_at is not None for work in found)
    act = tr("Save for your calendar …") if dated else ""
    return Card("works", tr("Planned work"), lines, shown=4, summary=old, act=act)


def _reports(
    view: ServiceView, now: datetime
) -> Iterator[tuple[Report, datetime | None]]:
    """Yield what the sources said last, and when where that counts no more."""
    for e in view.evidence:
        report = e.standing.report
        if report is not None:
            yield report, report.at if fresh(e, now) is None else None


def _old(reads: Sequence[datetime | None], now: datetime) -> str:
    """Return that all was so some time ago; empty while a word of it counts.

    Args:
        reads: When each thing was read; None for what counts.
        now: The present (aware).
    """
    old = [read for read in reads if read is not None]
    if not old or len(old) < len(reads):
        return ""
    return tr(
        "As it stood {ago}; whether it still does is not known.",
        ago=ago(max(old), now),
    )


def _stood(read: datetime | None, now: datetime) -> str:
    """Return how long ago one thing among others was so; empty for what counts."""
    return tr("as it stood {ago}", ago=ago(read, now)) if read is not None else ""


def _nothing(view: ServiceView, now: datetime) -> str:
    verdict, speaker = view.verdict, view.service.speaker
    if verdict.offline:
        return tr("You are offline, so this is not known.")
    if not verdict.has_official:
        return tr("There is no official page that would tell.")
    if verdict.official is None:
        return _silence(view, now)
    if verdict.official.is_trouble:
        return tr("{speaker} gives no details.", speaker=speaker)
    return tr("{speaker} reports nothing.", speaker=speaker)


def _silence(view: ServiceView, now: datetime) -> str:
    official = [e for e in view.evidence if e.info.kind == "official"]
    if any(e.standing.fresh(now, e.info.shelf_life) for e in official):
        return tr("The official page does not say.")
    if any(e.standing.failure or e.standing.report for e in official):
        return tr("The official page could not be read, so this is not known.")
    return tr("The official page has not been asked yet.")


def _head(incident: Incident, now: datetime, zone: tzinfo | None, stood: str) -> Line:
    look, since = Look.of(incident.level), incident.started_at
    well = incident.level is Level.OPERATIONAL
    known = [
        tr(_PHASES[incident.phase]) if incident.phase else "",
        tr("since {when}", when=words.moment(since, now, zone)) if since else "",
        _places(incident),
        "" if incident.updates else tr("no message yet"),
        stood,
    ]
    return Line(
        title=incident.title,
        kind="head",
        look=look,
        word=tr("notice") if well else tr(LOOK_WORDS[look]),
        text=" · ".join(part for part in known if part),
        link=incident.url if incident.url.startswith("https://") else "",
    )


def _places(incident: Incident) -> str:
    names = [place_name(place) for place in incident.places]
    more = len(names) - PLACES_NAMED
    named = ", ".join(names[:PLACES_NAMED])
    if more > 0:
        return tr("{names} and {n} more", names=named, n=number(more))
    return named


def _step(update: Update, now: datetime, zone: tzinfo | None) -> Line:
    return Line(
        title=tr(_STEPS[update.phase]) if update.phase else tr("Update"),
        kind="update",
        aside=words.moment(update.at, now, zone),
        text=update.text,
    )


def _work(work: Maintenance, now: datetime, zone: tzinfo | None, stood: str) -> Line:
    start, end = work.starts_at, work.ends_at
    times = [words.moment(at, now, zone) for at in (start, end) if at is not None]
    return Line(
        title=work.title,
        look=Look.MAINTENANCE if work.state.is_active else None,
        word=tr(WORDS[work.state]),
        aside=tr("{start} to {end}", start=times[0], end=times[1])
        if times[1:]
        else "".join(times),
        text="\n".join(filter(None, (stood, *(it.text for it in work.updates[:1])))),
        link=work.url if work.url.startswith("https://") else "",
    )
