"""Okta's own status page.

Format: the page for people, https://status.okta.com, with a list of incidents as JSON
in the element marked ``data-id="incidents"``. Two readers tell of it (2026-03 and
2026-09); no recorded answer was ever seen. Whatever is not "Resolved" is open. The
categories were never written down either, so they are read by their words, and one
that holds none of them gives no level.
"""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import (
    decode_text,
    distinct,
    key,
    moment,
    overall,
    text,
    word,
)

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

SIZE: Final = 2_000_000
"""Longest page that is read, in characters."""
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

WORDS: Final = (
    (re.compile(r"\b(?:major|outage)\b"), Level.MAJOR),
    (re.compile(r"\bdisruption\b"), Level.PARTIAL),
    (re.compile(r"\b(?:degradation|degraded|performance)\b"), Level.DEGRADED),
)
"""How bad a category is: our own reading of its words."""
OTHERS: Final = "tp"
"""The feature of incidents at a third party: felt, but never called worse than
degraded. Our own decision."""


class _Incident(msgspec.Struct):
    id: str = msgspec.field(name="Id")
    status: str = msgspec.field(name="Status__c")
    category: str = msgspec.field(name="Category__c")
    feature: str | None = msgspec.field(name="Service_Feature__c", default=None)
    title: str | None = msgspec.field(name="Incident_Title__c", default=None)
    begun: object = msgspec.field(name="Start_Date__c", default=None)


class _Element(HTMLParser):
    """Collects the words of the element with the incidents."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.words is None and ("data-id", "incidents") in attrs:
            self.words, self._tag = [], tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag:
            self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag and self.words is not None:
            self.words.append(data)


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the page into a report.

    Raises:
        Unreadable: The list of incidents is not in it.
    """
    words = text(answer)
    if len(words) > SIZE:
        raise Unreadable("the page is too long")
    page = _Element()
    try:
        page.feed(words)
    except AssertionError as error:  # the parser's way to say "<![odd" is no HTML
        raise Unreadable("broken HTML") from error
    if page.words is None or "</html>" not in words[-200:].casefold():
        raise Unreadable("not a whole page with a list of incidents")
    listed = decode_text("".join(page.words), list[_Incident])
    incidents = distinct(_incident(found) for found in listed)
    return Report(
        source,
        answer.at,
        level=overall((), incidents, Level.OPERATIONAL),
        incidents=incidents,
        exhaustive=True,
    )


def _incident(found: _Incident) -> Incident:
    is_open = word(found.status) != Phase.RESOLVED
    category = line(found.category)
    words = category.casefold()
    level = next((level for seen, level in WORDS if seen.search(words)), None)
    if level is not None and word(found.feature or "") == OTHERS:
        level = Level.DEGRADED
    return Incident(
        id=key(found.id) or "?",
        title=line(found.title or "") or category,
        level=level,
        phase=None if is_open else Phase.RESOLVED,
        open=is_open,
        started_at=moment(found.begun),
    )


def build(spec: SourceSpec) -> Page:
    """Make the source; there is one for all of Okta."""
    page = spec.url.rstrip("/")
    return official(
        spec,
        parse,
        url=f"{page}/",
        page=page,
        cadence=CADENCE,
        accept="text/html",
        verified=False,
    )
