"""A source that is one address: fetch it, parse it, unless it says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from downlight.core.source import SourceInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.schedule import Cadence
    from downlight.core.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Page:
    """One official page whose answer alone decides what it says."""

    info: SourceInfo
    parse: Callable[[SourceId, Answer], Report]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Raises:
            SourceError: There is no report.
        """
        answer = await web.get(self.info.urls[0])
        return answer.parsed(lambda a: self.parse(self.info.id, a), last)


def official(
    spec: SourceSpec,
    parse: Callable[[SourceId, Answer], Report],
    *,
    url: str,
    page: str,
    cadence: Cadence,
    verified: bool = True,
) -> Page:
    """Make the source of one page.

    Args:
        spec: What the catalog says.
        parse: Reads an answer; its result hangs on the body alone, not on the time.
        url: What is asked.
        page: The page for people.
        cadence: How often it may be asked.
        verified: Whether a recorded live answer of this format was ever seen.
    """
    info = SourceInfo(
        id=spec.id,
        name=spec.name,
        family=spec.family,
        kind="official",
        cadence=cadence,
        page=page,
        urls=(url,),
        verified=verified,
        note=spec.note,
    )
    return Page(info, parse)
