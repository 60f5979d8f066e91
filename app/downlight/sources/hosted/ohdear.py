"""Status pages of Oh Dear.

Format: ``<page>/json``, no key (an answer recorded 2024-11, documented nowhere).
PHP writes an empty map as ``[]``. What is written about an outage is a list of
separate entries that name no incident: those since the last "resolved" are taken
for open while the page is not up, the others are history.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Phase, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, distinct, key, moment, overall, word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {"up": Level.OPERATIONAL, "down": Level.PARTIAL}
"""For a site and for the page; how far "down" reaches is not said (our decision)."""
SEVERITIES: Final = {"resolved": Level.OPERATIONAL, "warning": Level.DEGRADED}
UNGROUPED: Final = "ungrouped"

_Nothing: TypeAlias = Annotated[list[object], msgspec.Meta(max_length=0)]


class _Site(msgspec.Struct):
    label: str
    status: str


class _Entry(msgspec.Struct):
    id: int | str
    title: str
    severity: str
    text: str | None = None
    time: object = None

    @property
    def at(self) -> datetime | None:
        return moment(self.time)

    @property
    def is_over(self) -> bool:
        return word(self.severity) == "resolved"


class _Said(msgspec.Struct, rename="camel"):
    summarized_status: str
    sites: dict[str, list[_Site]] | _Nothing
    updates_per_day: dict[str, list[_Entry]] | _Nothing | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page's data into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    page = LEVELS.get(word(said.summarized_status))
    components = distinct(_components(said))
    incidents = distinct(_incidents(said, is_up=page is Level.OPERATIONAL))
    return Report(
        source,
        answer.at,
        level=overall(components, incidents, page, spoken=True),
        components=components,
        incidents=incidents,
    )


def _components(said: _Said) -> Iterator[Component]:
    groups = said.sites if isinstance(said.sites, dict) else {}
    for group, sites in groups.items():
        for site in sites:
            yield Component(
                id=key(site.label),
                name=line(site.label),
                level=LEVELS.get(word(site.status)),
                group=None if group == UNGROUPED else line(group),
                raw=line(site.status),
            )


def _incidents(said: _Said, *, is_up: bool) -> Iterator[Incident]:
    days = said.updates_per_day if isinstance(said.updates_per_day, dict) else {}
    entries = [entry for day in days.values() for entry in day]
    cleared = max((e.at for e in entries if e.is_over and e.at), default=None)
    for entry in entries:
        at = entry.at
        later = cleared is None or at is None or at > cleared
        is_open = not is_up and not entry.is_over and later
        yield Incident(
            id=key(entry.id),
            title=line(entry.title),
            level=SEVERITIES.get(word(entry.severity)),
            phase=Phase.RESOLVED if entry.is_over else None,
            open=is_open,
            started_at=None if entry.is_over else at,
            ended_at=at if entry.is_over else None,
            updates=(Update(at, plain(entry.text or entry.title)),) if at else (),
        )


def build(spec: SourceSpec) -> Page:
    """Make the source of one page; its address may already end in ``/json``."""
    page = spec.url.rstrip("/").removesuffix("/json")
    return official(spec, parse, url=f"{page}/json", page=page, cadence=CADENCE)
