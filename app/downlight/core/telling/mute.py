"""Silence about one service, or about all, that always ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.model import ServiceSlug
from downlight.core.saying.dates import weekday
from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYTHING: Final = ServiceSlug("*")
"""Stands for all services where one is muted; no slug looks like it."""
MORNING: Final = timedelta(hours=7)
"""When "tomorrow" begins, since midnight; as well as anyone can say for all."""
BACKWARDS: Final = timedelta(hours=1)
"""So far a clock may be set back before a mute is over: its end would never come."""
_DAY: Final = timedelta(days=1)


@unique
class Span(StrEnum):
    """How long a person wants silence."""

    HOUR = "1h"
    FOUR_HOURS = "4h"
    TOMORROW = "tomorrow"
    END = "end"
    """Until the outage ends that is open now."""


_LENGTHS: Final[Mapping[Span, timedelta]] = {
    Span.HOUR: timedelta(hours=1),
    Span.FOUR_HOURS: timedelta(hours=4),
}


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence, and when it ends."""

    since: datetime
    """When it was asked for (aware, UTC)."""
    until: datetime | None = None
    """A moment (aware, UTC), or None: until the outage ends that is open now."""
    episode: str = ""
    """The outage that is open, where ``until`` is None."""

    def lasts(self, now: datetime, episode: str) -> bool:
        """Whether it still holds.

        Args:
            now: The present moment (aware).
            episode: The outage of its service that is open; empty when none is.
        """
        if now < self.since - BACKWARDS:
            return False
        if self.until is None:
            return bool(episode) and episode == self.episode
        return now < self.until


def begin(span: Span, local: datetime, episode: str = "") -> Mute:
    """Return the mute that begins now.

    Args:
        span: How long.
        local: The present moment in the zone the person lives by.
        episode: The outage of the service that is open; empty when none is.

    Raises:
        ValueError: It shall last until an outage ends, and none is open.
    """
    now = local.astimezone(UTC)
    if span is Span.END:
        if not episode:
            raise ValueError("no outage is open")
        return Mute(now, episode=episode)
    if span is Span.TOMORROW:
        return Mute(now, _morning(local).astimezone(UTC))
    return Mute(now, now + _LENGTHS[span])


def words(mute: Mute, local: datetime) -> str:
    """Return until when, to follow "muted": "until 14:05", "until it ends".

    Args:
        mute: The mute.
        local: The present moment in the zone the person lives by.
    """
    if mute.until is None:
        return tr("until it ends")
    end = mute.until.astimezone(local.tzinfo)
    time = f"{end:%H:%M}"
    if end.date() == local.date():
        return tr("until {time}", time=time)
    return tr("until {day} {time}", day=weekday(end), time=time)


def _morning(local: datetime) -> datetime:
    """Return the next morning that is further away than the longest number of hours.

    Who cannot sleep at one and says "tomorrow" means after the night.
    """
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = midnight + MORNING
    far = today - local > _LENGTHS[Span.FOUR_HOURS]
    return today if far else midnight + _DAY + MORNING
