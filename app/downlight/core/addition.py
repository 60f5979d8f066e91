"""A service a person adds by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from downlight.core.model import Report
    from downlight.core.service import Service
    from downlight.core.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Addition:
    """What a person adds to the catalog for himself."""

    service: Service
    sources: tuple[SourceSpec, ...]
    """Where it is read; every feed of ``service`` is one of them."""

    def __post_init__(self) -> None:
        """Refuse a service that would be read where nobody knows.

        Raises:
            ValueError: A feed of ``service`` is none of ``sources``.
        """
        known = {spec.id for spec in self.sources}
        if strange := [f.source for f in self.service.feeds if f.source not in known]:
            raise ValueError(f"{self.service.slug}: nobody reads {strange}")


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at an address a person gave."""

    addition: Addition
    """As it would be watched."""
    report: Report
    """What it says right now."""
    notes: tuple[str, ...] = ()
    """What a person should know before saving, in sentences, e.g. that the page has
    moved or that a feed can only tell of trouble."""
