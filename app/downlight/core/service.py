"""A service: something a person depends on, described by data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from downlight.core.model import Selection, ServiceSlug, SourceId

if TYPE_CHECKING:
    from downlight.core.model import Check, Component


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known about a service, with where from and when."""

    topic: str
    """E.g. "Owner" or "Covers"."""
    text: str
    source: str
    """Whose word it is: a name or an https address."""
    as_of: str
    """ISO date, or year and month, on which it was true."""


@dataclass(frozen=True, slots=True)
class Function:
    """One thing people do with a service, and what could tell whether it works."""

    name: str
    """E.g. "Messages" or "Calls"."""
    tried: tuple[str, ...] = ()
    """What our own check tries that serves it, e.g. ``e*.chat.example:*``; empty when
    it tries nothing of it."""
    parts: tuple[str, ...] = ()
    """Which of the provider's parts speak about it: names, ids or groups."""
    limit: str = ""
    """What all this cannot tell, or why nothing can: whole sentences."""

    def is_served_by(self, check: Check) -> bool:
        """Whether our own check tried something that serves it."""
        return any(fnmatchcase(check.target, pattern) for pattern in self.tried)

    def is_told_by(self, part: Component) -> bool:
        """Whether a part of the provider's page speaks about it."""
        return not {part.id, part.name, part.group}.isdisjoint(self.parts)


@dataclass(frozen=True, slots=True)
class Feed:
    """One source that speaks about a service, and which part of it does."""

    source: SourceId
    selection: Selection = Selection()


@dataclass(frozen=True, slots=True)
class Service:
    """One line of the catalog."""

    slug: ServiceSlug
    name: str
    category: str
    feeds: tuple[Feed, ...]
    owner: str = ""
    """Who publishes the official word, e.g. "Meta"; the name again if empty."""
    aliases: tuple[str, ...] = ()
    """Other words people search by: "WA", "whats app"."""
    page: str = ""
    """The status page for people; empty when there is none."""
    note: str = ""
    """What a person should know before trusting the light."""
    parent: str = ""
    """Whose platform it stands on, e.g. "meta"; empty when not known."""
    siblings: tuple[ServiceSlug, ...] = ()
    """Services of the same house, which often fall together."""
    alternatives: tuple[ServiceSlug, ...] = ()
    """What serves the same need meanwhile."""
    own: bool = False
    """Whether the person added it, rather than the catalog."""
    facts: tuple[Fact, ...] = ()
    functions: tuple[Function, ...] = ()
    """What people do with it, the most usual first; empty when nobody wrote it down."""
    measured_only: bool = False
    """No official page speaks about it."""

    @property
    def speaker(self) -> str:
        """Who would have to admit an outage."""
        return self.owner or self.name

    @property
    def choice(self) -> str:
        """Names which parts of its sources count: "all", or the digest of a choice."""
        chosen = [
            (feed.source, *map(sorted, (by.groups, by.components, by.regions)))
            for feed in self.feeds
            if (by := feed.selection) != Selection()
        ]
        if not chosen:
            return "all"
        return hashlib.blake2b(repr(chosen).encode(), digest_size=8).hexdigest()

    def matches(self, words: str) -> bool:
        """Whether every word of ``words`` begins or sits in a name of it."""
        names = " ".join((self.name, self.slug, self.owner, *self.aliases)).casefold()
        return all(word in names for word in words.casefold().split())
