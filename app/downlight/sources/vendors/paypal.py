"""PayPal's own status page.

Format: https://www.paypal-status.com/api/v1/components (no key needed). One reader
tells of it (2026-03); no recorded answer was ever seen. Every part has a word for
production and one for the sandbox, where developers try things: only the first counts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/api/v1/components"

LEVELS: Final = {
    "operational": Level.OPERATIONAL,
    "informational": Level.OPERATIONAL,  # for information
    "under_maintenance": Level.MAINTENANCE,
    "service_disruption": Level.PARTIAL,  # our own decision: one step below outage
    "service_outage": Level.MAJOR,
}


class _Category(msgspec.Struct):
    name: str


class _Status(msgspec.Struct):
    production: str


class _Row(msgspec.Struct):
    category: _Category
    status: _Status
    id: int | str | None = None
    name: str | None = None


class _Components(msgspec.Struct):
    result: list[_Row]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of parts into a report; no parts tell nothing.

    Raises:
        Unreadable: It is something else.
    """
    components = distinct(
        Component(
            id=key(row.id) or key(row.name or row.category.name) or "?",
            name=line(row.name or row.category.name),
            level=LEVELS.get(word(row.status.production)),
            group=line(row.category.name),
            raw=line(row.status.production),
        )
        for row in decode(answer, _Components).result
    )
    return Report(
        source, answer.at, level=overall(components, ()), components=components
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of PayPal."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
