"""What the bench shows in a window: 300 services with 10,000 incidents, all made up.

One of them, which is looked at, is in the middle of an outage and tells of a thousand
incidents; one in twenty of the others has trouble.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight import history
from downlight.core.history.gathering import gather
from downlight.core.history.past import Span, Told, Traces
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, ServiceSlug, Update
from downlight.core.news import News, ServiceView, Snapshot
from downlight.core.service import Feed
from tests.ui import made_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from downlight.core.history.past import Past

SERVICES: Final = 300
INCIDENTS: Final = 10_000
LOOKED_AT: Final = ServiceSlug("whatsapp")
"""So that there is something to read about it, and a public record."""
CROWDED: Final = 1_000
"""Incidents of the one that is looked at; the others share the rest."""
TROUBLED: Final = 20
"""One in so many of the others has trouble."""
NOW: Final = made_up.NOW
EVERY: Final = timedelta(hours=31)
"""From one incident of a service to the next."""
SAID: Final = (
    (Phase.RESOLVED, "All works again. We will tell what we learned."),
    (Phase.MONITORING, "Deliveries are back to normal. We go on watching."),
    (Phase.IDENTIFIED, "A fix is being rolled out, region by region."),
    (Phase.IDENTIFIED, "The cause is a faulty configuration of our message routers."),
    (Phase.INVESTIGATING, "We are looking into reports of messages that are late."),
)
"""The updates of an incident, newest first."""
LEVELS: Final = (Level.DEGRADED, Level.PARTIAL, Level.MAJOR)


def throng() -> Snapshot:
    """Return all of them, as they are at `NOW`."""
    rest = SERVICES - 1
    each, more = divmod(INCIDENTS - CROWDED, rest)
    others = (_other(n, each + (n < more)) for n in range(rest))
    return Snapshot(NOW, (_looked_at(), *others), online=True)


def storm(calm: Snapshot, count: int, length: timedelta) -> Iterator[News]:
    """Yield what would be told if one service turned with each moment.

    The one that is looked at turns with every tenth.

    Args:
        calm: How it was before.
        count: How many news there are.
        length: From the first to the last.
    """
    views = list(calm.services)
    others = [_turned(view) for view in views]
    for number in range(count):
        place = number * 7 % (SERVICES - 1) + 1 if number % 10 else 0
        views[place], others[place] = others[place], views[place]
        at = calm.at + number * length / count
        yield News(replace(calm, at=at, services=tuple(views)))


def past(view: ServiceView) -> Past:
    """Return what is known of the past of a service: all it told, and a year."""
    source = view.evidence[0]
    assert source.standing.report is not None
    told = tuple(
        Told(
            source.info.id,
            replace(incident, updates=()),
            tuple(update.at for update in reversed(incident.updates)),
        )
        for incident in reversed(source.standing.report.incidents)
    )
    days = (NOW - timedelta(days=n) for n in range(365, 0, -1))
    watched = tuple(
        (source.info.id, Span(day, day + timedelta(hours=23))) for day in days
    )
    return gather(
        view.service,
        Traces(told=told, watched=watched),
        history.public_record(view.service.slug),
        frozenset({source.info.id}),
        NOW,
    )


def _looked_at() -> ServiceView:
    """Return a service with an outage, and a thousand before."""
    view = made_up.chatter()
    page, *rest = view.evidence
    feeds = tuple(Feed(e.info.id) for e in view.evidence)
    service = replace(view.service, slug=LOOKED_AT, name="WhatsApp", feeds=feeds)
    report = page.standing.report
    assert report is not None
    going_on, _ = report.incidents
    going_on = replace(going_on, updates=(*going_on.updates, *going_on.updates[:1]))
    told = replace(report, incidents=(going_on, *_incidents(CROWDED - 1)))
    spoken = made_up.evidence(page.info, told)
    return made_up.view(service, spoken, *rest, since=view.since)


def _other(number: int, count: int) -> ServiceView:
    """Return one of the others, with so many incidents."""
    name = f"Made-up service {number}"
    source = made_up.info(f"{name}'s page", page="https://status.example.org/")
    troubled = not number % TROUBLED
    level = LEVELS[number // TROUBLED % 3] if troubled else Level.OPERATIONAL
    at = NOW - timedelta(seconds=number % 60)
    incidents = tuple(_incidents(count))
    if troubled:
        first, *before = incidents
        going_on = replace(
            first, level=level, phase=Phase.IDENTIFIED, open=True, ended_at=None
        )
        incidents = (going_on, *before)
    told = made_up.report(source.name, level, at, incidents=incidents)
    service = made_up.service(f"made-up-{number}", name)
    since = incidents[0].started_at if troubled else None
    return made_up.view(service, made_up.evidence(source, told), since=since)


def _turned(view: ServiceView) -> ServiceView:
    """Return a service as it is when its page says something else."""
    page, *rest = view.evidence
    report = page.standing.report
    assert report is not None
    level = Level.OPERATIONAL if report.level is not Level.OPERATIONAL else Level.MAJOR
    if view.service.slug == LOOKED_AT:
        level = Level.MAJOR  # what goes on there goes on
    first, *before = report.incidents
    more = Update(NOW, "More people are affected than we thought.", Phase.IDENTIFIED)
    incidents = (replace(first, updates=(more, *first.updates[1:])), *before)
    said = replace(report, level=level, incidents=incidents)
    spoken = made_up.evidence(page.info, said)
    return made_up.view(view.service, spoken, *rest, since=view.since)


def _incidents(count: int) -> Iterator[Incident]:
    """Yield incidents that are over, the latest first."""
    for number in range(count):
        begun = NOW - (number + 1) * EVERY
        lasted = timedelta(minutes=(42, 7, 190, 18, 75)[number % 5])
        yield Incident(
            f"i{number}",
            f"Messages are late in part {number % 12} of the world",
            LEVELS[number % 3],
            Phase.RESOLVED,
            open=False,
            started_at=begun,
            ended_at=begun + lasted,
            updates=tuple(_updates(begun, lasted)),
            url=f"https://status.example.org/i{number}",
        )


def _updates(begun: datetime, lasted: timedelta) -> Iterator[Update]:
    last = len(SAID) - 1
    for number, (phase, text) in enumerate(SAID):
        yield Update(begun + lasted * (last - number) / last, text, phase)
