"""Microsoft 365 as its administrators see it, by Microsoft Graph.

Format: ``/v1.0/admin/serviceAnnouncement/healthOverviews?$expand=issues`` and
``/issues`` (Microsoft's documentation, read 2026-05). No recorded answer was ever seen
but the examples there. It wants a token with the right ``ServiceHealth.Read.All``, kept
as the secret ``microsoft-graph``. Words are camelCase in the reference and PascalCase
on the wire.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Incident, Phase, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.text import line, plain
from downlight.sources.session import Keyed
from downlight.sources.wire import (
    decode,
    distinct,
    key,
    moment,
    newest_first,
    overall,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
API: Final = "https://graph.microsoft.com"
PATH: Final = "/v1.0/admin/serviceAnnouncement/healthOverviews?$expand=issues"
SECRET: Final = "microsoft-graph"  # noqa: S105 - the name of the secret, not it

LEVELS: Final = {
    "serviceoperational": Level.OPERATIONAL,
    "servicerestored": Level.OPERATIONAL,
    "falsepositive": Level.OPERATIONAL,
    "postincidentreviewpublished": Level.OPERATIONAL,
    "verifyingservice": Level.OPERATIONAL,
    "investigating": Level.DEGRADED,
    "investigationsuspended": Level.DEGRADED,
    "servicedegradation": Level.DEGRADED,
    "extendedrecovery": Level.DEGRADED,
    "restoringservice": Level.PARTIAL,
    "serviceinterruption": Level.MAJOR,
}
PHASES: Final = {
    "investigating": Phase.INVESTIGATING,
    "servicedegradation": Phase.IDENTIFIED,
    "serviceinterruption": Phase.IDENTIFIED,
    "restoringservice": Phase.IDENTIFIED,
    "extendedrecovery": Phase.MONITORING,
    "verifyingservice": Phase.MONITORING,
    "servicerestored": Phase.RESOLVED,
    "falsepositive": Phase.RESOLVED,
    "postincidentreviewpublished": Phase.POSTMORTEM,
}
"""Our own reading: Graph has one word for how bad and how far."""


class _Content(msgspec.Struct):
    content: str | None = None


class _Post(msgspec.Struct, rename="camel"):
    created_date_time: object = None
    description: _Content | None = None


class _Issue(msgspec.Struct, rename="camel"):
    id: str
    title: str
    status: str
    is_resolved: bool
    service: str | None = None
    start_date_time: object = None
    end_date_time: object = None
    posts: list[_Post] | None = None


class _Overview(msgspec.Struct):
    id: str
    service: str
    status: str
    issues: list[_Issue] | None = None


class _Page(msgspec.Struct):
    context: str = msgspec.field(name="@odata.context")
    value: list[msgspec.Raw]
    more: object = msgspec.field(name="@odata.nextLink", default=None)
    """Where the rest is, when this is not all."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the health of all services, or a list of issues, into a report.

    Raises:
        Unreadable: It is something else.
    """
    page = decode(answer, _Page)
    if "serviceAnnouncement" not in page.context:
        raise Unreadable("an answer of Graph about something else")
    services, issues = _read(page.value, about_issues="/issues" in page.context)
    components = distinct(
        Component(
            id=key(o.id),
            name=line(o.service),
            level=LEVELS.get(word(o.status)),
            raw=line(o.status),
        )
        for o in services
    )
    ids = {o.service: key(o.id) for o in services}
    told = [*issues, *(issue for o in services for issue in o.issues or [])]
    incidents = distinct(_incident(issue, ids) for issue in told)
    return Report(
        source,
        answer.at,
        # Where there is more than we were given, all may not be well.
        level=overall(components, incidents, spoken=page.more is not None),
        components=components,
        incidents=incidents,
    )


def _read(
    rows: list[msgspec.Raw], *, about_issues: bool
) -> tuple[list[_Overview], list[_Issue]]:
    try:
        if about_issues:
            return [], [msgspec.json.decode(row, type=_Issue) for row in rows]
        return [msgspec.json.decode(row, type=_Overview) for row in rows], []
    except msgspec.ValidationError as error:
        raise Unreadable(f"not the shape we know: {error}") from error


def _incident(found: _Issue, ids: Mapping[str, str]) -> Incident:
    """Read one issue; whether it is over is said apart from its status."""
    is_open = not found.is_resolved
    service = found.service
    return Incident(
        id=key(found.id),
        title=line(found.title),
        level=LEVELS.get(word(found.status)),
        phase=PHASES.get(word(found.status)),
        open=is_open,
        started_at=moment(found.start_date_time),
        ended_at=None if is_open else moment(found.end_date_time),
        updates=newest_first(
            Update(at, plain(post.description.content or ""))
            for post in found.posts or []
            if post.description and (at := moment(post.created_date_time))
        ),
        component_ids=(ids.get(service, key(service)),) if service else (),
    )


def build(spec: SourceSpec) -> Keyed:
    """Make the source; option ``api``: another host than Graph's own."""
    api = spec.option("api", API).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=CADENCE,
        page=spec.url,
        urls=(f"{api}{PATH}",),
        verified=False,
    )
    return Keyed(info, parse, SECRET)
