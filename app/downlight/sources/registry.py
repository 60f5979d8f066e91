"""The list of all families: which file reads what.

A family's file is imported when a source of it is first built or read, so that the
start of the program pays only for what is watched.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Source
    from downlight.core.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Family:
    """One wire format."""

    name: str
    """As in the catalog and on the command line, e.g. ``statuspage``."""
    module: str
    """Where its code is."""
    reader: str = "parse"
    """What its pure function is called there."""

    def build(self, spec: SourceSpec) -> Source:
        """Make the source that ``spec`` describes."""
        module = importlib.import_module(self.module)
        build: Callable[[SourceSpec], Source] = module.build
        return build(spec)

    def parse(self, source: SourceId, answer: Answer) -> Report:
        """Read one answer.

        Raises:
            Unreadable: It is not of this format.
        """
        module = importlib.import_module(self.module)
        parse: Callable[[SourceId, Answer], Report] = getattr(module, self.reader)
        return parse(source, answer)


FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family
    for family in (
        Family("statuspage", "downlight.sources.hosted.statuspage"),
        Family("incidentio-compat", "downlight.sources.hosted.statuspage"),
        Family("incidentio-page", "downlight.sources.hosted.incidentio"),
        Family("incidentio-widget", "downlight.sources.hosted.incidentio_widget"),
        Family("google-cloud", "downlight.sources.vendors.google"),
        Family("google-workspace", "downlight.sources.vendors.google"),
        Family("aws-currentevents", "downlight.sources.vendors.aws"),
        Family("slack", "downlight.sources.vendors.slack"),
        Family("apple", "downlight.sources.vendors.apple"),
        Family("rss", "downlight.sources.hosted.feed"),
        Family("azure-rss", "downlight.sources.hosted.feed", reader="parse_azure"),
        Family("meta", "downlight.sources.vendors.meta"),
        Family("ooni", "downlight.sources.regional.ooni"),
    )
}


def build(spec: SourceSpec) -> Source:
    """Make the source that ``spec`` describes.

    Raises:
        CatalogError: Its family is none of ours.
    """
    return _family(spec.family).build(spec)


def parser(family: str) -> Callable[[SourceId, Answer], Report]:
    """Return the pure function that reads answers of ``family``.

    Raises:
        CatalogError: The family is none of ours.
    """
    return _family(family).parse


def _family(name: str) -> Family:
    try:
        return FAMILIES[name]
    except KeyError:
        raise CatalogError(f"no such family of sources: {name!r}") from None
