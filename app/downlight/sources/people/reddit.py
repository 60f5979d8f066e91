"""How often people write about a service on Reddit: a feed of one community.

Format: Atom, ``/r/{name}/new/.rss`` or ``/r/{name}/search.rss`` (no key; what others
found, read 2026-11: without a key the JSON of Reddit answers 403 to many, the feeds
answer home lines, but seldom faster than once in ten minutes). No recorded answer was
ever seen.

Only the times are read, and who wrote, so that a person counts once in a quarter of an
hour. Who and what never leaves the answer. That people write is no evidence of an
outage by itself, so a report has no level.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from downlight.core.errors import CatalogError
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.feedlog import read_log
from downlight.sources.page import Page
from downlight.sources.wire import mentioned

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

SITE: Final = "https://www.reddit.com"
ACCEPT: Final = "application/atom+xml, application/xml;q=0.9"
CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=10))
NOTE: Final = mark(
    "Only counted, and Reddit often refuses; who wrote and what is not kept."
)
LIMIT: Final = 25
"""The most entries that are given to who does not say how many."""

_GONE: Final = "/u/[deleted]"
"""The one name of all whose account is gone."""
_NAME: Final = re.compile(r"\w{2,30}", re.ASCII)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a feed into the times of its entries.

    Raises:
        Unreadable: It is something else, or no entry has a time.
    """
    entries = (
        (entry.at, "" if entry.author == _GONE else entry.author)
        for entry in read_log(answer).entries
    )
    return mentioned(source, answer, entries, LIMIT)


def build(spec: SourceSpec) -> Page:
    """Make the source that ``spec`` describes; its URL is Reddit's, or a copy's.

    Options:
        subreddit: The community, without ``r/``.
        query: What to look for there; everything new when missing.

    Raises:
        CatalogError: There is no such name of a community.
    """
    name = spec.option("subreddit")
    if not _NAME.fullmatch(name):
        raise CatalogError(f"{spec.id}: subreddit: a name is wanted")
    site = spec.url.split("/r/")[0].rstrip("/") or SITE
    page = f"{site}/r/{name}"
    url = f"{page}/new/.rss"
    if query := " ".join(spec.options.get("query", ())):
        asked = {"q": query, "restrict_sr": "on", "sort": "new", "t": "day"}
        url = f"{page}/search.rss?{urlencode(asked)}"
    info = SourceInfo.of(
        spec,
        kind="people",
        cadence=CADENCE,
        page=page,
        urls=(url,),
        verified=False,
        note=NOTE,
    )
    return Page(info, parse, ACCEPT)
