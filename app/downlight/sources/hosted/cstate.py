"""Status pages of cState, a site of files.

Format: https://github.com/cstate/cstate/wiki/API, ``/index.json`` (from the program's
templates, read 2026-11). No recorded answer was ever seen. Times are as Go prints them.

The words stand in one order, ok < notice < disrupted < down. Where ours begin is our
decision: a notice is the mildest trouble, a disruption a partial outage.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Phase, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    decode,
    distinct,
    key,
    link,
    moment,
    overall,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=2))

LEVELS: Final = {
    "ok": Level.OPERATIONAL,
    "notice": Level.DEGRADED,
    "disrupted": Level.PARTIAL,
    "down": Level.MAJOR,
}


class _Issue(msgspec.Struct):
    title: str
    severity: str = ""
    permalink: str | None = None
    informational: bool | None = False
    resolved: bool | None = False
    created: object = msgspec.field(default=None, name="createdAt")
    ended: object = msgspec.field(default=None, name="resolvedAt")


class _System(msgspec.Struct):
    name: str
    status: str = ""
    category: str | None = None
    issues: list[_Issue] | None = msgspec.field(default=None, name="unresolvedIssues")


class _Said(msgspec.Struct):
    status: str = msgspec.field(name="summaryStatus")
    systems: list[_System]
    pinned: list[_Issue] | None = msgspec.field(default=None, name="pinnedIssues")


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the site's index into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Said)
    components = distinct(_component(system) for system in said.systems)
    incidents = distinct(_incidents(said))
    return Report(
        source,
        answer.at,
        level=overall(
            components, incidents, LEVELS.get(word(said.status)), spoken=True
        ),
        components=components,
        incidents=incidents,
    )


def _component(found: _System) -> Component:
    return Component(
        id=key(found.name),
        name=line(found.name),
        level=LEVELS.get(word(found.status)),
        group=line(found.category or "") or None,
        raw=line(found.status),
    )


def _incidents(said: _Said) -> Iterable[Incident]:
    """Return each issue once, with every system that names it."""
    issues: dict[str, _Issue] = {}
    about: dict[str, list[str]] = {}
    for system in (*said.systems, _System("", issues=said.pinned)):
        for issue in system.issues or []:
            name = key(issue.permalink) or line(issue.title)
            issues.setdefault(name, issue)
            about.setdefault(name, []).append(key(system.name))
    for name, issue in issues.items():
        yield Incident(
            id=name,
            title=line(issue.title),
            level=_severity(issue),
            phase=Phase.RESOLVED if issue.resolved else None,
            open=not issue.resolved,
            started_at=moment(issue.created),
            ended_at=moment(issue.ended) if issue.resolved else None,
            component_ids=tuple(part for part in about[name] if part),
            url=link(issue.permalink),
        )


def _severity(found: _Issue) -> Level | None:
    if found.informational:
        return Level.OPERATIONAL
    return LEVELS.get(word(found.severity))


def build(spec: SourceSpec) -> Page:
    """Make the source of one page."""
    page = spec.url.rstrip("/").removesuffix("/index.json")
    return official(
        spec,
        parse,
        url=f"{page}/index.json",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
