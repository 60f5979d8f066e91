"""How bad things are, in one ordered word."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@unique
class Level(IntEnum):
    """Severity of a service or of a part of it; the larger the worse.

    There is no ``UNKNOWN``. Not knowing is the absence of a level (``None``) and
    never counts as an outage. Counting starts at 1 so that no level is falsy.
    """

    OPERATIONAL = 1
    MAINTENANCE = 2
    DEGRADED = 3
    PARTIAL = 4
    MAJOR = 5

    @property
    def code(self) -> str:
        """The word used in JSON, in the journal and on the command line."""
        return _CODES[self]

    @property
    def is_trouble(self) -> bool:
        """Whether something is wrong that nobody planned."""
        return self >= Level.DEGRADED

    @property
    def is_outage(self) -> bool:
        """Whether a user would call this "down", wholly or partly."""
        return self >= Level.PARTIAL

    @classmethod
    def of(cls, code: str) -> Level:
        """Return the level named ``code``.

        Raises:
            ValueError: The word is none of ours.
        """
        try:
            return _LEVELS[code]
        except KeyError:
            raise ValueError(f"not a level: {code!r}") from None


_CODES = {
    Level.OPERATIONAL: "operational",
    Level.MAINTENANCE: "maintenance",
    Level.DEGRADED: "degraded",
    Level.PARTIAL: "partial_outage",
    Level.MAJOR: "major_outage",
}
_LEVELS = {code: level for level, code in _CODES.items()}


def worst(levels: Iterable[Level | None]) -> Level | None:
    """Return the worst level that is known, or None when none is."""
    return max((level for level in levels if level is not None), default=None)
