"""Public status pages of UptimeRobot.

Format: ``<page>/api/getMonitorList/<key>``, where the key stands in the page itself as
``pspApiPath`` (openstatus and w6w, read 2026-09). No recorded answer was ever seen but
one of ``/api/getEventFeed/<key>`` without events, 2026-09, which leaves the level
unknown.

A monitor is up or down, nothing between; one of many being down is a partial outage
of the whole. A paused monitor watches nothing and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import official
from downlight.sources.pages import together
from downlight.sources.wire import decode, distinct, key, text, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Source, Web
    from downlight.core.source import SourceInfo, SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
LIST: Final = "/api/getMonitorList/"

LEVELS: Final = {
    "success": Level.OPERATIONAL,
    "warning": Level.DEGRADED,
    "danger": Level.MAJOR,
}
"""By the colour a monitor is drawn in; "info" is not explained anywhere."""
PAUSED: Final = "paused"
_KEY: Final = re.compile(
    r"""pspApiPath["']?\s{0,9}[:=]\s{0,9}["'][^"'\s]{0,300}"""
    r"""/api/getMonitorList/([\w-]{1,64})"""
)


class _Monitor(msgspec.Struct, rename={"id": "monitorId", "state": "statusClass"}):
    id: int | str
    name: str
    state: str


class _List(msgspec.Struct):
    """Monitors, with the status "ok"; or events, with the status true."""

    status: str | bool
    data: list[_Monitor] | None = None
    results: list[object] | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the list of monitors into a report.

    Raises:
        Unreadable: It is something else, or events, whose form was never recorded.
    """
    said = decode(answer, _List)
    if said.status is True and said.results == []:
        # That nothing has happened tells of no state.
        return Report(source, answer.at)
    if said.data is None or word(str(said.status)) != "ok":
        raise Unreadable("the list of monitors did not come")
    components = distinct(
        Component(
            id=key(monitor.id),
            name=line(monitor.name),
            level=LEVELS.get(word(monitor.state)),
            raw=line(monitor.state),
        )
        for monitor in said.data
        if word(monitor.state) != PAUSED
    )
    return Report(source, answer.at, level=together(components), components=components)


@dataclass(frozen=True, slots=True)
class Robot:
    """A page whose key is not known: it is looked up in the page each time."""

    info: SourceInfo

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask the page for its key, then for the list.

        Raises:
            SourceError: There is no report.
        """
        page = self.info.urls[0]
        found = _KEY.search(text(await web.get(page, accept="text/html")))
        if found is None:
            raise Unreadable("no page of UptimeRobot: it names no list of monitors")
        answer = await web.get(_list(page, found[1]))
        return answer.parsed(lambda a: parse(self.info.id, a), last)


def _list(page: str, named: str) -> str:
    """Return where the list is: a page without a host of its own ends in its key."""
    return f"{page.removesuffix(f'/{named}')}{LIST}{named}"


def build(spec: SourceSpec) -> Source:
    """Make the source of one page; option ``key``: the page's, to ask only once."""
    page, _, named = spec.url.rstrip("/").partition(LIST)
    known = named or spec.option("key")
    url = _list(page, known) if known else page
    found = official(spec, parse, url=url, page=page, cadence=CADENCE, verified=False)
    return found if known else Robot(found.info)
