"""Zscaler's feed.

Format: RSS at https://trust.zscaler.com/rss-feed (one project reads it, 2026-09); no
recorded answer was ever seen. There are JSON documents for each cloud too, but nobody
wrote down their address, nor what their severities are called. A feed is a log: it has
a level only while an entry says that it is open, and never says that all is well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.schedule import Cadence
from downlight.sources.feedlog import FEED, retell
from downlight.sources.page import Page, official

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))
PATH: Final = "/rss-feed"


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the feed into a report, as seen at the time of receipt.

    Raises:
        Unreadable: Not a feed.
    """
    return retell(source, answer)


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Zscaler."""
    page = spec.url.rstrip("/").removesuffix(PATH)
    return official(
        spec,
        parse,
        url=f"{page}{PATH}",
        page=page,
        cadence=CADENCE,
        accept=FEED,
        timed=True,
        verified=False,
    )
