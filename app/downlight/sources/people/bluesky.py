"""How often people write about a service on Bluesky: posts found by words.

Format: ``app.bsky.feed.searchPosts`` (its machine-readable schema, of 2026-08). The
search answers 403 without a login, so it is done with the person's own account: his
name as ``bluesky-user`` and an app password as ``bluesky-password`` in the keyring.
No recorded live answer was ever seen.

Only the times are read. Who wrote and what never leaves the answer. That people write
is no evidence of an outage by itself, so a report has no level.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec

from downlight.core.errors import CatalogError, NoKey, Refused
from downlight.core.model import Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.sources.wire import decode, mentioned, moment

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://bsky.social"
SITE: Final = "https://bsky.app"
USER: Final = "bluesky-user"
PASSWORD: Final = "bluesky-password"  # noqa: S105 - the name of the secret, not itself
CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=10))
NOTE: Final = "Only counted, with your own login; who wrote and what is not kept."
LIMIT: Final = 100
"""The most posts that are given at once."""

_WRONG_LOGIN: Final = 401
_OUT_OF_DATE: Final = frozenset({400, 401})
"""What a session that has ended is answered: 400 "ExpiredToken", or 401."""


class _Post(msgspec.Struct, rename="camel"):
    uri: str
    indexed_at: str


class _Found(msgspec.Struct):
    posts: list[_Post]


class _Session(msgspec.Struct, rename="camel"):
    access_jwt: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn what was found into times.

    Raises:
        Unreadable: It is something else, or no post has a time.
    """
    said = decode(answer, _Found)
    times = mentioned(moment(post.indexed_at) for post in said.posts)
    return Report(source, answer.at, mentions=times)


@dataclass(slots=True)
class Search:
    """One search, and the session it is done in."""

    info: SourceInfo
    login: str
    """Where one logs in."""
    token: str = field(default="", repr=False)
    """Of the session; empty before the first login. Never written anywhere."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once; log in first where there is no session, or it has ended.

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
            if not kept or error.status not in _OUT_OF_DATE:
                raise
            self.token = await self._log_in(web)
            answer = await self._ask(web)
        return answer.parsed(lambda a: parse(self.info.id, a), last)

    async def _ask(self, web: Web) -> Answer:
        return await web.get(
            self.info.urls[0], headers={"Authorization": f"Bearer {self.token}"}
        )

    async def _log_in(self, web: Web) -> str:
        """Return the token of a new session.

        Raises:
            NoKey: There is no login, or it is not accepted.
            SourceError: Nothing usable was answered.
        """
        who = {
            "identifier": await web.secret(USER),
            "password": await web.secret(PASSWORD),
        }
        try:
            answer = await web.post(
                self.login,
                msgspec.json.encode(who),
                headers={"Content-Type": "application/json"},
            )
        except Refused as error:
            if error.status == _WRONG_LOGIN:
                raise NoKey(PASSWORD, "Bluesky does not accept this login.") from None
            raise
        return decode(answer, _Session).access_jwt


def build(spec: SourceSpec) -> Search:
    """Make the source that ``spec`` describes.

    Options:
        query: What to look for.
        api: The server of the account; ``https://bsky.social`` when missing.

    Raises:
        CatalogError: There is nothing to look for.
    """
    query = " ".join(spec.options.get("query", ()))
    if not query:
        raise CatalogError(f"{spec.id}: query: missing")
    api = "".join(spec.options.get("api", (API,))).rstrip("/")
    asked = urlencode({"q": query, "sort": "latest", "limit": LIMIT})
    info = SourceInfo(
        id=spec.id,
        name=spec.name,
        family=spec.family,
        kind="people",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/xrpc/app.bsky.feed.searchPosts?{asked}",),
        verified=False,
        note=spec.note or NOTE,
    )
    return Search(info, f"{api}/xrpc/com.atproto.server.createSession")
