"""Algolia's own status page.

Format: https://status.algolia.com/1/status, a word for each cluster, and
``/2/status/service/all/period/current`` with one word for all (no key needed). Two
readers name the addresses (2026-03 and 2026-07), and Algolia's documentation the words;
no recorded answer was ever seen. The paths of Statuspage answer there too, but they are
decoys: such an answer is not read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    COMPONENTS,
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


class _Global(msgspec.Struct):
    status: str


class _Said(msgspec.Struct):
    status: dict[str, str] | None = None
    whole: _Global | None = msgspec.field(name="global", default=None)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the words for all clusters, or the one for everything, into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    words = said.status or {}
    if said.whole is None and not any(word(w) in COMPONENTS for w in words.values()):
        raise Unreadable("no cluster has a state that we know")
    components = distinct(
        Component(
            id=key(name) or "?",
            name=line(name),
            level=COMPONENTS.get(word(status)),
            raw=line(status),
        )
        for name, status in words.items()
    )
    page = COMPONENTS.get(word(said.whole.status)) if said.whole else None
    return Report(
        source,
        answer.at,
        level=overall(components, (), page, spoken=said.whole is not None),
        components=components,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; a URL with ``/status`` in its path is asked as it is."""
    page = spec.url.rstrip("/")
    is_whole = "/status" in page.partition("//")[2]
    return official(
        spec,
        parse,
        url=page if is_whole else f"{page}/1/status",
        page=page.split("/1/", 1)[0].split("/2/", 1)[0],
        cadence=CADENCE,
        verified=False,
    )
