"""Docusign's status page, which looks like Statuspage and has a word of its own.

Format: https://status.docusign.com/api/v2/summary.json; one reader tells of it
(2026-09): a part that is well is "available", where Statuspage says "operational". No
recorded answer was ever seen. Where the usual word comes, the family ``statuspage`` is
the right one; here it is unknown, lest any such page pass for Docusign's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level, worst
from downlight.core.model import Component, Incident, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    COMPONENTS,
    PHASES,
    decode,
    distinct,
    key,
    overall,
    word,
)

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/api/v2/summary.json"

LEVELS: Final = {"available": Level.OPERATIONAL} | {
    name: level for name, level in COMPONENTS.items() if level is not Level.OPERATIONAL
}
"""That the words for trouble are Statuspage's is our own reading."""
IMPACTS: Final = {
    "none": Level.OPERATIONAL,  # for information
    "minor": Level.DEGRADED,
    "major": Level.PARTIAL,
    "critical": Level.MAJOR,
}


class _Component(msgspec.Struct):
    name: str
    status: str
    id: str | None = None


class _Incident(msgspec.Struct):
    title: str
    status: str
    impact: str | None = None
    id: str | None = None


class _Status(msgspec.Struct):
    indicator: str


class _Summary(msgspec.Struct):
    components: list[_Component]
    status: _Status | None = None
    """As on Statuspage, if it is there at all."""
    incidents: list[_Incident] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the summary into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Summary)
    components = distinct(
        Component(
            id=key(c.id) or key(c.name) or "?",
            name=line(c.name),
            level=LEVELS.get(word(c.status)),
            raw=line(c.status),
        )
        for c in said.components
    )
    incidents = distinct(_incident(i) for i in said.incidents or [])
    return Report(
        source,
        answer.at,
        level=_level(said.status, components, incidents),
        components=components,
        incidents=incidents,
    )


def _level(
    page: _Status | None,
    components: tuple[Component, ...],
    incidents: tuple[Incident, ...],
) -> Level | None:
    """Return the worst that is said anywhere; the page's "all well" adds nothing."""
    said = IMPACTS.get(word(page.indicator)) if page else None
    level = overall(components, incidents)
    if page and said is None and level is Level.OPERATIONAL:
        return None
    return worst((level, said if said and said.is_trouble else None))


def _incident(found: _Incident) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    phase = PHASES.get(word(found.status))
    return Incident(
        id=key(found.id) or key(found.title) or "?",
        title=line(found.title),
        level=IMPACTS.get(word(found.impact or "")),
        phase=phase,
        open=not (phase and phase.is_over),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Docusign."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
