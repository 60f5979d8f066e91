"""AWS's feeds, one for each service in each region, and one for everything.

Format: RSS 2.0, https://status.aws.amazon.com/rss/<service>-<region>.rss and
``/rss/all.rss`` (read 2026-11); no recorded answer was ever seen. Each entry is one
message. How bad it is stands before its title, and only there: "Service disruption: …".
The newest message about a service says whether anything is open there; a feed is a log,
so it never says that all is well.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.feedlog import FEED, awake, read_log
from downlight.sources.page import Page, official
from downlight.sources.wire import distinct, newest_first, overall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec
    from downlight.sources.feedlog import Entry

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=5))

LEVELS: Final = {
    "informational message": Level.OPERATIONAL,  # for information
    "performance issues": Level.DEGRADED,
    "service degradation": Level.DEGRADED,
    "service disruption": Level.MAJOR,
}
"""What stands before the title of a message about something open."""
OVER: Final = "service is operating normally"

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_HEAD: Final = re.compile(rf"\s*({'|'.join((*LEVELS, OVER))})\s*:\s*", re.IGNORECASE)
_RESOLVED: Final = re.compile(r"\s*\[RESOLVED\]\s*", re.IGNORECASE)
_SERVICE: Final = re.compile(r"#([\w.-]{1,100})_\d{9,11}$")
"""How an id ends: ``#ec2-us-east-1_1638921660``."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a feed into a report, as seen at the time of receipt.

    Raises:
        Unreadable: Not a feed.
    """
    log = read_log(answer)
    found = distinct(_incident(group) for group in _groups(log.entries))
    incidents = tuple(awake(incident, answer.at) for incident in found)
    level = overall((), incidents)
    return Report(
        source,
        answer.at,
        # Information alone does not make a log say "all well".
        level=None if level is Level.OPERATIONAL else level,
        headline=line(log.title),
        incidents=incidents,
    )


def _groups(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Put the messages of one incident together, the newest of each first.

    Of one service, a message that ends something is the newest of an incident, and
    all before it, up to the next such, belong to it.
    """
    groups: list[list[Entry]] = []
    latest: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: e.at or _NEVER, reverse=True):
        service = _service(entry)
        if service not in latest or _is_over(entry):
            groups.append([])
            latest[service] = groups[-1]
        latest[service].append(entry)
    return groups


def _service(entry: Entry) -> str:
    named = _SERVICE.search(entry.id)
    return named[1] if named else ""


def _word(entry: Entry) -> str:
    head = _HEAD.match(entry.title)
    return head[1].lower() if head else ""


def _is_over(entry: Entry) -> bool:
    what = _HEAD.sub("", entry.title, count=1)
    return _word(entry) == OVER or bool(_RESOLVED.match(what))


def _incident(group: Sequence[Entry]) -> Incident:
    """Read one incident; without a word that we know it is for information."""
    newest, first = group[0], group[-1]
    is_open = not _is_over(newest) and _word(newest) in LEVELS
    what = _RESOLVED.sub("", _HEAD.sub("", newest.title, count=1), count=1)
    service = _service(newest)
    return Incident(
        id=first.id or line(first.title),
        title=line(what),
        level=LEVELS.get(_word(newest)) if is_open else None,
        phase=Phase.RESOLVED if _is_over(newest) else None,
        open=is_open,
        started_at=first.at,
        ended_at=newest.at if _is_over(newest) else None,
        updates=newest_first(
            Update(e.at, plain(e.body), Phase.RESOLVED if _is_over(e) else None)
            for e in group
            if e.at
        ),
        component_ids=(service,) if service else (),
        url=newest.link,
    )


def build(spec: SourceSpec) -> Page:
    """Make the source of one feed; of a page that is no feed, the one of all AWS."""
    page, _, feed = spec.url.rstrip("/").partition("/rss/")
    return official(
        spec,
        parse,
        url=f"{page}/rss/{feed or 'all.rss'}",
        page=page,
        cadence=CADENCE,
        accept=FEED,
        timed=True,
        verified=False,
    )
