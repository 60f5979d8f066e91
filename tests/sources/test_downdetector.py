"""A company's state at Downdetector, with credentials of one's own."""

from __future__ import annotations

import asyncio

import pytest

from downlight.core.errors import CatalogError, NoKey, Refused, Unreadable
from downlight.core.level import Level
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.aggregators.downdetector import CLIENT, SECRET, build
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved
from tests.sources.tokens import TokenWeb

HERE = "http://127.0.0.1:4"
LOGIN = f"{HERE}/v2/tokens?grant_type=client_credentials"
COMPANY = f"{HERE}/v2/companies/777"
BODY = (FIXTURES / "downdetector" / "outage.json").read_bytes()
SECRETS = {CLIENT: "me", SECRET: "pw"}
FORM = '{"access_token": "%s", "expires_in": 60}'


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("d"), "downdetector", "Reports", options=options)


def here() -> SourceSpec:
    return spec(company=("777",), api=(f"{HERE}/",))


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.PARTIAL),
        ("odd.json", None),
    ],
)
def test_reports_of_people_are_never_more_than_partly_down(
    name: str, level: Level | None
) -> None:
    assert shelved("downdetector", name).level is level


@pytest.mark.parametrize(
    "body",
    [
        '{"error":true,"message":"not allowed"}',
        '{"id":1,"name":"x","status":"success","error":true}',
        '{"id":1,"name":"x"}',
        '{"status":"success"}',
        '"success"',
    ],
)
def test_errors_and_other_forms_are_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read("downdetector", body)


def test_one_token_serves_until_it_runs_out() -> None:
    web = TokenWeb({COMPANY: BODY}, secrets=SECRETS, form=FORM)
    source = build(here())
    first = asyncio.run(source.read(web))
    asyncio.run(source.read(web, first))
    assert web.posted == [(LOGIN, b"")]
    assert web.sent[0] == {"Authorization": "Basic bWU6cHc="}
    web.ended = 401
    assert asyncio.run(source.read(web)).level is Level.PARTIAL
    assert web.sent[-1] == {"Authorization": "Bearer token-2"}
    assert "token-2" not in repr(source)


@pytest.mark.parametrize(("status", "error"), [(401, NoKey), (503, Refused)])
def test_credentials_that_are_not_accepted_are_said_so(
    status: int, error: type[Exception]
) -> None:
    web = RecordedWeb(posts={LOGIN: Refused(status)}, secrets=SECRETS)
    with pytest.raises(error):
        asyncio.run(build(here()).read(web))
    assert web.asked == []


def test_it_says_how_it_asks() -> None:
    info = build(spec(company=("777",))).info
    assert info.urls == ("https://downdetectorapi.com/v2/companies/777",)
    assert (info.kind, info.verified) == ("aggregator", False)


@pytest.mark.parametrize("company", [(), ("pigeonpost",), ("²",)])
def test_a_company_without_a_number_is_a_mistake(company: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match="company"):
        build(spec(company=company))
