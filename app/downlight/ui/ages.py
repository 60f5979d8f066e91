"""How long ago something was, in as few words as are true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import words

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

JUST_NOW: Final = 3
"""Ages below so many seconds are not worth a number."""


def short_age(at: datetime, now: datetime) -> str:
    """Return "now" or "40 s"."""
    span = now - at
    return "now" if span.total_seconds() < JUST_NOW else words.age(span)


def ago(at: datetime, now: datetime) -> str:
    """Return "just now" or "40 s ago"."""
    age = short_age(at, now)
    return "just now" if age == "now" else f"{age} ago"


def full_moment(at: datetime, zone: tzinfo | None = None) -> str:
    """Return local date and time, the year included."""
    here = at.astimezone(zone)
    return f"{here.day} {here:%b %Y %H:%M}"
