"""Azure's feed of what is going on.

Format: RSS 2.0 at https://rssfeed.azure.status.microsoft/en-us/status/feed/ (an answer
without entries recorded 2026-09). It is no log: it lists what is going on, so an entry
is open unless it says otherwise, and none at all means operational. No recorded entry
was ever seen, and none names how bad it is: never worse than degraded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.feedlog import FEED, apart, read_log, told
from downlight.sources.page import Page, official
from downlight.sources.wire import overall

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))
HOME: Final = "https://azure.status.microsoft/"
"""Where Azure's own feed says it belongs."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn Azure's feed of what is going on into a report.

    Raises:
        Unreadable: Not a feed, or somebody else's.
    """
    log = read_log(answer)
    if not log.link.startswith(HOME):
        raise Unreadable("not Azure's feed")
    found = apart(told((entry,)) for entry in log.entries)
    incidents = tuple(
        i if i.phase else replace(i, open=True, level=Level.DEGRADED) for i in found
    )
    level = overall((), incidents, Level.OPERATIONAL, spoken=True)
    return Report(
        source,
        answer.at,
        level,
        headline=line(log.title),
        incidents=incidents,
        exhaustive=True,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; the URL is the feed's own."""
    return official(
        spec,
        parse,
        url=spec.url,
        page=HOME,
        cadence=CADENCE,
        accept=FEED,
        verified=False,
    )
