"""A source: one place that knows about outages, described by data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from downlight.core.model import SHELF_LIFE, SourceId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from downlight.core.schedule import Cadence


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """What the catalog says about a source; the registry builds it from this."""

    id: SourceId
    family: str
    name: str
    """What a person calls it, e.g. "GitHub's status page"."""
    url: str = ""
    """The page it belongs to; the family knows the addresses below it."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What else the family wants to know, e.g. ``orgs`` or ``test``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Identity and polling manners of a source; constant."""

    id: SourceId
    name: str
    """What a person calls it, e.g. "Meta's status page"."""
    family: str
    """The wire format, e.g. ``statuspage``; names the file in ``sources/``."""
    kind: str
    """``official``, ``measured`` (by ourselves), ``regional``, ``people`` (what is
    written in public) or ``aggregator`` (others who watch)."""
    cadence: Cadence
    page: str = ""
    """A page for people; empty when there is none."""
    urls: tuple[str, ...] = ()
    """What it asks, first one first; ``tcp://host:port`` for a probe."""
    verified: bool = True
    """False when no recorded live answer of this format was ever seen."""
    note: str = ""
    """What a person should know about this source, e.g. what it covers."""

    @property
    def shelf_life(self) -> timedelta:
        """How long a report of it counts: three quiet polls, at least half an hour."""
        return max(SHELF_LIFE, 3 * self.cadence.every)
