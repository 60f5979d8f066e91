"""Plain RSS and Atom feeds, for pages that offer nothing better.

Format: RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287). A feed
is a log: an empty one is no failure and no "all well". It has a level only while an
entry says that it is open, and then "degraded", no more.

Pages of Hund (family ``hund``) let a program read nothing but such a feed (others,
2026-09); no recorded entry was ever seen.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.feedlog import FEED, apart, awake, is_over, read_log, stem, told
from downlight.sources.page import Page, official
from downlight.sources.wire import overall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec
    from downlight.sources.feedlog import Entry

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))
HUND: Final = "/state_feed/feed.atom"
"""Where a page of Hund has its feed."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a feed into a report, as seen at the time of receipt.

    Raises:
        Unreadable: Not a feed.
    """
    log = read_log(answer)
    found = apart(told(group) for group in _groups(log.entries))
    incidents = tuple(awake(incident, answer.at) for incident in found)
    level = overall((), incidents)
    return Report(
        source, answer.at, level, headline=line(log.title), incidents=incidents
    )


def _groups(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """Put together what is about one thing, the newest of each first.

    A pair of entries may share its guid (down and up again), or its title but for
    a prefix. Some feeds give all entries one guid: there only titles tell. A title
    that comes back after an end is about another thing.
    """
    entries = tuple(entries)
    guids = Counter((entry.id, entry.link) for entry in entries if entry.id)
    if len({entry.id for entry in entries}) == 1:
        guids.clear()
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        guid = entry.id if guids[entry.id, entry.link] > 1 else ""
        name = guid or stem(entry.title).casefold()
        groups.setdefault((name, entry.link), []).append(entry)
    for group in groups.values():
        if all(entry.at for entry in group):
            group.sort(key=lambda entry: entry.at or _NEVER, reverse=True)
        yield from [group] if group[0].id == group[-1].id else _ended(group)


def _ended(group: list[Entry]) -> list[list[Entry]]:
    """Divide entries of one title where one of the older ones says "over"."""
    parts = [group[:1]]
    for entry in group[1:]:
        if is_over(entry) and not is_over(parts[-1][-1]):
            parts.append([])
        parts[-1].append(entry)
    return parts


def build(spec: SourceSpec) -> Page:
    """Make the source of one feed; the URL is the feed's own, or a page of Hund's."""
    is_hund = spec.family == "hund"
    page = spec.url.rstrip("/").removesuffix(HUND) if is_hund else ""
    # The age of an entry counts, so an old body is read again.
    return official(
        spec,
        parse,
        url=f"{page}{HUND}" if is_hund else spec.url,
        page=page,
        cadence=CADENCE,
        verified=not is_hund,
        accept=FEED,
        timed=True,
    )
