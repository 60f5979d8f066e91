"""Zendesk's own status page.

Format: https://status.zendesk.com/api/ssp/incidents.json (JSON:API, no key needed). One
reader tells of it (2026-03); no recorded answer was ever seen. Open and closed
incidents stand in one list. An empty one could be anybody's, so it says nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report
from downlight.core.schedule import Cadence
from downlight.core.speech import tr
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, moment, overall

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/api/ssp/incidents.json"

LEVELS: Final = {True: Level.MAJOR, False: Level.DEGRADED}
"""By whether Zendesk calls it an outage; for the rest it has no word."""


class _Attributes(msgspec.Struct, rename="camel"):
    outage: bool
    resolved_at: str | None
    """Always there; null while it is open."""
    title: str | None = None
    started_at: object = None


class _Incident(msgspec.Struct):
    id: str | int
    attributes: _Attributes


class _Page(msgspec.Struct):
    data: list[_Incident]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of incidents into a report.

    Raises:
        Unreadable: It is something else.
    """
    listed = decode(answer, _Page).data
    incidents = distinct(_incident(i.id, i.attributes) for i in listed)
    page = Level.OPERATIONAL if listed else None
    return Report(
        source, answer.at, level=overall((), incidents, page), incidents=incidents
    )


def _incident(name: str | int, found: _Attributes) -> Incident:
    is_open = found.resolved_at is None
    return Incident(
        id=key(name) or "?",
        title=line(found.title or tr("Incident")),
        level=LEVELS[found.outage],
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(found.started_at),
        ended_at=moment(found.resolved_at),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Zendesk."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
