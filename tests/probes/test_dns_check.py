"""Our own check of one name."""

from __future__ import annotations

import asyncio

import pytest

from downlight import probes
from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.core.model import Report, SourceId
from downlight.core.result import Result
from downlight.core.source import SourceSpec
from downlight.probes.dns_check import build
from tests.doubles import RecordedWeb

NAMES: dict[str, tuple[str, ...]] = {
    "shop.example": ("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "2001:db8::1")
}


def spec(url: str = "", /, **options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("d"), "dns-check", "The shop's name", url, options)


def ask(**options: tuple[str, ...]) -> Report:
    return asyncio.run(
        build(spec("dns://shop.example", **options)).read(RecordedWeb(names=NAMES))
    )


def test_a_name_that_leads_anywhere_is_well() -> None:
    report = ask()
    assert report.level is Level.OPERATIONAL
    assert report.checks[0].target == "shop.example"
    assert report.checks[0].took is not None


def test_every_expected_address_must_be_among_the_answers() -> None:
    some = ask(expect=("192.0.2.2", "2001:DB8:0::1"))
    assert some.level is Level.OPERATIONAL
    wrong = ask(expect=("192.0.2.2", "198.51.100.7"))
    assert wrong.level is Level.DEGRADED
    assert not wrong.is_silent
    assert wrong.checks[0].trouble == (
        "Leads to 192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more, not to 198.51.100.7"
    )
    assert wrong.checks[0].result is Result.OK


def test_a_name_that_is_not_found_is_silence() -> None:
    report = asyncio.run(build(spec(host=("lost.example",))).read(RecordedWeb()))
    assert (report.level, report.is_silent) == (None, True)
    assert report.checks[0].trouble == "Name not found"
    assert report.checks[0].result is Result.NO_NAME


def test_it_says_how_it_asks() -> None:
    one = spec("dns://shop.example/")
    info = build(one).info
    assert (info.kind, info.urls) == ("measured", ("dns://shop.example",))
    assert probes.build(one) == build(one)


@pytest.mark.parametrize(
    ("url", "options", "about"),
    [
        ("", {}, "host"),
        ("https://shop.example", {}, "host"),
        ("dns://shop.example:53", {}, "host"),
        ("dns://shop.example", {"expect": ("nowhere",)}, "expect"),
        ("dns://shop.example", {"every": ("0",)}, "every"),
    ],
)
def test_what_cannot_be_done_is_a_mistake(
    url: str, options: dict[str, tuple[str, ...]], about: str
) -> None:
    with pytest.raises(CatalogError, match=about):
        build(spec(url, **options))
