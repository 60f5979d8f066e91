"""How long ago something was, in as few words as are true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.saying import dates, words
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

NOW: Final = mark("now")
"""The age of what was just heard."""
JUST_NOW: Final = 3
"""Ages below so many seconds are not worth a number."""


def short_age(at: datetime, now: datetime) -> str:
    """Return "now" or "40 s"."""
    return tr(NOW) if _is_just_now(at, now) else words.age(now - at)


def ago(at: datetime, now: datetime) -> str:
    """Return "just now" or "40 s ago"."""
    if _is_just_now(at, now):
        return tr("just now")
    return tr("{age} ago", age=words.age(now - at))


def full_moment(at: datetime, zone: tzinfo | None = None) -> str:
    """Return local date and time, the year included."""
    here = at.astimezone(zone)
    return f"{dates.short_date(here)} {here:%H:%M}"


def _is_just_now(at: datetime, now: datetime) -> bool:
    return (now - at).total_seconds() < JUST_NOW
