"""``downlight add`` and ``remove``: services the catalog may not know."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

from rich.markup import escape

from downlight import adding, wiring
from downlight.cli import console, forms
from downlight.cli.read import lines
from downlight.core.errors import CatalogError
from downlight.core.model import ServiceSlug

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.catalog.catalog import Catalog
    from downlight.core.addition import Found
    from downlight.core.settings import Settings
    from downlight.wiring import Home

REFUSED: Final = 1
"""Exit status when the person said no."""


def run(options: Namespace) -> int:
    """Look at an address, show what is there, and watch it.

    Raises:
        DownlightError: There is nothing to read, or it cannot be kept.
    """
    home = wiring.open_home(options.data)
    catalog = wiring.whole_catalog(home)
    service = catalog.service(options.address)
    if service is not None:
        home = wiring.choose(
            home, tuple(dict.fromkeys((*home.settings.watch, service.slug)))
        )
        console.say(f"{service.name} is watched.")
        return 0
    if not _is_address(options.address):
        raise _nobody(options.address, catalog)
    found = asyncio.run(_find(wish(options), catalog, home.settings))
    if options.json:
        saved = not options.look and _save(home, found, options)
        console.say(forms.dump(forms.found(found, saved=saved)))
        return 0
    show(found)
    if options.look:
        return 0
    if not options.yes and not _agreed(found):
        console.say("Nothing was changed.")
        return REFUSED
    _save(home, found, options)
    console.say(f"{found.addition.service.name} is watched.")
    return 0


def _is_address(words: str) -> bool:
    return any(sign in words for sign in ".:/") or words == "localhost"


def _nobody(words: str, catalog: Catalog) -> CatalogError:
    near = ", ".join(service.slug for service in catalog.search(words)[:5])
    error = CatalogError(repr(words))
    error.title = "No such service"
    error.hint = (
        f"Did you mean: {near}?"
        if near
        else "Give the address of its status page or feed instead."
    )
    return error


def remove(options: Namespace) -> int:
    """Watch a service no longer.

    Raises:
        DownlightError: It is not watched, or that cannot be kept.
    """
    home = wiring.open_home(options.data)
    adding.remove(home, ServiceSlug(options.slug))
    console.say(f"{options.slug} is not watched any more.")
    return 0


def wish(options: Namespace) -> adding.Wish:
    """Return what the command line asks for."""
    checks = {
        "expect_text": options.expect_text,
        "expect_status": options.expect_status,
        "every": options.every,
    }
    return adding.Wish(
        address=options.address,
        name=options.name,
        parts=tuple(options.part),
        family=options.family,
        check=options.check,
        options=tuple((k, str(v)) for k, v in checks.items() if v is not None),
    )


def show(found: Found) -> None:
    """Print what was found, for people."""
    service, specs = found.addition.service, found.addition.sources
    kinds = ", ".join(spec.family for spec in specs)
    console.show(
        f"[bold]{escape(service.name)}[/bold]  read as {kinds}",
        *lines(found.report),
        *(f"[dim]{escape(note)}[/dim]" for note in found.notes),
        markup=True,
    )


async def _find(wanted: adding.Wish, catalog: Catalog, settings: Settings) -> Found:
    async with wiring.live_web(settings) as web:
        return await adding.find(web, wanted, catalog)


def _agreed(found: Found) -> bool:
    """Ask a person; a script that says nothing means yes."""
    if not sys.stdin or not sys.stdin.isatty():
        return True
    said = input(f"Watch {found.addition.service.name}? [Y/n] ")
    return said.strip().casefold() in {"", "y", "yes"}


def _save(home: Home, found: Found, options: Namespace) -> bool:
    adding.keep(home, found, options.part)
    return True
