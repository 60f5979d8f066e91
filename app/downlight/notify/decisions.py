"""What was decided, as far back as it may matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.spell import TOO_OFTEN
from downlight.core.news import Turn
from downlight.core.telling.decided import Decided, Fate, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event
    from downlight.notify.record import Record

KEPT: Final = 2000
"""So many decisions are remembered, besides what waits: weeks of a bad month of many
services."""


class Decisions:
    """Each event with what was decided about it last, the oldest event first."""

    def __init__(self, record: Record) -> None:
        """Begin with what the journal remembers."""
        self._record = record
        known = reversed(record.decisions(KEPT))
        self._by_id = {it.event.id: it for it in known}
        self._over: frozenset[str] | None = None
        """What `over` said, while nothing else was decided."""

    def __iter__(self) -> Iterator[Decided]:
        """Yield what is remembered."""
        return iter(self._by_id.values())

    def of(self, event: Event) -> Decided | None:
        """Return what was decided about an event; None when nothing was."""
        return self._by_id.get(event.id)

    def waiting(self) -> list[Decided]:
        """Return what is to be told later."""
        return [it for it in self if it.fate is Fate.LATER]

    def over(self) -> frozenset[str]:
        """Return `key` of the outages that are over, as far as is known here."""
        if self._over is None:
            ends = [it.event for it in self if it.event.turn is Turn.ENDED]
            # What comes and goes is not over when it ends.
            ended = (key(event) for event in ends if event.held != TOO_OFTEN)
            self._over = frozenset(ended)
        return self._over

    def keep(
        self, decided: Sequence[Decided], answered: frozenset[ServiceSlug]
    ) -> bool:
        """Write down decisions that belong together; return whether they are kept.

        Args:
            decided: In place of what was decided about the same events before.
            answered: Whose end was asked for and is told by them.
        """
        is_kept = self._record.decide(decided, answered)
        self._over = None
        self._by_id |= {it.event.id: it for it in decided}
        if len(self._by_id) > 2 * KEPT:
            late = list(self._by_id)[-KEPT:]
            kept = {*late, *(it.event.id for it in self.waiting())}
            self._by_id = {i: it for i, it in self._by_id.items() if i in kept}
        return is_kept
