"""Plain RSS and Atom feeds, for pages that offer nothing better.

Format: RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287).
A feed is a log: an empty one is no failure and no "all well". It has a level only
while an entry says that it is open, and then "degraded", no more.

Azure's feed (family ``azure-rss``) is the exception: it lists what is going on, so
there an entry is open unless it says otherwise, and none at all means operational.
No recorded entry of it was ever seen.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Incident, Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.text import line
from downlight.sources.feedlog import read_log, told
from downlight.sources.wire import distinct, overall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec
    from downlight.sources.feedlog import Entry

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))
ACCEPT: Final = "application/rss+xml, application/atom+xml, application/xml;q=0.9"
SILENCE: Final = timedelta(days=7)
"""An entry that says "open" and nothing more for this long was forgotten."""
AZURE: Final = "https://azure.status.microsoft/"
"""Where Azure's own feed says it belongs."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_STEM: Final = re.compile(
    r"^(?:\W*(?:investigating|identified|monitoring|resolved|update|completed"
    r"|informational message|service [a-z ]{5,20})\s*[\]:\u2013-]+\s*)+",
    re.IGNORECASE,
)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a feed into a report, as seen at the time of receipt.

    Raises:
        Unreadable: Not a feed.
    """
    log = read_log(answer)
    found = distinct(told(group) for group in _groups(log.entries))
    incidents = tuple(_awake(incident, answer.at) for incident in found)
    level = overall((), incidents)
    return Report(
        source, answer.at, level, headline=line(log.title), incidents=incidents
    )


def parse_azure(source: SourceId, answer: Answer) -> Report:
    """Turn Azure's feed of what is going on into a report.

    Raises:
        Unreadable: Not a feed, or somebody else's.
    """
    log = read_log(answer)
    if not log.link.startswith(AZURE):
        raise Unreadable("not Azure's feed")
    found = distinct(told((entry,)) for entry in log.entries)
    incidents = tuple(
        i if i.phase else replace(i, open=True, level=Level.DEGRADED) for i in found
    )
    level = overall((), incidents, Level.OPERATIONAL, spoken=True)
    return Report(
        source, answer.at, level, headline=line(log.title), incidents=incidents
    )


def _groups(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """Put together what is about one thing, the newest of each first.

    A pair of entries may share its guid (down and up again), or its title but for
    a prefix. A guid alone is not trusted: some feeds give all entries the same.
    """
    entries = tuple(entries)
    guids = Counter((entry.id, entry.link) for entry in entries if entry.id)
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        guid = entry.id if guids[entry.id, entry.link] > 1 else ""
        name = guid or _STEM.sub("", entry.title).casefold()
        groups.setdefault((name, entry.link), []).append(entry)
    for group in groups.values():
        if all(entry.at for entry in group):
            group.sort(key=lambda entry: entry.at or _NEVER, reverse=True)
    return groups.values()


def _awake(incident: Incident, now: datetime) -> Incident:
    last = incident.updates[0].at if incident.updates else now
    if not incident.open or abs(now - last) <= SILENCE:
        return incident
    return replace(incident, open=False, level=None)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed."""

    info: SourceInfo

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once; the age of an entry counts, so an old body is read again.

        Raises:
            SourceError: There is no report.
        """
        del last
        answer = await web.get(self.info.urls[0], accept=ACCEPT)
        reading = parse_azure if self.info.family == "azure-rss" else parse
        return answer.parsed(lambda a: reading(self.info.id, a), None)


def build(spec: SourceSpec) -> Feed:
    """Make the source of one feed; the URL is the feed's own."""
    return Feed(
        SourceInfo(
            id=spec.id,
            name=spec.name,
            family=spec.family,
            kind="official",
            cadence=CADENCE,
            page="",
            urls=(spec.url,),
            verified=spec.family != "azure-rss",
            note=spec.note,
        )
    )
