"""How answers look on the wire: text, JSON, words, times and links.

What several families share, and nothing that belongs to one of them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Report,
    Update,
    level_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer

_T = TypeVar("_T")
_Item = TypeVar("_Item", Component, Incident, Maintenance)

_LINK_LENGTH: Final = 500
"""Longer links are dropped: nobody can read them, and they may carry anything."""
_KEY_LENGTH: Final = 200
"""Longest id that is kept, in characters."""
_WORD_LENGTH: Final = 40
"""Longest word whose spelling is kept in mind; pages say few, again and again."""
_MOMENT_LENGTH: Final = 64
"""So many characters of a time are looked at."""
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Earlier times stand for "none" (Go writes year 1, others 0)."""
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
_MILLISECONDS: Final = 1e11
"""Numbers from here on count milliseconds; as seconds they were the year 5138."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # The mark of UTF-16 LE begins the one of UTF-32 LE: the longer one first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE_CHARSET: Final = re.compile(
    r"(iso-?8859-?\d\d?|latin-?1|windows-125\d|cp125\d)", re.IGNORECASE
)
_LINK: Final = re.compile(r"https://[\w.-]+(?:/[\w./~%=&+,:-]*)?", re.ASCII)
"""How nearly all links are, and all that is to be said of them."""
_NUMBER: Final = re.compile(r"\d{9,14}(\.\d{1,9})?")
_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?"
    # Go adds the zone's name; alone, a name other than these could be anywhere.
    r" ?(?:(Z|[+-]\d\d:?\d\d)(?: [A-Z]{3,4})?|UTC|GMT)?"
)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"
)
"""How nearly all write it, so that nothing else need be tried."""
_NAMED_ZONE: Final = re.compile(r"[A-Za-z]+\Z")
_ONCE: Final = timedelta(minutes=15)
"""In which one person counts once (study)."""
_FULL: Final = 0.5
"""The share of what an answer may hold from which there may be more than it holds:
servers leave out what they hide, and some give fewer than they are asked for. Assumed.
"""

COMPONENTS: Final = {
    "operational": Level.OPERATIONAL,
    "under_maintenance": Level.MAINTENANCE,
    "degraded_performance": Level.DEGRADED,
    "partial_outage": Level.PARTIAL,
    "major_outage": Level.MAJOR,
    "full_outage": Level.MAJOR,  # incident.io's word
}
"""The words of Statuspage and incident.io for a component."""
PHASES: Final = {phase.value: phase for phase in Phase}
STATES: Final = {state.value: state for state in MaintenanceState} | {
    "maintenance_scheduled": MaintenanceState.SCHEDULED,
    "maintenance_in_progress": MaintenanceState.IN_PROGRESS,
    "maintenance_complete": MaintenanceState.COMPLETED,
    "upcoming": MaintenanceState.SCHEDULED,
}
"""The words of Statuspage, incident.io and Apple for planned work."""


def text(answer: Answer) -> str:
    """Return the body as text: by its byte order mark, charset, or as UTF-8.

    Raises:
        Unreadable: The bytes are not text in that encoding.
    """
    body, charset = answer.body, _charset(answer)
    for mark, name in _BOMS:
        if body.startswith(mark):
            body, charset = body[len(mark) :], name
            break
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, LookupError):  # LookupError: "iso-8859-12" is none
        # The original error holds the body; it must not travel into a log.
        raise Unreadable(f"not text in {charset}") from None


def _charset(answer: Answer) -> str:
    """Choose the encoding of a body without a mark.

    A NUL byte gives UTF-16 away; a header that says UTF-16 while there is none
    is left over from before somebody converted the body. Everything that is not
    a known one-byte set is UTF-8, or not readable.
    """
    start = answer.body[:2]
    if start[:1] == b"\0":
        return "utf-16-be"
    if start[1:] == b"\0":
        return "utf-16-le"
    named = answer.charset or ""
    return named.lower() if _ONE_BYTE_CHARSET.fullmatch(named) else "utf-8"


def decode(answer: Answer, shape: type[_T]) -> _T:
    """Return the JSON body as a value of type ``shape``.

    Raises:
        Unreadable: It is empty, no JSON, or JSON of another shape. The reason
            names the place and the expected type, never what stood there.
    """
    return decode_text(text(answer), shape)


def decode_text(words: str, shape: type[_T]) -> _T:
    """Return JSON text as a value of type ``shape``; see `decode`."""
    start = words[:64].lstrip()
    if not start and not words.strip():
        raise Unreadable("the answer is empty")
    if start.startswith("<"):
        raise Unreadable("a web page came where data was expected")
    try:
        return msgspec.json.decode(words, type=shape)
    except msgspec.ValidationError as error:
        raise Unreadable(f"not the shape we know: {error}") from error
    except msgspec.DecodeError as error:
        raise Unreadable(f"broken JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply") from error


def word(value: str) -> str:
    """Return a foreign word in one spelling: "Under-Maintenance" and such alike."""
    return _known_spelling(value) if len(value) <= _WORD_LENGTH else _spelling(value)


def _spelling(value: str) -> str:
    return "_".join(value.casefold().replace("-", " ").replace("_", " ").split())


_known_spelling = lru_cache(maxsize=512)(_spelling)


def key(value: str | int | None) -> str:
    """Return a foreign id as a short printable string."""
    text = "" if value is None else str(value)[:_KEY_LENGTH]
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def link(address: str | None, base: str = "") -> str:
    """Return ``address``, completed by ``base``, or "" unless it is plain https."""
    if address and len(address) <= _LINK_LENGTH and _LINK.fullmatch(address):
        return address
    try:
        whole = urljoin(base, (address or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    fine = (
        bool(address)
        and parts.scheme == "https"
        and bool(parts.netloc)
        and "@" not in parts.netloc
        and len(whole) <= _LINK_LENGTH
        and whole.isprintable()
        and not set(' "<>') & set(whole)
    )
    return whole if fine else ""


def moment(value: object) -> datetime | None:
    """Return a foreign time as an aware moment in UTC, or None when it is none.

    Understands ISO 8601 with any offset or fraction (without an offset: UTC),
    Go's way of printing times, RFC 822, and seconds or milliseconds since 1970
    as a number or as text. Anything else, and times before 1990, give None.
    """
    try:
        at = _moment(value)
        return at.astimezone(UTC) if at and _EARLIEST <= at < _LATEST else None
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        if len(value) <= _MOMENT_LENGTH and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        return _written(value[:_MOMENT_LENGTH].strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC)
    return None


def _written(words: str) -> datetime | None:
    """Read a time that is not written as nearly all are."""
    if _NUMBER.fullmatch(words):
        return _moment(float(words))
    if iso := _ISO.fullmatch(words):
        day, time, zone = iso.groups("")
        return datetime.fromisoformat(f"{day}T{time or '00:00'}{zone or 'Z'}")
    at = parsedate_to_datetime(words)
    if at.tzinfo is None and _NAMED_ZONE.search(words):
        return None  # "CEST": nobody can tell in which zone
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates in our order, whatever the order on the wire."""
    return tuple(sorted(updates, key=attrgetter("at"), reverse=True))


def mentioned(
    source: SourceId,
    answer: Answer,
    posts: Iterable[tuple[datetime | None, str]],
    most: int,
) -> Report:
    """Return when people wrote, each of them at most once in 15 minutes.

    Args:
        source: Whose answer it is.
        answer: What the posts stand in.
        posts: When each was written, and by whom; "" when that is not said: then it
            counts as somebody else's. Who it was is forgotten here.
        most: How many the answer may hold.

    Raises:
        Unreadable: Things were written, but no time could be read: no mention at
            all would be an untruth.
    """
    found = tuple(posts)
    known = sorted((at, author) for at, author in found if at is not None)
    if found and not known:
        raise Unreadable("nothing in it has a time")
    counted: list[datetime] = []
    last: dict[str, datetime] = {}
    for at, author in known:
        if author and author in last and at - last[author] < _ONCE:
            continue
        last[author] = at
        counted.append(at)
    counted.reverse()
    is_full = len(found) >= most * _FULL
    return Report(
        source,
        answer.at,
        mentions=tuple(counted),
        reaches=known[0][0] if is_full else None,
    )


def distinct(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """Return all items, with ids told apart where a provider repeats one."""
    items = tuple(items)
    if len({item.id for item in items}) == len(items):
        return items
    seen: dict[str, int] = {}
    kept: list[_Item] = []
    for item in items:
        name = item.id
        while name in seen:
            seen[item.id] += 1
            name = f"{item.id}#{seen[item.id]}"
        seen[name] = 1
        kept.append(item if name == item.id else replace(item, id=name))
    return tuple(kept)


def overall(
    components: tuple[Component, ...],
    incidents: tuple[Incident, ...],
    page: Level | None = None,
    *,
    spoken: bool = False,
) -> Level | None:
    """Return the level of a whole answer, and None rather than a guess.

    Args:
        components: Every part.
        incidents: Open and closed ones.
        page: What the page says of itself, or what a list with nothing in it means.
        spoken: Whether it says anything of itself; with ``page`` None: a word
            that is new to us.

    Returns:
        The worst level that is known; but "operational" only when nothing that
        counts was left unread: the page's own word, an open incident, or, on a
        page without a word of its own, a component.
    """
    level = level_of(page, components, incidents)
    if level is not Level.OPERATIONAL:
        return level
    doubtful = (
        (spoken and page is None)
        or any(i.open and i.level is None for i in incidents)
        or (not spoken and any(c.level is None for c in components))
    )
    return None if doubtful else level
