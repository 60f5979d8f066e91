"""A source: one place that knows about outages, described by data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from downlight.core.errors import CatalogError
from downlight.core.model import SHELF_LIFE, SourceId
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from downlight.core.schedule import Cadence

PAGE_OF: Final = mark("{name}'s status page")
"""What a status page is called by whose it is."""
CHECK_OF: Final = mark("our own check of {name}")
"""What a check of our own is called by what it tries."""
_CALLED: Final = (PAGE_OF, CHECK_OF, mark("Our own check of {name}"))


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """What the catalog says about a source; the registry builds it from this."""

    id: SourceId
    family: str
    name: str
    """What a person calls it, e.g. "GitHub's status page", in English."""
    url: str = ""
    """The page it belongs to; the family knows the addresses below it."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What else the family wants to know, e.g. ``orgs`` or ``test``."""
    note: str = ""

    def option(self, name: str, default: str = "") -> str:
        """Return the one value of an option, or ``default`` where it is not given.

        Where several are written, the first one counts.
        """
        return next(iter(self.options.get(name, ())), default)

    def needed(self, name: str, default: str = "") -> str:
        """Return the one value of an option, or what else is known of it.

        Raises:
            CatalogError: There is neither.
        """
        if value := self.option(name, default):
            return value
        raise CatalogError(f"{self.id}: option {name!r} is missing")


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Identity and polling manners of a source; constant."""

    id: SourceId
    name: str
    """What a person calls it, e.g. "Meta's status page", in his language."""
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

    @classmethod
    def of(
        cls,
        spec: SourceSpec,
        *,
        kind: str,
        cadence: Cadence,
        urls: tuple[str, ...],
        page: str = "",
        verified: bool = True,
        note: str = "",
    ) -> SourceInfo:
        """Complete what the catalog says of a source by what its family knows.

        Args:
            spec: What the catalog says; its note goes before the family's.
            kind: See the attribute of this name, as for all that follow.
            cadence: How often it may be asked.
            urls: What is asked.
            page: The page for people.
            verified: Whether a recorded live answer of this format was ever seen.
            note: What the family says of all its sources.
        """
        return cls(
            id=spec.id,
            name=_said(spec.name),
            family=spec.family,
            kind=kind,
            cadence=cadence,
            page=page,
            urls=urls,
            verified=verified,
            note=spec.note or note,
        )

    @property
    def shelf_life(self) -> timedelta:
        """How long a report of it counts: three quiet polls, at least half an hour."""
        return max(SHELF_LIFE, 3 * self.cadence.every)


def _said(name: str) -> str:
    """Return what a source is called, in the person's language."""
    for called in _CALLED:
        before, _, after = called.partition("{name}")
        if name.startswith(before) and name.endswith(after):
            whose = name.removeprefix(before).removesuffix(after)
            return tr(called, name=whose)
    return tr(name)
