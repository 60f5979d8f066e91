"""Status pages of Sorry™.

Format: on the page's own host ``/api/v1/status`` (the state of the whole) and
``/api/v1/notices`` (what is written), or for everybody
``https://api.sorryapp.com/v1/pages/<number>/components``; no key. Known from others who
read them (stts 2026-03, vendor-status-watch and w6w 2026-09). No recorded answer was
ever seen. Its words are spelt with "-" in one place and "_" in another.

A notice has no severity: an unplanned one that goes on counts as "degraded".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.pages import Pages, Part, official_pages, told
from downlight.sources.wire import (
    PHASES,
    STATES,
    decode,
    key,
    link,
    moment,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://api.sorryapp.com"
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

PAGE: Final = {
    "operational": Level.OPERATIONAL,
    "degraded": Level.DEGRADED,  # the page's one word for any trouble
    "under_maintenance": Level.MAINTENANCE,
}
COMPONENTS: Final = {
    "operational": Level.OPERATIONAL,
    "partially_degraded": Level.DEGRADED,
    "degraded": Level.PARTIAL,  # our decision: worse than partially so
    "under_maintenance": Level.MAINTENANCE,
}
PLANNED: Final = {
    "future": MaintenanceState.SCHEDULED,
    "present": MaintenanceState.IN_PROGRESS,
    "past": MaintenanceState.COMPLETED,
}
"""Where on the timeline a notice stands; for planned ones that is their state."""


class _Page(msgspec.Struct):
    state: str | None
    state_text: str | None = None


class _Status(msgspec.Struct):
    page: _Page


class _Written(msgspec.Struct):
    content: str | None = None


class _Notice(msgspec.Struct):
    id: int | str
    subject: str
    type: str
    state: str | None = None
    timeline_state: str | None = None
    began_at: object = None
    updated_at: object = None
    url: str | None = None
    latest_update: _Written | None = None


class _Component(msgspec.Struct):
    id: int | str
    name: str
    state: str


class _Said(msgspec.Struct):
    page: _Page | None = None
    notices: list[_Notice] | None = None
    components: list[_Component] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page's state, its notices or its components into a report.

    Raises:
        Unreadable: It is none of them.
    """
    return _read(source, (answer,))


def _read(source: SourceId, answers: Sequence[Answer]) -> Report:
    return told(source, answers[0].at, (_part(answer) for answer in answers))


def _part(answer: Answer) -> Part:
    if answer.body.lstrip()[:1] == b"[":
        said = _Said(components=decode(answer, list[_Component]))
    else:
        said = decode(answer, _Said)
    if said.page is None and said.notices is None and not said.components:
        raise Unreadable("neither a state, nor notices, nor components")
    notices = said.notices or []
    works = (_maintenance(n) for n in notices if _is_planned(n))
    return Part(
        page=PAGE.get(word(said.page.state or "")) if said.page else None,
        spoken=said.page is not None,
        headline=line(said.page.state_text or "") if said.page else "",
        components=tuple(
            Component(
                id=key(c.id),
                name=line(c.name),
                level=COMPONENTS.get(word(c.state)),
                raw=line(c.state),
            )
            for c in said.components or []
        ),
        incidents=tuple(_incident(n) for n in notices if not _is_planned(n)),
        maintenances=tuple(work for work in works if work is not None),
    )


def _is_planned(notice: _Notice) -> bool:
    return word(notice.type) == "planned"


def _incident(notice: _Notice) -> Incident:
    """Read what was not planned; a time on the line that we do not know is open."""
    phase = PHASES.get(word(notice.state or ""))
    when = PLANNED.get(word(notice.timeline_state or ""))
    over = when is MaintenanceState.COMPLETED or bool(phase and phase.is_over)
    return Incident(
        id=key(notice.id),
        title=line(notice.subject),
        level=Level.DEGRADED if phase or when else None,
        phase=Phase.RESOLVED if over else phase,
        open=not over,
        started_at=moment(notice.began_at),
        ended_at=moment(notice.updated_at) if over else None,
        updates=_updates(notice),
        url=link(notice.url),
    )


def _maintenance(notice: _Notice) -> Maintenance | None:
    """Read planned work; None when its state is a word we do not know."""
    state = PLANNED.get(word(notice.timeline_state or "")) or STATES.get(
        word(notice.state or "")
    )
    if state is None:
        return None
    return Maintenance(
        id=key(notice.id),
        title=line(notice.subject),
        state=state,
        starts_at=moment(notice.began_at),
        updates=_updates(notice),
        url=link(notice.url),
    )


def _updates(notice: _Notice) -> tuple[Update, ...]:
    """Return the one update that is given: the latest."""
    at = moment(notice.updated_at)
    said = plain((notice.latest_update and notice.latest_update.content) or "")
    # Named by its words: the time is the notice's and may change without them.
    return (Update(at, said, id=key(said)),) if at and said else ()


def build(spec: SourceSpec) -> Pages:
    """Make the source of one page.

    The option ``page`` is its number at Sorry™, for pages that answer only there
    (``api``: another origin for that). Without it the page's own host is asked.
    """
    page = spec.url.rstrip("/").removesuffix("/api/v1/status")
    urls: tuple[str, ...] = (f"{page}/api/v1/status", f"{page}/api/v1/notices")
    if number := spec.option("page"):
        api = spec.option("api", API).rstrip("/")
        urls = (f"{api}/v1/pages/{number}/components",)
    return official_pages(
        spec, _read, urls=urls, page=page, cadence=CADENCE, verified=False
    )
