"""Reads one entry of a catalog file: a service and the sources that speak about it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final

from downlight.catalog.table import HTTPS, OWN, Table
from downlight.core.errors import CatalogError
from downlight.core.model import Selection, ServiceSlug, SourceId
from downlight.core.service import Fact, Feed, Function, Service
from downlight.core.source import PAGE_OF, SourceSpec
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

CATEGORIES: Final = (
    mark("messaging"),
    mark("collaboration"),
    mark("social"),
    mark("media"),
    mark("gaming"),
    mark("email"),
    mark("productivity"),
    mark("storage"),
    mark("devices"),
    mark("security"),
    mark("ai"),
    mark("developer"),
    mark("cloud"),
    mark("hosting"),
    mark("network"),
    mark("commerce"),
    mark("finance"),
    mark("business"),
    mark("advertising"),
)
"""Every category there is, in the order in which a person meets them."""

_SERVICE: Final = frozenset(
    {
        *("slug", "name", "category", "owner", "parent", "aliases", "page", "note"),
        *("measured_only", "siblings", "alternatives", "sources", "facts"),
        "functions",
    }
)
_SOURCE: Final = frozenset({"family", "url", "name", "note", "options", "select"})
_SELECT: Final = frozenset({"groups", "components", "regions"})
_FACT: Final = frozenset({"topic", "text", "source", "as_of"})
_FUNCTION: Final = frozenset({"name", "tried", "parts", "limit"})
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


OTHER: Final = mark("other")
"""Where a person's own services may stand as well."""


def entries(file: str, text: str, lines: Sequence[int] = ()) -> Iterable[Table]:
    """Give every entry of a file.

    Args:
        file: What the file is called.
        text: What stands in it.
        lines: On which lines entries begin; they are then named in errors.

    Raises:
        CatalogError: It is no TOML, or holds something but services.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"{file}: {error}") from error
    page = Table(file, document, frozenset({"service"}))
    found = page.tables("service")
    for number, values in enumerate(found, start=1):
        slug = values.get("slug") if isinstance(values, dict) else None
        at = f", line {lines[number - 1]}" if len(lines) == len(found) else ""
        where = f"{file}{at}: {slug or f'service {number}'}"
        yield Table(where, values, _SERVICE)


def read(
    entry: Table, families: Collection[str], *, own: bool = False
) -> tuple[Service, tuple[SourceSpec, ...]]:
    """Turn an entry into a service and its sources.

    Args:
        entry: What stands in the file.
        families: The names of all families a source may have.
        own: Whether the person wrote it: then it may be of no category, and name
            this computer and bare ports.

    Raises:
        CatalogError: It says something we do not know, or too little.
    """
    slug, category = entry.text("slug"), entry.text("category")
    if not _SLUG.fullmatch(slug):
        raise entry.wrong("slug", "only a-z, 0-9 and single hyphens")
    if category not in CATEGORIES and not (own and category == OTHER):
        raise entry.wrong(
            "category", f"{category!r} is none of {', '.join(CATEGORIES)}"
        )
    speaker = entry.text("owner", "") or entry.text("name")
    addresses = OWN if own else HTTPS
    found = [
        _source(
            Table(f"{entry.where}: source {n}", values, _SOURCE, addresses),
            families,
            speaker,
            own=own,
        )
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
        siblings=tuple(map(ServiceSlug, entry.texts("siblings"))),
        alternatives=tuple(map(ServiceSlug, entry.texts("alternatives"))),
        own=own,
        facts=tuple(
            _fact(Table(f"{entry.where}: fact {n}", values, _FACT))
            for n, values in enumerate(entry.tables("facts"), start=1)
        ),
        functions=tuple(
            _function(Table(f"{entry.where}: function {n}", values, _FUNCTION))
            for n, values in enumerate(entry.tables("functions"), start=1)
        ),
        measured_only=entry.flag("measured_only"),
    )
    return service, tuple(spec for spec, _ in found)


def _source(
    entry: Table, families: Collection[str], speaker: str, *, own: bool
) -> tuple[SourceSpec, Feed]:
    family = entry.text("family")
    if family not in families:
        raise entry.wrong("family", f"nobody reads {family!r}")
    url = entry.address("url")
    options, mark = _options(entry.inner("options"))
    spec = SourceSpec(
        id=_name(family, url, mark),
        family=family,
        name=entry.text("name", PAGE_OF.format(name=speaker)),
        url=url,
        options=options,
        note=entry.text("note", ""),
    )
    select = entry.inner("select", _SELECT)
    components = frozenset(select.texts("components"))
    selection = Selection(
        groups=frozenset(select.texts("groups")),
        components=components,
        regions=frozenset(select.texts("regions")),
        # The shipped catalog names a part by its id and by its names as well.
        every=own and bool(components),
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


def _function(entry: Table) -> Function:
    parts, limit = entry.texts("parts"), entry.text("limit", "")
    if not (parts or limit):
        raise entry.wrong("limit", "missing: what cannot be seen of it, and why")
    return Function(entry.text("name"), entry.texts("tried"), parts, limit)
