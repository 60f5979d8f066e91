"""Status pages of Freshstatus.

Format: ``https://public-api.freshstatus.io/v1/public-components/?account_id=<number>``,
no key: components with a state of two letters (w6w, read 2026-09). No recorded answer
was ever seen, so a bare list is read as well as one under ``results``. A component that
its owner keeps out of the page's own state is left out here too.
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
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://public-api.freshstatus.io"
PATH: Final = "/v1/public-components/?account_id="
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {
    "op": Level.OPERATIONAL,
    "um": Level.MAINTENANCE,  # under maintenance
    "pd": Level.DEGRADED,  # performance degraded
    "po": Level.PARTIAL,
    "mo": Level.MAJOR,
}


class _Shown(msgspec.Struct):
    ignore_overall_status: bool = False


class _Component(msgspec.Struct):
    id: int | str
    name: str
    status: str
    display_options: _Shown | None = None

    @property
    def counts(self) -> bool:
        return not (self.display_options and self.display_options.ignore_overall_status)


class _Said(msgspec.Struct):
    results: list[_Component]
    next: object = None
    """Where the rest is, when this is not all."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of components into a report.

    Raises:
        Unreadable: It is something else, or no state in it is known.
    """
    if answer.body.lstrip()[:1] == b"[":
        said = _Said(decode(answer, list[_Component]))
    else:
        said = decode(answer, _Said)
    found = said.results
    if not any(word(c.status) in LEVELS for c in found):
        # Many formats list parts with a status; the two letters are Freshstatus'.
        raise Unreadable("no component of Freshstatus in it")
    components = distinct(
        Component(
            id=key(c.id),
            name=line(c.name),
            level=LEVELS.get(word(c.status)),
            raw=line(c.status),
        )
        for c in found
        if c.counts
    )
    level = overall(components, (), spoken=said.next is not None)
    return Report(source, answer.at, level=level, components=components)


def build(spec: SourceSpec) -> Page:
    """Make the source of one page.

    The option ``account`` is its number, ``api`` another origin than Freshstatus' own;
    not needed where the URL is that of the list itself.

    Raises:
        CatalogError: The number is missing.
    """
    page = url = spec.url
    if PATH not in url:
        api = spec.option("api", API).rstrip("/")
        url = f"{api}{PATH}{spec.needed('account')}"
    return official(spec, parse, url=url, page=page, cadence=CADENCE, verified=False)
