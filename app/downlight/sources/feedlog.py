"""Feeds on the wire: RSS 2.0 and Atom, read with a parser that resolves nothing.

A feed is a log of what was published, never a state: what is over says nothing
about the present, and nobody writes "all well" into a log. What an entry tells of
is read from its words, so it is never called worse than degraded.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report, Update
from downlight.core.text import line, plain
from downlight.sources.wire import (
    PHASES,
    distinct,
    key,
    link,
    moment,
    newest_first,
    overall,
    text,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer

FEED_ITEMS: Final = 50
"""More entries of a log than this are not looked at."""
FEED: Final = "application/rss+xml, application/atom+xml, application/xml;q=0.9"
"""The media types a feed is asked for with."""
SILENCE: Final = timedelta(days=7)
"""An entry that says "open" and nothing more for this long was forgotten."""
FEED_SIZE: Final = 2_000_000
"""Longest feed that is read, in characters; the largest recorded had 0.1 million."""

_XML_CHARSET: Final = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([\w.-]{1,40})")
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"

_WORDS: Final = (
    r"investigating|identified|monitoring|resolved|postmortem|update|completed"
    r"|scheduled|in progress|verifying"
)
_PREFIX: Final = re.compile(rf"\W*({_WORDS})\s*(?:\]|:| [-\u2013] )", re.IGNORECASE)
_MARKED: Final = re.compile(
    rf"<(?:strong|b)>\s*({_WORDS})\s*</|\bstatus:\s*({_WORDS})\b", re.IGNORECASE
)
_OVER: Final = re.compile(
    r"\[resolved\]|\boperating normally\b|^\W*(?:resolved|recovered|fixed)\b"
    r"|\b(?:is|are|was|were|has|have|been|now|fully)"
    r" (?:resolved|recovered|fixed|completed)\b",
    re.IGNORECASE,
)
_STEM: Final = re.compile(
    r"^(?:\W*(?:investigating|identified|monitoring|resolved|update|completed"
    r"|informational message|service [a-z ]{5,20})\s*[\]:\u2013-]+\s*)+",
    re.IGNORECASE,
)
_DOWN: Final = re.compile(r"\bwent down$", re.IGNORECASE)  # Better Stack's titles
_UP: Final = re.compile(r"\brecovered$", re.IGNORECASE)
_START: Final = 300
"""Only the beginning of a text, in characters, is searched for "resolved"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as it came."""

    id: str
    title: str
    link: str
    at: datetime | None
    """When it was last touched."""
    body: str
    """Markup, possibly escaped once more."""
    author: str = ""
    """What an Atom feed calls who wrote it; empty where it does not say."""


@dataclass(frozen=True, slots=True)
class Log:
    """A feed: what was published, newest entries as the publisher orders them."""

    title: str
    link: str
    entries: tuple[Entry, ...]


def read_log(answer: Answer, items: int = FEED_ITEMS) -> Log:
    """Read an RSS or Atom feed, at most ``items`` entries of it.

    Raises:
        Unreadable: Not a feed, too long, or with a DTD (where entity bombs live).
    """
    # Only feeds need an XML parser; a sixth of the other sources' import time.
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    if (declared := _XML_CHARSET.match(answer.body)) and not answer.charset:
        answer = replace(answer, charset=declared[1].decode("ascii"))
    words = text(answer)
    if len(words) > FEED_SIZE:
        raise Unreadable("the feed is too long")
    try:
        root: Element = fromstring(words.strip(), forbid_dtd=True)
    except (ParseError, ValueError) as error:  # ValueError: what defusedxml forbids
        raise Unreadable("not a feed") from error
    if root.tag == f"{_ATOM}feed":
        return _log(root, root.findall(f"{_ATOM}entry")[:items])
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        raise Unreadable("not a feed")
    return _log(channel, channel.findall("item")[:items])


def _log(head: Element, items: list[Element]) -> Log:
    entries = tuple(_entry(item) for item in items)
    return Log(_first(head, "title", f"{_ATOM}title"), _href(head), entries)


def _entry(item: Element) -> Entry:
    times = ("pubDate", f"{_ATOM}updated", f"{_DC}date", f"{_ATOM}published")
    bodies = (f"{_CONTENT}encoded", "description")
    return Entry(
        id=key(_first(item, "guid", f"{_ATOM}id")),
        title=_first(item, "title", f"{_ATOM}title"),
        link=_href(item),
        at=moment(_first(item, *times)),
        body=_first(item, *bodies, f"{_ATOM}content", f"{_ATOM}summary"),
        author=_first(item, f"{_ATOM}author/{_ATOM}name"),
    )


def _first(parent: Element, *tags: str) -> str:
    for tag in tags:
        child = parent.find(tag)
        if child is not None and (words := "".join(child.itertext()).strip()):
            return words
    return ""


def _href(parent: Element) -> str:
    for child in parent.findall(f"{_ATOM}link"):
        if child.get("rel", "alternate") == "alternate":
            return link(child.get("href"))
    return link(_first(parent, "link"))


def told(entries: Sequence[Entry]) -> Incident:
    """Return the incident that ``entries`` (all about one, newest first) tell of.

    Open is only what says so with a word of its own: "Investigating", "Status:
    Monitoring", "went down". Everything else is for information, without a level.
    When it began is not known: many publishers move the date with each update.
    """
    newest, first = entries[0], entries[-1]
    phase, is_open = _stage(newest)
    return Incident(
        # The oldest entry's: one that is added must not make it another incident.
        id=first.id or first.link or line(stem(first.title)),
        title=line(newest.title),
        level=Level.DEGRADED if is_open else None,
        phase=phase,
        open=is_open,
        ended_at=newest.at if phase and phase.is_over else None,
        updates=newest_first(
            Update(entry.at, plain(_newest(entry)), _stage(entry)[0])
            for entry in entries
            if entry.at
        ),
        url=newest.link,
    )


def retell(source: SourceId, answer: Answer) -> Report:
    """Turn a feed in which each entry is about a thing of its own into a report.

    Raises:
        Unreadable: Not a feed.
    """
    log = read_log(answer)
    found = apart(told((entry,)) for entry in log.entries)
    incidents = tuple(awake(incident, answer.at) for incident in found)
    return Report(
        source,
        answer.at,
        level=overall((), incidents),
        headline=line(log.title),
        incidents=incidents,
    )


def awake(incident: Incident, now: datetime) -> Incident:
    """Return the incident; closed, if nobody has said anything about it for long."""
    last = incident.updates[0].at if incident.updates else now
    if not incident.open or abs(now - last) <= SILENCE:
        return incident
    return replace(incident, open=False, level=None)


def stem(title: str) -> str:
    """Return a title without what it says of the state."""
    return _UP.sub("", _DOWN.sub("", _STEM.sub("", title))).strip()


def apart(found: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return incidents with ids of their own: by title, where they share one.

    By their order they would change names whenever one is added.
    """
    incidents = tuple(found)
    ids = Counter(incident.id for incident in incidents)
    return distinct(
        replace(i, id=key(f"{i.id}#{stem(i.title)}")) if ids[i.id] > 1 else i
        for i in incidents
    )


def is_over(entry: Entry) -> bool:
    """Whether an entry says that what it tells of has ended."""
    phase, _ = _stage(entry)
    return phase is not None and phase.is_over


def _stage(entry: Entry) -> tuple[Phase | None, bool]:
    """Return the phase an entry names, and whether it says that it is open."""
    body = _newest(entry)
    if said := _PREFIX.match(entry.title) or _MARKED.search(body):
        now = word(said[1] or said[2])
        phase = Phase.RESOLVED if now == "completed" else PHASES.get(now)
        return phase, now == "update" or bool(phase and not phase.is_over)
    if _DOWN.search(entry.title):
        return None, True
    start = plain(body)[:_START]
    if _UP.search(entry.title) or _OVER.search(entry.title) or _OVER.search(start):
        return Phase.RESOLVED, False
    return None, False


def _newest(entry: Entry) -> str:
    """Return the first paragraph: where several updates stand, the newest."""
    body = entry.body if "<" in entry.body else html.unescape(entry.body)
    return body.split("</p>", 1)[0]
