"""Status pages of LambStatus, and of those that serve its list of components.

Format: ``/api/components``, a list of names with a word each (no key; from stts, read
2026-03). No recorded answer was ever seen.

Nothing but the spelling of its words marks the format, so they are compared as they
are written here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, overall

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
PATH: Final = "/api/components"

LEVELS: Final = {
    "Operational": Level.OPERATIONAL,
    "Under Maintenance": Level.MAINTENANCE,
    "Degraded Performance": Level.DEGRADED,
    "Partial Outage": Level.PARTIAL,
    "Major Outage": Level.MAJOR,
}


class _Component(msgspec.Struct):
    name: str
    status: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of components into a report.

    Raises:
        Unreadable: It is something else.
    """
    components = distinct(
        Component(
            id=key(found.name),
            name=line(found.name),
            level=LEVELS.get(found.status),
            raw=line(found.status),
        )
        for found in decode(answer, list[_Component])
    )
    if all(component.level is None for component in components):
        raise Unreadable("no component with a word of this format")
    return Report(
        source, answer.at, level=overall(components, ()), components=components
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
