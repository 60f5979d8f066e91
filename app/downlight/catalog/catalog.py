"""Turns the catalog's files into services and the sources that speak about them.

How the files are written: ``resources/catalog/README.md``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from downlight.catalog.table import Table
from downlight.core.errors import CatalogError
from downlight.core.model import Selection, ServiceSlug, SourceId
from downlight.core.service import Fact, Feed, Service
from downlight.core.source import SourceSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

CATEGORIES: Final = (
    "messaging",
    "collaboration",
    "social",
    "media",
    "gaming",
    "email",
    "productivity",
    "storage",
    "devices",
    "security",
    "ai",
    "developer",
    "cloud",
    "hosting",
    "network",
    "commerce",
    "finance",
    "business",
    "advertising",
)
"""Every category there is, in the order in which a person meets them."""

_SERVICE: Final = frozenset(
    {
        *("slug", "name", "category", "owner", "parent", "aliases", "page", "note"),
        *("measured_only", "sources", "facts"),
    }
)
_SOURCE: Final = frozenset({"family", "url", "name", "note", "options", "select"})
_SELECT: Final = frozenset({"groups", "components"})
_FACT: Final = frozenset({"topic", "text", "source", "as_of"})
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


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
        """Return the services that match every word; all for no words."""
        return tuple(s for s in self.services if s.matches(words))


def load(
    folder: Path, families: Collection[str], only: Collection[str] | None = None
) -> Catalog:
    """Read the catalog.

    Args:
        folder: Where the ``*.toml`` files are.
        families: The names of all families a source may have.
        only: Slugs of the services that are wanted; files that name none of them
            are not parsed, which makes a start quick. None: everything. Slugs that
            the catalog does not know are left out; see `Catalog.service`.

    Raises:
        CatalogError: A file cannot be read or contradicts itself; the message
            names file and entry.
    """
    services: dict[str, Service] = {}
    sources: dict[SourceId, SourceSpec] = {}
    for file, text in _files(folder):
        if only is not None and not _mentions(text, only):
            continue
        for where, entry in _entries(file, text):
            service, specs = _service(where, entry, families)
            if only is not None and service.slug not in only:
                continue
            if service.slug in services:
                raise CatalogError(f"{where}: slug: stands in the catalog twice")
            services[service.slug] = service
            for spec in specs:
                sources[spec.id] = _join(where, sources.get(spec.id), spec)
    return Catalog(tuple(sorted(services.values(), key=_rank)), sources)


def _files(folder: Path) -> Iterable[tuple[str, str]]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CatalogError(f"{folder}: no catalog files here")
    for file in files:
        try:
            yield file.name, file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"{file.name}: not readable: {error}") from error


def _mentions(text: str, slugs: Collection[str]) -> bool:
    return any(f'"{slug}"' in text or f"'{slug}'" in text for slug in slugs)


def _entries(file: str, text: str) -> Iterable[tuple[str, Table]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{file}: {error}") from error
    page = Table(file, document, frozenset({"service"}))
    for number, values in enumerate(page.tables("service"), start=1):
        slug = values.get("slug") if isinstance(values, dict) else None
        where = f"{file}: {slug or f'service {number}'}"
        yield where, Table(where, values, _SERVICE)


def _service(
    where: str, entry: Table, families: Collection[str]
) -> tuple[Service, tuple[SourceSpec, ...]]:
    slug, category = entry.text("slug"), entry.text("category")
    if not _SLUG.fullmatch(slug):
        raise entry.wrong("slug", "only a-z, 0-9 and single hyphens")
    if category not in CATEGORIES:
        raise entry.wrong(
            "category", f"{category!r} is none of {', '.join(CATEGORIES)}"
        )
    speaker = entry.text("owner", "") or entry.text("name")
    found = [
        _source(Table(f"{where}: source {n}", values, _SOURCE), families, speaker)
        for n, values in enumerate(entry.tables("sources"), start=1)
    ]
    if not found:
        raise entry.wrong("sources", "missing")
    if len({feed.source for _, feed in found}) < len(found):
        raise entry.wrong("sources", "the same source twice")
    service = Service(
        slug=ServiceSlug(slug),
        name=entry.text("name"),
        category=category,
        feeds=tuple(feed for _, feed in found),
        owner=entry.text("owner", ""),
        aliases=entry.texts("aliases"),
        page=entry.address("page", ""),
        note=entry.text("note", ""),
        parent=entry.text("parent", ""),
        facts=tuple(
            _fact(Table(f"{where}: fact {n}", values, _FACT))
            for n, values in enumerate(entry.tables("facts"), start=1)
        ),
        measured_only=entry.flag("measured_only"),
    )
    return service, tuple(spec for spec, _ in found)


def _source(
    entry: Table, families: Collection[str], speaker: str
) -> tuple[SourceSpec, Feed]:
    family = entry.text("family")
    if family not in families:
        raise entry.wrong("family", f"nobody reads {family!r}")
    url = entry.address("url")
    options, mark = _options(entry.inner("options"))
    spec = SourceSpec(
        id=_name(family, url, mark),
        family=family,
        name=entry.text("name", f"{speaker}'s status page"),
        url=url,
        options=options,
        note=entry.text("note", ""),
    )
    select = entry.inner("select", _SELECT)
    selection = Selection(
        frozenset(select.texts("groups")), frozenset(select.texts("components"))
    )
    return spec, Feed(spec.id, selection)


def _options(entry: Table) -> tuple[dict[str, tuple[str, ...]], str]:
    """Return the options, and what of them tells this source from its siblings.

    A list may grow when several services name the source (it is still asked
    once); a single word makes it another source.
    """
    options: dict[str, tuple[str, ...]] = {}
    marks: list[str] = []
    for key, value in entry.items():
        if isinstance(value, str):
            options[key] = (entry.text(key),)
            marks.append(options[key][0])
        else:
            options[key] = entry.texts(key)
    return options, "+".join(marks)


def _name(family: str, url: str, mark: str) -> SourceId:
    place = url.removeprefix("https://").rstrip("/")
    return SourceId(f"{family}:{place}" + (f"#{mark}" if mark else ""))


def _fact(entry: Table) -> Fact:
    as_of = entry.text("as_of")
    if not _DATE.fullmatch(as_of):
        raise entry.wrong("as_of", f"{as_of!r} is no date like 2026-11-21 or 2026-11")
    source = entry.text("source")
    if "://" in source:
        source = entry.address("source")
    return Fact(entry.text("topic"), entry.text("text"), source, as_of)


def _join(where: str, known: SourceSpec | None, spec: SourceSpec) -> SourceSpec:
    if known is None:
        return spec
    if known.name != spec.name:
        raise CatalogError(
            f"{where}: {spec.id} is called {spec.name!r} here, {known.name!r} elsewhere"
        )
    if known.note and spec.note and known.note != spec.note:
        raise CatalogError(f"{where}: {spec.id} has another note elsewhere")
    options = dict(known.options)
    for key, values in spec.options.items():
        options[key] = tuple(dict.fromkeys((*options.get(key, ()), *values)))
    return replace(known, options=options, note=known.note or spec.note)


def _rank(service: Service) -> tuple[int, str]:
    return CATEGORIES.index(service.category), service.name.casefold()
