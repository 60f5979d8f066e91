"""A web that is asked each address once, however many formats are tried."""

from __future__ import annotations

import asyncio

import pytest

from downlight.core.errors import Unreachable
from downlight.sources.once import Once
from tests.doubles import MILLISECOND, RecordedWeb


def test_each_address_is_asked_once_whatever_came() -> None:
    async def run() -> None:
        for _ in range(2):
            assert (await once.get("https://a.example/")).body == b"a"
            with pytest.raises(Unreachable):
                await once.get("https://b.example/")

    web = RecordedWeb({"https://a.example/": b"a"})
    once = Once(web)
    asyncio.run(run())
    assert web.asked == ["https://a.example/", "https://b.example/"]
    kept = once.body("https://a.example/")
    assert kept is not None
    assert kept.body == b"a"
    assert once.body("https://b.example/") is None
    assert once.body("https://c.example/") is None


def test_everything_else_goes_through() -> None:
    async def run() -> None:
        for _ in range(2):
            assert (await once.post("https://a.example/", b"x")).body == b"posted"
        assert await once.secret("key") == "hush"
        assert await once.resolve("a.example") == ("127.0.0.1",)
        assert await once.dial("a.example", 443) == MILLISECOND

    web = RecordedWeb(
        posts={"https://a.example/": b"posted"},
        secrets={"key": "hush"},
        names={"a.example": ("127.0.0.1",)},
        lines={"a.example:443": MILLISECOND},
    )
    once = Once(web)
    asyncio.run(run())
    assert len(web.posted) == 2
    assert once.now() < once.now()
