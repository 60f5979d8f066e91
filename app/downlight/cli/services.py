"""``downlight services``: what can be watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """List the services that match.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    found = wiring.whole_catalog(wiring.open_home(options.data)).search(
        " ".join(options.words)
    )
    if not found:
        console.say("Downlight knows no such service.")
        return 1
    table = Table(box=None, show_header=False, pad_edge=False)
    for service in found:
        table.add_row(
            Text(service.slug, style="bold"), Text(service.name), Text(service.category)
        )
    console.show(table)
    return 0
