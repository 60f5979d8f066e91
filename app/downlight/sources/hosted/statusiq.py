"""Status pages of Site24x7 StatusIQ.

Format: ``<page>/rss``, which is no log of incidents: each item is a component, titled
"name - Status", and all items share one guid (an answer recorded 2026-09). And
``<page>/sp/api/public/summary_details/statuspages/<encoded id>``: JSON with groups and
components, known from stts (2026-03) by its numbers alone. No recorded answer of it was
ever seen, so parts are found there by the number they carry, wherever they stand.
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
from downlight.sources.feedlog import FEED, read_log
from downlight.sources.page import Page, official
from downlight.sources.wire import COMPONENTS, decode, distinct, key, overall, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

WORDS: Final = COMPONENTS | {"informational": Level.OPERATIONAL}
"""What stands in the feed behind the name."""
NUMBERS: Final = {
    1: Level.OPERATIONAL,
    2: Level.OPERATIONAL,  # informational
    3: Level.DEGRADED,
    4: Level.MAINTENANCE,  # not in the order of badness
    5: Level.PARTIAL,
    6: Level.MAJOR,
}
MARK: Final = b"site24x7"
"""In the name space its feeds declare."""
_STATUS: Final = "component_status"
_DEPTH: Final = 4
_ITEMS: Final = 1000
"""More components than this are not read; a feed of components is read to its end."""


class _Summary(msgspec.Struct):
    current_status: list[object]


class _Said(msgspec.Struct):
    data: _Summary


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the feed of components, or the page's summary, into a report.

    Raises:
        Unreadable: It is neither, or names no component.
    """
    if answer.body.lstrip().startswith((b"<?xml", b"<rss")):
        components = distinct(_listed(answer))
    else:
        said = decode(answer, _Said)
        components = distinct(_found(said.data.current_status, None, _DEPTH))
    if not components:
        raise Unreadable("no component in it")
    return Report(
        source, answer.at, level=overall(components, ()), components=components
    )


def _listed(answer: Answer) -> Iterator[Component]:
    if MARK not in answer.body:
        raise Unreadable("not a feed of StatusIQ")
    for entry in read_log(answer, _ITEMS).entries:
        name, _, said = entry.title.rpartition(" - ")
        yield Component(
            id=key(name or entry.title),
            name=line(name or entry.title),
            level=WORDS.get(word(said)) if name else None,
            raw=line(said),
        )


def _found(found: object, group: str | None, depth: int) -> Iterator[Component]:
    """Find everything that carries a component's number, and its group's name."""
    if isinstance(found, list) and depth:
        for inner in found:
            yield from _found(inner, group, depth - 1)
    if not isinstance(found, dict):
        return
    name = line(_said(found, "name"))
    if _STATUS in found:
        number = found[_STATUS]
        yield Component(
            id=key(_said(found, "component_id") or name),
            name=name,
            # Not isinstance: true is an int that equals 1.
            level=NUMBERS.get(number) if type(number) is int else None,
            group=group,
            raw=line(str(number)),
        )
        return
    for inner in found.values():
        if isinstance(inner, list):
            yield from _found(inner, name or group, depth - 1)


def _said(found: dict[str, object], end: str) -> str:
    """Return the first text whose key ends like that."""
    fields = (v for k, v in found.items() if k.endswith(end))
    return next((value for value in fields if isinstance(value, str)), "")


def build(spec: SourceSpec) -> Page:
    """Make the source of one page.

    The option ``page`` is the page's encoded id: with it the summary is asked, which
    was never seen recorded; without it the feed.
    """
    page = spec.url.rstrip("/").removesuffix("/rss")
    if page_id := spec.option("page"):
        path = f"/sp/api/public/summary_details/statuspages/{page_id}"
        return official(
            spec, parse, url=page + path, page=page, cadence=CADENCE, verified=False
        )
    return official(
        spec, parse, url=f"{page}/rss", page=page, cadence=CADENCE, accept=FEED
    )
