"""Status pages of Gatus, on a host of one's own.

Format: ``/api/v1/endpoints/statuses`` (no key, unless the page is locked), an answer
the program's own tests hold it to (2026-08). No recorded answer was ever seen.

An endpoint is as its last result was; the pages of the address are pages of results,
so one of them is enough. One endpoint of many that fails is a partial outage of the
whole.
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
from downlight.sources.pages import together
from downlight.sources.wire import decode, distinct, key

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=1), quick=timedelta(minutes=1))
PATH: Final = "/api/v1/endpoints/statuses"

LEVELS: Final = {True: Level.OPERATIONAL, False: Level.MAJOR}
RAW: Final = {True: "success", False: "failure"}


class _Result(msgspec.Struct):
    success: bool


class _Endpoint(msgspec.Struct):
    key: str
    results: list[_Result] | None
    name: str = ""
    group: str = ""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the endpoints' results, the newest one last, into a report.

    Raises:
        Unreadable: It is something else.
    """
    components = distinct(_component(e) for e in decode(answer, list[_Endpoint]))
    return Report(source, answer.at, level=together(components), components=components)


def _component(found: _Endpoint) -> Component:
    last = found.results[-1].success if found.results else None
    return Component(
        id=key(found.key),
        name=line(found.name or found.key),
        level=None if last is None else LEVELS[last],
        group=line(found.group) or None,
        raw="" if last is None else RAW[last],
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.partition("?")[0].rstrip("/").removesuffix(PATH)
    url = f"{page}{PATH}?page=1&pageSize=1"
    return official(spec, parse, url=url, page=page, cadence=CADENCE, verified=False)
