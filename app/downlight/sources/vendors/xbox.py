"""Xbox's service status.

Format: XML at https://xnotify.xboxlive.com/servicestatusv6/US/en-US (an answer of the
version 4 recorded 2026-09, all well; JSON comes to those who accept it). "None" means
no problem. What other words there are was never recorded, so none of them gives a
level; but a category that is not "None" and names a scenario that fails is called
degraded. That is our own decision.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.text import line
from downlight.sources.page import Page, official
from downlight.sources.wire import distinct, key, overall, text, word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
API: Final = "https://xnotify.xboxlive.com"
PATH: Final = "/servicestatusv6/US/en-US"
SIZE: Final = 500_000
"""Longest answer that is read, in characters; the recorded one had two thousand."""
FINE: Final = "none"
"""The one word we know."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the status of all categories into a report.

    Raises:
        Unreadable: It is something else.
    """
    # Only here and for feeds an XML parser is needed; it costs import time.
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415

    words = text(answer)
    if len(words) > SIZE:
        raise Unreadable("the answer is too long")
    try:
        root: Element = fromstring(words.strip(), forbid_dtd=True)
    except (ParseError, ValueError) as error:  # ValueError: what defusedxml forbids
        raise Unreadable("not XML") from error
    state = root.findtext("Status/State")
    if root.tag != "ServiceStatus" or state is None:
        raise Unreadable("not the status of Xbox")
    components = distinct(_components(root))
    is_known = word(state) == FINE and all(c.level for c in components)
    page = Level.OPERATIONAL if is_known and components else None
    return Report(
        source,
        answer.at,
        level=overall(components, (), page, spoken=True),
        components=components,
    )


def _components(root: Element) -> Iterator[Component]:
    """Return every category; "Xbox One" is one of apps and another of games."""
    for group in root:
        if group.tag == "Status":
            continue
        for category in [group, *group.findall("Category")]:
            name = category.findtext("Name")
            status = category.findtext("Status/Name")
            if name is None or status is None:
                continue
            yield Component(
                id=key(f"{group.tag}/{category.findtext('Id') or name}"),
                name=line(name),
                level=_level(category, status),
                group=line(group.tag),
                raw=line(status),
            )


def _level(category: Element, status: str) -> Level | None:
    if word(status) == FINE:
        return Level.OPERATIONAL
    scenarios = category.find("Scenarios")
    return Level.DEGRADED if scenarios is not None and len(scenarios) else None


def build(spec: SourceSpec) -> Page:
    """Make the source; option ``api``: another host than Xbox's own.

    A URL with ``/servicestatus`` in it is asked as it is.
    """
    page = spec.url.rstrip("/")
    api = spec.option("api", API).rstrip("/")
    return official(
        spec,
        parse,
        url=page if "/servicestatus" in page else f"{api}{PATH}",
        page=page,
        cadence=CADENCE,
        accept="application/xml, text/xml",
    )
