"""The seven marks by name; all that the icon needs before anything is known."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import Final

from downlight.core.level import Level


@unique
class Look(StrEnum):
    """The seven marks: one per level, one for not knowing, one for our own line."""

    UNKNOWN = "unknown"
    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    MAJOR = "major"
    OFFLINE = "offline"

    @classmethod
    def of(cls, level: Level | None) -> Look:
        """Return the mark of a level."""
        return _LOOKS[level]


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
    Look.OFFLINE: 3,
    Look.UNKNOWN: 4,
    Look.MAINTENANCE: 5,
    Look.OPERATIONAL: 6,
}
"""Worst first; what is not known stands above what is known to be well."""
