"""How often people write about a service on Mastodon: the posts under one hashtag.

Format: ``/api/v1/timelines/tag/{tag}`` of any instance (from Mastodon's documentation,
read 2026-11; no key unless the instance closed its timelines, which it says with 401 or
422; 300 requests in five minutes). No recorded answer was ever seen.

Only the times are read, and who wrote, so that a person counts once in a quarter of an
hour. Who and what never leaves the answer. That people write is no evidence of an
outage by itself, so a report has no level.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.page import Page
from downlight.sources.wire import decode, mentioned, moment

if TYPE_CHECKING:
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=10), quick=timedelta(minutes=10))
NOTE: Final = mark("Only counted, on one instance; who wrote and what is not kept.")
LIMIT: Final = 40
"""The most posts that an instance gives at once."""

_TAG: Final = re.compile(r"[a-zA-Z0-9_]{1,60}")


class _Account(msgspec.Struct):
    id: str


class _Post(msgspec.Struct):
    id: str
    uri: str
    created_at: str
    account: _Account | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn a timeline into the times of its posts.

    Raises:
        Unreadable: It is something else, or no post has a time.
    """
    posts = (
        (moment(post.created_at), post.account.id if post.account else "")
        for post in decode(answer, list[_Post])
    )
    return mentioned(source, answer, posts, LIMIT)


def build(spec: SourceSpec) -> Page:
    """Make the source that ``spec`` describes; its URL is the instance.

    Options:
        tag: The hashtag, without its sign.

    Raises:
        CatalogError: There is no tag, or it is none.
    """
    tag = spec.option("tag")
    if not _TAG.fullmatch(tag):
        raise CatalogError(f"{spec.id}: tag: letters, digits and _ are wanted")
    instance = spec.url.rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="people",
        cadence=CADENCE,
        page=f"{instance}/tags/{tag}",
        urls=(f"{instance}/api/v1/timelines/tag/{tag}?limit={LIMIT}",),
        verified=False,
        note=NOTE,
    )
    return Page(info, parse)
