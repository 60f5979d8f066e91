"""How often people write about a service on Hacker News: stories found by words.

Format: Algolia's search, ``https://hn.algolia.com/api/v1/search_by_date`` (no key).
There is no evidence of it but how its public readers use it (read 2026-11): ``hits``
with a ``created_at_i`` in seconds. No recorded answer was ever seen.

Only the times are read, and who wrote, so that a person counts once in a quarter of an
hour. Who and what never leaves the answer. That people write is no evidence of an
outage by itself, so a report has no level.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec

from downlight.core.errors import CatalogError
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.page import Page
from downlight.sources.wire import decode, mentioned, moment

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://hn.algolia.com"
SITE: Final = "https://news.ycombinator.com"
CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=10))
NOTE: Final = mark("Only counted; who wrote and what is not kept.")
LIMIT: Final = 50
"""The most stories that are asked for at once."""


class _Hit(msgspec.Struct):
    created_at_i: int
    author: str | None = None


class _Found(msgspec.Struct, rename={"count": "nbHits"}):
    hits: list[_Hit]
    count: int


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn what was found into times.

    Raises:
        Unreadable: It is something else, or no story has a time.
    """
    said = decode(answer, _Found)
    stories = ((moment(hit.created_at_i), hit.author or "") for hit in said.hits)
    return mentioned(source, answer, stories, LIMIT)


def build(spec: SourceSpec) -> Page:
    """Make the source that ``spec`` describes.

    Options:
        query: What to look for.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: There is nothing to look for.
    """
    query = " ".join(spec.options.get("query", ()))
    if not query:
        raise CatalogError(f"{spec.id}: query: missing")
    api = spec.option("api", API).rstrip("/")
    asked = urlencode({"query": query, "tags": "story", "hitsPerPage": LIMIT})
    info = SourceInfo.of(
        spec,
        kind="people",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/api/v1/search_by_date?{asked}",),
        verified=False,
        note=NOTE,
    )
    return Page(info, parse)
