"""Our own check of one port."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from downlight import probes
from downlight.core.errors import CatalogError, Unreachable
from downlight.core.level import Level
from downlight.core.model import Check, SourceId
from downlight.core.result import Result
from downlight.core.source import SourceSpec
from downlight.probes.tcp_check import build
from tests.doubles import RecordedWeb

QUICK = timedelta(milliseconds=12)


def spec(url: str = "", /, **options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("t"), "tcp-check", "The mail server", url, options)


MAIL = spec("tcp://mail.example:25")


def test_a_port_that_opens_is_well() -> None:
    web = RecordedWeb(lines={"mail.example:25": QUICK})
    report = asyncio.run(build(MAIL).read(web))
    assert report.level is Level.OPERATIONAL
    assert report.checks == (Check("mail.example:25", QUICK),)


def test_a_port_that_does_not_open_is_silence() -> None:
    closed = RecordedWeb(lines={"mail.example:25": Unreachable("x", "refused")})
    report = asyncio.run(build(MAIL).read(closed))
    assert (report.level, report.is_silent) == (None, True)
    assert report.checks[0].trouble == "Connection refused"
    assert report.checks[0].result is Result.REFUSED


def test_with_tls_the_handshake_must_succeed_too() -> None:
    options = {"host": ("mail.example",), "port": ("465",), "tls": ("Yes",)}
    web = RecordedWeb(lines={"mail.example:465": Unreachable("x", "expired")})
    report = asyncio.run(build(spec(**options)).read(web))
    assert web.dialled == ["mail.example:465 over TLS"]
    assert (report.level, report.checks[0].took) == (None, None)
    assert report.checks[0].trouble == "Certificate expired"
    assert report.checks[0].result is Result.EXPIRED


def test_it_says_how_it_asks() -> None:
    info = build(MAIL).info
    assert (info.kind, info.urls) == ("measured", ("tcp://mail.example:25",))
    assert info.page == ""
    assert probes.build(MAIL) == build(MAIL)
    six = build(spec("tcp://[2001:db8::1]:80"))
    assert (six.host, six.info.urls) == ("2001:db8::1", ("tcp://[2001:db8::1]:80",))


@pytest.mark.parametrize(
    ("url", "options", "about"),
    [
        ("", {}, "host"),
        ("https://mail.example:25", {}, "host"),
        ("tcp://mail.example", {}, "port"),
        ("tcp://mail.example:0", {}, "port"),
        ("tcp://mail.example:99999", {}, "url"),
        ("tcp://[2001", {}, "url"),
        ("tcp://mail.example:25", {"port": ("65536",)}, "port"),
        ("tcp://mail.example:25", {"tls": ("perhaps",)}, "tls"),
        ("tcp://mail.example:25", {"every": ("1",)}, "every"),
    ],
)
def test_what_cannot_be_done_is_a_mistake(
    url: str, options: dict[str, tuple[str, ...]], about: str
) -> None:
    with pytest.raises(CatalogError, match=about):
        build(spec(url, **options))
