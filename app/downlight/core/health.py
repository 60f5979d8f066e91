"""How asking a source goes: what a day of it costs, and where it has moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime  # noqa: TC003 - the journal reads the types
from typing import Final


@dataclass(frozen=True, slots=True)
class Usage:
    """What one attempt took."""

    requests: int = 0
    """How many requests, look-ups and connections it made."""
    received: int = 0
    """Bytes of bodies, as they came over the line."""
    moved: str = ""
    """Where the source has moved for good, if its server said so."""


NOTHING: Final = Usage()
"""What an attempt took that asked nobody."""


@dataclass(frozen=True, slots=True)
class Health:
    """How asking one source has gone today (UTC)."""

    day: date | None = None
    """Which day the numbers are of; None before the first attempt."""
    requests: int = 0
    received: int = 0
    """Bytes of bodies, as they came over the line."""
    answers: int = 0
    """Attempts that gave a report."""
    unchanged: int = 0
    """How many of ``answers`` were the same as the one before."""
    moved: str = ""
    """Where the source has moved for good; kept until it answers where we ask."""
    answered: datetime | None = None
    """When it last gave a report, also before today (aware, UTC)."""

    @property
    def unchanged_share(self) -> float | None:
        """Which part of today's answers was nothing new, 0..1; None without any."""
        return self.unchanged / self.answers if self.answers else None

    def after(
        self, usage: Usage, at: datetime, *, answered: bool, unchanged: bool
    ) -> Health:
        """Return the health once an attempt has ended at the moment ``at``."""
        today = self if self.day == at.date() else Health(moved=self.moved)
        return replace(
            today,
            day=at.date(),
            requests=today.requests + usage.requests,
            received=today.received + usage.received,
            answers=today.answers + answered,
            unchanged=today.unchanged + unchanged,
            moved=usage.moved or ("" if answered else self.moved),
            answered=at if answered else self.answered,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """How a source stands, as the journal keeps it for others to read."""

    at: datetime
    """When this was so (aware, UTC)."""
    health: Health = Health()
    failures: int = 0
    """Failed attempts in a row."""
    trouble: str = ""
    """Why the latest attempt failed, in a few words; empty while it answers."""
    hint: str = ""
    """What a person can do about it; empty when nothing."""
    failing_since: datetime | None = None
    """When the first attempt of ``failures`` failed; None while it answers."""
    due: datetime | None = None
    """When it is asked next; None when that is not planned."""
