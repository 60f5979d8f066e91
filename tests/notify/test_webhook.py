"""What is posted, and what an answer means."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from downlight.core.errors import DeliveryError, Refused, Unreachable
from downlight.core.level import Level
from downlight.core.news import Turn
from downlight.core.telling.bulletin import bulletin
from downlight.notify.lane import Later
from downlight.notify.webhook import TEXT_LENGTH, compose, send
from tests.notify.errands import Mouth, template, webhook
from tests.notify.events import event
from tests.notify.hostile import HOSTILE, brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.errors import SourceError
    from downlight.core.news import Event
    from downlight.core.telling.hooks import Shape, Webhook

URL = "https://chat.example/in"
SHAPES: tuple[Shape, ...] = ("slack", "discord", "matrix", "ntfy", "json")


def body(hook: Webhook, about: Event | None = None) -> Mapping[str, Any]:
    said = bulletin(about or event(title="Chat <is> *down*", sentence="Since & 11:58."))
    return compose(hook, said, URL).body


def test_slack_finds_no_mention_in_it() -> None:
    assert body(webhook("slack")) == {
        "text": "Chat &lt;is&gt; *down*\nSince &amp; 11:58.",
        "mrkdwn": False,
        "unfurl_links": False,
    }


def test_discord_finds_no_mention_and_no_markup_in_it() -> None:
    assert body(webhook("discord")) == {
        "content": "Chat \\<is\\> \\*down\\*\nSince & 11:58.",
        "allowed_mentions": {"parse": []},
    }


def test_a_message_to_discord_is_never_too_long() -> None:
    it = event(title="*" * 10_000, sentence="_" * 10_000)
    assert len(body(webhook("discord"), it)["content"]) <= 2000


def test_matrix_is_put_into_a_room_under_a_name_of_its_own() -> None:
    hook = webhook("matrix", "https://m.example/", room="!a:m.example", proof="hook-m")
    it = event(title="Down", sentence="Since 11:58.")
    mouth = Mouth(secrets={"hook-m": " t \n"})
    for _ in range(2):
        asyncio.run(send(hook, bulletin(it), mouth))
    asyncio.run(send(hook, bulletin(event()), mouth))
    first, again, other = mouth.sent
    assert first == again != other
    method, url, sent, headers = first
    assert method == "PUT"
    place = "https://m.example/_matrix/client/v3/rooms/%21a%3Am.example/send"
    assert url.startswith(f"{place}/m.room.message/")
    assert headers == {"Authorization": "Bearer t"}
    assert json.loads(sent)["body"] == "Down\nSince 11:58."


@pytest.mark.parametrize(
    ("address", "root", "topic"),
    [
        ("https://ntfy.example/alerts", "https://ntfy.example/", "alerts"),
        ("https://a.example/n/alerts/", "https://a.example/n/", "alerts"),
    ],
)
def test_ntfy_is_told_the_topic_in_the_body(
    address: str, root: str, topic: str
) -> None:
    said = {**bulletin(event(title="Down")), "url": "https://status.example"}
    request = compose(webhook("ntfy"), said, address)
    assert request.url == root
    assert request.body == {
        "topic": topic,
        "title": "Down",
        "message": said["sentence"],
        "priority": 4,
        "click": "https://status.example",
    }


@pytest.mark.parametrize(
    ("turn", "level", "priority"),
    [
        (Turn.BEGAN, Level.PARTIAL, 4),
        (Turn.BEGAN, Level.DEGRADED, 3),
        (Turn.BEGAN, None, 3),
        (Turn.ENDED, Level.MAJOR, 3),
    ],
)
def test_only_an_outage_that_begins_is_loud(
    turn: Turn, level: Level | None, priority: int
) -> None:
    it = replace(event(turn), level=level)
    assert body(webhook("ntfy", text=" "), it)["priority"] == priority


def test_an_address_of_ntfy_without_a_topic_is_none() -> None:
    with pytest.raises(DeliveryError, match="topic"):
        compose(webhook("ntfy"), bulletin(event()), "https://ntfy.example/")


def test_plain_json_is_the_event_or_what_a_person_makes_of_it() -> None:
    it = event(title="{id}")
    assert body(webhook(), it) == bulletin(it)
    fields = {"a": template("<{title}>"), "b": template("")}
    assert body(webhook(fields=fields), it) == {"a": "<{id}>", "b": ""}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("title", [*HOSTILE, "$(id)\n\r\nX-Bad: 1"], ids=brief)
def test_a_hostile_title_is_data(shape: Shape, title: str) -> None:
    mouth = Mouth(secrets={"hook-m": "t"})
    hook = webhook(shape, URL, room="!a:b", proof="hook-m")
    asyncio.run(send(hook, bulletin(event(title=title, sentence=title)), mouth))
    ((_, url, sent, headers),) = mouth.sent
    assert url.startswith("https://chat.example/")
    assert isinstance(json.loads(sent), dict)
    assert len(sent) < 12 * (TEXT_LENGTH + 4000) * 2
    assert all(text.isascii() and text.isprintable() for text in headers.values())


def test_the_secret_address_and_the_token_come_from_the_keyring() -> None:
    mouth = Mouth(secrets={"hook-url": f"{URL}/secret\n", "hook-token": "abc"})
    hook = webhook("slack", kept="hook-url", proof="hook-token")
    asyncio.run(send(hook, bulletin(event()), mouth))
    ((method, url, _, headers),) = mouth.sent
    assert (method, url) == ("POST", f"{URL}/secret")
    assert headers["Authorization"] == "Bearer abc"
    assert len(headers["Idempotency-Key"]) == 32


@pytest.mark.parametrize("hook", [webhook(kept="hook-x"), webhook(proof="hook-x")])
def test_without_the_secret_it_waits_until_there_is_one(hook: Webhook) -> None:
    with pytest.raises(Later, match="downlight key hook-x"):
        asyncio.run(send(hook, bulletin(event()), Mouth()))


@pytest.mark.parametrize(
    ("failure", "expected", "after"),
    [
        (Unreachable("chat.example: no answer in time", "timeout"), Later, None),
        (Refused(500), Later, None),
        (Refused(503, timedelta(seconds=9)), Later, timedelta(seconds=9)),
        (Refused(429, timedelta(hours=1)), Later, timedelta(hours=1)),
        (Refused(408), Later, None),
        (Refused(404), DeliveryError, None),
        (Refused(401), DeliveryError, None),
        (Refused(302), DeliveryError, None),
    ],
)
def test_what_may_pass_is_tried_again_and_the_rest_is_not(
    failure: SourceError, expected: type[Exception], after: timedelta | None
) -> None:
    with pytest.raises(expected) as caught:
        asyncio.run(send(webhook(), bulletin(event()), Mouth([failure])))
    assert getattr(caught.value, "after", None) == after
    assert URL not in str(caught.value)


def test_an_address_that_is_none_is_said_without_a_word_of_it() -> None:
    mouth = Mouth(secrets={"hook-n": "https://[topsecret/topic"})
    with pytest.raises(DeliveryError) as caught:
        asyncio.run(send(webhook("ntfy", kept="hook-n"), bulletin(event()), mouth))
    assert "topsecret" not in str(caught.value)
    assert mouth.sent == []
