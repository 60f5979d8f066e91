"""Planned work as a calendar that other programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from downlight.core.model import Maintenance
    from downlight.core.service import Service

MAKER: Final = "-//Downlight//Planned work//EN"
"""Names the program that wrote it."""
LINE: Final = 75
"""Longest line in octets, the line break not counted (section 3.1)."""

_URI: Final = re.compile(r"https://[!-~]{1,1000}")
_BARRED: Final = frozenset({"Cc", "Cs"})
"""Control characters, and halves of characters, which no file can hold."""
_ESCAPED: Final = str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "}
)


def calendar(
    service: Service, works: Iterable[Maintenance], now: datetime
) -> bytes | None:
    """Return planned work as a calendar; None when no date of any is known.

    Args:
        service: Whose work it is.
        works: The work; what has no beginning is left out, as a calendar has no place
            for it.
        now: The present (aware).
    """
    dated = [(work, work.starts_at) for work in works if work.starts_at is not None]
    if not dated:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}"]
    names: list[str] = []
    for work, start in dated:
        # Two pages of one service may give different work the same name.
        name = repr((service.slug, work.id, *("again",) * names.count(work.id)))
        names.append(work.id)
        lines.extend(_event(service, work, start, now, name))
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(
    service: Service, work: Maintenance, start: datetime, now: datetime, name: str
) -> Iterator[str]:
    digest = hashlib.blake2b(name.encode(), digest_size=16)
    yield "BEGIN:VEVENT"
    # The same for the same work, so that a calendar replaces what it has of it.
    yield f"UID:{digest.hexdigest()}@downlight"
    yield f"DTSTAMP:{_moment(now)}"
    begins, ends = _moment(start), _moment(work.ends_at) if work.ends_at else ""
    yield f"DTSTART:{begins}"
    if ends > begins:
        yield f"DTEND:{ends}"
    yield f"SUMMARY:{_text(f'{service.name}: {work.title}')}"
    if work.updates:
        yield f"DESCRIPTION:{_text(work.updates[0].text)}"
    if _URI.fullmatch(work.url):
        yield f"URL:{work.url}"
    # It takes nobody's time.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    """Return a moment in UTC, to the second."""
    # Not by strftime: it writes early years with fewer digits on some systems.
    written = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return f"{written.replace('-', '').replace(':', '')}Z"


def _text(foreign: str) -> str:
    """Return a text as a value: escaped, without control characters."""
    lines = "\n".join(foreign.splitlines())
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in _BARRED)
    return "".join(kept).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Return a line broken where it is too long, never within a character."""
    pieces, piece, room = [], b"", LINE
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            # The space that begins each further line counts, too.
            piece, room = b"", LINE - 1
        piece += octets
    return b"\r\n ".join((*pieces, piece))
