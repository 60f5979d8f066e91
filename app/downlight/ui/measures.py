"""The cards that show what is measured: places of the world, and our own check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.level import worst
from downlight.core.model import Place
from downlight.ui.cards import reports
from downlight.ui.look import RANK, Look
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from downlight.core.level import Level
    from downlight.core.model import Check, RegionReading
    from downlight.core.news import ServiceView

PLACES_SHOWN: Final = 8
"""More places than this wait behind a click."""
CHECKS_SHOWN: Final = 6
"""More addresses than this wait behind a click."""


def places_card(view: ServiceView) -> Card | None:
    """Return the places measured or named; None when there are none."""
    readings = [r for report in reports(view) for r in report.readings]
    measured = {reading.place.code for reading in readings}
    named = [
        _named(place, view) for place in _troubled(view) if place.code not in measured
    ]
    lines = (*named, *(_spot(r) for r in sorted(readings, key=_spot_rank)))
    if not lines:
        return None
    footnote = "Measurements colour a place. They raise no alarm." if readings else ""
    return Card("places", "Places", lines, shown=PLACES_SHOWN, footnote=footnote)


def _troubled(view: ServiceView) -> tuple[Place, ...]:
    """Return every place the provider names with trouble, however much of it."""
    places = {place.code: place for place in view.verdict.places}
    for report in reports(view):
        for incident in report.open_incidents:
            if incident.level is not None and incident.level.is_trouble:
                places |= {place.code: place for place in incident.places}
        for part in report.components:
            if part.region and part.level is not None and part.level.is_trouble:
                places.setdefault(part.region, Place(part.region, part.region))
    return tuple(places.values())


def _named(place: Place, view: ServiceView) -> Line:
    # The place is as bad as what is said of it, not as the service as a whole.
    said: list[Level | None] = []
    for report in reports(view):
        incidents = (i for i in report.open_incidents if place in i.places)
        said.extend(incident.level for incident in incidents)
        said.extend(c.level for c in report.components if c.region == place.code)
    look = Look.of(worst(said))
    return Line(
        place.name, look=look, word=LOOK_WORDS[look], aside="named by the provider"
    )


def checks_card(view: ServiceView) -> Card | None:
    """Return what our own check tried; None when there is no such check."""
    checks = [c for report in reports(view) for c in report.checks]
    if not checks:
        return None
    failed = [check for check in checks if check.took is None]
    count = f"{len(checks) - len(failed)} of {len(checks)}"
    return Card(
        key="checks",
        title="Our own check",
        lines=tuple(_try(c) for c in sorted(checks, key=lambda c: c.took is not None)),
        shown=min(len(failed), CHECKS_SHOWN),
        summary=f"{count} addresses answer from here.",
    )


def _spot_rank(reading: RegionReading) -> tuple[int, bool, str]:
    look = Look.of(reading.level)
    return RANK[look], not reading.blocked, reading.place.name.casefold()


def _spot(reading: RegionReading) -> Line:
    look = Look.of(reading.level)
    word = "blocked" if reading.blocked else LOOK_WORDS[look]
    sample = f"{reading.failing} of {reading.measurements} failed"
    few = reading.level is None and not reading.blocked
    return Line(
        title=reading.place.name,
        look=look,
        word=word,
        aside=sample if reading.measurements else "no measurements",
        text="Too few measurements to say." if few and reading.measurements else "",
    )


def _try(check: Check) -> Line:
    if check.took is None:
        look, aside = Look.DEGRADED, check.trouble or "no answer"
    else:
        took = check.took.total_seconds() * 1000
        look, aside = Look.OPERATIONAL, f"{took:.0f} ms"
    return Line(title=check.target, look=look, aside=aside)
