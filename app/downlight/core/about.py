"""What is known about a service beyond its state: what it is, needs, and fails of.

Written down by people in ``resources/about/``, each statement with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from downlight.core.model import ServiceSlug
    from downlight.core.rungs.ladder import Rung
    from downlight.core.service import Fact


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement rests on."""

    source: str = ""
    """Whose word it is: a name or an https address."""
    as_of: str = ""
    """ISO date, or year and month, on which it was true."""

    @property
    def by_design(self) -> bool:
        """Whether it follows from how the thing is made, and is nobody's word."""
        return not self.source


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that a service depends on, or that depends on it."""

    name: str
    text: str
    """How they hang together, in a sentence or two."""
    ground: Ground
    slug: ServiceSlug | None = None
    """Which service of the catalog it is; None when it is none."""


@dataclass(frozen=True, slots=True)
class Use:
    """Some who use it."""

    who: str
    does: str
    """What for."""
    fails: str
    """What fails for them when it does."""
    ground: Ground


@dataclass(frozen=True, slots=True)
class Example:
    """One time it failed in a certain way."""

    text: str
    day: str
    """ISO date on which it began."""
    sources: tuple[str, ...]
    """Names or https addresses; at least one."""
    sure: bool = False
    """Whether that way was confirmed to be the cause."""
    outage: str = ""
    """Its id in the public record; empty when it does not stand there."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """One way in which it fails, and how that looks from here."""

    title: str
    text: str
    sign: str
    rungs: tuple[Rung, ...] = ()
    """Where the ladder "is it me?" may end; empty: it holds."""
    example: Example | None = None
    """None when none is known."""


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask, answered."""

    ask: str
    answer: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where its maker speaks."""

    name: str
    text: str
    """What to expect of it."""
    url: str
    """An https address."""
    ground: Ground


@dataclass(frozen=True, slots=True)
class About:
    """All of it; what is not known is empty."""

    facts: tuple[Fact, ...] = ()
    needs: tuple[Tie, ...] = ()
    """What it depends on, the nearest first."""
    needed: tuple[Tie, ...] = ()
    """What depends on it, the nearest first."""
    uses: tuple[Use, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    questions: tuple[Question, ...] = ()
    outlets: tuple[Outlet, ...] = ()
