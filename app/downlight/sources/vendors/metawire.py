"""What Meta's answers look like on the wire, and what their words mean.

The words for a state are free text and read by keyword; the table the readers of
the site agree on goes first, so "Major outage" is major. A word we cannot read is
not known, and one with "no" or "not" in it is read only when it is "No known
issues". "Resolved" stays on a service for hours after the end and means that all
is well again; "being resolved" does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level, worst
from downlight.core.model import Component, Incident, Phase, Report, Update
from downlight.core.text import line, plain
from downlight.sources.feedlog import read_log
from downlight.sources.wire import (
    PHASES,
    distinct,
    key,
    link,
    moment,
    newest_first,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.sources.feedlog import Entry

    Parts = Mapping[str, str]
    """Names of components by id."""

_T = TypeVar("_T")

SITE: Final = "https://metastatus.com"
WORDS: Final = {
    "no known issues": Level.OPERATIONAL,
    "operational": Level.OPERATIONAL,
    "resolved": Level.OPERATIONAL,
    "low disruptions": Level.DEGRADED,
    "medium disruptions": Level.PARTIAL,
    "high disruptions": Level.MAJOR,
    "major outage": Level.MAJOR,
    "partial outage": Level.PARTIAL,
}
"""What its readers have met or prepare for, in small letters."""

_KEYWORDS: Final = (
    (re.compile(r"\b(?:no|not|none|never|without|unresolved)\b"), None),
    (re.compile(r"\b(?:be|being|mostly|nearly|almost|once|until)\b.*\bresolved"), None),
    (re.compile(r"\bpart(?:ial|ially|ly)\b"), Level.PARTIAL),
    (re.compile(r"\bresolved\b"), Level.OPERATIONAL),
    (re.compile(r"\b(?:high|major)\b"), Level.MAJOR),
    (re.compile(r"\bmedium\b"), Level.PARTIAL),
    (re.compile(r"\boutages?\b"), Level.MAJOR),
    (re.compile(r"\b(?:low|disruptions?|degrad\w*|issues?)\b"), Level.DEGRADED),
)
_LONGEST: Final = 200
"""Characters of a word for a state that are looked at: patterns take their time."""
_TITLE: Final = re.compile(r"\s*\[([^\]]{1,80})\]\s*:?\s*(.*)", re.DOTALL)


class _Service(msgspec.Struct):
    status: str | None = None
    name: str | None = None
    id: int | str | None = None


class _Org(msgspec.Struct):
    services: list[_Service] | None = None
    id: int | str | None = None
    name: str | None = None


class _Post(msgspec.Struct):
    status: str | None = None
    description: str | None = None
    time: object = None


class _Outage(msgspec.Struct):
    id: int | str | None = None
    service_id: int | str | None = None
    status: str | None = None
    time: object = None
    posts: list[_Post] | None = None


def level_said(said: str | None) -> Level | None:
    """Return what one of Meta's words for a state means; None when we cannot tell."""
    words = " ".join((said or "")[:_LONGEST].casefold().split()).strip(".!")
    if words in WORDS:
        return WORDS[words]
    return next((found for sign, found in _KEYWORDS if sign.search(words)), None)


def read_orgs(found: object) -> tuple[Component, ...]:
    """Return the services of all organisations, grouped by the organisation's id.

    Raises:
        Unreadable: These are no organisations.
    """
    return distinct(
        Component(
            id=f"{group}/{key(service.id) or key(service.name)}",
            name=line(service.name or "") or key(service.id),
            level=level_said(service.status),
            group=group,
            raw=line(service.status or ""),
        )
        for org in _shaped(found, list[_Org])
        for service in org.services or ()
        if (group := key(org.id) or key(org.name))
    )


def read_outages(found: object, org: str, parts: Parts) -> tuple[Incident, ...]:
    """Return the outages of ``org``.

    Args:
        found: The list, as decoded.
        org: The organisation's id; empty when it is not known.
        parts: Its services by id. An outage of a service that is not among them
            concerns them all.

    Raises:
        Unreadable: These are no outages.
    """
    outages = _shaped(found, list[_Outage])
    everything = tuple(parts)
    return distinct(_incident(outage, org, parts, everything) for outage in outages)


def read_feed(source: SourceId, answer: Answer, org: str) -> Report:
    """Read the feed of open outages of ``org``, as one component of its own.

    It names a severity in brackets at best. An entry whose severity we cannot read
    is degraded all the same: by being there it says that something is open. A feed
    without entries leaves the level None: absent is not "all well".

    Raises:
        Unreadable: Not a feed.
    """
    log = read_log(answer)
    part = f"{org}/feed"
    incidents = distinct(_item(entry, part) for entry in log.entries)
    found = worst(incident.level for incident in incidents if incident.open)
    component = Component(part, line(log.title) or org, found, group=org)
    return Report(
        source, answer.at, level=found, components=(component,), incidents=incidents
    )


def _shaped(found: object, shape: type[_T]) -> _T:
    try:
        return msgspec.convert(found, shape)
    except msgspec.ValidationError as error:
        raise Unreadable(f"not the shape we know: {error}") from error


def _incident(
    outage: _Outage, org: str, parts: Parts, everything: tuple[str, ...]
) -> Incident:
    posts = sorted(outage.posts or (), key=_instant, reverse=True)
    # The outage's own word first, then its posts' from the newest on.
    said = [words for words in (outage.status, *(p.status for p in posts)) if words]
    now = said[0] if said else ""
    is_open = _phase(now) is not Phase.RESOLVED
    levels = [(found, words) for words in said if (found := _trouble(words))]
    # While it is open the newest severity counts, afterwards the worst there was.
    severity, words = (
        (levels[0] if is_open else max(levels, key=lambda pair: pair[0]))
        if levels
        else (None, now)
    )
    updates = newest_first(
        Update(at, plain(post.description or ""), _phase(post.status))
        for post in posts
        if (at := moment(post.time))
    )
    ends = (update.at for update in updates if update.phase is Phase.RESOLVED)
    part = "/".join(filter(None, (org, key(outage.service_id))))
    name = parts.get(part, "")
    title = now if is_open else words
    return Incident(
        id=key(outage.id) or f"{part}@{key(str(outage.time))}",
        title=line(": ".join(filter(None, (name, title)))),
        level=severity,
        phase=_phase(now),
        open=is_open,
        started_at=moment(outage.time),
        ended_at=None if is_open else next(ends, None),
        updates=updates,
        component_ids=(part,) if name or not parts else everything,
        url=link(f"{SITE}/{org}") if org else "",
    )


def _item(entry: Entry, part: str) -> Incident:
    marked = _TITLE.fullmatch(entry.title)
    said, name = marked.groups() if marked else ("", entry.title)
    is_over = _phase(said) is Phase.RESOLVED
    return Incident(
        # Without the severity, which may change.
        id=entry.id or f"{line(name)}@{entry.at}",
        title=line(": ".join(filter(None, (name, said)))),
        level=None if is_over else _trouble(said) or Level.DEGRADED,
        phase=_phase(said),
        open=not is_over,
        started_at=entry.at,
        ended_at=entry.at if is_over else None,
        updates=(Update(entry.at, plain(entry.body)),) if entry.at else (),
        component_ids=(part,),
        url=entry.link,
    )


def _instant(post: _Post) -> float:
    at = moment(post.time)
    return at.timestamp() if at else 0.0


def _phase(said: str | None) -> Phase | None:
    if level_said(said) is Level.OPERATIONAL:
        return Phase.RESOLVED
    return PHASES.get(word(said or ""))


def _trouble(said: str) -> Level | None:
    found = level_said(said)
    return found if found is not None and found.is_trouble else None
