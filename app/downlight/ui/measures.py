"""The cards that show what is measured: places of the world, and our own check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.level import worst
from downlight.core.model import Place
from downlight.ui.cards import answers_words, reports
from downlight.ui.look import RANK, Look
from downlight.ui.places import place_words
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from downlight.core.level import Level
    from downlight.core.model import Check, Component, RegionReading
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
            place = _place(part)
            if place and part.level is not None and part.level.is_trouble:
                places.setdefault(place.code, place)
    return tuple(places.values())


def _place(part: Component) -> Place | None:
    return part.place or (Place(part.region, part.region) if part.region else None)


def _named(place: Place, view: ServiceView) -> Line:
    # The place is as bad as what is said of it, not as the service as a whole.
    said: list[Level | None] = []
    for report in reports(view):
        incidents = (i for i in report.open_incidents if place in i.places)
        said.extend(incident.level for incident in incidents)
        bound = ((part.level, _place(part)) for part in report.components)
        said.extend(lv for lv, there in bound if there and there.code == place.code)
    look = Look.of(worst(said))
    name, word = place_words(place), LOOK_WORDS[look]
    return Line(name, look=look, word=word, aside="named by the provider")


def checks_card(view: ServiceView) -> Card | None:
    """Return what our own check tried; None when there is no such check."""
    checks = [c for report in reports(view) for c in report.checks]
    if not checks:
        return None
    failed = [check for check in checks if check.took is None or check.trouble]
    return Card(
        key="checks",
        title="Our own check",
        lines=tuple(_try(c) for c in sorted(checks, key=_check_rank)),
        shown=min(len(failed), CHECKS_SHOWN),
        summary=answers_words(checks),
    )


def _spot_rank(reading: RegionReading) -> tuple[int, bool, str]:
    look = Look.of(reading.level)
    return RANK[look], not reading.blocked, reading.place.name.casefold()


def _spot(reading: RegionReading) -> Line:
    look = Look.of(reading.level)
    word = "blocked" if reading.blocked else LOOK_WORDS[look]
    sample = f"{reading.failing} of {reading.measurements} failed"
    return Line(
        title=place_words(reading.place),
        look=look,
        word=word,
        # Some count nothing by their nature: the word is all they say.
        aside=sample if reading.measurements else "",
        text=_reading_words(reading),
    )


def _reading_words(reading: RegionReading) -> str:
    """Return what is to be known about a reading beside its level and its sample."""
    if reading.internet:
        return "The Internet there as a whole, not this service."
    if reading.blocked:
        return f"Fails as a block would{_networks(reading)}."
    untold = reading.level is None and reading.measurements
    return _doubt(reading) if untold else ""


def _doubt(reading: RegionReading) -> str:
    """Return why measurements give a place no level."""
    fails = reading.failing >= weights.FAILING_SHARE * reading.measurements
    if reading.measurements < weights.MEASUREMENTS:
        return "Too few measurements to say."
    if reading.networks is not None and reading.networks < weights.NETWORKS:
        much = "most fail" if fails else "most succeed"
        return f"One network only: {much} there, which tells little of the others."
    if not fails:
        return "Too few measurements to say."
    # Without a change it has failed for long, or nobody knows how it was before.
    new = "far more than before" if reading.sudden else "no sudden change is known"
    return f"Most fail{_networks(reading)}: {new}."


def _networks(reading: RegionReading) -> str:
    if reading.networks is None:
        return ""
    return f", on {reading.networks} network{'' if reading.networks == 1 else 's'}"


def _try(check: Check) -> Line:
    if check.took is None:
        look, aside = Look.DEGRADED, check.trouble or "no answer"
    else:
        took = check.took.total_seconds() * 1000
        look = Look.DEGRADED if check.trouble else Look.OPERATIONAL
        aside = f"{took:.0f} ms"
    text = check.trouble if check.took is not None else ""
    return Line(title=check.target, look=look, aside=aside, text=text)


def _check_rank(check: Check) -> int:
    return 0 if check.took is None else 1 if check.trouble else 2
