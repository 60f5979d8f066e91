"""Status pages of incident.io, by the data their own pages are drawn from.

Format: ``<page>/proxy/<host>`` gives ``{"summary": {…}}``, the object that also stands
in the page, among the pieces that Next.js sends (where what is absent is the string
"$undefined"); four pages recorded 2026-03, documented nowhere.

Only parts in trouble are given a level; every other one is operational. A level of
an incident is the impact it is declared with, not how its parts are at the moment:
while it is open it counts in full, as on Statuspage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core.errors import Refused, Unreadable
from downlight.core.level import Level, worst
from downlight.core.model import Component, Incident, Maintenance, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.flight import embedded
from downlight.sources.hosted.incidentiowire import (
    START,
    Affected,
    Note,
    Structure,
    Summary,
    Wrapped,
)
from downlight.sources.page import official
from downlight.sources.wire import (
    COMPONENTS,
    PHASES,
    STATES,
    decode_text,
    distinct,
    key,
    link,
    moment,
    newest_first,
    overall,
    text,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceInfo, SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))
_GONE: Final = frozenset({404, 410})


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page's data, wrapped, bare or in the web page, into a report.

    Raises:
        Unreadable: It is something else.
    """
    words = text(answer)
    if words.lstrip().startswith("<"):
        words = embedded(words, START)
    # Inside a JSON string the quotes would be escaped, so this hits values only.
    words = words.replace('"$undefined"', "null")
    page = decode_text(words, Wrapped).summary or decode_text(words, Summary)
    found = page.ongoing_incidents or []
    planned = [i for i in found if i.type == "maintenance"]
    incidents = distinct(
        _incident(i, page.public_url) for i in found if i.type != "maintenance"
    )
    components = _components(page)
    works = [*planned, *(page.scheduled_maintenances or [])]
    return Report(
        source,
        answer.at,
        level=overall((*components, *_strays(page)), incidents),
        components=components,
        incidents=incidents,
        maintenances=distinct(
            work for m in works if (work := _maintenance(m, page.public_url))
        ),
    )


def _components(page: Summary) -> tuple[Component, ...]:
    said = {a.component_id: a.status for a in page.affected_components or []}
    silent = page.affected_components is None and page.ongoing_incidents is None
    fine = "" if silent else "operational"
    groups = _groups(page.structure or Structure())
    return distinct(
        Component(
            id=key(found.id),
            name=line(found.name),
            level=COMPONENTS.get(word(said.get(found.id, fine))),
            group=groups.get(found.id),
            raw=line(said.get(found.id, "")),
        )
        for found in page.components
    )


def _strays(page: Summary) -> tuple[Component, ...]:
    """Return the parts in trouble that are not on the list: they count, unnamed."""
    listed = {found.id for found in page.components}
    return tuple(
        Component(key(a.component_id), "", COMPONENTS.get(word(a.status)))
        for a in page.affected_components or []
        if a.component_id not in listed
    )


def _groups(structure: Structure) -> Mapping[str, str]:
    return {
        member.component_id: line(item.group.name)
        for item in structure.items or []
        if item.group
        for member in item.group.components or []
    }


def _incident(found: Note, page: str | None) -> Incident:
    phase = PHASES.get(word(found.status))
    is_open = not (phase and phase.is_over)
    updates = _updates(found)
    return Incident(
        id=key(found.id),
        title=line(found.name),
        level=_impact(found),
        phase=phase,
        open=is_open,
        started_at=moment(found.published_at),
        ended_at=updates[0].at if updates and not is_open else None,
        updates=updates,
        component_ids=_parts(found),
        url=_url(found, page),
    )


def _impact(found: Note) -> Level | None:
    """Return the worst impact declared; without one, the latest stretch's.

    A word we do not know makes the impact unknown unless another one is bad.
    """
    words = [a.status for a in found.affected_components or []] or [
        stretch.worst_component_status
        for stretch in found.status_summaries or []
        if moment(stretch.end_at) is None
    ]
    levels = [COMPONENTS.get(word(said)) for said in words]
    level = worst(levels)
    return None if level is Level.OPERATIONAL and None in levels else level


def _maintenance(found: Note, page: str | None) -> Maintenance | None:
    """Read planned work; None when its state is a word we do not know."""
    state = STATES.get(word(found.status))
    if state is None:
        return None
    return Maintenance(
        id=key(found.id),
        title=line(found.name),
        state=state,
        starts_at=moment(found.starts_at) or moment(found.published_at),
        ends_at=moment(found.ends_at),
        updates=_updates(found),
        component_ids=_parts(found),
        url=_url(found, page),
    )


def _updates(found: Note) -> tuple[Update, ...]:
    """Return the updates; on the wire the oldest stands first."""
    return newest_first(
        Update(
            at=at,
            text=plain(update.message_string or ""),
            phase=PHASES.get(word(update.to_status or "")),
            id=key(update.id),
        )
        for update in found.updates or []
        if (at := moment(update.published_at))
    )


def _parts(found: Note) -> tuple[str, ...]:
    affected: Iterable[Affected] = found.affected_components or []
    return tuple(dict.fromkeys(key(a.component_id) for a in affected))


def _url(found: Note, page: str | None) -> str:
    return link(f"{page.rstrip('/')}/incidents/{found.id}") if page else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page whose data is asked for apart or, where that fails, with the page."""

    info: SourceInfo

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once, and for the page itself where its data is not to be had alone.

        Raises:
            SourceError: There is no report.
        """
        try:
            answer = await web.get(self.info.urls[0])
            return answer.parsed(lambda a: parse(self.info.id, a), last)
        except Refused as error:
            if error.status not in _GONE:
                raise
        except Unreadable:
            pass  # some hosts answer every address with a page of theirs
        answer = await web.get(self.info.page, accept="text/html")
        return answer.parsed(lambda a: parse(self.info.id, a), last)


def build(spec: SourceSpec) -> Drawn:
    """Make the source of one page."""
    page = spec.url.rstrip("/")
    url = f"{page}/proxy/{urlsplit(page).hostname}"
    found = official(spec, parse, url=url, page=page, cadence=CADENCE)
    return Drawn(found.info)
