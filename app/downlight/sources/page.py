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
    accept: str = "application/json"
    """The media types it is asked for."""
    timed: bool = False
    """Whether it hangs on the time too, so that an old body is read again."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Raises:
            SourceError: There is no report.
        """
        answer = await web.get(self.info.urls[0], accept=self.accept)
        known = None if self.timed else last
        return answer.parsed(lambda a: self.parse(self.info.id, a), known)


def official(
    spec: SourceSpec,
    parse: Callable[[SourceId, Answer], Report],
    *,
    url: str,
    page: str,
    cadence: Cadence,
    verified: bool = True,
    accept: str = "application/json",
    timed: bool = False,
) -> Page:
    """Make the source of one page.

    Args:
        spec: What the catalog says.
        parse: Reads an answer.
        url: What is asked.
        page: The page for people.
        cadence: How often it may be asked.
        verified: Whether a recorded live answer of this format was ever seen.
        accept: The media types it is asked for.
        timed: Whether what is read hangs on the time of receipt too, not on the
            body alone.
    """
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=cadence,
        page=page,
        urls=(url,),
        verified=verified,
    )
    return Page(info, parse, accept, timed)
