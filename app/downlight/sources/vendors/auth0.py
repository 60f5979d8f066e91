"""Auth0's feed for one tenant.

Format: RSS at https://status.auth0.com/api/rss?domain=<tenant> (one project tells of
it, 2026-09); no recorded answer was ever seen. A feed is a log: it has a level only
while an entry says that it is open, and never says that all is well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from downlight.core.schedule import Cadence
from downlight.sources.feedlog import FEED, retell
from downlight.sources.page import Page, official

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))
PATH: Final = "/api/rss"


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a feed into a report, as seen at the time of receipt.

    Raises:
        Unreadable: Not a feed.
    """
    return retell(source, answer)


def build(spec: SourceSpec) -> Page:
    """Make the source; option ``domain``: the tenant's, e.g. ``tea.eu.auth0.com``.

    A URL with ``/api/rss`` in it is asked as it is.
    """
    url = spec.url.rstrip("/")
    page = url.split(PATH, 1)[0]
    if PATH not in url:
        domain = spec.option("domain")
        url = f"{page}{PATH}" + (f"?domain={quote(domain, safe='')}" if domain else "")
    return official(
        spec,
        parse,
        url=url,
        page=page,
        cadence=CADENCE,
        accept=FEED,
        timed=True,
        verified=False,
    )
