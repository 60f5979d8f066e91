"""The data of a status page of incident.io where it is drawn into the web page.

The object that ``/proxy/<host>`` gives stands in the page as well, among the pieces
that Next.js sends (four pages recorded 2026-03, the keys in alphabetical order).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceInfo

START: Final = re.compile(
    r'\{"affected_components":'
    r'(?:"\$undefined"|null|\[(?:\{[^{}]{0,500}\},?){0,500}\]),'
    r'"allow_search_engine_indexing":'
)
"""How the object begins; an incident in it begins with its affected parts, too."""
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page whose data is asked for apart or, where that fails, with the page."""

    info: SourceInfo
    parse: Callable[[SourceId, Answer], Report]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once, and for the page itself where its data is not to be had alone.

        Raises:
            SourceError: There is no report.
        """
        try:
            answer = await web.get(self.info.urls[0])
            return answer.parsed(lambda a: self.parse(self.info.id, a), last)
        except Refused as error:
            if error.status not in _GONE:
                raise
        except Unreadable:
            pass  # some hosts answer every address with a page of theirs
        answer = await web.get(self.info.page, accept="text/html")
        return answer.parsed(lambda a: self.parse(self.info.id, a), last)
