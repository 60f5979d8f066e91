"""What is measured, in words: by our own check, and in places of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.fusion import weights
from downlight.ui.kit.look import Look
from downlight.ui.now.cards import answers_words, reports
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from downlight.core.model import Check, RegionReading
    from downlight.core.news import ServiceView


def checks_card(view: ServiceView) -> Card | None:
    """Return what our own check tried; None when there is no such check."""
    checks = [c for report in reports(view) for c in report.checks]
    if not checks:
        return None
    return Card(
        key="checks",
        title="Our own check",
        lines=tuple(_try(c) for c in sorted(checks, key=_check_rank)),
        shown=0 if checks[1:] else None,
        summary=answers_words(checks),
    )


def reading_words(reading: RegionReading) -> str:
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
