"""What Downdetector counts of people's reports about one company.

Format: https://downdetectorapi.com/v2 (from two open readers, read 2026-11; a paid
contract, its client id and secret kept in the keyring as ``downdetector-id`` and
``downdetector-secret``). Asked is ``/companies/{id}``, with one word for its state.
No recorded live answer was ever seen.

Reports of people say that something is felt, never how much of it is down: the worst
word is "partly". The public pages of Downdetector are not read: their terms forbid it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError, NoKey, Refused, Unreadable
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.text import line
from downlight.sources.wire import decode, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://downdetectorapi.com"
SITE: Final = "https://downdetector.com"
CLIENT: Final = "downdetector-id"
SECRET: Final = "downdetector-secret"  # noqa: S105 - the name of the secret, not itself
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=5))
NOTE: Final = "Counts people's reports; needs a paid contract of your own."

LEVELS: Final = {
    "success": Level.OPERATIONAL,
    "warning": Level.DEGRADED,
    "danger": Level.PARTIAL,
}
"""Our own reading of Downdetector's three colours."""

_UNAUTHORIZED: Final = 401


class _Company(msgspec.Struct):
    id: int
    name: str
    status: str
    error: object = None


class _Token(msgspec.Struct):
    access_token: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a company's state into a report.

    Raises:
        Unreadable: It is something else, an error among them.
    """
    said = decode(answer, _Company)
    if said.error:
        raise Unreadable("an error came where a company was expected")
    level = LEVELS.get(word(said.status))
    return Report(source, answer.at, level=level, headline=line(said.status))


@dataclass(slots=True)
class Company:
    """One company, and the token it is asked about with."""

    info: SourceInfo
    login: str
    """Where tokens are given out."""
    token: str = field(default="", repr=False)
    """Empty before the first login. Never written anywhere."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once; get a token first where there is none, or it has run out.

        Raises:
            SourceError: There is no report.
        """
        kept = bool(self.token)
        if not kept:
            self.token = await self._log_in(web)
        try:
            answer = await self._ask(web)
        except Refused as error:
            self.token = ""
            if not kept or error.status != _UNAUTHORIZED:
                raise
            self.token = await self._log_in(web)
            answer = await self._ask(web)
        return answer.parsed(lambda a: parse(self.info.id, a), last)

    async def _ask(self, web: Web) -> Answer:
        return await web.get(
            self.info.urls[0], headers={"Authorization": f"Bearer {self.token}"}
        )

    async def _log_in(self, web: Web) -> str:
        """Return a new token.

        Raises:
            NoKey: There are no credentials, or they are not accepted.
            SourceError: Nothing usable was answered.
        """
        pair = f"{await web.secret(CLIENT)}:{await web.secret(SECRET)}"
        basic = base64.b64encode(pair.encode()).decode()
        try:
            answer = await web.post(
                self.login, b"", headers={"Authorization": f"Basic {basic}"}
            )
        except Refused as error:
            if error.status == _UNAUTHORIZED:
                why = "Downdetector does not accept these credentials."
                raise NoKey(SECRET, why) from None
            raise
        return decode(answer, _Token).access_token


def build(spec: SourceSpec) -> Company:
    """Make the source that ``spec`` describes.

    Options:
        company: The company's number at Downdetector.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: There is no number.
    """
    number = "".join(spec.options.get("company", ()))
    if not (number.isascii() and number.isdigit()):
        raise CatalogError(f"{spec.id}: company: a number is wanted")
    api = "".join(spec.options.get("api", (API,))).rstrip("/")
    info = SourceInfo(
        id=spec.id,
        name=spec.name,
        family=spec.family,
        kind="aggregator",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/v2/companies/{number}",),
        verified=False,
        note=spec.note or NOTE,
    )
    return Company(info, f"{api}/v2/tokens?grant_type=client_credentials")
