"""Microsoft's public status of Outlook.com, OneDrive, Teams and so on.

Format: https://status.cloud.microsoft/api/posts/m365Consumer, a list with one row per
service; ``/api/posts/mac`` for companies, one such line without a name. Readers agree
on the fields (seen live by others 2026-10); no recorded answer was ever seen. A row's
``Status`` is free text, so it is read by its words, the bad ones first:
"unavailable" holds "available".
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Report, Update
from downlight.core.schedule import Cadence
from downlight.core.text import line, plain
from downlight.sources.page import Page, official
from downlight.sources.wire import decode_text, distinct, key, moment, overall, text

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
POSTS: Final = "/api/posts/"

WORDS: Final = (
    # "No outage", "not available": both ways round, so nothing is read from it.
    (re.compile(r"\b(?:no|not|none|never|without)\b"), None),
    (re.compile(r"\b(?:interrupt\w*|outages?|unavailable)\b"), Level.MAJOR),
    (re.compile(r"degrad|advisory|investigat|restoring"), Level.DEGRADED),
    # "Partially restored", "Intermittently available", "Limited".
    (re.compile(r"\b(?:partial\w*|intermitt\w*|limited|being|mostly|until)\b"), None),
    (
        re.compile(r"\b(?:operational|available|normal|normally|restored)\b"),
        Level.OPERATIONAL,
    ),
)


class _Row(msgspec.Struct, rename="pascal"):
    service_display_name: str
    status: str
    service_workload_name: str | None = None
    title: str | None = None
    message: str | None = None
    last_updated_time: object = None


class _Line(msgspec.Struct, rename="pascal"):
    status: str
    message: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the rows of all services, or the line for companies, into a report.

    Raises:
        Unreadable: It is something else.
    """
    words = text(answer)
    if not words.lstrip().startswith("["):
        whole = decode_text(words, _Line)
        level = _level(whole.status)
        return Report(source, answer.at, level, headline=line(whole.message))
    said = decode_text(words, list[_Row])
    components = distinct(
        Component(
            id=_id(row),
            name=line(row.service_display_name),
            level=_level(row.status),
            raw=line(row.status),
        )
        for row in said
    )
    rows = zip(said, components, strict=True)
    incidents = distinct(
        _incident(row, part)
        for row, part in rows
        if part.level and part.level.is_trouble
    )
    return Report(
        source,
        answer.at,
        level=overall(components, incidents),
        components=components,
        incidents=incidents,
    )


def _id(row: _Row) -> str:
    return key(row.service_workload_name or row.service_display_name)


def _level(status: str) -> Level | None:
    words = line(status).casefold()
    return next((level for found, level in WORDS if found.search(words)), None)


def _incident(row: _Row, part: Component) -> Incident:
    at = moment(row.last_updated_time)
    words = plain(row.message or "")
    return Incident(
        id=part.id,
        title=line(row.title or "") or f"{part.name}: {part.raw}",
        level=part.level,
        phase=None,
        open=True,
        # Named by its words: the time may be set anew while they stay.
        updates=(Update(at, words, id=key(words)),) if at and words else (),
        component_ids=(part.id,),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; a URL below ``/api/posts/`` is asked as it is."""
    page, _, posts = spec.url.rstrip("/").partition(POSTS)
    return official(
        spec,
        parse,
        url=f"{page}{POSTS}{posts or 'm365Consumer'}",
        page=page,
        cadence=CADENCE,
        verified=False,
    )
