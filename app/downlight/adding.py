"""Adding a service by its address: what stands there, and how it is kept.

A service the catalog knows is watched as it stands there. Anything else is looked at
(`sources/detect`) or, when the person asks for it, only knocked at (`probes`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight import wiring
from downlight.catalog import own
from downlight.core.addition import Addition, Found
from downlight.core.errors import SettingsError
from downlight.core.model import Selection, ServiceSlug, SourceId
from downlight.core.service import Feed, Service
from downlight.core.source import CHECK_OF, PAGE_OF, SourceSpec
from downlight.core.speech import mark, tr
from downlight.core.text import line
from downlight.storage import settings_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from downlight.catalog.catalog import Catalog
    from downlight.core.model import Report
    from downlight.core.ports import Web
    from downlight.wiring import Home

CATEGORY: Final = "other"
"""Where services stand that a person added."""
CHECKS: Final = {"tcp": "tcp-check", "dns": "dns-check"}
"""Which check an address asks for by its scheme."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to add."""

    address: str
    """Of a page, a feed, ``tcp://host:port`` or ``dns://host``."""
    name: str = ""
    """What to call it; empty for what it calls itself."""
    parts: tuple[str, ...] = ()
    """Names or ids of the components that count; empty for all."""
    family: str = ""
    """The only format to try; empty for all."""
    check: bool = False
    """Only ask whether the address answers from here."""
    options: tuple[tuple[str, str], ...] = ()
    """What else a check wants to know, e.g. ``expect_text``."""


async def find(web: Web, wish: Wish, known: Catalog) -> Found:
    """Look at what a person wants to add.

    Args:
        web: The network.
        wish: What is wanted.
        known: The catalog, with what was added before.

    Raises:
        SourceError: There is nothing there that can be read, and why.
    """
    scheme = urlsplit(wish.address.strip()).scheme
    if scheme in CHECKS or wish.check:
        return await _checked(web, wish, known, CHECKS.get(scheme, "http-check"))
    if not wish.family and (service := by_address(known, wish.address)) is not None:
        return await _from_catalog(web, service, known)
    from downlight.sources.detect import recognise

    seen = await recognise(web, wish.address, wish.family)
    name = line(wish.name) or seen.name
    spec = replace(seen.spec, name=PAGE_OF.format(name=name))
    notes = (*seen.notes, *_strange_parts(wish.parts, seen.report))
    return Found(_addition(name, spec, wish.parts, known), seen.report, notes)


def by_address(known: Catalog, address: str) -> Service | None:
    """Return the service whose page or source stands at ``address``, if any does."""
    place = _place(address)
    for service in known.services:
        urls = [service.page, *(known.sources[f.source].url for f in service.feeds)]
        if place in {_place(url) for url in urls if url}:
            return service
    return None


def keep(home: Home, found: Found, parts: Sequence[str] = ()) -> Home:
    """Add what was found to the watch list, and to the person's own services.

    Raises:
        SettingsError: A file cannot be written.
        StorageError: The disk refuses.
        CatalogError: The person's file of services cannot be read.
    """
    service = found.addition.service
    if service.own and home.own.service(service.slug) is None:
        own.add(home.places.services, found.addition)
    elif parts:
        home = choose_parts(home, service.slug, parts)
    watch = dict.fromkeys((*home.settings.watch, service.slug))
    return wiring.choose(home, tuple(watch))


def remove(home: Home, slug: ServiceSlug) -> Home:
    """Watch a service no longer; forget it when the person had added it.

    Raises:
        SettingsError: It is neither watched nor the person's own, or a file cannot
            be written.
        StorageError: The disk refuses.
        CatalogError: The person's file of services cannot be read.
    """
    ours = own.load(home.places.services, wiring.FAMILIES).service(slug)
    if slug not in home.settings.watch and ours is None:
        error = SettingsError(f"{slug!r}")
        error.title = mark("Not watched")
        raise error
    if ours is not None:
        own.remove(home.places.services, slug)
    if slug in home.settings.parts:
        home = choose_parts(home, slug, ())
    return wiring.choose(home, tuple(s for s in home.settings.watch if s != slug))


def choose_parts(home: Home, slug: ServiceSlug, parts: Sequence[str]) -> Home:
    """Let only these components of a service count; all of them when none is named.

    Raises:
        SettingsError: The settings file cannot be written.
        StorageError: The disk refuses.
    """
    chosen = {k: v for k, v in home.settings.parts.items() if k != slug}
    if parts:
        chosen[slug] = tuple(dict.fromkeys(parts))
    settings = replace(home.settings, parts=chosen)
    settings_file.save(home.places.settings, settings, was=home.settings)
    return replace(home, settings=settings)


async def _from_catalog(web: Web, service: Service, known: Catalog) -> Found:
    feed = service.feeds[0]
    report = await wiring.build(known.sources[feed.source]).read(web)
    specs = tuple(known.sources[f.source] for f in service.feeds)
    if service.own:
        note = tr("You have added it before: {name}.", name=service.name)
    else:
        note = tr("Downlight knows it already: {name}.", name=service.name)
    return Found(Addition(service, specs), feed.selection.narrow(report), (note,))


async def _checked(web: Web, wish: Wish, known: Catalog, family: str) -> Found:
    address = _with_scheme(wish.address)
    name = line(wish.name) or urlsplit(address).hostname or address
    options = {key: (value,) for key, value in wish.options}
    spec = SourceSpec(
        SourceId(f"{family}:{address}"),
        family,
        CHECK_OF.format(name=name),
        address,
        options,
    )
    report = await wiring.build(spec).read(web)
    notes = [f"{c.target}: {tr(c.trouble)}." for c in report.checks if c.trouble]
    notes.append(
        tr(
            "A check tells what is seen from here: that it answers, not that it works "
            "for everybody."
        )
    )
    return Found(_addition(name, spec, (), known), report, tuple(notes))


def _addition(
    name: str, spec: SourceSpec, parts: tuple[str, ...], known: Catalog
) -> Addition:
    taken = {service.slug for service in known.services}
    # A link that is shown leads nowhere but over TLS: not even to this computer.
    page = spec.url if spec.url.startswith("https://") else ""
    service = Service(
        slug=ServiceSlug(own.free_slug(name, taken)),
        name=name,
        category=CATEGORY,
        feeds=(
            Feed(spec.id, Selection(components=frozenset(parts), every=bool(parts))),
        ),
        page=page,
        own=True,
        measured_only=spec.family in {"http-check", *CHECKS.values()},
    )
    return Addition(service, (spec,))


def _strange_parts(parts: Sequence[str], report: Report) -> Iterator[str]:
    names = {name for c in report.components for name in (c.id, c.name)}
    for part in parts:
        if part not in names:
            yield tr("The page names no part “{part}”.", part=part)


def _with_scheme(address: str) -> str:
    words = address.strip()
    return words if "://" in words else f"https://{words}"


def _place(address: str) -> str:
    parts = urlsplit(_with_scheme(address))
    host = (parts.netloc or "").casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"
