"""What is to be known before looking at the map of a service, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.evidence.facts import fresh
from downlight.core.saying.source_words import source_line
from downlight.core.saying.words import PLACES_NAMED, joined
from downlight.core.speech import tr, trn
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from downlight.core.evidence.verdict import Evidence
    from downlight.ui.glance import Glance
    from downlight.ui.regions.regions import Row


def offline(glance: Glance) -> Iterator[str]:
    """Return that there is no connection, while there is none."""
    if glance.view.verdict.online is False:
        yield tr("You are offline. What is shown here was known before.")


def said(
    glance: Glance, sources: Sequence[Evidence], rows: Sequence[Row]
) -> Iterator[str]:
    """Return what is to be known before looking at the map."""
    view, now = glance.view, glance.now
    if glance.asking and not rows:
        yield tr("The first answers are still awaited.")
        return
    if not sources:
        nobody = tr("Nobody measures {name} by country.", name=view.service.name)
        yield joined(nobody, _known(rows))
    elif all(_is_of_internet(e) for e in sources):
        yield tr(
            "Nobody measures {name} by country. What is measured is the Internet there "
            "as a whole.",
            name=view.service.name,
        )
    old = [e for e in sources if fresh(e, now) is None]
    for e in old:
        line = source_line(e.standing, now, glance.zone)
        age = tr("What it said is too old to count.") if e.standing.report else ""
        yield joined(f"{e.info.name}: {line}", age)
    if sources and not old and not rows:
        yield tr("Nothing was measured in any country lately.")
    if not rows:
        yield tr("The page “Is it me?” shows whether it works from here.")


def _known(rows: Sequence[Row]) -> str:
    named = [row for row in rows if row.named]
    if not named:
        return tr("Nobody names one, either.")
    official = [row.name for row in named if row.named == "provider"]
    names = list(dict.fromkeys(official or [row.name for row in named]))
    if len(names) > PLACES_NAMED:
        places = trn("{n} place", "{n} places", len(names))
    else:
        places = listed(names)
    if official:
        return tr("What is known: the provider names {places}.", places=places)
    return tr("What is known: others who watch name {places}.", places=places)


def _is_of_internet(e: Evidence) -> bool:
    """Whether all that a source measured is the Internet, and not the service."""
    report = e.standing.report
    return bool(report and report.readings) and all(
        reading.internet for reading in (report.readings if report else ())
    )
