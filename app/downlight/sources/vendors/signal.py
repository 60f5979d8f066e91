"""Signal: what its own apps ask before they say "Signal is down".

Format: a name in DNS. ``uptime.signal.org`` is 127.0.0.1 while all is up and 127.0.0.2
while it is down (source of Signal for Android, read 2026-11). No recorded answer was
ever seen. Any other answer says nothing: some resolvers drop addresses of the own
computer, and a captive one invents them. There is no other form for machines.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.ports import Answer
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.sources.wire import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import SourceId
    from downlight.core.ports import Web
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=1))
HOST: Final = "uptime.signal.org"

LEVELS: Final[Mapping[tuple[str, ...], Level]] = {
    ("127.0.0.1",): Level.OPERATIONAL,
    ("127.0.0.2",): Level.MAJOR,
}
"""By all addresses of the name, not by one of them."""


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the addresses of the name, one per line, into a report.

    Raises:
        Unreadable: It is something else.
    """
    found = tuple(text(answer).split())
    try:
        known = tuple(str(ipaddress.ip_address(address)) for address in found)
    except ValueError:
        # The original error holds the words; they must not travel into a log.
        raise Unreadable("not addresses") from None
    if not known:
        raise Unreadable("no address")
    return Report(source, answer.at, level=LEVELS.get(known))


@dataclass(frozen=True, slots=True)
class Name:
    """The name whose addresses tell."""

    info: SourceInfo
    host: str

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Raises:
            SourceError: The name has no address, or nobody could say.
        """
        found = "\n".join(await web.resolve(self.host)).encode()
        answer = Answer(self.info.urls[0], found, web.now())
        return answer.parsed(lambda a: parse(self.info.id, a), last)


def build(spec: SourceSpec) -> Name:
    """Make the source; option ``host``: another name than Signal's own."""
    host = spec.option("host", HOST)
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=CADENCE,
        page=spec.url,
        urls=(f"dns://{host}",),
        verified=False,
    )
    return Name(info, host)
