"""Status pages of Instatus.

Format: https://instatus.com/help/api, ``/summary.json`` (the page's own word, what
is going on; lists that would be empty are missing) and ``/v3/components.json``,
both recorded 2026-09; no recorded summary had an incident. The data the pages
themselves are drawn from (family ``instatus-page``; recorded 2026-03, documented
nowhere) tells more: texts, parts, what is over. It stands in the HTML in pieces.

The page's word alone is not believed: "UP" was seen over open incidents, and an
incident of impact "OPERATIONAL" over parts in major outage. Words are compared as
they are written here: where there is no page they are what marks the format.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Maintenance,
    MaintenanceState,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.flight import embedded
from downlight.sources.hosted.instatuswire import Note, Row, Said, wording
from downlight.sources.page import Page, official
from downlight.sources.pages import Pages, Part, official_pages, told
from downlight.sources.wire import (
    PHASES,
    decode_text,
    key,
    link,
    moment,
    newest_first,
    text,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=3), quick=timedelta(seconds=90))

PAGE: Final = {
    "UP": Level.OPERATIONAL,
    "UNDERMAINTENANCE": Level.MAINTENANCE,
    "HASISSUES": Level.DEGRADED,  # our decision: how bad, only the parts say
}
LEVELS: Final = {
    "OPERATIONAL": Level.OPERATIONAL,  # of an incident: for information
    "UNDERMAINTENANCE": Level.MAINTENANCE,
    "DEGRADEDPERFORMANCE": Level.DEGRADED,
    "MINOROUTAGE": Level.PARTIAL,
    "PARTIALOUTAGE": Level.PARTIAL,
    "MAJOROUTAGE": Level.MAJOR,
}
STATES: Final = {
    "NOTSTARTEDYET": MaintenanceState.SCHEDULED,
    "INPROGRESS": MaintenanceState.IN_PROGRESS,
    "COMPLETED": MaintenanceState.COMPLETED,
}
_DIGITS: Final = 5
"""Longer counts of minutes, more than two months, are none."""
_DATA: Final = re.compile(r'\{"url":"[^"]{0,200}","site":\{')


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a summary, a list of components or the page itself into a report.

    Raises:
        Unreadable: It is none of them.
    """
    return read(source, (answer,))


def read(source: SourceId, answers: Sequence[Answer]) -> Report:
    """Turn a summary and the list of components into a report.

    Raises:
        Unreadable: The first one is none of ours. A list that is none (many sites
            answer every address with a web page) leaves the summary to speak.
    """
    main, *others = answers
    parts = [_part(main)]
    for other in others:
        with suppress(Unreadable):
            parts.append(_part(other))
    return told(source, main.at, parts)


def _part(answer: Answer) -> Part:
    said = _said(answer)
    page = said.page or said.site
    listed = said.components or (said.site.components if said.site else None)
    components = tuple(_components(listed or []))
    if page is None and all(part.level is None for part in components):
        raise Unreadable("neither a page nor components in it")
    active = said.active_incidents or []
    planned = said.active_maintenances or []
    # Notices of the past tell the end of a thing, but not what it was about.
    past = [n for n in (said.notices or {}).values() if n.status == "RESOLVED"]
    ids = {note.id for note in active}
    return Part(
        page=PAGE.get(page.status) if page else None,
        spoken=page is not None,
        components=components,
        incidents=(
            *(_incident(note) for note in active),
            *(_incident(note) for note in past if note.id not in ids),
        ),
        maintenances=tuple(m for note in planned if (m := _maintenance(note))),
    )


def _said(answer: Answer) -> Said:
    words = text(answer)
    start = words[:64].lstrip()[:1]
    if start == "[":
        return Said(components=decode_text(words, list[Row]))
    return decode_text(embedded(words, _DATA) if start == "<" else words, Said)


def _components(found: Iterable[Row], group: str | None = None) -> Iterable[Component]:
    """Return the parts; those that only hold others become the others' group."""
    for part in found:
        if part.children:
            yield from _components(part.children, line(wording(part.name)))
        else:
            yield Component(
                id=key(part.id),
                name=line(wording(part.name)),
                level=LEVELS.get(part.status),
                group=group or line(wording(part.group)) or None,
                raw=line(part.status),
            )


def _incident(found: Note) -> Incident:
    """Read one incident; a state we do not know counts as open."""
    phase = PHASES.get(word(found.status))
    is_open = not (phase and phase.is_over)
    return Incident(
        id=key(found.id),
        title=line(wording(found.name)),
        level=LEVELS.get(found.impact or ""),
        phase=phase,
        open=is_open,
        started_at=moment(found.started),
        ended_at=None if is_open else moment(found.resolved),
        updates=_updates(found),
        component_ids=tuple(key(c.id) for c in found.components or []),
        url=link(found.url),
    )


def _maintenance(found: Note) -> Maintenance | None:
    """Read planned work (minutes long); None when its state is new to us."""
    state = STATES.get(found.status)
    if state is None:
        return None
    starts = moment(found.start) or moment(found.started)
    return Maintenance(
        id=key(found.id),
        title=line(wording(found.name)),
        state=state,
        starts_at=starts,
        ends_at=starts + _length(found) if starts and _length(found) else None,
        updates=_updates(found),
        component_ids=tuple(key(c.id) for c in found.components or []),
        url=link(found.url),
    )


def _length(found: Note) -> timedelta:
    """Return how many minutes planned work takes; none when that is not told."""
    minutes = str(found.duration)
    known = minutes.isdecimal() and len(minutes) <= _DIGITS
    return timedelta(minutes=int(minutes) if known else 0)


def _updates(found: Note) -> tuple[Update, ...]:
    """Return the updates; on the wire the oldest stands first."""
    return newest_first(
        Update(
            at=at,
            text=plain(wording(update.message)),
            phase=PHASES.get(word(update.status)),
            id=key(update.id),
        )
        for update in found.updates or []
        if (at := moment(update.started))
    )


def build(spec: SourceSpec) -> Page | Pages:
    """Make the source of one page; as ``instatus-page`` the page itself is read."""
    page = spec.url.rstrip("/").removesuffix("/summary.json")
    page = page.removesuffix("/v2").removesuffix("/v3")
    if spec.family == "instatus-page":
        return official(spec, parse, url=page, page=page, cadence=CADENCE)
    urls = (f"{page}/summary.json", f"{page}/v3/components.json")
    return official_pages(spec, read, urls=urls, page=page, cadence=CADENCE)
