"""One bar of a picture, as numbers and words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something there was; drawn upright or lying."""

    name: str
    """Stands at its foot."""
    size: float | None
    """How much; None where that is not known or not yet."""
    words: str
    """All of it in a sentence, for those who do not see it."""
    least: bool = False
    """Whether there may have been more."""
    unknown: bool = False
    """Whether nobody knows, so that a mark says so."""
    fine: bool = False
    """Whether none at all is good, so that a mark says so."""
    doubtful: float = 0
    """How much of ``size`` is only supposed."""
    aside: str = ""
    """A few words at its end."""
