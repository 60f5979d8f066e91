"""Meta's status page: the business products, WhatsApp's Business Platform among them.

Format: https://metastatus.com (no key, no documentation; read 2026-11). What its
readers agree on: ``/data/orgs.json`` holds every service with a word for its state,
``/data/outages/{org}.json`` the open outages of one organisation,
``{org}.history.json`` the past ones too, ``/outage-events-feed-{org}.rss`` the open
ones as a feed. No recorded answer was ever seen, so nothing is taken for granted:
ids may be numbers or words, fields may be missing, and the site answers every
address it does not know with a web page and HTTP 200.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused, SourceError, Unreadable
from downlight.core.level import Level
from downlight.core.model import SHELF_LIFE, Component, Incident, Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.vendors.metawire import SITE, read_feed, read_orgs, read_outages
from downlight.sources.wire import decode, distinct, overall, word

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=2), quick=timedelta(minutes=1))
NOTE: Final = mark(
    "Covers Meta's business platform, not the consumer app; form never seen recorded."
)
_GONE: Final = frozenset({404, 410})
_FEED_OF: Final = re.compile(r"/outage-events-feed-([\w.-]{1,80}?)\.rss")
_OUTAGES_OF: Final = re.compile(r"/outages/([\w.-]{1,80}?)(?:\.history)?\.json")


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn any of the site's answers that tell of a state into a report.

    Organisations give components (grouped by the organisation's id), outages and
    feeds give incidents. An empty list tells nothing: its level is None.

    Raises:
        Unreadable: It is none of them; numbers of a metric are no state either.
    """
    if answer.body.lstrip()[:5] in {b"<?xml", b"<rss "}:
        of = _FEED_OF.search(answer.url)
        return read_feed(source, answer, of[1] if of else "")
    found = decode(answer, object)
    if isinstance(found, dict):
        if "values" in found:
            raise Unreadable("numbers of a metric, which tell of no state")
        found = found.get("orgs")
    if not isinstance(found, list):
        raise Unreadable("neither organisations nor outages")
    fields = {name for item in found if isinstance(item, dict) for name in item}
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    if "services" in fields:
        components = read_orgs(found)
    elif fields & {"service_id", "posts"}:
        of = _OUTAGES_OF.search(answer.url)
        incidents = read_outages(found, of[1] if of else "", {})
    elif found:
        raise Unreadable("neither organisations nor outages")
    return Report(
        source,
        answer.at,
        level=overall(components, incidents),
        components=components,
        incidents=incidents,
    )


@dataclass(frozen=True, slots=True)
class Meta:
    """The site; one answer speaks about every organisation."""

    info: SourceInfo
    site: str
    orgs: tuple[str, ...] = ()
    """Whose outages are asked for in full."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once, and once more for each of our organisations that is not fine."""
        try:
            report = await self._read_orgs(web, last)
        except (Refused, Unreadable) as error:
            if isinstance(error, Refused) and error.status not in _GONE:
                raise
            return await self._read_feeds(web, error)
        incidents: tuple[Incident, ...] = ()
        for org in self.orgs:
            parts = tuple(c for c in report.components if c.group == org)
            if any(_is_worth_asking(part) for part in parts):
                known = _still_likely(last, parts, report.at) if last else ()
                incidents += await self._outages(web, org, parts, known)
        return replace(
            report,
            incidents=distinct(incidents),
            level=overall(report.components, incidents),
        )

    async def _read_orgs(self, web: Web, last: Report | None) -> Report:
        answer = await web.get(f"{self.site}/data/orgs.json")
        report = answer.parsed(lambda a: parse(self.info.id, a), last)
        if not report.components:
            raise Unreadable("no service in it")
        return report

    async def _outages(
        self,
        web: Web,
        org: str,
        parts: tuple[Component, ...],
        known: tuple[Incident, ...],
    ) -> tuple[Incident, ...]:
        """Return the outages of ``org``, or those known before if that fails."""
        try:
            answer = await web.get(f"{self.site}/data/outages/{org}.json")
            names = {part.id: part.name for part in parts}
            return read_outages(decode(answer, object), org, names)
        except SourceError:
            return known

    async def _read_feeds(self, web: Web, error: SourceError) -> Report:
        """Read the feeds of our organisations instead.

        A feed only tells what is open: an empty one, or one that fails while another
        answers, leaves the organisation not known.

        Raises:
            SourceError: ``error``, when no feed answers either.
        """
        reports = []
        for org in self.orgs:
            url = f"{self.site}/outage-events-feed-{org}.rss"
            try:
                answer = await web.get(url, accept="application/rss+xml")
                reports.append(read_feed(self.info.id, answer, org))
            except SourceError:
                continue
        if not reports:
            raise error
        components = tuple(c for report in reports for c in report.components)
        incidents = tuple(i for report in reports for i in report.incidents)
        return Report(
            self.info.id,
            max(report.at for report in reports),
            level=overall(components, incidents),
            components=components,
            incidents=distinct(incidents),
        )


def _is_worth_asking(component: Component) -> bool:
    """Whether there may be an outage to read about, open or just closed."""
    return component.level is not Level.OPERATIONAL or "resolved" in word(component.raw)


def _still_likely(
    last: Report, parts: tuple[Component, ...], now: datetime
) -> tuple[Incident, ...]:
    """Return the outages told of lately, of parts that are not well by now."""
    if now - last.at > SHELF_LIFE:
        return ()
    unwell = {part.id for part in parts if part.level is not Level.OPERATIONAL}
    return tuple(i for i in last.incidents if unwell & set(i.component_ids))


def build(spec: SourceSpec) -> Meta:
    """Make the source that ``spec`` describes; option ``orgs``: whose outages."""
    site = (spec.url or SITE).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=CADENCE,
        page=site,
        urls=(f"{site}/data/orgs.json",),
        verified=False,
        note=NOTE,
    )
    return Meta(info, site, tuple(spec.options.get("orgs", ())))
