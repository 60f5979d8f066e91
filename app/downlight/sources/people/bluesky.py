"""How often people write about a service on Bluesky: posts found by words.

Format: ``app.bsky.feed.searchPosts`` (its machine-readable schema, of 2026-08). The
search answers 403 without a login, so it is done with the person's own account: his
name as ``bluesky-user`` and an app password as ``bluesky-password`` in the keyring. No
recorded answer was ever seen.

Only the times are read, and who wrote, so that a person counts once in a quarter of an
hour. Who and what never leaves the answer. That people write is no evidence of an
outage by itself, so a report has no level.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import msgspec

from downlight.core.errors import CatalogError, NoKey
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.session import UNAUTHORIZED, Session, logged_in
from downlight.sources.wire import decode, mentioned, moment

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://bsky.social"
SITE: Final = "https://bsky.app"
USER: Final = "bluesky-user"
PASSWORD: Final = "bluesky-password"  # noqa: S105 - the name of the secret, not itself
CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=10))
NOTE: Final = mark("Only counted, with your own login; who wrote and what is not kept.")
LIMIT: Final = 100
"""The most posts that are given at once."""

_ENDED: Final = frozenset({400, UNAUTHORIZED})
"""What a session that has ended is answered: 400 "ExpiredToken", or 401."""


class _Author(msgspec.Struct):
    did: str


class _Post(msgspec.Struct, rename="camel"):
    uri: str
    indexed_at: str
    author: _Author | None = None


class _Found(msgspec.Struct):
    posts: list[_Post]


class _Token(msgspec.Struct, rename="camel"):
    access_jwt: str


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn what was found into times.

    Raises:
        Unreadable: It is something else, or no post has a time.
    """
    said = decode(answer, _Found)
    posts = (
        (moment(post.indexed_at), post.author.did if post.author else "")
        for post in said.posts
    )
    return mentioned(source, answer, posts, LIMIT)


async def _log_in(web: Web, url: str) -> str:
    """Return the token of a new session.

    Raises:
        NoKey: There is no login, or it is not accepted.
        SourceError: Nothing usable was answered.
    """
    who = {
        "identifier": await web.secret(USER),
        "password": await web.secret(PASSWORD),
    }
    body = msgspec.json.encode(who)
    sent = {"Content-Type": "application/json"}
    wrong = NoKey(PASSWORD, mark("Bluesky does not accept this login."))
    return decode(await logged_in(web, url, body, sent, wrong), _Token).access_jwt


def build(spec: SourceSpec) -> Session:
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
    api = spec.option("api", API).rstrip("/")
    asked = urlencode({"q": query, "sort": "latest", "limit": LIMIT})
    info = SourceInfo.of(
        spec,
        kind="people",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/xrpc/app.bsky.feed.searchPosts?{asked}",),
        verified=False,
        note=NOTE,
    )
    login = f"{api}/xrpc/com.atproto.server.createSession"
    return Session(info, parse, partial(_log_in, url=login), _ENDED)
