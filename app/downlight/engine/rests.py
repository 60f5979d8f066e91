"""Who must be left alone for a while: they said so, or were just asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import SourceId

REFRESH_GAP: Final = timedelta(seconds=10)
"""A person's wish to refresh is heard at most this often per source."""


class Rests:
    """Remembers for the whole run, also of those who are not watched any more."""

    def __init__(self) -> None:
        """Begin with nobody asked."""
        self._asked: dict[SourceId, datetime] = {}
        self._barred: dict[SourceId, datetime] = {}

    @property
    def asked(self) -> Sequence[SourceId]:
        """Everyone who was ever asked."""
        return tuple(self._asked)

    def note(self, id_: SourceId, at: datetime, asked_for: timedelta | None) -> None:
        """Remember that a source was asked, and what pause it asked for, if any."""
        self._asked[id_] = at
        self._barred[id_] = at + (asked_for or timedelta())

    def left(self, id_: SourceId, now: datetime) -> timedelta:
        """Return how long it must still be left alone; zero when it may be asked."""
        asked = self._asked.get(id_)
        # An attempt in the future is of a clock that was set back since.
        if asked is None or asked > now:
            return timedelta()
        return max(max(asked + REFRESH_GAP, self._barred[id_]) - now, timedelta())
