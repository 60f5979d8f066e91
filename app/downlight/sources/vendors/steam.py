"""Steam: whether its Web API answers at all.

Format: ``/ISteamWebAPIUtil/GetServerInfo/v1/`` on https://api.steampowered.com (no key
needed; an answer recorded 2026-09). It holds the time of day and nothing of how Steam
is, and Valve has no status page for machines. So the level is never known: the headline
says that it answers, and a failure to answer shows as one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import Unreadable
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.speech import mark, tr
from downlight.sources.page import Page, official
from downlight.sources.wire import decode, moment

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
API: Final = "https://api.steampowered.com"
PATH: Final = "/ISteamWebAPIUtil/GetServerInfo/v1/"
ANSWERS: Final = mark("Its Web API answers. It does not say how Steam is.")


class _Server(msgspec.Struct):
    servertime: int
    servertimestring: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the time of day there into a report without a level.

    Raises:
        Unreadable: It is something else.
    """
    if moment(decode(answer, _Server).servertime) is None:
        raise Unreadable("no time of day")
    return Report(source, answer.at, headline=tr(ANSWERS))


def build(spec: SourceSpec) -> Page:
    """Make the source; option ``api``: another host than Steam's own."""
    api = spec.option("api", API).rstrip("/")
    return official(
        spec,
        parse,
        url=f"{api}{PATH}?format=json",
        page=spec.url,
        cadence=CADENCE,
        # The body is another each second; what it says is always the same.
        timed=True,
    )
