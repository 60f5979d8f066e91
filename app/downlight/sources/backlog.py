"""Where the pages of a family list what is over, beyond what is asked every minute.

Only of families whose reader knows that form, too. Asked once, when a person wants to
see the past of a service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused, Unreadable
from downlight.sources import registry

if TYPE_CHECKING:
    from downlight.core.model import Incident
    from downlight.core.ports import Web
    from downlight.core.source import SourceSpec

WHOLE: Final = frozenset({"statuspage"})
"""Families whose list names every incident back to the oldest one in it: the fifty
newest, as the documentation of Statuspage has it."""

_NOT_THERE: Final = frozenset({401, 403, 404, 410})


def addresses(spec: SourceSpec) -> tuple[str, ...]:
    """Return where a source lists what is over; nothing where we know of no place."""
    site = spec.url.rstrip("/")
    match spec.family:
        case "statuspage":
            return (f"{site.split('/api/', 1)[0]}/api/v2/incidents.json",)
        case "meta" if site:
            orgs = spec.options.get("orgs", ())
            return tuple(f"{site}/data/outages/{org}.history.json" for org in orgs)
        case _:
            return ()


async def read(web: Web, spec: SourceSpec) -> tuple[Incident, ...] | None:
    """Ask a source for what it lists of the past.

    Args:
        web: The network.
        spec: What the catalog says about the source.

    Returns:
        The incidents; None where it has no list that we can read.

    Raises:
        SourceError: There is no answer now; another time there may be.
    """
    parse = registry.parser(spec.family)
    found: list[Incident] = []
    heard = False
    for url in addresses(spec):
        try:
            found += parse(spec.id, await web.get(url)).incidents
        except Unreadable:
            continue
        except Refused as error:
            if error.status in _NOT_THERE:
                continue
            raise
        heard = True
    return tuple(found) if heard else None
