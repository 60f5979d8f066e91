"""A source that is several addresses, read together into one report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused
from downlight.core.level import Level, worst
from downlight.core.model import SHELF_LIFE, Report
from downlight.core.source import SourceInfo
from downlight.sources.wire import distinct, overall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from downlight.core.model import Component, Incident, Maintenance, SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.schedule import Cadence
    from downlight.core.source import SourceSpec

_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Part:
    """What one body says."""

    page: Level | None = None
    """What the page says of itself."""
    spoken: bool = False
    """Whether it says anything of itself; see `overall`."""
    headline: str = ""
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    maintenances: tuple[Maintenance, ...] = ()


def told(source: SourceId, at: datetime, parts: Iterable[Part]) -> Report:
    """Make one report of what several bodies say."""
    said = tuple(parts)
    components = distinct(c for part in said for c in part.components)
    incidents = distinct(i for part in said for i in part.incidents)
    return Report(
        source,
        at,
        level=overall(
            components,
            incidents,
            worst(part.page for part in said),
            spoken=any(part.spoken for part in said),
        ),
        headline=next((part.headline for part in said if part.headline), ""),
        components=components,
        incidents=incidents,
        maintenances=distinct(m for part in said for m in part.maintenances),
    )


def together(components: Sequence[Component]) -> Level | None:
    """Return the level of a whole whose parts are each only "up" or "down".

    One of many being down is a partial outage of the whole, all of them a major
    one. Well is only what is known to be well in every part.
    """
    level = worst(component.level for component in components)
    if level is Level.MAJOR and any(c.level is not level for c in components):
        return Level.PARTIAL
    if level is Level.OPERATIONAL and any(c.level is None for c in components):
        return None
    return level


@dataclass(frozen=True, slots=True)
class Pages:
    """One official page that is told in several bodies."""

    info: SourceInfo
    parse: Callable[[SourceId, Sequence[Answer]], Report]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once for each body; what the server does not have is left out.

        Raises:
            SourceError: The first body, or one that does exist or did a moment ago,
                did not come: the trouble it told of must not look gone.
        """
        first, *others = self.info.urls
        answers = [await web.get(first)]
        gone: Refused | None = None
        for url in others:
            try:
                answers.append(await web.get(url))
            except Refused as error:
                if error.status not in _GONE:
                    raise
                gone = error
        main = answers[0]
        if gone and last and _had_more(last, answers):
            raise gone
        fingerprint = "+".join(answer.fingerprint for answer in answers)
        if last is not None and last.fingerprint == fingerprint:
            return replace(last, at=main.at, next_check=main.max_age)
        report = self.parse(self.info.id, answers)
        return replace(report, fingerprint=fingerprint, next_check=main.max_age)


def _had_more(last: Report, answers: Sequence[Answer]) -> bool:
    """Whether a report of late was made of more bodies than came now."""
    is_late = abs(answers[0].at - last.at) <= SHELF_LIFE
    return is_late and last.fingerprint.count("+") >= len(answers)


def official_pages(
    spec: SourceSpec,
    parse: Callable[[SourceId, Sequence[Answer]], Report],
    *,
    urls: tuple[str, ...],
    page: str,
    cadence: Cadence,
    verified: bool = True,
) -> Pages:
    """Make the source of one page in several bodies.

    Args:
        spec: What the catalog says.
        parse: Reads the bodies that came, the first one first; its result hangs on
            them alone, not on the time.
        urls: What is asked; only the first one must exist.
        page: The page for people.
        cadence: How often it may be asked.
        verified: Whether recorded live answers of this format were ever seen.
    """
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=cadence,
        page=page,
        urls=urls,
        verified=verified,
    )
    return Pages(info, parse)
