"""What Downdetector counts of people's reports about one company.

Format: https://downdetectorapi.com/v2 (from two open readers, read 2026-11; a paid
contract, its client id and secret kept in the keyring as ``downdetector-id`` and
``downdetector-secret``). Asked is ``/companies/{id}``, with one word for its state. No
recorded answer was ever seen.

Reports of people say that something is felt, never how much of it is down: the worst
word is "partly". The public pages of Downdetector are not read: their terms forbid it.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError, NoKey, Unreadable
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.core.text import line
from downlight.sources.session import Session, logged_in
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
NOTE: Final = mark("Counts people's reports; needs a paid contract of your own.")

LEVELS: Final = {
    "success": Level.OPERATIONAL,
    "warning": Level.DEGRADED,
    "danger": Level.PARTIAL,
}
"""Our own reading of Downdetector's three colours."""


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


async def _log_in(web: Web, url: str) -> str:
    """Return a new token.

    Raises:
        NoKey: There are no credentials, or they are not accepted.
        SourceError: Nothing usable was answered.
    """
    pair = f"{await web.secret(CLIENT)}:{await web.secret(SECRET)}"
    sent = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    wrong = NoKey(SECRET, mark("Downdetector does not accept these credentials."))
    return decode(await logged_in(web, url, b"", sent, wrong), _Token).access_token


def build(spec: SourceSpec) -> Session:
    """Make the source that ``spec`` describes.

    Options:
        company: The company's number at Downdetector.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: There is no number.
    """
    number = spec.option("company")
    if not (number.isascii() and number.isdigit()):
        raise CatalogError(f"{spec.id}: company: a number is wanted")
    api = spec.option("api", API).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="aggregator",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/v2/companies/{number}",),
        verified=False,
        note=NOTE,
    )
    login = f"{api}/v2/tokens?grant_type=client_credentials"
    return Session(info, parse, partial(_log_in, url=login))
