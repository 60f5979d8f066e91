from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from downlight.core.errors import Unreachable, Unreadable
from downlight.core.level import Level
from downlight.sources.vendors import signal
from tests.doubles import RecordedWeb
from tests.sources.shelf import read, shelved, spec

PAGE = "https://status.signal.example/"


@pytest.mark.parametrize(
    ("name", "level"),
    [("up.txt", Level.OPERATIONAL), ("down.txt", Level.MAJOR), ("captive.txt", None)],
)
def test_one_address_is_up_another_down_and_any_other_says_nothing(
    name: str, level: Level | None
) -> None:
    assert shelved("signal", name).level is level


def test_up_and_down_at_once_says_nothing() -> None:
    assert read("signal", "127.0.0.1\n127.0.0.2").level is None


@pytest.mark.parametrize("body", ["", " \n", "operational", "127.0.0.1 up"])
def test_anything_but_addresses_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("signal", body)


@pytest.mark.parametrize(
    ("options", "host"),
    [({}, "uptime.signal.org"), ({"host": ("up.example",)}, "up.example")],
)
def test_the_name_is_looked_up(options: dict[str, tuple[str, ...]], host: str) -> None:
    source = signal.build(replace(spec("signal", PAGE), options=options))
    web = RecordedWeb(names={host: ("127.0.0.2",)})
    report = asyncio.run(source.read(web))
    assert report.level is Level.MAJOR
    assert (source.info.urls, source.info.page) == ((f"dns://{host}",), PAGE)
    assert (source.info.kind, source.info.verified) == ("official", False)
    assert report.fingerprint == asyncio.run(source.read(web, report)).fingerprint


def test_a_name_without_an_address_is_a_failure_not_an_outage() -> None:
    source = signal.build(spec("signal", PAGE))
    with pytest.raises(Unreachable):
        asyncio.run(source.read(RecordedWeb()))
