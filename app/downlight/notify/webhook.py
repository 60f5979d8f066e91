"""Posts an event to an address, in the form its receiver understands.

Forms: docs.slack.dev (incoming webhooks), docs.discord.com (execute webhook),
spec.matrix.org v1.11 (PUT …/send/m.room.message/{txnId}), docs.ntfy.sh (publish as
JSON). None was tried against the real receiver while this was written.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from downlight.core.errors import DeliveryError, NoKey, Refused, Unreachable
from downlight.core.level import Level
from downlight.core.speech import mark, tr
from downlight.core.telling.bulletin import texts
from downlight.core.text import cut
from downlight.notify.lane import Later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.ports import Post
    from downlight.core.telling.bulletin import Bulletin
    from downlight.core.telling.hooks import Webhook

TITLE_LENGTH: Final = 150
TEXT_LENGTH: Final = 800
"""With the title, and every sign escaped, still below the 2,000 of Discord."""
AGAIN: Final = frozenset({408, 425, 429})
"""Refusals that may pass, besides all from 500 on."""
QUIET: Final = 3
LOUD: Final = 4
"""Priorities of ntfy: its default, and one above."""

_MARKDOWN: Final = re.compile(r"([\\`*_~|<>\[\]()#])")


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    url: str
    body: Mapping[str, Any]
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)


async def send(hook: Webhook, said: Bulletin, post: Post) -> None:
    """Hand an event over.

    Raises:
        Later: It did not arrive, or may not have; to be tried again.
        DeliveryError: The receiver will never take it.
    """
    try:
        url = (hook.url or await post.secret(hook.secret)).strip()
        token = (await post.secret(hook.token)).strip() if hook.token else ""
    except NoKey as error:
        raise Later(error.words) from error
    request = compose(hook, said, url)
    headers = dict(request.headers)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(request.body).encode()
    try:
        await post.send(request.url, body, method=request.method, headers=headers)
    except Refused as error:
        if error.status in AGAIN or error.status >= 500:  # noqa: PLR2004 - its own trouble
            raise Later(str(error), error.retry_after) from error
        raise DeliveryError(tr("refused with {error}", error=error)) from error
    except Unreachable as error:
        raise Later(str(error)) from error


def compose(hook: Webhook, said: Bulletin, url: str) -> Request:
    """Return what is sent to ``url``, without what proves who we are.

    Raises:
        DeliveryError: The address cannot be right.
    """
    values = texts(said)
    title = cut(" ".join(hook.title.fill(values).split()), TITLE_LENGTH)
    text = cut(hook.text.fill(values).strip(), TEXT_LENGTH)
    both = "\n".join(filter(None, (title, text)))
    key = _key(hook, said)
    headers = {"Idempotency-Key": key}
    match hook.shape:
        case "slack":
            body = {"text": _entities(both), "mrkdwn": False, "unfurl_links": False}
            return Request(url, body, headers=headers)
        case "discord":
            plain = _MARKDOWN.sub(r"\\\1", both)
            body = {"content": plain, "allowed_mentions": {"parse": []}}
            return Request(url, body, headers=headers)
        case "matrix":
            room = quote(hook.room, safe="")
            path = f"/_matrix/client/v3/rooms/{room}/send/m.room.message/{key}"
            body = {"msgtype": "m.text", "body": both, "m.mentions": {}}
            return Request(url.rstrip("/") + path, body, "PUT")
        case "ntfy":
            return _ntfy(url, title, text, said, headers)
        case "json":
            fields = {name: t.fill(values) for name, t in hook.fields.items()}
            return Request(url, fields or dict(said), headers=headers)


def _ntfy(
    url: str, title: str, text: str, said: Bulletin, headers: Mapping[str, str]
) -> Request:
    try:
        parts = urlsplit(url)
    except ValueError as error:  # whose words would hold some of a secret
        raise DeliveryError(mark("not an address")) from error
    above, _, topic = parts.path.rstrip("/").rpartition("/")
    if not topic:
        raise DeliveryError(mark("an address of ntfy ends in the topic"))
    body: dict[str, str | float] = {
        "topic": topic,
        "title": title,
        "message": text or title,
        "priority": LOUD if said["turn"] == "began" and _is_outage(said) else QUIET,
    }
    if page := said.get("url"):
        body["click"] = page
    root = urlunsplit((parts.scheme, parts.netloc, above + "/", parts.query, ""))
    return Request(root, body, headers=headers)


def _is_outage(said: Bulletin) -> bool:
    return said["level"] in {Level.PARTIAL.code, Level.MAJOR.code}


def _entities(text: str) -> str:
    """Return ``text`` such that Slack finds no mention and no link of its own in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _key(hook: Webhook, said: Bulletin) -> str:
    """Return what is the same for the same event however often it is sent."""
    words = f"{hook.name} {said['id']}".encode("utf-8", "replace")
    return hashlib.blake2b(words, digest_size=16).hexdigest()
