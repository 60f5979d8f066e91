"""Status pages of Upptime, which are files in a repository.

Format: https://upptime.js.org, ``history/summary.json`` (written by the program every
few minutes; recorded 2026-07). What is written about an incident stands in the
repository's issues and is not read. One site of many that is down is a partial
outage of the whole.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.pages import together
from downlight.sources.wire import decode, distinct, key, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=2))
"""The program looks every five minutes; the files are cached for as long."""
API: Final = "https://raw.githubusercontent.com"
PATH: Final = "/history/summary.json"

LEVELS: Final = {
    "up": Level.OPERATIONAL,
    "degraded": Level.DEGRADED,  # slower than its own limit
    "down": Level.MAJOR,
}


class _Site(msgspec.Struct):
    slug: str
    name: str
    status: str
    uptime: str
    """Not read; only this format has it as text."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the summary into a report.

    Raises:
        Unreadable: It is something else.
    """
    components = distinct(
        Component(
            id=key(site.slug),
            name=line(site.name),
            level=LEVELS.get(word(site.status)),
            raw=line(site.status),
        )
        for site in decode(answer, list[_Site])
    )
    return Report(source, answer.at, level=together(components), components=components)


def build(spec: SourceSpec) -> Page:
    """Make the source of one page; its address may be the summary's own.

    Options:
        repo: The repository on GitHub, ``owner/name``; without it the summary is
            looked for below the page.
        api: Another origin than GitHub's for files of a repository.
    """
    page = spec.url.rstrip("/").removesuffix(PATH)
    repo = spec.option("repo")
    below = f"{spec.option('api', API)}/{repo}/HEAD" if repo else page
    return official(spec, parse, url=f"{below}{PATH}", page=page, cadence=CADENCE)
