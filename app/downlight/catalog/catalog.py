"""Turns the catalog's files into services and the sources that speak about them.

How the files are written: ``resources/catalog/README.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from downlight.catalog.entry import CATEGORIES, entries, read
from downlight.core.errors import CatalogError
from downlight.core.search import rank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from downlight.core.model import ServiceSlug, SourceId
    from downlight.core.service import Service
    from downlight.core.source import SourceSpec

_ENTRY: Final = re.compile(r"^(?=\s*\[\[\s*service\s*\]\])", re.MULTILINE)
_PLACES: Final = {category: number for number, category in enumerate(CATEGORIES)}
_NAMED: Final = re.compile(r"""^\s*slug\s*=\s*["']([^"']*)""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Services, and the sources they are known from."""

    services: tuple[Service, ...] = ()
    """In the order of `CATEGORIES`, by name within one."""
    sources: Mapping[SourceId, SourceSpec] = field(default_factory=dict)
    """Each source once, however many services it speaks about."""

    def service(self, slug: str) -> Service | None:
        """Return the service of that slug, or None when there is none."""
        return next((s for s in self.services if s.slug == slug), None)

    def search(self, words: str) -> tuple[Service, ...]:
        """Return the services that match every word, best first; all for none."""
        return rank(self.services, words)


def load(
    folder: Path, families: Collection[str], only: Collection[str] | None = None
) -> Catalog:
    """Read the catalog.

    Args:
        folder: Where the ``*.toml`` files are.
        families: The names of all families a source may have.
        only: Slugs of the services that are wanted; the entries of others are not
            parsed, which makes a start quick. None: everything. Slugs that the
            catalog does not know are left out; see `Catalog.service`.

    Raises:
        CatalogError: A file cannot be read or contradicts itself; the message
            names file and entry. With ``only`` this is noticed in what is wanted.
    """
    wanted = None if only is None else frozenset(only)
    tables = (
        table
        for file, text in _files(folder)
        for table in entries(file, text if wanted is None else _wanted(text, wanted))
        # Something else may be called a slug as well, e.g. an option.
        if wanted is None or table.text("slug") in wanted
    )
    found = gather((table.where, read(table, families)) for table in tables)
    if wanted is None:
        _check_kin(found.services)
    return found


def gather(
    found: Iterable[tuple[str, tuple[Service, tuple[SourceSpec, ...]]]],
    *,
    own: bool = False,
) -> Catalog:
    """Put services together; each source once, with the options of all.

    Args:
        found: Where each stands, itself and its sources.
        own: Whether a person wrote them: then the first name of a source holds,
            while the shipped ones must agree.

    Raises:
        CatalogError: Two of them contradict each other.
    """
    services: dict[ServiceSlug, Service] = {}
    sources: dict[SourceId, SourceSpec] = {}
    for where, (service, specs) in found:
        if service.slug in services:
            raise CatalogError(f"{where}: slug: stands in the catalog twice")
        services[service.slug] = service
        for spec in specs:
            known = sources.get(spec.id)
            if known and not own:
                _check_alike(where, known, spec)
            sources[spec.id] = joined(known, spec)
    return Catalog(tuple(sorted(services.values(), key=_order)), sources)


def merge(catalog: Catalog, own: Catalog) -> Catalog:
    """Put what a person added to what is shipped.

    Where both have a service of one slug, the person's holds; where both name one
    source, it is asked once, under the name the catalog gives it.
    """
    theirs = {service.slug for service in own.services}
    shipped = (s for s in catalog.services if s.slug not in theirs)
    sources = dict(catalog.sources)
    for spec in own.sources.values():
        sources[spec.id] = joined(sources.get(spec.id), spec)
    return Catalog(tuple(sorted((*shipped, *own.services), key=_order)), sources)


def joined(known: SourceSpec | None, spec: SourceSpec) -> SourceSpec:
    """Return one source for two that are the same, with the options of both."""
    if known is None:
        return spec
    options = dict(known.options)
    for key, values in spec.options.items():
        options[key] = tuple(dict.fromkeys((*options.get(key, ()), *values)))
    return replace(known, options=options, note=known.note or spec.note)


def _files(folder: Path) -> Iterable[tuple[str, str]]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CatalogError(f"{folder}: no catalog files here")
    for file in files:
        try:
            yield file.name, file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{file.name}: not readable: {error}") from error


def _wanted(text: str, slugs: frozenset[str]) -> str:
    """Return what of a file speaks about ``slugs``."""
    if slugs.isdisjoint(_NAMED.findall(text)):
        return ""
    parts = _ENTRY.split(text)
    return "".join(p for p in parts if not slugs.isdisjoint(_NAMED.findall(p)))


def _check_kin(services: Collection[Service]) -> None:
    """Make sure that services name each other by slugs that exist."""
    known = {service.slug for service in services}
    for service in services:
        for key in ("siblings", "alternatives"):
            for slug in getattr(service, key):
                if slug not in known or slug == service.slug:
                    where = f"{service.slug}: {key}"
                    raise CatalogError(f"{where}: {slug!r} is no other service")


def _check_alike(where: str, known: SourceSpec, spec: SourceSpec) -> None:
    if known.name != spec.name:
        raise CatalogError(
            f"{where}: {spec.id} is called {spec.name!r} here, {known.name!r} elsewhere"
        )
    if known.note and spec.note and known.note != spec.note:
        raise CatalogError(f"{where}: {spec.id} has another note elsewhere")


def _order(service: Service) -> tuple[int, str]:
    return _PLACES.get(service.category, len(_PLACES)), service.name.casefold()
