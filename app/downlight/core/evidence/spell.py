"""How often trouble came and went: what is told of it in place of every turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003 - the journal reads the types
from typing import Final

from downlight.core.fusion.course import UNSTABLE
from downlight.core.level import Level  # noqa: TC001 - the journal reads the types
from downlight.core.model import SKEW
from downlight.core.speech import mark

TOO_OFTEN: Final = mark("It changes too often.")
"""Why a turn of what comes and goes is not told."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Beginnings and ends of trouble, each within an hour of the one before."""

    since: datetime
    """When the first was seen (aware, UTC)."""
    last: datetime
    """When the last was."""
    worst: Level
    """How bad the trouble was at its beginnings, at worst."""
    turns: int = 1
    """How many there were, the first and the last among them."""

    def goes_on(self, at: datetime) -> bool:
        """Whether a turn at this moment belongs to it."""
        return -SKEW <= at - self.last <= UNSTABLE


def turned(spell: Spell | None, at: datetime, level: Level) -> Spell:
    """Return the spell with one more turn, or the one that begins with it.

    Args:
        spell: What was counted before; None when nothing was.
        at: When trouble began or ended, as far as we saw (aware, UTC).
        level: How bad the trouble is that began, or was that ended.
    """
    if spell is None or not spell.goes_on(at):
        return Spell(at, at, level)
    worst = max(spell.worst, level)
    return replace(spell, last=at, worst=worst, turns=spell.turns + 1)
