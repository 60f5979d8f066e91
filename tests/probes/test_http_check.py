"""Our own check of one web address."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from downlight import probes
from downlight.core.errors import (
    CatalogError,
    Reason,
    Refused,
    SourceError,
    Unreachable,
)
from downlight.core.level import Level
from downlight.core.model import Report, SourceId
from downlight.core.result import Result, result_of
from downlight.core.source import SourceSpec
from downlight.probes.http_check import ACCEPT, build
from tests.doubles import MILLISECOND, RecordedWeb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.ports import Answer

URL = "https://shop.example/cart/?key=hush"


def spec(url: str = URL, /, **options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("h"), "http-check", "The shop", url, options)


def ask(answer: bytes | str | SourceError, **options: tuple[str, ...]) -> Report:
    web = RecordedWeb({URL: answer})
    return asyncio.run(build(spec(**options)).read(web))


def test_an_answer_is_well_and_says_how_long_it_took() -> None:
    report = ask("")
    assert report.level is Level.OPERATIONAL
    check = report.checks[0]
    assert (check.target, check.trouble) == ("shop.example/cart", "")
    assert check.took is not None and check.took > timedelta()
    assert "hush" not in repr(report)


def test_the_expected_text_must_stand_in_the_answer() -> None:
    assert ask("<p>Pay here</p>", expect_text=("Pay",)).level is Level.OPERATIONAL
    wrong = ask("<p>Closed</p>", expect_text=("Pay",))
    assert wrong.level is Level.DEGRADED
    assert wrong.checks[0].took is not None
    assert wrong.checks[0].trouble == "Answered without “Pay”"
    assert wrong.checks[0].result is Result.OK
    assert not wrong.is_silent


@pytest.mark.parametrize("charset", [None, "utf-8", "latin-1", "rot13", "idna"])
def test_text_is_found_in_any_encoding(charset: str | None) -> None:
    class Encoded(RecordedWeb):
        async def get(
            self,
            url: str,
            *,
            accept: str = "application/json",
            headers: Mapping[str, str] | None = None,
        ) -> Answer:
            found = await super().get(url, accept=accept, headers=headers)
            return replace(found, charset=charset)

    body = "Zürich".encode("latin-1" if charset == "latin-1" else "utf-8")
    web = Encoded({URL: body})
    source = build(spec(expect_text=("Zürich",)))
    assert asyncio.run(source.read(web)).level is Level.OPERATIONAL
    assert web.accepted == [ACCEPT]


def test_an_error_status_is_a_wrong_answer_and_no_silence() -> None:
    report = ask(Refused(503, timedelta(minutes=5)))
    assert report.level is Level.DEGRADED
    assert not report.is_silent
    assert report.checks[0].trouble == "Answered with HTTP 503, not 200"
    assert report.checks[0].result is Result.SERVER_ERROR
    assert report.next_check == timedelta(minutes=5)


def test_a_status_that_is_expected_is_well_and_another_is_not() -> None:
    assert ask(Refused(401), expect_status=("401",)).level is Level.OPERATIONAL
    both = ask("", expect_status=("401", "403"))
    assert both.level is Level.DEGRADED
    assert both.checks[0].trouble == "Answered with HTTP 200, not 401 or 403"


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (403, Result.FORBIDDEN),
        (404, Result.OK),
        (500, Result.SERVER_ERROR),
        (599, Result.SERVER_ERROR),
    ],
)
def test_a_wrong_status_says_whether_it_is_the_servers_fault(
    status: int, result: Result
) -> None:
    check = ask(Refused(status)).checks[0]
    assert (check.result, bool(check.trouble)) == (result, True)
    wanted = ask(Refused(status), expect_status=(str(status),)).checks[0]
    assert (wanted.result, wanted.trouble) == (Result.OK, "")


def test_asking_too_often_is_no_trouble_of_the_services() -> None:
    with pytest.raises(Refused):
        ask(Refused(429, timedelta(minutes=5)))
    assert ask(Refused(429), expect_status=("429",)).level is Level.OPERATIONAL


@pytest.mark.parametrize("why", sorted(set(get_args(Reason)) - {"unusable"}))
def test_silence_has_no_level_and_says_why(why: Reason) -> None:
    error = Unreachable("x", why)
    report = ask(error)
    assert (report.level, report.is_silent) == (None, True)
    assert report.checks[0].trouble == error.title
    assert report.checks[0].result is result_of(error) is not Result.OK


def test_an_answer_that_cannot_be_used_teaches_nothing() -> None:
    with pytest.raises(Unreachable):
        ask(Unreachable("HTTP 204, which holds no answer", "unusable"))


def test_a_clock_that_is_set_back_gives_no_negative_time() -> None:
    class Backwards(RecordedWeb):
        def now(self) -> datetime:
            self.at -= MILLISECOND
            return self.at

    report = asyncio.run(build(spec()).read(Backwards({URL: "here"})))
    assert report.checks[0].took == timedelta()


def test_it_says_how_it_asks() -> None:
    info = build(spec()).info
    assert (info.kind, info.urls, info.page) == ("measured", (URL,), URL)
    assert (info.cadence.every, info.cadence.quick) == (
        timedelta(minutes=5),
        timedelta(minutes=1),
    )
    quick = build(spec("http://127.0.0.1:8080/", every=("30",))).info
    assert quick.cadence.every == quick.cadence.quick == timedelta(seconds=30)
    assert quick.page == ""
    daily = build(spec(every=("86400",))).info
    assert daily.cadence.ceiling == timedelta(days=1)
    assert probes.build(spec()) == build(spec())


@pytest.mark.parametrize("url", ["", "shop.example", "ftp://a.example", "https://[1"])
def test_what_is_no_web_address_is_a_mistake(url: str) -> None:
    with pytest.raises(CatalogError, match="url"):
        build(spec(url))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("method", ("POST",)),
        ("every", ("29",)),
        ("every", ("86401",)),
        ("every", ("9" * 5000,)),
        ("every", ("often",)),
        ("every", ("-60",)),
        ("expect_status", ("ok",)),
        ("expect_status", ("200", "302")),
        ("expect_status", ("199",)),
        ("expect_status", ("600",)),
    ],
)
def test_what_cannot_be_done_is_a_mistake(name: str, values: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match=name):
        build(spec(**{name: values}))


def test_text_cannot_be_looked_for_in_a_refusal() -> None:
    with pytest.raises(CatalogError, match="expect_text"):
        build(spec(expect_status=("401",), expect_text=("log in",)))
