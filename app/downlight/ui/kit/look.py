"""The eight marks by name; all that the icon needs before anything is known."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable


@unique
class Look(StrEnum):
    """The marks: one per level, for not knowing, for a block, and for our own line."""

    UNKNOWN = "unknown"
    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    MAJOR = "major"
    BLOCKED = "blocked"
    """Trouble that looks like a block in the person's country."""
    OFFLINE = "offline"

    @classmethod
    def of(cls, level: Level | None) -> Look:
        """Return the mark of a level."""
        return _LOOKS[level]


def worst_look(levels: Iterable[Level | None]) -> Look:
    """Return the mark of several things: what is not known is not called well."""
    return min(map(Look.of, levels), key=RANK.__getitem__, default=Look.UNKNOWN)


_LOOKS: Final[dict[Level | None, Look]] = {
    None: Look.UNKNOWN,
    Level.OPERATIONAL: Look.OPERATIONAL,
    Level.MAINTENANCE: Look.MAINTENANCE,
    Level.DEGRADED: Look.DEGRADED,
    Level.PARTIAL: Look.PARTIAL,
    Level.MAJOR: Look.MAJOR,
}

RANK: Final[dict[Look, int]] = {
    Look.MAJOR: 0,
    Look.PARTIAL: 1,
    Look.DEGRADED: 2,
    Look.BLOCKED: 3,
    Look.OFFLINE: 4,
    Look.UNKNOWN: 5,
    Look.MAINTENANCE: 6,
    Look.OPERATIONAL: 7,
}
"""Worst first; what is not known stands above what is known to be well."""
