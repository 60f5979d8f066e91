"""Status pages of openstatus, by the one word the product gives out.

Format: ``/public/status/<slug>`` on the product's host, ``{"status": word}`` and
nothing else (no key; from the program's own readers, read 2026-11). No recorded answer
was ever seen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import COMPONENTS, decode, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
API: Final = "https://api.openstatus.dev"

LEVELS: Final = COMPONENTS | {
    "incident": Level.DEGRADED  # our decision: something is open, how bad is not said
}


class _Said(msgspec.Struct, forbid_unknown_fields=True):
    status: str
    """Stands alone; nothing else marks the format."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the word into a report.

    Raises:
        Unreadable: It is something else, or more than that.
    """
    said = decode(answer, _Said).status
    return Report(source, answer.at, level=LEVELS.get(word(said)), headline=line(said))


def build(spec: SourceSpec) -> Page:
    """Make the source of one page.

    Options:
        slug: The page's name at the product; not needed where the address begins
            with it (``https://name.openstatus.dev``).
        api: Another origin of the API.

    Raises:
        CatalogError: Nothing names the page.
    """
    name, _, domain = (urlsplit(spec.url).hostname or "").partition(".")
    slug = spec.needed("slug", name if domain == "openstatus.dev" else "")
    url = f"{spec.option('api', API)}/public/status/{slug}"
    return official(
        spec, parse, url=url, page=spec.url, cadence=CADENCE, verified=False
    )
