"""What an attempt takes of the network is counted, also when it fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import NoKey, Refused, Unreachable
from downlight.core.health import NOTHING, Usage
from downlight.core.ports import Answer
from downlight.engine.meter import Meter
from tests.doubles import NOW, RecordedWeb

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Packed(RecordedWeb):
    """Bodies come packed to a tenth; the page has moved."""

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        answer = await super().get(url, accept=accept, headers=headers)
        return Answer(
            url,
            answer.body,
            answer.at,
            moved="https://new.example/" if "page" in url else "",
            received=len(answer.body) // 10,
        )


def test_everything_is_handed_on_and_counted() -> None:
    web = Packed(
        {"https://a.example/page": b"x" * 100, "https://a.example/more": b"y" * 50},
        {"a.example:443": timedelta(seconds=1)},
        posts={"https://a.example/login": b"token"},
        secrets={"key": "s3"},
        names={"a.example": ("127.0.0.1",)},
    )
    meter = Meter(web)

    async def attempt() -> None:
        head = {"X-Key": await meter.secret("key")}
        page = await meter.get("https://a.example/page", accept="text/html")
        more = await meter.get("https://a.example/more", headers=head)
        token = await meter.post("https://a.example/login", b"me", headers=head)
        assert (page.body[:1], more.body[:1], token.body) == (b"x", b"y", b"token")
        assert await meter.resolve("a.example") == ("127.0.0.1",)
        took = await meter.dial("a.example", 443, tls=True)
        assert took == timedelta(seconds=1)

    assert meter.usage == NOTHING
    asyncio.run(attempt())
    assert meter.usage == Usage(5, 15, "https://new.example/")
    assert web.accepted == ["text/html", "application/json"]
    assert web.sent == [{}, {"X-Key": "s3"}, {"X-Key": "s3"}]
    assert web.posted == [("https://a.example/login", b"me")]
    assert web.dialled == ["a.example:443 over TLS"]
    assert meter.now() > NOW


def test_what_fails_counts_as_well() -> None:
    meter = Meter(RecordedWeb({"https://a.example/": Refused(503)}))

    async def attempt() -> None:
        with pytest.raises(Refused):
            await meter.get("https://a.example/")
        for asking in (
            meter.post("https://a.example/", b""),
            meter.resolve("a.example"),
            meter.dial("a.example", 443),
        ):
            with pytest.raises(Unreachable):
                await asking
        with pytest.raises(NoKey):
            await meter.secret("key")

    asyncio.run(attempt())
    assert meter.usage == Usage(4)
