"""What is measured, in words: by our own check, and in places of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.fusion import weights
from downlight.core.saying.words import joined
from downlight.core.speech import number, tr, trn
from downlight.ui.ages import ago
from downlight.ui.kit.look import Look
from downlight.ui.now.cards import answers_words, reports
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import Check, RegionReading
    from downlight.core.news import ServiceView


def checks_card(view: ServiceView, now: datetime) -> Card | None:
    """Return what our own check tried; None when there is no such check.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
    """
    counting, old = reports(view, now)
    checks = [c for report in counting for c in report.checks]
    past = [c for report in old for c in report.checks]
    if not checks and not past:
        return None
    said = answers_words(checks) if checks else ""
    was = ""
    if past:
        was = _answered(past, ago(max(r.at for r in old if r.checks), now))
    return Card(
        key="checks",
        title=tr("Our own check"),
        lines=(
            *(_try(c) for c in sorted(checks, key=_check_rank)),
            *(_tried(c) for c in past),
        ),
        shown=0 if len(checks) + len(past) > 1 else None,
        summary=joined(said, was),
    )


def _answered(checks: Sequence[Check], then: str) -> str:
    """Return what came of a round that is too old to count.

    Args:
        checks: All of the round.
        then: How long ago that was, in words.
    """
    well = sum(c.took is not None and not c.trouble for c in checks)
    if checks[1:]:
        return tr(
            "As it stood {ago}: {count} of {total} addresses answered as they should. "
            "Whether they still do is not known.",
            ago=then,
            count=number(well),
            total=number(len(checks)),
        )
    if well:
        return tr(
            "As it stood {ago}: it answered as it should. Whether it still does is not "
            "known.",
            ago=then,
        )
    return tr(
        "As it stood {ago}: it did not answer as it should. Whether that is still so "
        "is not known.",
        ago=then,
    )


def _tried(check: Check) -> Line:
    """Return a check of a round that is too old to count."""
    look = Look.UNKNOWN
    return Line(title=check.target, look=look, word=tr(LOOK_WORDS[look]))


def reading_words(reading: RegionReading) -> str:
    """Return what is to be known about a reading beside its level and its sample."""
    if reading.internet:
        return tr("The Internet there as a whole, not this service.")
    if reading.blocked:
        return _shut(reading.networks)
    untold = reading.level is None and reading.measurements
    return _doubt(reading) if untold else ""


def _doubt(reading: RegionReading) -> str:
    """Return why measurements give a place no level."""
    fails = reading.failing >= weights.FAILING_SHARE * reading.measurements
    if reading.measurements < weights.MEASUREMENTS:
        return tr("Too few measurements to say.")
    if reading.networks is not None and reading.networks < weights.NETWORKS:
        if fails:
            return tr(
                "One network only: most fail there, which tells little of the others."
            )
        return tr(
            "One network only: most succeed there, which tells little of the others."
        )
    if not fails:
        return tr("Too few measurements to say.")
    # Without a change it has failed for long, or nobody knows how it was before.
    return _risen(reading.networks) if reading.sudden else _steady(reading.networks)


def _shut(networks: int | None) -> str:
    if networks is None:
        return tr("Fails as a block would.")
    return trn(
        "Fails as a block would, on {n} network.",
        "Fails as a block would, on {n} networks.",
        networks,
    )


def _risen(networks: int | None) -> str:
    if networks is None:
        return tr("Most fail: far more than before.")
    return trn(
        "Most fail, on {n} network: far more than before.",
        "Most fail, on {n} networks: far more than before.",
        networks,
    )


def _steady(networks: int | None) -> str:
    if networks is None:
        return tr("Most fail: no sudden change is known.")
    return trn(
        "Most fail, on {n} network: no sudden change is known.",
        "Most fail, on {n} networks: no sudden change is known.",
        networks,
    )


def _try(check: Check) -> Line:
    if check.took is None:
        look, aside = Look.DEGRADED, tr(check.trouble) or tr("no answer")
    else:
        took = check.took.total_seconds() * 1000
        look = Look.DEGRADED if check.trouble else Look.OPERATIONAL
        aside = tr("{n} ms", n=number(took))
    text = tr(check.trouble) if check.took is not None else ""
    return Line(title=check.target, look=look, aside=aside, text=text)


def _check_rank(check: Check) -> int:
    return 0 if check.took is None else 1 if check.trouble else 2
